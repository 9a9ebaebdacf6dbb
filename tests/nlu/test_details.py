from __future__ import annotations

from typing import Any

import pytest

from nlu.details import appointment_type, channel, note
from nlu.entities import details
from nlu.phones import phones
from nlu.zonephrases import named_zone


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by phone, +49 30 1234567", ["+49 30 1234567"]),
        ("call me at 555 1234", ["555 1234"]),
        ("(212) 555-0101", ["(212) 555-0101"]),
        ("my number is 030/123456", ["030/123456"]),
        ("07700 900123", ["07700 900123"]),
        ("<tel:+4930123|+49 30 123>", ["+4930123"]),
        ("2026-12-03 at 14:30", []),
        ("3.12.2026 10.30", []),
        ("10:30 11:30", []),
        ("2014-2018", []),
        ("24-26 november", []),
    ],
)
def test_phone_numbers(text: str, found: list[str]) -> None:
    assert [phone.number for phone in phones(text)] == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Zoom please", "zoom"),
        ("Google Meet", "google_meet"),
        ("via meet", "google_meet"),
        ("jitsi is fine", "jitsi"),
        ("in person", "in_person"),
        ("I'll come to your office, at your office", "in_person"),
        ("face to face", "in_person"),
        ("by phone, +49 30 1234567", "phone"),
        ("phone", "phone"),
        ("call me at +49 30 1234567", "phone"),
        ("video call", "video"),
        ("online", "video"),
        ("not zoom, phone please", "phone"),
        ("a video call on zoom", "zoom"),
    ],
)
def test_a_channel(text: str, value: str) -> None:
    found = channel(text)

    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text", ["my phone number is 030 123456", "call me at 5", "let's meet on Friday", "no zoom"]
)
def test_no_channel(text: str) -> None:
    assert channel(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a consultation with Ben", "consultation"),
        ("an intro call on Friday", "intro call"),
        ("my yearly examination", "examination"),
        ("I need a check-up", "check-up"),
        ("consutation pls", "consutation"),
        ("for example on Friday", None),
        ("an appointment", None),
    ],
)
def test_the_words_for_a_type(text: str, words: str | None) -> None:
    found = appointment_type(text)

    assert (found.value if found else None) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("it's about my tax return", "my tax return"),
        ("it's about my tax return, next Tuesday please", "my tax return"),
        ("30 minutes with Ben about my visa on Friday", "my visa"),
        ("I'd like to discuss a contract", "a contract"),
        ("what about the 7th", None),
        ("how about a time on Monday", None),
        ("I'd like to know about the 7th", None),
    ],
)
def test_a_note(text: str, words: str | None) -> None:
    found = note(text)

    assert (found.value if found else None) == words


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("at 9 tokyo time", "Asia/Tokyo"),
        ("i'm in berlin", "Europe/Berlin"),
        ("we are in india", "Asia/Kolkata"),
        ("use new york time", "America/New_York"),
        ("5pm pst", "America/Los_Angeles"),
        ("17:00 cet", "Europe/Berlin"),
        ("3 pm eastern time", "America/New_York"),
        ("europe/kiev", "Europe/Kyiv"),
        ("my timezone is america/sao_paulo", "America/Sao_Paulo"),
        ("at 9 my time", None),
        ("i'm in a meeting", None),
        ("la", None),
        ("the first time", None),
    ],
)
def test_the_zone_that_is_named(text: str, zone: str | None) -> None:
    found = named_zone(text)

    assert (found.zone if found else None) == zone


def said(text: str) -> dict[str, Any]:
    return {entity["entity"]: entity["value"] for entity in details(text)}


def test_a_full_message_gives_every_detail_once() -> None:
    text = "30 minutes with Dr. Meyer on Zoom next Tuesday afternoon? Ann Lee, ann@example.org"

    assert said(text) == {
        "person": "Dr. Meyer",
        "channel": "zoom",
        "name": "Ann Lee",
        "email": "ann@example.org",
    }


@pytest.mark.parametrize(
    "text", ["Mondays", "Mon-Wed", "mornings", "Christmas Eve", "lunchtime", "LATER", "Tomorrow"]
)
def test_words_about_time_are_nobodys_name(text: str) -> None:
    assert said(text) == {}


def test_capitals_throughout_name_nobody() -> None:
    assert said("MONDAY DOESN'T WORK") == {}
    assert said("WITH BEN ON FRIDAY") == {"person": "BEN"}


def test_entities_lie_where_they_say() -> None:
    text = "by phone, +49 30 1234567, it's about my visa; Tom Baker, tom@example.com"

    assert [(entity["entity"], text[entity["start"] : entity["end"]]) for entity in details(text)] == [
        ("email", "tom@example.com"),
        ("phone", "+49 30 1234567"),
        ("note", "my visa"),
        ("channel", "by phone"),
        ("name", "Tom Baker"),
    ]
