"""A person's own day: looked at, blocked and opened again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from scheduler_core.absences import AbsencePlan, Return, What
from scheduler_core.db.store import Store
from scheduler_core.errors import (
    InvalidText,
    InvalidTime,
    KeyReused,
    NotAllowed,
    UnknownPerson,
)
from scheduler_core.hosting import Hosting
from scheduler_core.model import Actor, ActorKind, Reason, Status, TimeOff
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.service.hosts import AFTERNOON, BEN, DAY, EVA, forget_messages, messages, refusal, status
from tests.service.practice import CHAT, OPERATOR, at, book, new_key, slot


def test_day_shows_their_own_bookings_and_nobody_elses(scheduler: Scheduler, hosting: Hosting) -> None:
    late, early = book(scheduler, slot("14:00")), book(scheduler, slot("10:00"))
    shared = book(scheduler, slot("11:00", "ben", "eva"))
    book(scheduler, slot("10:00", "ben"))
    gone = book(scheduler, slot("12:00"))
    scheduler.cancel(gone.uid, version=gone.version, key=new_key(), actor=CHAT)
    book(scheduler, slot("10:00", day=2))

    assert hosting.day(DAY, EVA) == [early, shared, late]


@pytest.mark.parametrize("stranger", [CHAT, OPERATOR, Actor(ActorKind.ATTENDEE, "eva@example.org")])
def test_nobody_but_the_person_reaches_their_day(hosting: Hosting, stranger: Actor) -> None:
    for attempt in (
        lambda: hosting.person(stranger),
        lambda: hosting.day(DAY, stranger),
        lambda: hosting.absences(DAY, stranger),
        lambda: hosting.plan_absence([DAY], stranger),
        lambda: hosting.block([DAY], key=new_key(), actor=stranger),
        lambda: hosting.be_ill([DAY], key=new_key(), actor=stranger),
        lambda: hosting.plan_return([DAY], stranger),
        lambda: hosting.come_back([DAY], actor=stranger),
        lambda: hosting.plan_lateness(10, stranger),
        lambda: hosting.be_late(uuid4(), 10, key=new_key(), actor=stranger),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_person_who_is_gone_has_no_day(hosting: Hosting) -> None:
    with pytest.raises(UnknownPerson):
        hosting.day(DAY, Actor(ActorKind.PERSON, "nobody"))


def test_plan_names_what_lies_in_the_times_and_writes_nothing(
    scheduler: Scheduler, hosting: Hosting, people: People
) -> None:
    book(scheduler, slot("10:00"))
    inside = book(scheduler, slot("12:00")), book(scheduler, slot("16:30"))

    plan = hosting.plan_absence([AFTERNOON], EVA)

    assert plan == AbsencePlan(people.get("eva"), (AFTERNOON,), inside)
    assert people.calendar("eva").time_off == ()


def test_block_keeps_the_time_and_leaves_what_is_booked(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    booked = book(scheduler, slot("14:00"))
    forget_messages(store)
    before = scheduler.change()

    absence = hosting.block([AFTERNOON], key="block", actor=EVA, reason="dentist")

    assert (absence.what, absence.times, absence.reason) == (What.BLOCK, (AFTERNOON,), "dentist")
    assert refusal(scheduler, "11:30") is None
    assert refusal(scheduler, "12:00") is Reason.TIME_OFF
    assert refusal(scheduler, "12:00", "ben") is None
    assert status(scheduler, booked) is Status.CONFIRMED
    assert scheduler.change() > before
    assert messages(store) == []


def test_block_is_kept_in_the_wall_time_of_the_person(people: People, hosting: Hosting) -> None:
    people.add_person("priya", "Priya Nair", "priya@example.org", "Asia/Kolkata")

    hosting.block([AFTERNOON], key="block", actor=Actor(ActorKind.PERSON, "priya"))

    (off,) = people.calendar("priya").time_off
    assert (off.start.isoformat(), off.end.isoformat()) == ("2026-12-01T17:30:00", "2026-12-01T22:30:00")


@pytest.mark.parametrize("second", ["block", "another key"])
def test_block_asked_for_twice_is_one(hosting: Hosting, people: People, second: str) -> None:
    first = hosting.block([AFTERNOON], key="block", actor=EVA)

    assert hosting.block([AFTERNOON], key=second, actor=EVA) == first
    assert len(people.calendar("eva").time_off) == 1


def test_key_of_another_request_is_refused(hosting: Hosting) -> None:
    hosting.block([AFTERNOON], key="block", actor=EVA)

    with pytest.raises(KeyReused):
        hosting.block([DAY], key="block", actor=EVA)
    hosting.block([DAY], key="block", actor=BEN)


def test_reason_that_is_too_long_is_refused(hosting: Hosting) -> None:
    with pytest.raises(InvalidText):
        hosting.block([AFTERNOON], key="block", actor=EVA, reason="x" * 201)


def test_time_is_open_again_once_they_are_back(
    scheduler: Scheduler, hosting: Hosting, people: People
) -> None:
    absence = hosting.block([AFTERNOON], key="block", actor=EVA)
    assert hosting.absences(DAY, EVA) == [absence]
    plan = hosting.plan_return([DAY], EVA)
    assert refusal(scheduler, "12:00") is Reason.TIME_OFF

    back = [hosting.come_back([DAY], actor=EVA) for _ in range(2)]

    assert (plan, back[0]) == (Return(people.get("eva"), (AFTERNOON,), ()),) * 2
    assert back[1].times == ()
    assert refusal(scheduler, "12:00") is None
    assert hosting.absences(DAY, EVA) == []


def test_who_is_back_for_some_of_the_time_stays_away_before_and_after(
    scheduler: Scheduler, hosting: Hosting, people: People
) -> None:
    hosting.block([AFTERNOON], key="block", actor=EVA, reason="course")

    hosting.come_back([TimeRange(at("13:00"), at("15:00"))], actor=EVA)

    before, after = TimeRange(at("12:00"), at("13:00")), TimeRange(at("15:00"), at("17:00"))
    (rest,) = hosting.absences(DAY, EVA)
    assert (rest.times, rest.reason, rest.what) == ((before, after), "course", What.BLOCK)
    assert len(people.calendar("eva").time_off) == len(rest.times)
    hours = ["12:30", "13:00", "14:30", "15:00"]
    assert [refusal(scheduler, hour) for hour in hours] == [Reason.TIME_OFF, None, None, Reason.TIME_OFF]


def test_coming_back_opens_all_that_was_blocked_in_words_and_no_more(
    scheduler: Scheduler, hosting: Hosting, people: People
) -> None:
    hosting.block([AFTERNOON], key="block", actor=EVA)
    hosting.be_ill([AFTERNOON], key="ill", actor=EVA)
    hosting.block([AFTERNOON], key="block", actor=BEN)
    noon = datetime.combine(date(2026, 12, 1), time(13))
    people.add_time_off("eva", TimeOff(noon, noon + timedelta(hours=1)))

    back = hosting.come_back([DAY], actor=EVA)

    assert back.times == (AFTERNOON,)
    assert refusal(scheduler, "12:30", "ben") is Reason.TIME_OFF
    assert refusal(scheduler, "12:00") is None
    assert refusal(scheduler, "13:00") is Reason.TIME_OFF


def test_nothing_is_opened_where_nothing_was_blocked(hosting: Hosting, people: People) -> None:
    assert hosting.come_back([DAY], actor=EVA) == Return(people.get("eva"), (), ())
    with pytest.raises(InvalidTime):
        hosting.plan_return([], EVA)
