// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChatModel } from "../../../src/widget/model.ts";
import { isSendKey } from "../../../src/widget/ui/Composer.tsx";
import { Panel } from "../../../src/widget/ui/Panel.tsx";

const OPTIONS = {
  server: "http://127.0.0.1:9",
  title: "Book here",
  greeting: null,
  locale: "en-GB",
  teaser: null,
  voice: false,
};
const REPLIES = ["10:30", "14:00"].map((title) => ({ title, payload: `p ${title}` }));
let model: ChatModel;
const close = vi.fn();

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  model = new ChatModel(OPTIONS.server, () => ({ timezone: "UTC", locale: "en", page: "" }));
  render(<Panel model={model} options={OPTIONS} close={close} />);
  act(() => model.open({ focus: true }));
});

afterEach(() => {
  model.end();
  cleanup();
});

function answer(text: string, replies = [] as typeof REPLIES) {
  act(() => model.onAnswer({ kind: "text", text, replies }));
}

test("the open chat is a named dialog with the caret in the message box", async () => {
  expect(screen.getByRole("dialog", { name: "Book here" })).toBeTruthy();
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Message" })),
  );
});

test("a text typed and ended with Enter appears in the log as waiting", async () => {
  const user = userEvent.setup();
  await user.type(screen.getByRole("textbox", { name: "Message" }), "hello{Enter}");
  const log = screen.getByRole("log", { name: "Conversation" });
  expect(log.textContent).toContain("You: helloWaiting for connection");
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" }).value).toBe("");
});

test("Shift and Enter begin a new line", async () => {
  const user = userEvent.setup();
  const box = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
  await user.type(box, "one{Shift>}{Enter}{/Shift}two");
  expect(box.value).toBe("one\ntwo");
});

test("the Enter that ends an input method's composition sends nothing", () => {
  const enter = { key: "Enter", shiftKey: false, keyCode: 13 };
  expect(isSendKey(enter)).toBe(true);
  expect(isSendKey({ ...enter, isComposing: true })).toBe(false);
  expect(isSendKey({ ...enter, keyCode: 229 })).toBe(false);
  expect(isSendKey({ ...enter, nativeEvent: { isComposing: true } })).toBe(false);
});

test("a message that is too long cannot be sent and says by how much", async () => {
  act(() => model.edit("x".repeat(2003)));
  await screen.findByText("3 characters too many");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
});

test("an example sends its text and then the examples are gone", async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "What can you do?" }));
  expect(screen.getByText("What can you do?").closest("li")?.className).toBe("from-own");
  expect(screen.queryByRole("list", { name: "Examples" })).toBeNull();
});

test("quick replies are locked by a tap, the chosen one is marked, and the focus stays in the chat", async () => {
  const user = userEvent.setup();
  answer("Which one?", REPLIES);
  await user.click(await screen.findByRole("button", { name: "10:30" }));
  const [first, second] = ["10:30", "14:00"].map((name) =>
    screen.getByRole<HTMLButtonElement>("button", { name }),
  );
  expect([first?.disabled, second?.disabled]).toEqual([true, true]);
  expect([first?.dataset["chosen"], second?.dataset["chosen"]]).toEqual(["true", undefined]);
  expect(document.activeElement).toBe(screen.getByRole("log"));
});

test("writing on the log goes into the message box", async () => {
  const user = userEvent.setup();
  screen.getByRole("log").focus();
  await user.keyboard("hi");
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" }).value).toBe("hi");
});

test("Escape closes the chat", async () => {
  await userEvent.setup().keyboard("{Escape}");
  expect(close).toHaveBeenCalledTimes(1);
});

test("a booking appears as a card with its facts and link", async () => {
  const card = {
    status: "CONFIRMED" as const,
    reference: "K7QM2F",
    title: "Consultation",
    person: "Dr. Eva Meyer",
    attendee: "Ann Lee",
    start: "2026-12-01T09:30:00Z",
    end: "2026-12-01T10:00:00Z",
    zone: "Europe/Berlin",
    when: "Tuesday 1 December 2026, 10:30–11:00 (Europe/Berlin), 9:30 – 10:00 AM in Europe/London",
    where: "Jitsi",
    link: "https://meet.example.org/room",
    uid: "0b5d9f1e-9c39-4f0e-8d6a-1f2e3d4c5b6a",
    sequence: 1,
  };
  act(() => model.onAnswer({ kind: "card", card }));
  const article = await screen.findByRole("article", {
    name: "Appointment confirmed: Consultation",
  });
  for (const fact of [card.when, card.person, card.where, card.attendee, card.reference])
    expect(article.textContent).toContain(fact);
  const unbroken = [...article.querySelectorAll(".whole")].map(({ textContent }) => textContent);
  expect(unbroken).toEqual(["10:30–11:00", "9:30 – 10:00 AM"]);
  const link = screen.getByRole<HTMLAnchorElement>("link", { name: "Join the meeting" });
  expect([link.href, link.rel, link.target]).toEqual([card.link, "noopener noreferrer", "_blank"]);
});

test("HTML in an answer stays text", async () => {
  answer("<img src=x onerror=alert(1)> **bold**");
  await screen.findByText("bold");
  expect(document.querySelector("img")).toBeNull();
  expect(screen.getByText("bold").tagName).toBe("STRONG");
});

test("a lost line is told and can be tried at once", async () => {
  act(() => model.onLink("waiting"));
  await screen.findByText("No connection");
  expect(screen.getByRole("button", { name: "Try now" })).toBeTruthy();
});

test("typing is told in words too", async () => {
  act(() => model.onLink("online"));
  act(() => model.onTyping(true));
  await screen.findByText("Assistant is typing");
});

test("a booking's card leads into calendars and to a change, until a later card replaces it", async () => {
  const user = userEvent.setup();
  const booking = {
    status: "CONFIRMED" as const,
    reference: "K7QM2F",
    title: "Consultation",
    person: "Dr. Eva Meyer",
    attendee: "Ann Lee",
    start: "2026-12-01T09:30:00Z",
    end: "2026-12-01T10:00:00Z",
    zone: "Europe/Berlin",
    when: "Tuesday 1 December 2026, 10:30–11:00 (Europe/Berlin)",
    where: "Jitsi",
    link: null,
    uid: null,
    sequence: 0,
  };
  act(() => model.onAnswer({ kind: "card", card: booking }));
  expect(await screen.findByRole("link", { name: "Google" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "File (.ics)" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Move" }));
  expect(screen.getByText("I would like to move my appointment K7QM2F")).toBeTruthy();
  act(() => model.onAnswer({ kind: "card", card: { ...booking, status: "CANCELLED" } }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Move" })).toBeNull());
});

test("times are cards that say what their reply says, with a way to other days", async () => {
  const user = userEvent.setup();
  const offered = [{ payload: "p 10:30", day: "Tue 1 Dec", hours: "10:30–11:00", who: "Ben" }];
  answer("Which one?", REPLIES);
  act(() =>
    model.onAnswer({
      kind: "times",
      times: { times: offered, kind: "intro", people: [], minutes: 15, zone: "UTC" },
    }),
  );
  const card = await screen.findByRole<HTMLButtonElement>("button", {
    name: "Tue 1 Dec 10:30–11:00 Ben",
  });
  expect(screen.getByRole("button", { name: "14:00" })).toBeTruthy();
  expect(
    screen.getByRole("button", { name: "Pick another day" }).getAttribute("aria-expanded"),
  ).toBe("false");
  await user.click(card);
  expect(card.disabled).toBe(true);
  expect(screen.getByText("10:30").closest("li")?.className).toBe("from-own");
});

test("answers that come to a closed chat are counted, and the last is shown beside the launcher", () => {
  act(() => model.close());
  answer("One");
  answer("Two");
  expect(model.snapshot()).toMatchObject({ unread: 2, teaser: "Two" });
  act(() => model.open({ focus: true }));
  expect(model.snapshot()).toMatchObject({ unread: 0, teaser: null });
});
