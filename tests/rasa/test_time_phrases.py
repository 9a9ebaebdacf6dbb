from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rasa.reading import line, wish_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
TABLE = Path(__file__).with_name("time_phrases.txt")


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    halves = [text.rpartition("|") for text in lines if text and not text.startswith("#")]
    return [(phrase.strip(), meaning.strip()) for phrase, _, meaning in halves]


@pytest.mark.parametrize(("phrase", "meaning"), rows())
def test_a_phrase_means_what_the_table_says(phrase: str, meaning: str) -> None:
    assert line(wish_of(phrase, NOW, "Europe/Berlin")) == meaning


@given(row=st.sampled_from(rows()), upper=st.booleans(), spaces=st.integers(1, 3))
@settings(max_examples=600, deadline=None)
def test_reading_is_stable_under_case_and_spacing(row: tuple[str, str], *, upper: bool, spaces: int) -> None:
    phrase, meaning = row
    if any(name in phrase for name in ("May", "Mark", "Will", "Sunday A", "Ann", "Ben", "Meyer")):
        return  # whether a word is a name depends on its capitals

    written = (phrase.upper() if upper else phrase.lower()).replace(" ", " " * spaces)
    said = line(wish_of(written, NOW, "Europe/Berlin"))

    assert " ".join(said.lower().split()) == " ".join(meaning.lower().split())


@pytest.mark.parametrize(
    ("now", "zone", "phrase", "meaning"),
    [
        # The writer's day decides, not the server's: at 23:30 UTC it is Wednesday in Berlin and Kolkata.
        ("2026-11-24T23:30", "Europe/Berlin", "tomorrow", "11-26"),
        ("2026-11-24T23:30", "America/Sao_Paulo", "tomorrow", "11-25"),
        ("2026-11-24T23:30", "Asia/Kolkata", "Wednesday", "12-02"),
        ("2026-11-24T23:30", "America/Los_Angeles", "Wednesday", "11-25"),
        ("2026-11-24T23:30", "Pacific/Apia", "today", "11-25"),
        # The zone that is named decides over the writer's.
        (
            "2026-11-24T23:30",
            "America/Los_Angeles",
            "tomorrow at 9, I'm in Tokyo",
            "11-26 09:00/21:00; in Asia/Tokyo",
        ),
        # Elapsed time knows no clock change.
        ("2026-10-25T00:30", "Europe/Berlin", "in 3 hours", "2026-10-25 03:30Z"),
        ("2026-03-29T00:30", "Europe/Berlin", "in 3 hours", "2026-03-29 03:30Z"),
        # On a Friday "Friday" is the next one, and "next Friday" too.
        ("2026-11-27T09:00", "Europe/Berlin", "Friday", "12-04"),
        ("2026-11-27T09:00", "Europe/Berlin", "next Friday", "12-04"),
        # On a Sunday every day of "next week" is still to come; "next Monday" is tomorrow.
        ("2026-11-29T09:00", "Europe/Berlin", "next week", "11-30..12-06"),
        ("2026-11-29T09:00", "Europe/Berlin", "next Monday", "11-30"),
        # Over the turn of the year.
        ("2026-12-30T09:00", "Europe/Berlin", "Friday", "01-01"),
        ("2026-12-30T09:00", "Europe/Berlin", "5/1", "01-05"),
        ("2026-12-30T09:00", "Europe/Berlin", "in two weeks", "01-13"),
    ],
)
def test_a_phrase_is_read_by_the_writers_clock(now: str, zone: str, phrase: str, meaning: str) -> None:
    instant = datetime.fromisoformat(now).replace(tzinfo=timezone.utc)

    assert line(wish_of(phrase, instant, zone)) == meaning


@pytest.mark.parametrize(
    ("now", "phrase", "day_first", "month_first"),
    [
        ("2026-11-24T09:00", "3/12", "12-03", "12-03"),
        ("2026-11-24T09:00", "13/1", "01-13", "01-13"),
        ("2026-11-24T09:00", "12/1", "'12/1': 01-12 or 12-01", "'12/1': 12-01 or 01-12"),
        ("2026-02-20T09:00", "3/4", "'3/4': 04-03 or 03-04", "'3/4': 03-04 or 04-03"),
        ("2026-11-24T09:00", "12/3/2027", "03-12", "12-03"),
        ("2026-11-24T09:00", "3.12.", "12-03", "12-03"),
        ("2026-11-24T09:00", "2026-12-03", "12-03", "12-03"),
    ],
)
def test_a_date_in_numbers_follows_the_locale_and_has_two_readings_where_both_are_near(
    now: str, phrase: str, day_first: str, month_first: str
) -> None:
    instant = datetime.fromisoformat(now).replace(tzinfo=timezone.utc)

    said = [line(wish_of(phrase, instant, "Europe/Berlin", day_first=first)) for first in (True, False)]

    assert said == [day_first, month_first]
