"""Ways to use the chat: right to left, little room, little motion, keys alone, speech."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat_window import OpenWindow, faults_of_chat, open_chat, write
from tests.foreign_page import ForeignPage
from tests.stack import Assistant

pytestmark = pytest.mark.browser

SIZES = {"a narrow phone": (320, 640), "1280 x 1024 at 400 %": (320, 256)}


def _offers(chat: Locator) -> Locator:
    """Times on offer, once they are there."""
    write(chat, "Consultation with Ben next week")
    times = chat.get_by_role("list", name="Free times").get_by_role("button")
    expect(times).to_have_count(3)
    return times


def test_a_page_from_right_to_left_is_mirrored(open_window: OpenWindow, foreign_page: ForeignPage) -> None:
    window = open_window()
    page = window.page
    page.goto(f"{foreign_page.url}rtl")
    launcher = _left(page.get_by_role("button", name="Open chat"))
    chat = open_chat(page)
    _offers(chat)

    assert launcher == _left(chat) == 20
    assert _left(chat.get_by_role("button", name="Close chat")) < _left(chat.get_by_role("heading"))
    assert _left(chat.get_by_role("button", name="Send")) < _left(chat.get_by_role("textbox"))
    assert _left(chat.locator(".own")) < _left(chat.locator(".bot").last)
    directions = chat.locator(".bubble > [dir=auto]").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).direction)"
    )
    assert set(directions) == {"ltr"}  # English stays as it is written, with its marks at its end
    box = chat.get_by_role("textbox", name="Message")
    assert box.evaluate("element => getComputedStyle(element).direction") == "rtl"  # as long as it is empty
    assert faults_of_chat(page) == []
    window.picture("chat-rtl")
    assert window.faults == []


def _left(place: Locator) -> float:
    """Where it begins, from the left edge of the window."""
    left: float = place.evaluate("element => element.getBoundingClientRect().left")
    return left


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_nothing_has_to_be_scrolled_sideways(
    size: tuple[int, int], assistant: Assistant, open_window: OpenWindow
) -> None:
    width, height = size
    window = open_window(width=width, height=height)
    page = window.page
    page.goto(assistant.api)
    chat = open_chat(page)
    times = _offers(chat)
    seen = [page.evaluate(TOO_WIDE)]
    chat.get_by_role("button", name="Pick another day").press("Enter")
    expect(chat.get_by_role("grid")).to_be_visible()
    seen.append(page.evaluate(TOO_WIDE))
    times.first.press("Enter")
    expect(chat.get_by_role("log")).to_contain_text("name and your e-mail address")
    write(chat, f"Ann Lee, small{height}@example.com")
    chat.get_by_role("button", name="yes").press("Enter")
    expect(chat.get_by_role("article", name="Appointment confirmed")).to_be_visible()
    seen.append(page.evaluate(TOO_WIDE))
    page.context.set_offline(True)
    expect(chat.get_by_role("button", name="Try now")).to_be_visible()
    seen.append(page.evaluate(TOO_WIDE))

    assert seen == [[]] * 4
    # While the line is lost, which is said above them, there is still room for messages.
    assert chat.locator(".scroller").evaluate("element => element.clientHeight") >= 80
    expect(chat.get_by_role("textbox", name="Message")).to_be_in_viewport(ratio=1)
    expect(chat.get_by_role("button", name="Close chat")).to_be_in_viewport(ratio=1)
    window.picture(f"chat-320-{height}")


def test_nothing_moves_for_those_who_asked_for_it(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window()
    page = window.page
    page.goto(assistant.api)
    page.evaluate(MOTION)
    chat = open_chat(page)
    _offers(chat)
    moved = page.evaluate("motion")
    page.get_by_role("button", name="Close chat").click()
    page.reload()

    page.emulate_media(reduced_motion="reduce")
    page.evaluate(MOTION)
    chat = open_chat(page)
    write(chat, "What does a consultation cost?")
    expect(chat.get_by_text("Delivered")).to_be_visible()
    chat.get_by_role("button", name="Close chat").hover()

    assert {"arrive", "breathe"} <= set(moved)
    assert page.evaluate("motion") == []


def test_tab_goes_through_the_chat_in_its_order(open_window: OpenWindow, foreign_page: ForeignPage) -> None:
    window = open_window()
    page, keys = window.page, window.page.keyboard
    page.goto(foreign_page.url)
    keys.press("Tab")
    assert _focus(page) == "Open chat"
    keys.press("Space")
    chat = page.get_by_role("dialog")
    expect(chat.get_by_text("Online", exact=True)).to_be_visible()
    expect(chat.get_by_role("textbox", name="Message")).to_be_focused()
    assert _order(page, "Shift+Tab", 5) == [
        "What can you do?",
        "What is the next free time?",
        "I need an appointment next Tuesday afternoon",
        "Conversation",
        "Close chat",
    ]

    chat.get_by_role("button", name="What can you do?").press("Enter")
    expect(chat.get_by_role("log")).to_be_focused()
    keys.type("x")
    expect(chat.get_by_role("textbox", name="Message")).to_be_focused()
    expect(chat.get_by_role("textbox", name="Message")).to_have_value("x")
    keys.press("Tab")
    assert _focus(page) == "Send"
    keys.press("Escape")
    assert _focus(page) == "Open chat"

    page.set_viewport_size({"width": 360, "height": 640})
    keys.press("Enter")
    expect(chat.get_by_role("textbox", name="Message")).to_be_focused()
    around = _order(page, "Tab", 12)
    assert around[0] == "Send"
    assert around[1] == "Close chat"  # the page below the chat that fills the screen is out of reach
    assert "" not in around
    assert window.faults == []


def _order(page: Page, key: str, count: int) -> list[str]:
    """The names of what has the focus after each press of the key."""
    names = []
    for _ in range(count):
        page.keyboard.press(key)
        names.append(_focus(page))
    return names


def _focus(page: Page) -> str:
    """The name of what has the focus in the chat; empty where it is elsewhere."""
    name: str = page.evaluate("""() => {
      const element = document.querySelector("appointment-chat").shadowRoot.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent.trim() ?? "";
    }""")
    return name


def test_an_invitation_is_shown_once_a_visit(open_window: OpenWindow, foreign_page: ForeignPage) -> None:
    window = open_window()
    page = window.page
    page.goto(f"{foreign_page.url}teaser")
    words = page.get_by_role("button", name="May I help you to find a time?")
    expect(words).to_be_visible()
    assert faults_of_chat(page) == []
    window.picture("chat-invites")

    page.reload()
    expect(page.get_by_role("button", name="Open chat")).to_be_visible()
    page.evaluate("AppointmentChat.open()")
    expect(page.get_by_role("dialog").get_by_text("Online", exact=True)).to_be_visible()

    expect(words).to_have_count(0)
    page.get_by_role("button", name="Close chat").click()
    expect(words).to_have_count(0)
    assert window.faults == []


def test_what_was_heard_waits_in_the_box(open_window: OpenWindow, foreign_page: ForeignPage) -> None:
    window = open_window()
    page = window.page
    page.add_init_script(EAR)
    page.goto(foreign_page.url)
    chat = open_chat(page)
    expect(chat.get_by_role("button", name="Speak")).to_have_count(0)
    page.goto(f"{foreign_page.url}voice")
    chat = open_chat(page)

    chat.get_by_role("button", name="Speak", exact=True).click()
    expect(chat.get_by_text("may send what you say to its maker")).to_be_visible()
    assert page.evaluate("heard") == []
    assert faults_of_chat(page) == []
    chat.get_by_role("status").get_by_role("button", name="Speak").click()
    expect(chat.get_by_role("textbox", name="Message")).to_have_value("an appointment with Ben aloud")
    expect(chat.get_by_role("button", name="Speak", exact=True)).to_be_visible()

    assert page.evaluate("heard") == ["en-GB"]
    assert page.evaluate("spoken") == []
    assert chat.locator(".own").count() == 0
    chat.get_by_role("button", name="Read answers aloud").click()
    chat.get_by_role("button", name="Send").click()
    expect(chat.get_by_text("Delivered")).to_be_visible()
    page.wait_for_function("spoken.length > 0")
    expect(chat.locator(".own")).to_have_count(1)
    assert window.faults == []


#: What reaches out of the window sideways, or has more within than fits.
TOO_WIDE = """() => {
  const root = document.querySelector("appointment-chat").shadowRoot;
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page");
  for (const element of root.querySelectorAll(".panel, .panel *")) {
    if (element.closest(".hidden, .teaser")) continue;
    const { left, right } = element.getBoundingClientRect();
    const isFull = element.scrollWidth > element.clientWidth && !element.matches("h2");
    const hides = isFull && getComputedStyle(element).overflowX !== "visible";
    if (left < 0 || right > innerWidth || hides)
      found.push(`${element.localName}.${element.getAttribute("class")}: ${left} to ${right}`);
  }
  return found;
}"""

#: Notes the name of everything that moves in the chat, in each frame.
MOTION = """() => {
  const root = document.querySelector("appointment-chat").shadowRoot;
  const names = new Set();
  window.motion = [];
  const look = () => {
    for (const each of root.getAnimations()) names.add(each.animationName ?? each.transitionProperty);
    window.motion = [...names].sort();
    requestAnimationFrame(look);
  };
  look();
}"""

#: A browser that hears one sentence, in two parts, and notes what it would read aloud.
EAR = """
window.heard = [];
window.spoken = [];
window.SpeechRecognition = class extends EventTarget {
  start() {
    heard.push(this.lang);
    const tell = (words) => {
      const results = words.map((transcript) => [{ transcript }]);
      this.dispatchEvent(Object.assign(new Event("result"), { results }));
    };
    setTimeout(() => tell(["an appointment"]), 20);
    setTimeout(() => tell(["an appointment", " with Ben aloud"]), 40);
    setTimeout(() => this.dispatchEvent(new Event("end")), 60);
  }
  stop() {}
};
Object.defineProperty(window, "speechSynthesis", {
  value: { speak: ({ text }) => spoken.push(text), cancel() {} },
});
"""
