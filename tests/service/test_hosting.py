"""A person's own day: looked at, blocked, called off, late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from scheduler_core.absences import AbsencePlan, LatenessPlan, Return, What
from scheduler_core.db.store import Store
from scheduler_core.errors import (
    InvalidText,
    InvalidTime,
    KeyReused,
    NotAllowed,
    SlotUnavailable,
    UnknownBooking,
    UnknownPerson,
)
from scheduler_core.hosting import Hosting
from scheduler_core.links import guest
from scheduler_core.model import Actor, ActorKind, Booking, Details, Reason, Status, TimeOff
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.practice import ANN, CHAT, MINUTE, OPERATOR, at, book, new_key, open_practice, rows, slot

EVA, BEN = Actor(ActorKind.PERSON, "eva"), Actor(ActorKind.PERSON, "ben")
DAY = TimeRange(at("00:00"), at("00:00", 2))
AFTERNOON = TimeRange(at("12:00"), at("17:00"))


@pytest.fixture
def hosting(store: Store, clock: MovableClock) -> Hosting:
    return Hosting(store, clock)


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", "ben")


def refusal(scheduler: Scheduler, clock: str, *people: str) -> Reason | None:
    return scheduler.refusal(slot(clock, *people))


def messages(store: Store) -> list[tuple[str, str]]:
    """Topic and recipient of everything that is still to be told."""
    found = rows(store, "SELECT topic, recipient FROM outbox WHERE done_at IS NULL ORDER BY id")
    return [tuple(row) for row in found]


def forget_messages(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(text("DELETE FROM outbox"))


def slipped_in(scheduler: Scheduler, store: Store) -> Booking:
    """A booking by somebody who has not seen the time off."""
    forth = text("UPDATE time_off SET starts = starts + interval '1 year', ends = ends + interval '1 year'")
    back = text("UPDATE time_off SET starts = starts - interval '1 year', ends = ends - interval '1 year'")
    with store.transaction() as connection:
        connection.execute(forth)
    booking = book(scheduler, slot("10:00"))
    with store.transaction() as connection:
        connection.execute(back)
    return booking


def status(scheduler: Scheduler, booking: Booking) -> Status:
    return scheduler.find(booking.uid, actor=OPERATOR).status


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


def test_what_was_called_off_stays_so_and_is_named(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    first, second = book(scheduler, slot("10:00")), book(scheduler, slot("14:00"))
    hosting.be_ill([DAY], key="ill", actor=EVA)
    forget_messages(store)

    back = hosting.come_back([AFTERNOON], actor=EVA)

    assert ([one.uid for one in back.called_off], back.times) == ([second.uid], (AFTERNOON,))
    assert [status(scheduler, booking) for booking in (first, second)] == [Status.CANCELLED] * 2
    (rest,) = hosting.absences(DAY, EVA)
    assert {one.uid for one in rest.called_off} == {first.uid, second.uid}
    assert messages(store) == [("latecomers", "")]


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


def test_illness_calls_off_every_booking_of_the_day(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    first, second = book(scheduler, slot("10:00")), book(scheduler, slot("14:00"))
    others = book(scheduler, slot("10:00", "ben")), book(scheduler, slot("10:00", day=2))
    forget_messages(store)

    absence = hosting.be_ill([DAY], key="ill", actor=EVA)

    assert [booking.uid for booking in absence.called_off] == [first.uid, second.uid]
    assert {booking.status for booking in absence.called_off} == {Status.CANCELLED}
    assert [status(scheduler, booking) for booking in others] == [Status.CONFIRMED] * 2
    assert refusal(scheduler, "10:00") is Reason.TIME_OFF
    each = [("mail_host_away", "attendee"), ("meeting_delete", ""), ("mail_cancelled", "person:eva")]
    assert messages(store) == [*each, *each, ("latecomers", "")]


@pytest.mark.parametrize("second", ["ill", "another key"])
def test_illness_told_twice_does_nothing_more(
    scheduler: Scheduler, hosting: Hosting, store: Store, people: People, second: str
) -> None:
    book(scheduler, slot("10:00"))
    first = hosting.be_ill([DAY], key="ill", actor=EVA)
    told = messages(store)

    assert hosting.be_ill([DAY], key=second, actor=EVA) == first
    assert messages(store) == told
    assert len(people.calendar("eva").time_off) == 1


def test_illness_leaves_what_has_begun(scheduler: Scheduler, hosting: Hosting, clock: MovableClock) -> None:
    begun, ahead = book(scheduler, slot("10:00")), book(scheduler, slot("10:30"))
    clock.instant = at("10:10")

    absence = hosting.be_ill([DAY], key="ill", actor=EVA)

    assert [booking.uid for booking in absence.called_off] == [ahead.uid]
    assert status(scheduler, begun) is Status.CONFIRMED


def test_illness_calls_off_what_is_shared_with_a_colleague(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    book(scheduler, slot("10:00", "ben", "eva"))
    forget_messages(store)

    hosting.be_ill([DAY], key="ill", actor=EVA)

    assert [recipient for topic, recipient in messages(store) if topic == "mail_cancelled"] == [
        "person:ben",
        "person:eva",
    ]
    assert refusal(scheduler, "10:00", "ben") is None


def test_recovered_person_can_be_booked_and_called_off_bookings_stay_so(
    scheduler: Scheduler, hosting: Hosting
) -> None:
    booking = book(scheduler, slot("10:00"))
    hosting.be_ill([DAY], key="ill", actor=EVA)

    hosting.come_back([DAY], actor=EVA)

    assert refusal(scheduler, "10:00") is None
    assert status(scheduler, booking) is Status.CANCELLED


def test_booking_that_slipped_into_an_illness_is_called_off_later(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    absence = hosting.be_ill([DAY], key="ill", actor=EVA)
    late = slipped_in(scheduler, store)

    for _ in range(2):
        hosting.call_off_latecomers(absence.id)

    assert status(scheduler, late) is Status.CANCELLED
    assert [booking.uid for booking in hosting.absences(DAY, EVA)[0].called_off] == [late.uid]
    assert messages(store).count(("mail_host_away", "attendee")) == 1


def test_booking_made_after_the_illness_was_undone_stays(scheduler: Scheduler, hosting: Hosting) -> None:
    absence = hosting.be_ill([DAY], key="ill", actor=EVA)
    hosting.come_back([DAY], actor=EVA)
    booking = book(scheduler, slot("10:00"))

    hosting.call_off_latecomers(absence.id)

    assert status(scheduler, booking) is Status.CONFIRMED


def test_late_person_is_late_for_the_next_appointment_of_the_day(
    scheduler: Scheduler, hosting: Hosting, people: People, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00"))
    clock.instant = at("09:50")

    assert hosting.plan_lateness(15, EVA) == LatenessPlan(people.get("eva"), 15, booking)
    assert hosting.plan_lateness(15, EVA).start == at("10:15")
    assert hosting.plan_lateness(15, BEN) == LatenessPlan(people.get("ben"), 15, None)


def test_delay_is_told_to_everybody_else(
    scheduler: Scheduler, hosting: Hosting, store: Store, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00", "ben", "eva"))
    forget_messages(store)
    clock.instant = at("09:50")

    delay = hosting.be_late(booking.uid, 15, key="late", actor=EVA)

    assert (delay.booking, delay.minutes, delay.start) == (booking, 15, at("10:15"))
    assert messages(store) == [("mail_running_late", "attendee"), ("mail_running_late", "person:ben")]
    assert scheduler.find(booking.uid, actor=OPERATOR) == booking


def test_guests_hear_of_a_delay_and_of_the_end(scheduler: Scheduler, hosting: Hosting, store: Store) -> None:
    invited = Details(guests=("bob@example.com",))
    booking = scheduler.book(slot("10:00"), ANN, details=invited, key=new_key(), actor=CHAT)
    bob = guest(booking.uid, "bob@example.com")
    forget_messages(store)

    hosting.be_late(booking.uid, 15, key="late", actor=EVA)
    hosting.be_ill([DAY], key="ill", actor=EVA)

    assert [topic for topic, recipient in messages(store) if recipient == bob] == [
        "mail_running_late",
        "mail_cancelled",
    ]


@pytest.mark.parametrize("second", ["late", "another key"])
def test_delay_told_twice_is_told_once(
    scheduler: Scheduler, hosting: Hosting, store: Store, second: str
) -> None:
    booking = book(scheduler, slot("10:00"))
    first = hosting.be_late(booking.uid, 15, key="late", actor=EVA)
    told = messages(store)

    assert hosting.be_late(booking.uid, 15, key=second, actor=EVA) == first
    assert messages(store) == told


def test_other_delay_is_told_anew(scheduler: Scheduler, hosting: Hosting, store: Store) -> None:
    booking = book(scheduler, slot("10:00"))

    for minutes in (15, 25):
        hosting.be_late(booking.uid, minutes, key=f"late {minutes}", actor=EVA)

    assert messages(store).count(("mail_running_late", "attendee")) == 2


def test_delay_that_reaches_into_the_next_appointment_is_refused(
    scheduler: Scheduler, hosting: Hosting, store: Store, clock: MovableClock
) -> None:
    booking, following = book(scheduler, slot("10:00")), book(scheduler, slot("10:30"))
    forget_messages(store)
    clock.instant = at("09:50")

    assert hosting.plan_lateness(15, EVA).collides_with == following.time
    with pytest.raises(SlotUnavailable) as refused:
        hosting.be_late(booking.uid, 15, key="late", actor=EVA)

    assert refused.value.details["slot"].time == TimeRange.starting(at("10:15"), 30 * MINUTE)
    assert messages(store) == []


def test_delay_that_reaches_into_an_appointment_of_a_colleague_is_refused(
    scheduler: Scheduler, hosting: Hosting, clock: MovableClock
) -> None:
    book(scheduler, slot("10:00", "ben", "eva"))
    following = book(scheduler, slot("10:30", "ben"))
    clock.instant = at("09:50")

    assert hosting.plan_lateness(15, EVA).collides_with == following.time


def test_delay_that_is_over_is_refused(scheduler: Scheduler, hosting: Hosting, clock: MovableClock) -> None:
    booking = book(scheduler, slot("10:00"))
    clock.instant = at("10:15")

    with pytest.raises(InvalidTime):
        hosting.be_late(booking.uid, 15, key="late", actor=EVA)


def test_appointments_of_others_cannot_be_late(scheduler: Scheduler, hosting: Hosting) -> None:
    foreign = book(scheduler, slot("10:00", "ben"))
    cancelled = book(scheduler, slot("11:00"))
    scheduler.cancel(cancelled.uid, version=cancelled.version, key=new_key(), actor=CHAT)

    for uid in (foreign.uid, cancelled.uid, uuid4()):
        with pytest.raises(UnknownBooking):
            hosting.be_late(uid, 15, key=new_key(), actor=EVA)


def test_alternatives_are_the_nearest_times_of_the_same_person(
    scheduler: Scheduler, hosting: Hosting
) -> None:
    booking = book(scheduler, slot("10:00"))
    hosting.be_ill([DAY], key="ill", actor=EVA)

    found = hosting.alternatives(booking.uid)

    assert [(one.time.start, [person.handle for person in one.people]) for one in found] == [
        (at("15:30", 0), ["eva"]),
        (at("16:00", 0), ["eva"]),
        (at("16:30", 0), ["eva"]),
    ]


def test_others_stand_in_for_somebody_who_is_away_for_long(scheduler: Scheduler, hosting: Hosting) -> None:
    booking = book(scheduler, slot("10:00", day=8))
    hosting.be_ill([TimeRange(at("00:00", 1), at("00:00", 13))], key="ill", actor=EVA)

    found = hosting.alternatives(booking.uid)

    assert [(one.time.start, [person.handle for person in one.people]) for one in found] == [
        (at("09:30", 8), ["ben"]),
        (at("10:00", 8), ["ben"]),
        (at("09:00", 13), ["eva"]),
    ]


def test_long_absence_of_one_of_two_has_no_stand_in(scheduler: Scheduler, hosting: Hosting) -> None:
    booking = book(scheduler, slot("10:00", "ben", "eva", day=8))
    hosting.be_ill([TimeRange(at("00:00", 1), at("00:00", 13))], key="ill", actor=EVA)

    found = hosting.alternatives(booking.uid)

    assert {tuple(person.handle for person in one.people) for one in found} == {("ben", "eva")}
    assert len(found) == 3


def test_unknown_booking_has_no_alternatives(hosting: Hosting) -> None:
    assert hosting.alternatives(uuid4()) == ()
