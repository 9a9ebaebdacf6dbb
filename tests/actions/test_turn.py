from __future__ import annotations

from typing import Any

import pytest

from actions.turn import (
    VIDEO_WORD,
    Message,
    Named,
    Turn,
    message_from,
    people_named,
    turn_from,
    wanted_channel,
)
from nlu.wishes import TimeWish
from scheduler_core.model import Actor, ActorKind, Channel

BOTH = (Channel.PHONE, Channel.JITSI)


def message(text: str = "", *entities: dict[str, Any], **more: Any) -> Message:
    state = {
        "text": text,
        "intent": {"name": "inform"},
        "entities": list(entities),
        "message_id": "m1",
        **more,
    }
    return message_from(state, sender="ann", channel="web")


def test_a_message_is_typed_and_knows_who_acts() -> None:
    heard = message("hello", metadata={"timezone": "Asia/Calcutta", "locale": "en-US", "page": "x"})

    assert heard == Message("hello", "inform", (), "m1", "ann", "web", "Asia/Kolkata", "en-US")
    assert heard.actor == Actor(ActorKind.CONVERSATION, "web:ann")


@pytest.mark.parametrize(
    "metadata",
    [None, [], "x", {}, {"timezone": 7}, {"timezone": "Mars/Olympus"}, {"timezone": ["UTC"], "locale": None}],
)
def test_metadata_of_any_shape_is_borne(metadata: object) -> None:
    heard = message("hello", metadata=metadata)

    assert (heard.timezone, heard.locale) == ("", "")


@pytest.mark.parametrize(
    "state", [{}, {"intent": None, "entities": None, "text": None}, {"entities": [1, "x"]}]
)
def test_a_message_with_parts_missing_is_empty(state: dict[str, Any]) -> None:
    assert message_from(state, sender="", channel="") == Message("", "", (), "", "", "", "", "")


def test_of_a_typed_command_only_the_button_counts() -> None:
    typed = message(
        '/inform{"email":"a@example.com"}',
        {"entity": "email", "value": "a@example.com"},
        {"entity": "option", "value": "abc234"},
    )

    assert (typed.text, typed.entities) == ("", ({"entity": "option", "value": "abc234"},))


def test_every_detail_finds_its_place() -> None:
    text = "Ben, Ann Lee, ann@example.com"
    heard = message(
        text,
        {"entity": "person", "value": "Ben", "start": 0, "end": 3},
        {"entity": "name", "value": "Ann Lee", "start": 5, "end": 12},
        {"entity": "email", "value": "ann@example.com", "start": 14, "end": 29},
        {"entity": "email", "value": "bob@example.com", "role": "guest"},
        {"entity": "choice", "value": 2},
        {"entity": "duration", "value": 45},
        {"entity": "channel", "value": "phone"},
        {"entity": "phone", "value": "+49 30 1234"},
        {"entity": "type", "value": "intro"},
        {"entity": "zone", "value": "Asia/Calcutta"},
        {"entity": "note", "value": "tax"},
    )

    assert turn_from(heard, (Named("Ben", ("ben-okafor",)),), TimeWish()) == Turn(
        id="m1",
        intent="inform",
        text=text,
        choice=2,
        people=(Named("Ben", ("ben-okafor",)),),
        type="intro",
        minutes=45,
        channel="phone",
        phone="+49 30 1234",
        name="Ann Lee",
        email="ann@example.com",
        guests=("bob@example.com",),
        note="tax",
        zone="Asia/Kolkata",
    )


@pytest.mark.parametrize(
    "value",
    [
        {"entity": "choice", "value": 0},
        {"entity": "choice", "value": "sideways"},
        {"entity": "choice", "value": [2]},
        {"entity": "duration", "value": -5},
        {"entity": "duration", "value": 100_000},
        {"entity": "email", "value": 5},
        {"entity": "person", "value": None},
        {"entity": "zone", "value": "Mars/Olympus"},
    ],
)
def test_values_of_another_shape_are_left_out(value: dict[str, Any]) -> None:
    heard = message("", value)

    assert turn_from(heard, people_named(heard), TimeWish()) == Turn(id="m1", intent="inform")


def test_people_are_named_one_by_one() -> None:
    heard = message(
        "",
        {"entity": "person", "value": "Ben"},
        {"entity": "person", "value": "Ana ", "additional_info": {"join": "and"}},
        {"entity": "person", "value": "mornings", "additional_info": {"join": "", "bare": True}},
        {"entity": "person", "value": "anyone"},
    )

    assert people_named(heard) == (Named("Ben"), Named("Ana", together=True), Named("mornings", bare=True))
    assert turn_from(heard, (), TimeWish()).anyone


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("phone", Channel.PHONE),
        ("zoom", Channel.ZOOM),
        (VIDEO_WORD, Channel.JITSI),
        ("smoke", None),
        ("", None),
    ],
)
def test_a_channel_is_known_by_its_word(words: str, channel: Channel | None) -> None:
    assert wanted_channel(words, BOTH, (Channel.ZOOM, Channel.JITSI)) is channel
