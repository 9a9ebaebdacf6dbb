"""What calendars hold that are fed with the mails of a booking's life, as they come from the mail server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from scheduler_core.db.store import Store
from scheduler_core.model import Attendee, Booking, Details, WorkingHours
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.adapters.mails import text_of
from tests.adapters.smtp_server import Postbox, Received
from tests.conftest import MovableClock
from tests.service.outbox_samples import working
from tests.service.practice import CHAT, HOUR, TALK, at, new_key, open_practice, slot

ANN = Attendee("Ann Lee", "ann.lee@example.com", "Europe/Berlin")
GUEST, CLARA = "bob@example.com", "clara@example.com"
READERS = {ANN.email, "eva@example.org", GUEST}


@dataclass
class Entry:
    """An event as a calendar keeps it (RFC 5546 section 2.1.5: what is older is left out)."""

    sequence: int
    stamp: datetime
    time: tuple[datetime, datetime]


@dataclass
class Inbox:
    """A reader's calendar."""

    entries: dict[str, Entry] = field(default_factory=dict)
    seen: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def take(self, received: Received) -> None:
        calendar, event = _invitation(received)
        uid, age = str(event["UID"]), (int(event["SEQUENCE"]), event.decoded("DTSTAMP"))
        if age < self.seen.get(uid, (-1, datetime.min.replace(tzinfo=UTC))):
            return
        self.seen[uid] = age
        if calendar["METHOD"] == "CANCEL":
            self.entries.pop(uid, None)
        else:
            time = (event.decoded("DTSTART"), event.decoded("DTEND"))
            self.entries[uid] = Entry(*age, time)


def _invitation(received: Received) -> tuple[Calendar, Event]:
    """The calendar part and its one event, parsed strictly; the file beside it says the same."""
    parts = [part for part in received.mail.walk() if part.get_content_type() == "text/calendar"]
    files = [part for part in received.mail.walk() if part.get_content_type() == "application/ics"]
    (part,), (file,) = parts, files
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    assert (calendar.errors, event.errors) == ([], [])
    assert part.get_param("method") == calendar["METHOD"] == Calendar.from_ical(file.get_content())["METHOD"]
    return calendar, event


def calendars(mails: Iterable[Received]) -> dict[str, Inbox]:
    """Each reader's calendar once the mails are in it."""
    inboxes: dict[str, Inbox] = {}
    for received in mails:
        (recipient,) = received.recipients
        inboxes.setdefault(recipient, Inbox()).take(received)
    return inboxes


def times(mails: Iterable[Received]) -> dict[str, list[tuple[datetime, datetime]]]:
    return {
        reader: [entry.time for entry in inbox.entries.values()] for reader, inbox in calendars(mails).items()
    }


async def test_three_moves_and_a_cancellation_leave_every_calendar_empty(
    people: People, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    open_practice(people, "eva")
    postbox, told = Postbox(), []
    async with working(store, clock, postbox) as worker:
        booking = scheduler.book(
            slot("10:00"), ANN, details=Details(guests=(GUEST,)), key=new_key(), actor=CHAT
        )
        await worker.drain()
        told.append(booking)
        for start in (at("14:00", day=2), at("09:00", day=3), at("10:00", day=1)):
            clock.move(timedelta(minutes=1))
            booking = _moved(scheduler, booking, start)
            await worker.drain()
            told.append(booking)
            assert times(postbox.received) == {
                reader: [(booking.time.start, booking.time.end)] for reader in READERS
            }
        clock.move(timedelta(minutes=1))
        cancelled = scheduler.cancel(booking.uid, version=booking.version, key=new_key(), actor=CHAT)
        await worker.drain()

    assert times(postbox.received) == {reader: [] for reader in READERS}
    assert times(reversed(postbox.received)) == {reader: [] for reader in READERS}
    sequences = [
        int(_invitation(received)[1]["SEQUENCE"])
        for received in postbox.received
        if received.recipients == (GUEST,)
    ]
    assert sequences == [one.sequence for one in (*told, cancelled)]


async def test_calendar_shows_the_instant_on_both_sides_of_a_change_of_clocks(
    people: People, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    open_practice(people, "eva", kind=replace(TALK, horizon=timedelta(days=200)))
    postbox = Postbox()
    async with working(store, clock, postbox) as worker:
        booking = scheduler.book(slot("10:00", day=116), ANN, key=new_key(), actor=CHAT)  # 26 March 2027
        await worker.drain()
        summer = _moved(scheduler, booking, at("10:00", day=119))  # 29 March, after the clocks went forward
        await worker.drain()

    starts = {inbox.entries[str(booking.uid)].time[0] for inbox in calendars(postbox.received).values()}
    bodies = [str(received.mail.get_body(("plain",))) for received in postbox.received]
    assert starts == {summer.time.start}
    assert "11:00" in bodies[0]
    assert "12:00" in bodies[2]


async def test_two_people_and_guests_end_empty_after_the_night_in_which_the_clocks_change(
    people: People, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    open_practice(people, "eva", "ben", kind=replace(TALK, horizon=timedelta(days=200)))
    for handle in ("eva", "ben"):
        people.set_hours(handle, [WorkingHours(day, time(0), time.min) for day in range(7)])
    night = at("00:30", day=118)  # 28 March 2027: half an hour before the clocks of Berlin go forward
    both, details = slot("22:00", "ben", "eva", day=117, length=HOUR), Details(guests=(GUEST, CLARA))
    postbox = Postbox()
    async with working(store, clock, postbox) as worker:
        booking = scheduler.book(both, ANN, details=details, key=new_key(), actor=CHAT)
        await worker.drain()
        clock.move(timedelta(minutes=1))
        booking = _moved(scheduler, booking, night)
        await worker.drain()
        assert times(postbox.received) == {
            reader: [(night, night + HOUR)] for reader in READERS | {CLARA, "ben@example.org"}
        }
        clock.move(timedelta(minutes=1))
        booking = scheduler.uninvite(booking.uid, [CLARA], version=booking.version, key=new_key(), actor=CHAT)
        await worker.drain()
        assert times(postbox.received)[CLARA] == []
        clock.move(timedelta(minutes=1))
        scheduler.cancel(booking.uid, version=booking.version, key=new_key(), actor=CHAT)
        await worker.drain()

    empty: dict[str, list[object]] = {reader: [] for reader in READERS | {CLARA, "ben@example.org"}}
    assert times(postbox.received) == empty
    assert times(reversed(postbox.received)) == empty
    to_ann = [one.mail for one in postbox.received if one.recipients == (ANN.email,)]
    assert "01:30–03:30" in text_of(to_ann[1])


def _moved(scheduler: Scheduler, booking: Booking, start: datetime) -> Booking:
    return scheduler.reschedule(booking.uid, start, version=booking.version, key=new_key(), actor=CHAT)
