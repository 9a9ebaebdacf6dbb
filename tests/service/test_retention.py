"""What is old is taken away, a batch at a time; what is still of use stays."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from scheduler_core import retention as module
from scheduler_core.db import outbox
from scheduler_core.db.store import Store
from scheduler_core.hosting import Hosting
from scheduler_core.identity import Identity
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Details, Status
from scheduler_core.people import People
from scheduler_core.retention import Retention
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Keep
from scheduler_core.tickets import Desk, Tickets
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.outbox_samples import SECRET
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    HOUR,
    OPERATOR,
    at,
    book,
    everything,
    hold,
    new_key,
    open_practice,
    rows,
    slot,
    taken,
)

KEEP = Keep(
    holds=DAY,
    requests=30 * DAY,
    messages=30 * DAY,
    tickets=30 * DAY,
    conversations=7 * DAY,
    bookings=730 * DAY,
)
NOTHING = dict.fromkeys(
    (
        "holds",
        "requests",
        "messages",
        "tickets",
        "conversations",
        "events of conversations",
        "chat lines",
        "messages heard",
        "host changes",
        "data requests",
        "codes",
        "proofs",
        "desk sessions",
        "desk changes",
        "booking changes",
        "attendees",
        "preferences",
        "chat consents",
        "feeds",
    ),
    0,
)


@pytest.fixture
def retention(store: Store, clock: MovableClock) -> Retention:
    return Retention(store, clock, KEEP)


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


def tell_everything(store: Store, clock: MovableClock) -> None:
    with store.transaction() as connection:
        connection.execute(text("UPDATE outbox SET done_at = :now"), {"now": clock.now()})


def test_nothing_young_is_taken_away(
    scheduler: Scheduler, store: Store, retention: Retention, clock: MovableClock
) -> None:
    hold(scheduler, slot("10:00"))
    book(scheduler, slot("11:00"))
    tell_everything(store, clock)
    before = everything(store)

    assert retention.purge() == NOTHING
    assert everything(store) == before


def test_holds_go_a_day_after_they_expired(
    scheduler: Scheduler, store: Store, retention: Retention, clock: MovableClock
) -> None:
    old = hold(scheduler, slot("10:00"))
    scheduler.release(old.uid, actor=CHAT)
    hold(scheduler, slot("10:30"))
    clock.move(2 * HOUR)
    young = hold(scheduler, slot("11:00"))
    clock.move(23 * HOUR)

    assert retention.purge() == NOTHING | {"holds": 2}
    assert [row.uid for row in rows(store, "SELECT uid FROM booking")] == [young.uid]
    assert everything(store) == {"booking": 1, "booking_person": 1, "request": 1, "outbox": 0}


def test_what_a_hold_became_stays(
    scheduler: Scheduler, retention: Retention, store: Store, clock: MovableClock
) -> None:
    held = hold(scheduler, slot("10:00"))
    scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)
    clock.move(2 * DAY)

    assert retention.purge() == NOTHING
    assert taken(store) == [("eva", at("10:00"), at("10:30"))]


def test_keys_go_a_month_after_the_booking(
    scheduler: Scheduler, store: Store, retention: Retention, clock: MovableClock
) -> None:
    book(scheduler, slot("10:00"))
    clock.instant = at("10:00", 31)
    assert retention.purge()["requests"] == 0  # the booking was over less than a month ago

    clock.instant = at("11:00", 31)

    assert retention.purge()["requests"] == 1
    assert everything(store)["booking"] == 1


def test_messages_go_a_month_after_they_were_told_or_given_up(
    scheduler: Scheduler, store: Store, retention: Retention, clock: MovableClock
) -> None:
    for _ in range(2):
        book(scheduler, slot("10:00", day=1 + len(taken(store))))
    with store.transaction() as connection:
        connection.execute(
            text(
                "UPDATE outbox SET done_at = CASE WHEN topic <> 'mail_confirmed' THEN :now END, "
                "failed_at = CASE WHEN recipient = 'attendee' THEN :now END"
            ),
            {"now": clock.now()},
        )
    clock.move(31 * DAY)

    assert retention.purge()["messages"] == 4
    with store.reading() as connection:
        left = [entry.message.recipient for entry in outbox.listing(connection)]
    assert left == ["person:eva", "person:eva"]  # what was never told waits on


def test_tickets_go_after_a_month(store: Store, retention: Retention, clock: MovableClock) -> None:
    tickets = Tickets(store, clock, Desk("help@example.org", pause=HOUR))
    tickets.open((), channel="web", sender="ann", key="one")
    clock.move(20 * DAY)
    tickets.open((), channel="web", sender="ann", key="two")
    clock.move(11 * DAY)

    assert retention.purge()["tickets"] == 1
    assert [row.key for row in rows(store, "SELECT key FROM ticket")] == ["two"]


def test_time_off_stays_when_it_is_forgotten_how_it_came_to_be(
    store: Store, people: People, retention: Retention, clock: MovableClock
) -> None:
    hosting, eva = Hosting(store, clock), Actor(ActorKind.PERSON, "eva")
    hosting.block([TimeRange(at("12:00"), at("17:00"))], key="over", actor=eva)
    hosting.block([TimeRange(at("12:00", 60), at("17:00", 60))], key="to come", actor=eva)
    clock.move(45 * DAY)

    assert retention.purge()["host changes"] == 1
    assert len(people.calendar("eva").time_off) == 2
    assert len(rows(store, "SELECT FROM time_off WHERE made_by IS NOT NULL")) == 1


def test_proofs_go_after_a_day_and_codes_after_a_week(
    scheduler: Scheduler, store: Store, retention: Retention, clock: MovableClock
) -> None:
    links = Links(SECRET, "https://book.example.org")
    identity = Identity(store, clock, links)
    booking = book(scheduler, slot("10:00"))
    identity.ask_code(ANN.email, channel="web", sender="ann")
    token = links.chat(booking.uid, "attendee").partition("=")[2]
    identity.prove_by_link(token, channel="web", sender="ann")

    clock.move(2 * DAY)
    purged = retention.purge()
    assert (purged["codes"], purged["proofs"]) == (0, 1)

    clock.move(6 * DAY)
    assert retention.purge()["codes"] == 1


def full_booking(scheduler: Scheduler, clock: str = "10:00") -> Booking:
    """A booking that says all that can be said."""
    details = Details(phone="+49 30 1234", note="About my results", guests=("bob@example.com",))
    return scheduler.book(slot(clock), ANN, details=details, key=new_key(), actor=CHAT)


def test_bookings_name_nobody_two_years_after_they_are_over(
    scheduler: Scheduler, store: Store, retention: Retention, clock: MovableClock
) -> None:
    confirmed, cancelled = full_booking(scheduler), full_booking(scheduler, "11:00")
    scheduler.cancel(cancelled.uid, version=cancelled.version, key=new_key(), actor=CHAT)
    clock.instant = at("11:45") + 730 * DAY

    assert retention.purge()["attendees"] == 2
    assert retention.purge()["attendees"] == 0
    found = [scheduler.find(one.uid, actor=OPERATOR) for one in (confirmed, cancelled)]
    assert [one.attendee for one in found] == [Attendee("Erased", "nobody@example.com", "UTC")] * 2
    assert [one.status for one in found] == [Status.CONFIRMED, Status.CANCELLED]
    assert [one.time for one in found] == [confirmed.time, cancelled.time]
    everywhere = rows(
        store, "SELECT b::text || coalesce(r::text, '') FROM booking b LEFT JOIN request r USING (uid)"
    )
    for secret in ("Ann", "ann@example.com", "bob", "results", "1234", CHAT.id):
        assert not any(secret in row[0] for row in everywhere)


def test_what_was_changed_of_bookings_goes_after_two_years(
    scheduler: Scheduler, store: Store, retention: Retention, clock: MovableClock
) -> None:
    booking = full_booking(scheduler)
    scheduler.cancel(booking.uid, version=booking.version, key=new_key(), actor=CHAT)
    clock.instant += 730 * DAY
    young = retention.purge()["booking changes"]
    clock.instant += DAY

    assert (young, retention.purge()["booking changes"]) == (0, 1)
    assert rows(store, "SELECT count(*) FROM booking_change") == [(0,)]


def test_batches_are_taken_until_there_is_no_more(
    scheduler: Scheduler,
    store: Store,
    retention: Retention,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    for number in range(5):
        hold(scheduler, slot("10:00", day=1 + number), Actor(ActorKind.CONVERSATION, f"web:{number}"))
    clock.move(2 * DAY)

    assert retention.purge()["holds"] == 5
    assert everything(store)["booking"] == 0


def test_purge_that_is_stopped_takes_nothing_more(
    scheduler: Scheduler, retention: Retention, clock: MovableClock
) -> None:
    hold(scheduler, slot("10:00"))
    clock.move(2 * DAY)

    assert retention.purge(lambda: True) == NOTHING
    assert retention.purge() == NOTHING | {"holds": 1}


async def test_failure_of_a_purge_ends_nothing(clock: MovableClock, caplog: pytest.LogCaptureFixture) -> None:
    nowhere = Retention(Store("postgresql://127.0.0.1:9/nowhere"), clock, KEEP)
    stop = asyncio.Event()
    working = asyncio.create_task(nowhere.run_until(stop))
    async with asyncio.timeout(10):
        while "retention" not in caplog.text:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        stop.set()
        await working


async def test_worker_purges_when_it_starts_and_stops_at_once(
    scheduler: Scheduler, store: Store, retention: Retention, clock: MovableClock
) -> None:
    await asyncio.to_thread(hold, scheduler, slot("10:00"))
    clock.move(2 * DAY)
    stop = asyncio.Event()
    working = asyncio.create_task(retention.run_until(stop))
    async with asyncio.timeout(10):
        while (await asyncio.to_thread(everything, store))["booking"]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        stop.set()
        await working
