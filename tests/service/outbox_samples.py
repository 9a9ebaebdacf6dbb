"""Bookings put straight into the tables, so that tests of the outbox can have them in any state."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from scheduler_core.clock import Clock
from scheduler_core.db import outbox
from scheduler_core.db.booking_rows import booking_values, person_values
from scheduler_core.db.store import Store
from scheduler_core.db.tables import booking as booking_table
from scheduler_core.db.tables import booking_person
from scheduler_core.db.tables import outbox as outbox_table
from scheduler_core.handlers import Handlers
from scheduler_core.links import Links
from scheduler_core.mail.compose import Composer
from scheduler_core.mail.smtp import Patience as SmtpPatience
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.meetings.jitsi import Jitsi
from scheduler_core.meetings.line import Patience
from scheduler_core.model import Booking, Channel, Meeting, Person
from scheduler_core.outbox import Message, Topic
from scheduler_core.people import People
from scheduler_core.ports import ChatMessenger, Mailer, MeetingProvider, TextMessenger
from scheduler_core.settings import Smtp
from scheduler_core.timerange import TimeRange
from scheduler_core.webhook_calls import Calls
from scheduler_core.worker import Worker
from tests.adapters.samples import CONSULTATION, EVA, a_booking
from tests.adapters.smtp_server import Postbox, serving

SECRET = "a secret that only the tests know, long enough"
START = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def put_booking(store: Store, number: int = 0, **changes: Any) -> Booking:
    """Booking number `number`: Ann's consultation with Dr. Meyer, each half an hour after the one before."""
    time = TimeRange.starting(START + number * timedelta(minutes=30), timedelta(minutes=30))
    wanted = a_booking(
        **{"uid": uuid4(), "reference": f"REF{number}", "time": time, "meeting": None, **changes}
    )
    booking = dataclasses.replace(wanted, people=(_eva(store),))
    with store.transaction() as connection:
        connection.execute(insert(booking_table).values(booking_values(booking)))
        connection.execute(insert(booking_person).values(person_values(booking)))
    return booking


def change(store: Store, booking: Booking) -> None:
    """Makes the row what the booking says."""
    with store.transaction() as connection:
        connection.execute(
            update(booking_table).where(booking_table.c.uid == booking.uid).values(booking_values(booking))
        )


def put(store: Store, *messages: Message) -> None:
    with store.transaction() as connection:
        outbox.enqueue(connection, messages)


def about(
    booking: Booking, topic: Topic, recipient: str = "attendee", due: datetime | None = None
) -> Message:
    """A message about the booking's present version."""
    assert booking.created_at is not None
    return Message(topic, booking.uid, booking.version, recipient, due or booking.created_at)


def confirmation_of(booking: Booking) -> Sequence[Message]:
    """What a new booking has to tell."""
    return (
        about(booking, Topic.MEETING_CREATE, ""),
        about(booking, Topic.MAIL_CONFIRMED),
        about(booking, Topic.MAIL_CONFIRMED, "person:eva-meyer"),
    )


def entries(store: Store) -> list[outbox.Entry]:
    """Every message, the oldest first."""
    with store.reading() as connection:
        return outbox.listing(connection)[::-1]


def states(store: Store) -> list[tuple[str, str]]:
    return [(entry.message.topic.value, entry.state.value) for entry in entries(store)]


def end_leases(store: Store) -> None:
    """Lets a minute pass on the database's clock, as far as leases go."""
    with store.transaction() as connection:
        connection.execute(update(outbox_table).values(lease_until=outbox_table.c.lease_until - outbox.LEASE))


def meeting_of(store: Store, uid: UUID) -> tuple[str | None, int]:
    """The stored link, and the booking's version."""
    with store.reading() as connection:
        row = connection.execute(
            select(booking_table.c.meeting_url, booking_table.c.version).where(booking_table.c.uid == uid)
        ).one()
    return row.meeting_url, row.version


def a_worker(
    store: Store,
    clock: Clock,
    mailer: Mailer,
    provider: MeetingProvider | None = None,
    messenger: TextMessenger | None = None,
    topics: frozenset[Topic] = frozenset(Topic),
    calls: Calls | None = None,
    *,
    chats: Mapping[str, ChatMessenger] | None = None,
) -> Worker:
    links = Links(SECRET, "https://book.example.org")
    composer = Composer("Example Practice", "appointments@example.org", links, clock, zone="Europe/Berlin")
    providers = {Channel.JITSI: provider or Jitsi("https://meet.example.org", SECRET)}
    quick = Calls(store, clock, patience=Patience(connecting=0.5, answer=0.5, whole=1, pause=0))
    handlers = Handlers(store, clock, composer, mailer, providers, calls or quick, messenger, chats or {})
    return Worker(store, handlers, clock, topics)


@dataclass
class Rooms:
    """A provider of meetings that fails as often as it is told to, and counts what it was asked."""

    failures: list[Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def create(self, booking: Booking) -> Meeting:
        return self._answer("create", booking)

    async def move(self, booking: Booking) -> Meeting:
        return self._answer("move", booking)

    async def delete(self, booking: Booking) -> None:
        assert booking.meeting is not None
        self.asked.append(f"delete {booking.meeting.id}")

    def _answer(self, question: str, booking: Booking) -> Meeting:
        self.asked.append(question)
        if self.failures:
            raise self.failures.pop(0)
        return Meeting(Channel.JITSI, f"https://rooms.example.org/{booking.reference}", booking.reference)


@asynccontextmanager
async def working(
    store: Store,
    clock: Clock,
    postbox: Postbox,
    provider: MeetingProvider | None = None,
    *,
    acceptance: float = 60.0,
) -> AsyncIterator[Worker]:
    """A worker whose mail goes to the postbox, of which it awaits acceptance for so many seconds."""
    async with serving(postbox) as server:
        mailer = SmtpMailer(Smtp("127.0.0.1", server.port, "none"), SmtpPatience(acceptance=acceptance))
        yield a_worker(store, clock, mailer, provider)


def _eva(store: Store) -> Person:
    people = People(store)
    if not people.all():
        people.add_person(EVA.handle, EVA.name, EVA.email, EVA.zone)
        people.add_type(CONSULTATION)
    return people.get(EVA.handle)
