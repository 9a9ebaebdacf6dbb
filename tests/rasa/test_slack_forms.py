"""What Slack makes of words, and what is made of it; replies as Slack takes them; what counts as said."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from channels.replies import Card, Choice, Reply
from channels.slack_blocks import chosen, message
from channels.slack_events import NotUnderstood, Place, Writer, is_signed, tapped_in, written_in
from channels.slack_markup import escaped, mentioned, plain
from channels.slack_people import Profile, profile_from
from tests.rasa.slack_server import (
    ANN,
    APP_USER,
    GENERAL,
    SIGNING_SECRET,
    TEAM,
    Posted,
    direct,
    mention,
    person,
    request,
    tapped,
    written,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
PAYLOAD = '/pick{{"option":"{}"}}'


@pytest.mark.parametrize(
    ("marked_up", "typed"),
    [
        (
            "Ann Lee, <mailto:ann@example.org|ann@example.org>, <tel:+4930123|030 123>",
            "Ann Lee, ann@example.org, 030 123",
        ),
        ("<mailto:ann@example.org?subject=x|my mail>", "ann@example.org"),
        ("see <https://example.org/a?b=1&amp;c=2> &amp; <http://example.org|example.org>",
         "see https://example.org/a?b=1&c=2 & example.org"),
        ("with <@U00BEN> in <#C1|general>, <!here>", "with Ben Okafor in general, "),
        ("<@U00APP> 2 &lt; 3 &amp;lt; 4", " 2 < 3 &lt; 4"),
        ("3 < 4", "3 < 4"),
    ],
)  # fmt: skip
def test_markup_is_taken_out(marked_up: str, typed: str) -> None:
    assert plain(marked_up, {"U00BEN": "Ben Okafor"}) == typed


def test_those_who_are_mentioned_are_named_once() -> None:
    assert mentioned("<@U1> and <@U2|ben> and <@U1>") == ("U1", "U2")


def test_what_is_said_points_to_nobody() -> None:
    said = "Ann <!channel> & <@U1>"

    assert escaped(said) == "Ann &lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert plain(escaped(said), {}) == said


def _choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"{place}. " + "x" * 80, PAYLOAD.format(f"k{place}")) for place in range(count))


def test_few_choices_are_buttons_and_many_a_list() -> None:
    few, many = message(Reply("Which?", _choices(5))), message(Reply("Which?", _choices(120)))

    assert [one["type"] for one in few["blocks"][-1]["elements"]] == ["button"] * 5
    (select,) = many["blocks"][-1]["elements"]
    assert (select["type"], len(select["options"])) == ("static_select", 100)
    assert select["options"][99]["value"] == PAYLOAD.format("k99")
    assert {len(one["text"]["text"]) for one in select["options"]} == {75}


def test_long_texts_are_cut_at_lines_and_never_within_an_entity() -> None:
    lines = "\n".join(["a line & more"] * 800)

    sections = [block["text"]["text"] for block in message(Reply(lines))["blocks"]]

    assert all(len(text) <= 3000 for text in sections)
    assert "\n".join(sections) == escaped(lines)
    solid = [block["text"]["text"] for block in message(Reply("<" * 2000))["blocks"]]
    assert [plain(text, {}) for text in solid] == ["<" * len(text.split("&lt;")[1:]) for text in solid]
    assert sum(len(plain(text, {})) for text in solid) == 2000


def test_a_booking_is_a_card_and_other_cards_are_left_out() -> None:
    facts = {
        "status": "CONFIRMED", "title": "Consultation", "person": "Dr. <Meyer>", "when": "Tuesday, 10:00",
        "where": "by phone", "reference": "ABC234", "link": None,
    }  # fmt: skip

    blocks = message(Reply(card=Card("booking", facts)))["blocks"]

    assert [block["type"] for block in blocks] == ["divider", "section", "context"]
    assert blocks[1]["text"]["text"] == "*Consultation – Dr. &lt;Meyer&gt;*\nTuesday, 10:00\nby phone"
    assert blocks[2]["elements"][0]["text"] == "ABC234"
    assert message(Reply(card=Card("times", {}))) == {}


def test_a_choice_takes_the_place_of_the_buttons() -> None:
    shown = message(Reply("Which?", _choices(2)))

    assert chosen(shown["blocks"], "10:00 <b>") == {
        "text": "✓ 10:00 &lt;b&gt;",
        "blocks": [
            shown["blocks"][0],
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "✓ 10:00 &lt;b&gt;"}]},
        ],
    }


def test_only_slack_s_signature_of_the_last_minutes_counts() -> None:
    content, headers = request(written("hello", "Ev1"), NOW)
    timestamp, signature = headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"]

    def signed(body: bytes = content, at: str = timestamp, by: str = signature, **later: int) -> bool:
        return is_signed(body, at, by, SIGNING_SECRET, NOW + timedelta(**later))

    assert signed()
    assert signed(minutes=5)
    assert not any(
        [
            signed(minutes=5, seconds=1),
            signed(minutes=-5, seconds=-1),
            signed(body=content + b" "),
            signed(at=str(int(timestamp) + 1)),
            signed(by=signature[:-1]),
            signed(by=""),
            signed(at="x"),
            signed(at="٣"),
            signed(by="v0=ü"),
        ]
    )


def test_a_message_is_read_with_who_wrote_it_and_where() -> None:
    said = written_in(written("hi", "Ev1", thread_ts="17.5"))
    called = written_in(mention("hi", "Ev2", ts="18.5"))

    assert said is not None
    assert called is not None
    assert (said.writer.sender, said.place, said.is_direct) == (
        f"{TEAM}:{ANN}", Place(direct(ANN), "17.5"), True,
    )  # fmt: skip
    assert (called.text, called.place, called.is_direct) == (
        f"<@{APP_USER}> hi", Place(GENERAL, "18.5"), False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"user": APP_USER},
        {"bot_id": "B1"},
        {"user": None},
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"edited": {"ts": "1"}},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"type": "reaction_added"},
    ],
)
def test_what_nobody_wrote_to_the_assistant_is_left_alone(changes: dict[str, Any]) -> None:
    body = written("hi", "Ev1")
    body["event"] = {**body["event"], **changes}

    assert written_in(body) is None


def _posted(choices: int = 2) -> Posted:
    body = message(Reply("Which?", _choices(choices)))
    return Posted(direct(ANN), "", "17.5", body["text"], tuple(body["blocks"]))


@pytest.mark.parametrize("choices", [2, 7])
def test_a_tap_is_read_from_buttons_and_lists(choices: int) -> None:
    tap, again = (tapped_in(tapped(_posted(choices), "1.")) for _ in range(2))

    assert tap is not None
    assert again is not None
    assert (tap.payload, tap.title[:4], tap.message) == (PAYLOAD.format("k1"), "1. x", "17.5")
    assert (tap.writer, tap.place) == (Writer(TEAM, ANN), Place(direct(ANN)))
    assert tap.identity == again.identity


@pytest.mark.parametrize(
    "value", ["yes", "/affirm", "/restart", '/inform{"email":"a@example.org"}', '/pick{"option":"K"}', "/"]
)
def test_a_button_says_nothing_but_which_it_is(value: str) -> None:
    body = tapped(_posted(), "1.")
    body["actions"][0]["value"] = value

    assert tapped_in(body) is None


def test_whatever_is_mangled_is_refused_or_ignored_and_breaks_nothing() -> None:
    dice = random.Random(7)  # noqa: S311  (no secret)
    junk: list[Any] = [None, 7, "", "x", [], {}, ["x"], {"id": 7}, "x" * 5000]

    def mangled(value: Any) -> Any:
        if dice.random() < 0.08:
            return dice.choice(junk)
        if isinstance(value, dict):
            return {name: mangled(inner) for name, inner in value.items()}
        return [mangled(inner) for inner in value] if isinstance(value, list) else value

    for read, body in ((written_in, written("hi", "Ev1")), (tapped_in, tapped(_posted(), "1."))):
        for _ in range(2000):
            with suppress(NotUnderstood):
                read({name: mangled(value) for name, value in body.items()})


def test_a_profile_vouches_for_an_address_only_if_the_workspace_has_verified_it() -> None:
    ours = person(ANN, "Ann &amp; Lee", "ann.lee@example.org")

    assert profile_from(ours, TEAM) == Profile(
        "Ann & Lee", "ann.lee@example.org", "Europe/London", "en-GB", is_app=False
    )
    for changes in ({"is_email_confirmed": False}, {"is_stranger": True}, {"team_id": "T9"}, {"profile": 7}):
        assert profile_from({**ours, **changes}, TEAM).address == ""
    assert profile_from({}, TEAM) == Profile()
