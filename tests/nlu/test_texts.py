from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities import details
from nlu.prepared import prepare
from nlu.spelling import respelt
from nlu.wordpiece import MOST_PIECES, piece_ids


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("nxt tues @ 2", "next tues at 2"),
        ("Tmrw  mornin", "tomorrow morning"),
        ("b4 5 – “maybe”", 'before 5 - "maybe"'),
        ("ann@example.org", "ann@example.org"),
        ("The appt", "the appointment"),
    ],
)
def test_common_misspellings_are_written_out(text: str, plain: str) -> None:
    assert respelt(text).text == plain


@given(st.text(max_size=60))
def test_offsets_lead_back_to_the_original(text: str) -> None:
    spelt = respelt(text)

    assert len(spelt.origins) == len(spelt.text)
    assert list(spelt.origins) == sorted(spelt.origins)
    assert spelt.back(0, len(spelt.text))[1] == len(text)


def test_a_span_is_found_again_in_both_directions() -> None:
    text = "see you tmrw at 5"
    spelt = respelt(text)

    start, end = spelt.forth(8, 12)

    assert (spelt.text[start:end], spelt.back(start, end)) == ("tomorrow", (8, 12))


@given(st.text(max_size=80))
def test_any_text_can_be_prepared_and_searched(text: str) -> None:
    prepared = prepare(text)

    assert len(prepared.rest) == len(prepared.text) == len(prepared.respelt.text)
    assert all(0 <= entity["start"] <= entity["end"] <= len(text) for entity in details(text))


def test_what_is_hidden_holds_no_time() -> None:
    text = "with May at 3"

    assert [time.start for time in prepare(text, [(0, 13)]).times] == []
    assert len(prepare(text).times) == 1


VOCABULARY = {"[CLS]": 0, "[SEP]": 1, "[UNK]": 2, "book": 3, "##ing": 4, "cafe": 5, "!": 6}


def test_words_are_cut_into_the_longest_known_pieces() -> None:
    assert piece_ids("Booking Café!", VOCABULARY) == [0, 3, 4, 5, 6, 1]


def test_a_word_without_known_pieces_is_unknown() -> None:
    assert piece_ids("book xyz", VOCABULARY) == [0, 3, 2, 1]


def test_a_long_text_is_cut() -> None:
    assert len(piece_ids("book " * 500, VOCABULARY)) == MOST_PIECES


@pytest.mark.parametrize(
    "piece", ["1 ", "a.", "a@", "at 3 or ", "with Ben or ", "move from ", "(dot)", "I am ", " "]
)
def test_the_longest_message_is_read_without_delay(piece: str) -> None:
    text = (piece * 2000)[:2000]
    began = time.process_time()

    details(text)
    prepare(text)

    assert time.process_time() - began < 3
