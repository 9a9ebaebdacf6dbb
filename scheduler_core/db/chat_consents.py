"""Whether chats want to be told of bookings: rows to objects and back. Addresses are given in lower case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.chat_messages import recipient
from scheduler_core.db import outbox
from scheduler_core.db.proofs import Chat
from scheduler_core.db.tables import Instant
from scheduler_core.db.tables import chat_consent as table
from scheduler_core.model import Booking, Status
from scheduler_core.outbox import Message, Topic
from scheduler_core.personal_data import ChatConsent

#: A chat that said yes hears of what was booked in it, of what a mail's link has opened in it, and of all
#: under an address that it has proven.
_MAY_HEAR = text("""
    SELECT consent.id, consent.channel, consent.sender
      FROM chat_consent AS consent JOIN booking ON lower(attendee_email) = consent.address
     WHERE booking.uid = :uid AND consent.wanted
       AND (consent.proven_at IS NOT NULL OR booking.uid = ANY (consent.linked)
            OR (actor_kind = 'conversation' AND actor_id = concat(consent.channel, ':', consent.sender)))
     ORDER BY consent.id
""")
#: Keeps for longer than the proof itself what the chat has proven.
_TIE = text("""
    UPDATE chat_consent AS consent
       SET proven_at = CASE WHEN proof.address IS NULL THEN consent.proven_at ELSE proof.proven_at END,
           linked = CASE WHEN proof.uid IS NULL OR proof.uid = ANY (linked) THEN linked
                         ELSE linked || proof.uid END
      FROM identity_proof AS proof LEFT JOIN booking ON booking.uid = proof.uid
     WHERE proof.channel = :channel AND proof.sender = :sender
       AND consent.channel = proof.channel AND consent.sender = proof.sender
       AND consent.address = lower(coalesce(proof.address, attendee_email))
""")
# Of whom nothing else is kept.
_DROP = text("""
    DELETE FROM chat_consent WHERE id IN (
        SELECT id FROM chat_consent AS one
         WHERE updated_at < :before
           AND NOT EXISTS (SELECT FROM booking WHERE lower(attendee_email) = one.address)
         LIMIT :batch FOR UPDATE SKIP LOCKED)
""").bindparams(bindparam("before", type_=Instant))


@dataclass(frozen=True)
class Hearer:
    """A chat that is to be told."""

    id: int
    channel: str
    sender: str


def ask(connection: Connection, chat: Chat, address: str, now: datetime) -> bool:
    """Writes down that the chat is asked about the address; whether it had not been before."""
    values = {**chat.values, "address": address, "updated_at": now}
    asked = insert(table).values(values).on_conflict_do_nothing().returning(table.c.id)
    return connection.execute(asked).first() is not None


def answer(connection: Connection, chat: Chat, address: str, now: datetime, *, wanted: bool) -> None:
    """Writes down what the chat says about an address that it was asked about."""
    theirs = (*_of(chat), table.c.address == address)
    connection.execute(update(table).where(*theirs).values(wanted=wanted, updated_at=now))
    tie(connection, chat)


def want(connection: Connection, chat: Chat, address: str, now: datetime) -> None:
    """Writes down that the chat wants to be told, whatever it has said before."""
    said = {"wanted": True, "updated_at": now}
    wanted = insert(table).values({**chat.values, "address": address, **said})
    connection.execute(wanted.on_conflict_do_update(constraint="chat_consent_once", set_=said))
    tie(connection, chat)


def stop(connection: Connection, chat: Chat, now: datetime) -> None:
    """Writes down that the chat wants to be told nothing, for whichever address."""
    connection.execute(update(table).where(*_of(chat)).values(wanted=False, updated_at=now))


def addresses(connection: Connection, chat: Chat) -> tuple[str, ...]:
    """The addresses about which the chat was asked."""
    return tuple(connection.execute(select(table.c.address).where(*_of(chat)).order_by(table.c.id)).scalars())


def tie(connection: Connection, chat: Chat) -> None:
    """Keeps with what the chat wants what it has proven last."""
    connection.execute(_TIE, chat.values)


def hearers(connection: Connection, booking: UUID) -> tuple[Hearer, ...]:
    """The chats that may be told of the booking, and want to be."""
    rows = connection.execute(_MAY_HEAR, {"uid": booking})
    return tuple(Hearer(row.id, row.channel, row.sender) for row in rows)


def announce(connection: Connection, booking: Booking, now: datetime) -> None:
    """Has the chats told what the practice did to the booking."""
    topic = Topic.CHAT_CANCELLED if booking.status is Status.CANCELLED else Topic.CHAT_MOVED
    outbox.enqueue(connection, _messages(connection, booking, topic, now))


def remind(connection: Connection, booking: Booking, lead: timedelta, now: datetime) -> None:
    """Has the chats reminded of the booking; twice is once."""
    outbox.enqueue(connection, _messages(connection, booking, Topic.CHAT_REMINDER, now, lead=lead))


def of_address(connection: Connection, address: str) -> tuple[ChatConsent, ...]:
    """What chats have said about the address."""
    rows = connection.execute(select(table).where(table.c.address == address).order_by(table.c.id))
    return tuple(map(_to_consent, rows))


def erase(connection: Connection, address: str) -> None:
    """Forgets what chats have said about the address."""
    connection.execute(delete(table).where(table.c.address == address))


def drop(connection: Connection, before: datetime, batch: int) -> int:
    """Drops what chats have said about addresses for which no booking is kept any more; how many rows."""
    return connection.execute(_DROP, {"before": before, "batch": batch}).rowcount


def _messages(
    connection: Connection, booking: Booking, topic: Topic, now: datetime, *, lead: timedelta | None = None
) -> Sequence[Message]:
    return [
        Message(topic, booking.uid, booking.version, recipient(hearer.id), now, lead=lead)
        for hearer in hearers(connection, booking.uid)
    ]


def _of(chat: Chat) -> tuple[ColumnElement[bool], ...]:
    return table.c.channel == chat.channel, table.c.sender == chat.sender


def _to_consent(row: Row[tuple[object, ...]]) -> ChatConsent:
    return ChatConsent(row.channel, row.sender, row.wanted, row.updated_at)
