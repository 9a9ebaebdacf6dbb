from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.windows import booking_wish
from tests.rasa.reading import line, windows_line, wish_of

TABLE = Path(__file__).with_name("time_phrases.txt")
NAMES = ("May", "Mark", "Will", "Sunday A", "Ann", "Ben", "Meyer")


@dataclass(frozen=True)
class Row:
    """A phrase of the table, when and where it is said, and what it means."""

    now: datetime
    zone: str
    locale: str
    instants: bool  #: the meaning is what the core is asked for, in UTC
    phrase: str
    meaning: str

    def said(self, phrase: str) -> str:
        """What a way to write the phrase means, as the table writes it."""
        wish = wish_of(phrase, self.now, self.zone, day_first=self.locale != "en-US")
        if not self.instants:
            return line(wish, self.now.year)
        until = self.now + timedelta(days=21)
        return windows_line(booking_wish(wish, now=self.now, zone=self.zone, until=until))


def rows() -> list[Row]:
    found: list[Row] = []
    head: tuple[datetime, str, str, bool] | None = None
    for text in TABLE.read_text(encoding="utf-8").splitlines():
        if text.startswith("@"):
            now, zone, locale, *form = text[1:].split()
            head = (datetime.fromisoformat(now.replace("Z", "+00:00")), zone, locale, form == ["utc"])
        elif text and not text.startswith("#"):
            phrase, _, meaning = text.rpartition("|")
            assert head is not None
            found.append(Row(*head, phrase.strip(), meaning.strip()))
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.now:%m-%d}: {row.phrase}")
def test_a_phrase_means_what_the_table_says(row: Row) -> None:
    assert row.said(row.phrase) == row.meaning


def test_the_table_is_as_long_as_it_should_be() -> None:
    phrases = [(row.now, row.zone, row.locale, row.phrase) for row in rows()]

    assert len(set(phrases)) == len(phrases) >= 400


@given(row=st.sampled_from(rows()), upper=st.booleans(), spaces=st.integers(1, 3))
@settings(max_examples=600, deadline=None)
def test_reading_is_stable_under_case_and_spacing(row: Row, *, upper: bool, spaces: int) -> None:
    if any(name in row.phrase for name in NAMES):
        return  # whether a word is a name depends on its capitals

    written = (row.phrase.upper() if upper else row.phrase.lower()).replace(" ", " " * spaces)

    assert " ".join(row.said(written).lower().split()) == " ".join(row.meaning.lower().split())


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
        ("2026-12-30T09:00", "Europe/Berlin", "Friday", "2027-01-01"),
        ("2026-12-30T09:00", "Europe/Berlin", "5/1", "2027-01-05"),
        ("2026-12-30T09:00", "Europe/Berlin", "in two weeks", "2027-01-13"),
    ],
)
def test_a_phrase_is_read_by_the_writers_clock(now: str, zone: str, phrase: str, meaning: str) -> None:
    instant = datetime.fromisoformat(now).replace(tzinfo=timezone.utc)

    assert line(wish_of(phrase, instant, zone), instant.year) == meaning


@pytest.mark.parametrize(
    ("now", "phrase", "day_first", "month_first"),
    [
        ("2026-11-24T09:00", "3/12", "12-03", "'3/12': 2027-03-12 or 12-03"),
        ("2026-11-24T09:00", "13/1", "2027-01-13", "2027-01-13"),
        ("2026-11-24T09:00", "12/1", "'12/1': 2027-01-12 or 12-01", "'12/1': 12-01 or 2027-01-12"),
        ("2026-02-20T09:00", "3/4", "'3/4': 04-03 or 03-04", "'3/4': 03-04 or 04-03"),
        ("2026-11-24T09:00", "12/3/2027", "2027-03-12", "2027-12-03"),
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
