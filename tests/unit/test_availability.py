"""The calculus of availability: laws against an oracle that counts minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from scheduler_core import zones
from scheduler_core.availability import open_slots, refusal
from scheduler_core.model import (
    AppointmentType,
    Busy,
    ExtraHours,
    PersonCalendar,
    TimeOff,
    WorkingHours,
)
from scheduler_core.timerange import TimeRange
from tests.unit.calendars import (
    FIVE,
    HOUR,
    MINUTE,
    NOW,
    WEEK,
    ZONES,
    kind,
    person,
)

quiet = st.sampled_from([0, 5, 15, 30]).map(lambda minutes: minutes * MINUTE)
clock_times = st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30))


@st.composite
def working_hours(draw: st.DrawFn) -> WorkingHours:
    start, end = draw(clock_times), draw(clock_times)
    return WorkingHours(
        draw(st.integers(0, 6)), min(start, end), time.min if start == end else max(start, end)
    )


@st.composite
def stretches(draw: st.DrawFn) -> TimeRange:
    start = WEEK.start + draw(st.integers(-200, 900)) * FIVE
    return TimeRange.starting(start, draw(st.integers(1, 24)) * FIVE)


@st.composite
def calendars(draw: st.DrawFn, number: int = 1) -> PersonCalendar:
    zone = draw(st.sampled_from(ZONES))
    off = draw(st.lists(stretches(), max_size=2))
    taken = st.builds(Busy, stretches(), quiet, quiet, st.sampled_from(["talk", "other"]))
    return PersonCalendar(
        person(zone, f"person-{number}", number),
        tuple(draw(st.lists(working_hours(), max_size=5))),
        tuple(
            ExtraHours(date(2026, 11, 24), one.start, one.end)
            for one in draw(st.lists(working_hours(), max_size=1))
        ),
        tuple(TimeOff(zones.to_wall(one.start, zone), zones.to_wall(one.end, zone)) for one in off),
        busy=tuple(draw(st.lists(taken, max_size=4))),
    )


kinds = st.builds(
    lambda length, before, after, notice, horizon, interval, limit: kind(
        durations=(length * MINUTE,),
        buffer_before=before,
        buffer_after=after,
        minimum_notice=notice * HOUR,
        horizon=horizon * HOUR,
        interval=interval * MINUTE,
        daily_limit=limit,
    ),
    st.sampled_from([15, 30, 45]),
    quiet,
    quiet,
    st.sampled_from([0, 2, 24]),
    st.sampled_from([24, 48, 1000]),
    st.sampled_from([15, 30, 45]),
    st.sampled_from([None, 1, 2]),
)


def works(one: PersonCalendar, instant: datetime) -> bool:
    """Whether the person works in the minute, read off the wall clock; for days on which no clock changes."""
    wall = zones.to_wall(instant, one.person.zone)
    weekly = any(
        hours.weekday == wall.weekday()
        and hours.start <= wall.time()
        and (hours.end == time.min or wall.time() < hours.end)
        for hours in one.working_hours
    )
    extra = any(
        hours.day == wall.date()
        and hours.start <= wall.time()
        and (hours.end == time.min or wall.time() < hours.end)
        for hours in one.extra_hours
    )
    return (weekly or extra) and not any(off.start <= wall < off.end for off in one.time_off)


def keeps_apart(one: Busy, policy: AppointmentType, wanted: TimeRange) -> bool:
    """Whether the larger of the two buffers lies between them."""
    if wanted.start >= one.time.end:
        return wanted.start - one.time.end >= max(one.after, policy.buffer_before)
    return one.time.start - wanted.end >= max(one.before, policy.buffer_after)


def is_open(people: list[PersonCalendar], policy: AppointmentType, wanted: TimeRange) -> bool:
    """The oracle: looks at every fifth minute and every neighbour."""
    minutes = [wanted.start + number * FIVE for number in range(wanted.length // FIVE)]
    on_the_wall = zones.to_wall(wanted.start, people[0].person.zone)
    since_midnight = on_the_wall - datetime.combine(on_the_wall.date(), time.min)
    return (
        policy.minimum_notice <= wanted.start - NOW <= policy.horizon
        and not since_midnight % policy.interval
        and all(works(one, minute) for one in people for minute in minutes)
        and all(keeps_apart(taken, policy, wanted) for one in people for taken in one.busy)
        and all(
            policy.daily_limit is None or booked_that_day(one, policy, wanted.start) < policy.daily_limit
            for one in people
        )
    )


def booked_that_day(one: PersonCalendar, policy: AppointmentType, start: datetime) -> int:
    day = zones.local_date(start, one.person.zone)
    return sum(
        taken.kind == policy.handle and zones.local_date(taken.time.start, one.person.zone) == day
        for taken in one.busy
    )


@given(st.tuples(calendars(1), calendars(2)).map(list) | calendars().map(lambda one: [one]), kinds)
def test_open_slots_are_all_that_the_oracle_finds(
    people: list[PersonCalendar], policy: AppointmentType
) -> None:
    candidates = (TimeRange.starting(WEEK.start + number * FIVE, policy.duration) for number in range(864))
    expected = [one for one in candidates if WEEK.contains(one) and is_open(people, policy, one)]

    found = [slot.time for slot in open_slots(people, policy, WEEK, NOW)]

    assert found == expected


@given(calendars(), kinds, st.integers(0, 864))
def test_time_is_open_exactly_if_nothing_is_against_it(
    one: PersonCalendar, policy: AppointmentType, number: int
) -> None:
    wanted = TimeRange.starting(WEEK.start + number * FIVE, policy.duration)

    reason = refusal([one], policy, wanted, NOW)

    assert (reason is None) == bool(list(open_slots([one], policy, wanted, NOW)))


@given(calendars(), kinds)
def test_more_that_is_taken_never_opens_a_slot(one: PersonCalendar, policy: AppointmentType) -> None:
    free = set(open_slots([replace(one, busy=one.busy[:1])], policy, WEEK, NOW))

    assert set(open_slots([one], policy, WEEK, NOW)) <= free
