"""Laws that hold for whatever somebody writes about time, from the words to the slots that can be offered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.following import follow
from nlu.timephrases import wish_from
from nlu.windows import booking_wish, whole_days
from nlu.wishes import DAY, Days, Hours, Move, MoveKind, Part, TimeWish, from_json, to_json
from scheduler_core import zones
from scheduler_core.availability import open_slots
from scheduler_core.model import AppointmentType, Channel, Order, Person, PersonCalendar, Slot, WorkingHours
from scheduler_core.timerange import TimeRange, intersect, subtract

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday
UNTIL = NOW + timedelta(days=14)
BERLIN = "Europe/Berlin"
ZONES = st.sampled_from([BERLIN, "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "UTC"])

BEN = Person(2, "ben-okafor", "Ben Okafor", "ben@example.org", "Europe/London")
CHAT = AppointmentType(
    "chat", "Chat", (timedelta(minutes=30),), channels=(Channel.PHONE,), minimum_notice=timedelta()
)
CALENDAR = PersonCalendar(
    BEN, working_hours=tuple(WorkingHours(weekday, time(0), time(23, 30)) for weekday in range(7))
)

DATES = st.dates(date(2026, 11, 22), date(2026, 12, 6))
SPANS = st.one_of(
    st.tuples(DATES, st.integers(1, 7)).map(lambda pair: Days(pair[0], pair[0] + timedelta(days=pair[1]))),
    DATES.map(lambda first: Days(first, date.max)),
    DATES.map(lambda end: Days(date.min, end)),
)
HOURS = (
    st.tuples(st.integers(0, DAY), st.integers(0, DAY))
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: Hours(*pair))
)
PARTS = st.builds(
    Part,
    days=st.lists(SPANS, max_size=2).map(tuple),
    weekdays=st.lists(st.integers(0, 6), max_size=3).map(tuple),
    hours=st.lists(HOURS, max_size=2).map(tuple),
)
WISHES = st.builds(
    TimeWish,
    parts=st.lists(PARTS, max_size=3).map(tuple),
    excluded=st.lists(PARTS, max_size=2).map(tuple),
    minutes=st.none() | st.sampled_from([30, 45]),
)


def slots_of(wish: TimeWish, zone: str) -> list[Slot]:
    """Every slot of a calendar that is always open, for the wish as the core is asked for it."""
    asked = booking_wish(wish, now=NOW, zone=zone, until=UNTIL)
    windows = subtract(asked.windows or (TimeRange(NOW, UNTIL),), asked.excluded)
    return [slot for window in windows for slot in open_slots([CALENDAR], CHAT, window, NOW)]


def minutes_of(slot: Slot, zone: str) -> Iterator[tuple[date, int]]:
    """The days and minutes on the wall clock that a slot takes up; no clocks change in these weeks."""
    instant = slot.time.start
    while instant < slot.time.end:
        wall = zones.to_wall(instant, zone)
        yield wall.date(), wall.hour * 60 + wall.minute
        instant += timedelta(minutes=1)


def holds(part: Part, day: date, minute: int) -> bool:
    """Whether a part names that minute."""
    dated = not part.days or any(days.first <= day < days.end for days in part.days)
    weekday = not part.weekdays or day.weekday() in part.weekdays
    timed = not part.hours or any(hours.start <= minute < hours.end for hours in part.hours)
    return dated and weekday and timed


@given(wish=WISHES, zone=ZONES)
@settings(deadline=None)
def test_a_wish_never_yields_a_slot_outside_its_windows(wish: TimeWish, zone: str) -> None:
    for slot in slots_of(wish, zone):
        assert not wish.parts or all(
            any(holds(part, day, minute) for part in wish.parts) for day, minute in minutes_of(slot, zone)
        )


@given(wish=WISHES, zone=ZONES)
@settings(deadline=None)
def test_an_exclusion_always_wins(wish: TimeWish, zone: str) -> None:
    for slot in slots_of(wish, zone):
        assert not any(
            holds(part, day, minute) for part in wish.excluded for day, minute in minutes_of(slot, zone)
        )


@given(wish=WISHES, zone=ZONES)
def test_whole_days_hold_the_windows_of_the_same_wish(wish: TimeWish, zone: str) -> None:
    dated = replace(wish, parts=tuple(part for part in wish.parts if part.dated))
    if not dated.parts:
        return

    windows = booking_wish(dated, now=NOW, zone=zone, until=UNTIL).windows
    days = whole_days(dated, now=NOW, zone=zone, until=UNTIL).windows

    assert intersect(windows, days) == list(windows)


CLOCKS = st.sampled_from(
    ["3", "3 pm", "10:30", "half past two", "quarter to 4", "noon", "nine", "14h30", "9 a.m.", "12"]
)
PHRASES = st.one_of(
    CLOCKS.map("at {}".format),
    CLOCKS.map("after {}".format),
    CLOCKS.map("not before {}".format),
    CLOCKS.map("until {}".format),
    CLOCKS.map("around {}".format),
    st.tuples(CLOCKS, CLOCKS).map(lambda pair: f"between {pair[0]} and {pair[1]}"),
    st.tuples(CLOCKS, CLOCKS).map(lambda pair: f"from {pair[0]} to {pair[1]}"),
    st.sampled_from(
        [
            "in the morning", "mornings", "early afternoon", "eod", "first thing", "lunchtime", "Mondays",
            "any weekday", "on a Tuesday", "asap", "as late as possible", "an hour later", "another day",
            "for 45 minutes", "half an hour", "in 2 hours", "within the hour",
        ]
    ),
)  # fmt: skip
JOINTS = st.sampled_from([" or ", " and ", ", ", " but not ", " except ", ", not ", " "])
SENTENCES = st.tuples(PHRASES, JOINTS, PHRASES, JOINTS, PHRASES).map("".join)
WRITTEN = [str.upper, str.lower, str.title, str.capitalize]


def read(text: str) -> TimeWish:
    """What a text that names no date says, for which Duckling is not needed."""
    return wish_from(text, [], now=NOW, zone=BERLIN)


@given(text=SENTENCES, write=st.sampled_from(WRITTEN), spaces=st.integers(1, 3))
def test_reading_is_stable_under_case_and_spacing(text: str, write: object, spaces: int) -> None:
    assert callable(write)
    written = " " + write(text).replace(" ", " " * spaces) + " "

    assert read(written) == read(text)


@given(text=SENTENCES)
def test_what_is_read_comes_back_from_plain_json(text: str) -> None:
    wish = read(text)

    assert from_json(json.loads(json.dumps(to_json(wish)))) == wish


@given(text=st.text(max_size=200))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    wish = read(text)

    assert from_json(to_json(wish)) == wish


@given(text=SENTENCES, zone=ZONES)
def test_whatever_is_read_can_be_asked_for(text: str, zone: str) -> None:
    asked = booking_wish(read(text), now=NOW, zone=zone, until=UNTIL)

    assert list(asked.windows) == intersect(asked.windows, asked.windows)
    assert list(asked.starts) == sorted(set(asked.starts))


NOVEMBER = st.dates(date(2026, 11, 1), date(2026, 11, 29)).map(lambda day: Days(day, day + timedelta(days=1)))
DECEMBER = st.dates(date(2026, 12, 1), date(2026, 12, 20)).map(lambda day: Days(day, day + timedelta(days=1)))
REFUSED = st.one_of(
    st.builds(Part, days=st.lists(NOVEMBER, min_size=1, max_size=2).map(tuple)),
    st.builds(Part, hours=st.just((Hours(0, 600),))),
)
ELSEWHERE = st.builds(
    Part,
    days=st.lists(DECEMBER, min_size=1, max_size=2).map(tuple),
    hours=st.lists(st.integers(600, DAY - 1).map(lambda start: Hours(start, DAY)), max_size=1).map(tuple),
)
MOVES = st.one_of(
    st.none(),
    st.builds(Move, st.sampled_from([kind for kind in MoveKind if kind is not MoveKind.SHIFT])),
    st.builds(Move, st.just(MoveKind.SHIFT), st.integers(-90, 90), st.integers(-7, 7)),
)
SAID = st.builds(
    TimeWish,
    parts=st.lists(ELSEWHERE, max_size=2).map(tuple),
    excluded=st.lists(REFUSED, max_size=2).map(tuple),
    order=st.sampled_from(Order),
    minutes=st.none() | st.just(45),
    move=MOVES,
)
# Between ten and midnight: nothing on offer is what somebody ruled out.
OFFERED = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 27)), max_size=3).map(
    lambda pairs: tuple(NOW + timedelta(days=days, minutes=30 * step) for days, step in pairs)
)


@given(
    current=st.builds(
        TimeWish,
        parts=st.lists(PARTS, max_size=2).map(tuple),
        excluded=st.lists(REFUSED, max_size=3).map(tuple),
    ),
    said=SAID,
    offered=OFFERED,
)
def test_following_never_loses_an_exclusion_that_nobody_asked_for(
    current: TimeWish, said: TimeWish, offered: tuple[datetime, ...]
) -> None:
    after = follow(current, said, offered=offered, now=NOW, zone=BERLIN)

    assert set(current.excluded) <= set(after.excluded)
    assert after.move is None


@given(said=SAID.filter(lambda wish: wish.move is None), offered=OFFERED)
def test_following_takes_up_every_new_exclusion(said: TimeWish, offered: tuple[datetime, ...]) -> None:
    after = follow(TimeWish(), said, offered=offered, now=NOW, zone=BERLIN)

    assert set(said.excluded) <= set(after.excluded)
