from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.addresses import addresses
from nlu.choices import choices
from nlu.details import appointment_type, channel, note
from nlu.entities import details
from nlu.names import own_name
from nlu.people import people
from nlu.phones import phones
from nlu.references import references
from nlu.texts import legible
from nlu.zonephrases import named_zone

READERS = (
    addresses, appointment_type, channel, choices, legible, named_zone, note, own_name, people, phones,
    references,
)  # fmt: skip
PIECES = (
    "1 ", "a.", "a@", "a-", "a_", "aaaa", "AAAA", "O'", "K", "2", "0-", "(", "[at]", "(dot)",
    "<mailto:", "&lt;", "#", "@ ", "a@b.", "a @ b.c ", "ann at ", "at example dot ", "dot at ",
    "example.org", "a@example.org, ", "invite ", "my name is ", "I'm Ann ", "i am ", "name: ",
    "call me ", "Ann Lee, ", "ann ann ", "van der ", "Dr. ", "A.", "with Ben or ", "Ben, ", "w/ ",
    "is a ", "is Ben ", "Ben is free ", "Ben's ", "'s free ", "I need ", "no, ", "not ", "either of ",
    "anyone ", "Thanks, ", "best\n", "- ", "-\n", "\n", " ", "book it for ", "ref ", "K7QX2M ",
    "+49 30 ", "because ", "re: ", "about my ", "at your ", "in Berlin ", "9 in ", "i'm in ", "utc+",
    "the ", "call ", "\u200b", "\u202e", "e\u0301", "\u674e", "\U0001f642", "\x00", "\ufeff",
)  # fmt: skip
SHORT, LONG = 1250, 5000
MOST = 10.0  #: times as long for four times the text; what is quadratic takes sixteen
SLACK = 0.03  #: seconds, below which clocks say little


def seconds(read: Callable[[str], Any], text: str) -> float:
    """Processor time of one reading, the better of two."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        read(text)
        taken.append(time.process_time() - began)
    return min(taken)


def repeated(piece: str, length: int) -> str:
    return (piece * length)[:length]


@pytest.mark.parametrize("read", READERS, ids=lambda read: str(read.__name__))
def test_four_times_the_text_takes_about_four_times_as_long(read: Callable[[str], Any]) -> None:
    read("warm up")
    slow = [
        piece
        for piece in PIECES
        if seconds(read, repeated(piece, LONG)) > MOST * seconds(read, repeated(piece, SHORT)) + SLACK
    ]

    assert slow == []


@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=4))
@settings(max_examples=15, deadline=None)
def test_no_mixture_takes_long_either(pieces: list[str]) -> None:
    mixture = "".join(pieces)

    long, short = (seconds(details, repeated(mixture, length)) for length in (LONG, SHORT))

    assert long <= MOST * short + 5 * SLACK


@pytest.mark.parametrize("length", [2000, 5000])
def test_details_are_found_at_the_end_of_a_long_message(length: int) -> None:
    text = "so it goes. " * (length // 12) + "I'm Ann Lee, ann@example.org, with Dr. Meyer"

    found = {entity["entity"]: entity["value"] for entity in details(text)}

    assert found == {"name": "Ann Lee", "email": "ann@example.org", "person": "Dr. Meyer"}


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\x00", "\x1b", "\u00ad", "\ufe0f"]
)
def test_what_cannot_be_seen_changes_nothing(sign: str) -> None:
    plain = "I'm Ann Lee, ann@example.org, with Dr. Meyer on Zoom, +49 30 1234567, ref K7QX2M"
    hidden = sign.join(plain)

    assert [(e["entity"], e["value"]) for e in details(hidden)] == [
        (e["entity"], e["value"]) for e in details(plain)
    ]


@given(st.text(alphabet=st.characters(), max_size=60))
def test_entities_of_any_text_lie_inside_it(text: str) -> None:
    spans = [(entity["start"], entity["end"]) for entity in details(text)]

    assert all(0 <= start < end <= len(text) for start, end in spans)
