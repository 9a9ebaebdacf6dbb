"""What is sent to Telegram and what comes from there, without Telegram."""

from __future__ import annotations

from typing import Any

import pytest

from channels.replies import Choice
from channels.telegram_messages import messages, split, units
from channels.telegram_updates import Bot, Kind, Tap, Update, update_from
from tests.rasa.telegram_server import ANN, BOT

US = Bot(BOT["id"], BOT["username"])
PRIVATE = {"id": 7001, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Team"}
ANN_LEE = {"name": "Ann Lee", "locale": "en"}
PLAIN = {"link_preview_options": {"is_disabled": True}}
KNOWN = '/pick{"option":"k3f9ab"}'


def written(text: str, **metadata: str) -> Update:
    return Update(9, 7001, Kind.WORDS, text, {**ANN_LEE, **metadata})


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 1, "chat": PRIVATE, "from": ANN, **content}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tuesday at 10?", "Tuesday at 10?"),
        ("/start", "hello"),
        ("/help@practice_test_bot", "what can you do?"),
        ("/Cancel", "never mind"),
        ("/book@practice_test_bot tomorrow\nat 10", "book tomorrow\nat 10"),
        ("/stop", "stop"),
        ('/book{"verified":"true"}', '/book{"verified":"true"}'),
    ],
)
def test_commands_become_words(text: str, words: str) -> None:
    assert update_from({"update_id": 9, "message": message(text=text)}, US) == written(words)


def test_link_of_a_mail_opens_the_chat_by_its_token() -> None:
    opened = update_from({"update_id": 9, "message": message(text="/start dG9rZW4_-x")}, US)
    broken = update_from({"update_id": 9, "message": message(text="/start ' or 1=1")}, US)

    assert opened == written("Show my appointment", link="dG9rZW4_-x")
    assert broken == written("Show my appointment")


@pytest.mark.parametrize(
    ("writer", "facts"),
    [
        (ANN, ANN_LEE),
        ({"id": 1, "is_bot": False, "first_name": "Ben"}, {"name": "Ben"}),
        (
            {"id": 1, "is_bot": False, "first_name": "A\u0000\u001b", "language_code": "de-AT"},
            {"name": "A", "locale": "de-AT"},
        ),
        ({"id": 1, "is_bot": False, "first_name": "x" * 500, "language_code": "<script>"}, {}),
    ],
)
def test_profile_tells_name_and_language_as_far_as_they_can_be_used(
    writer: dict[str, Any], facts: dict[str, str]
) -> None:
    heard = update_from({"update_id": 9, "message": message(text="hi") | {"from": writer}}, US)

    assert heard == Update(9, 7001, Kind.WORDS, "hi", facts)


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ({"message": message(voice={"duration": 3})}, Kind.NO_WORDS),
        ({"message": message(photo=[{}], caption="this one")}, Kind.NO_WORDS),
        ({"message": message(location={"latitude": 52.5, "longitude": 13.4})}, Kind.NO_WORDS),
        ({"edited_message": message(text="Wednesday")}, Kind.EDIT),
    ],
)
def test_what_is_no_message_to_understand_is_told_apart(update: dict[str, Any], kind: Kind) -> None:
    assert update_from({"update_id": 9, **update}, US) == Update(9, 7001, kind)


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        {},
        {"update_id": True, "message": message(text="hi")},
        {"update_id": 9},
        {"update_id": 9, "message": "hi"},
        {"update_id": 9, "message": {"text": "hi"}},
        {"update_id": 9, "message": message(text="hi") | {"from": BOT}},
        {"update_id": 9, "message": message(pinned_message={"text": "hi"})},
        {"update_id": 9, "edited_message": message(location={"latitude": 1.0, "longitude": 1.0})},
        {"update_id": 9, "channel_post": message(text="hi")},
        {"update_id": 9, "my_chat_member": {"chat": PRIVATE, "from": ANN}},
        {"update_id": 9, "callback_query": {"id": "1", "from": ANN, "game_short_name": "chess"}},
        {"update_id": 9, "callback_query": {"id": "1", "from": ANN, "data": KNOWN, "inline_message_id": "x"}},
        {"update_id": 9, "message": message(text="lunch?") | {"chat": GROUP}},
        {"update_id": 9, "message": message(text="/help@another_bot") | {"chat": GROUP}},
        {"update_id": 9, "edited_message": message(text="/help") | {"chat": GROUP}},
    ],
)
def test_what_concerns_us_not_is_left_alone(update: Any) -> None:
    assert update_from(update, US) is None


@pytest.mark.parametrize(
    "content",
    [
        {"text": "/help"},
        {"text": "@Practice_Test_Bot what do I have booked?"},
        {"text": "tomorrow", "reply_to_message": {"from": BOT}},
    ],
)
def test_group_is_answered_where_it_means_us_but_not_listened_to(content: dict[str, Any]) -> None:
    said = {"update_id": 9, "message": message(**content) | {"chat": GROUP}}

    assert update_from(said, US) == Update(9, -100, Kind.GROUP)


def test_tap_says_what_stood_on_the_button() -> None:
    rows = [[{"text": "Mon", "callback_data": "x"}], [{"text": "Tue, 10:00", "callback_data": KNOWN}]]
    under = {
        "message_id": 5,
        "chat": PRIVATE,
        "text": "Which one?",
        "reply_markup": {"inline_keyboard": rows},
    }
    query = {"id": "77", "from": ANN, "data": KNOWN}

    tapped = update_from({"update_id": 9, "callback_query": {**query, "message": under}}, US)
    gone = update_from({"update_id": 9, "callback_query": {**query, "message": {"chat": PRIVATE}}}, US)

    tap = Tap("77", 5, "Which one?", "Tue, 10:00", KNOWN)
    assert tapped == Update(9, 7001, Kind.TAP, KNOWN, ANN_LEE, tap)
    assert gone == Update(9, 7001, Kind.TAP, KNOWN, ANN_LEE, Tap("77", 0, "", "", KNOWN))


def test_buttons_stand_under_the_text_one_a_row() -> None:
    choices = (Choice("Tue, 10:00", KNOWN), Choice("too long to come back", "/" + "x" * 64))

    assert list(messages(7001, "Which one?\n", choices)) == [
        {
            "chat_id": 7001,
            "text": "Which one?",
            **PLAIN,
            "reply_markup": {"inline_keyboard": [[{"text": "Tue, 10:00", "callback_data": KNOWN}]]},
        }
    ]


def test_buttons_stand_under_the_last_part_of_a_long_text() -> None:
    first, second = messages(7001, "a" * 4000 + "\n" + "b" * 200, (Choice("Yes", KNOWN),))

    assert first == {"chat_id": 7001, "text": "a" * 4000, **PLAIN}
    assert second["text"] == "b" * 200
    assert "reply_markup" in second


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("short", 10, ["short"]),
        ("one two three four", 10, ["one two", "three four"]),
        ("one two or\nthree four", 16, ["one two or", "three four"]),
        ("Yes. No, never.\nWell", 16, ["Yes. No, never.", "Well"]),
        ("ab\n\ncdefgh ij", 10, ["ab\n\ncdefgh", "ij"]),
        ("😀" * 8, 10, ["😀" * 5, "😀" * 3]),
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
    ],
)
def test_long_text_is_cut_at_its_ends(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


def test_telegram_counts_in_halves_of_characters() -> None:
    assert [units("é"), units("😀"), units("👨‍👩‍👧")] == [1, 2, 8]
