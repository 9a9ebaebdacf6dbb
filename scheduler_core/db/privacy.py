"""What names an address: found, and taken out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, text, update

from scheduler_core.db import (
    booking_rows,
    chat_consents,
    chat_lines,
    conversations,
    desk,
    feeds,
    preferences,
    rasa_events,
    retention,
    trail,
)
from scheduler_core.db.tables import (
    Instant,
    booking,
    data_request,
    identity_code,
    identity_proof,
    outbox,
    request,
    ticket,
)
from scheduler_core.db.tickets import to_ticket
from scheduler_core.model import ActorKind, Status
from scheduler_core.personal_data import DataRequest, PersonalData
from scheduler_core.texts import address_key

#: Whoever asks holds this lock, so that the limit is what it says. There are few at a time.
_LOCK = text("SELECT pg_advisory_xact_lock(6, 0)")

_SPELLING = text("""
    SELECT coalesce((SELECT attendee_email FROM booking WHERE lower(attendee_email) = :address
                      ORDER BY starts DESC LIMIT 1),
                    (SELECT email FROM person WHERE lower(email) = :address ORDER BY number LIMIT 1),
                    :address)
""")
_UNINVITE = text("""
    UPDATE booking
       SET guests = ARRAY(SELECT one FROM unnest(guests) AS one WHERE lower(one) <> :address),
           uninvited = ARRAY(SELECT one FROM unnest(uninvited) AS one WHERE lower(one) <> :address)
     WHERE created_at <= :asked_at
       AND EXISTS (SELECT FROM unnest(guests || uninvited) AS one WHERE lower(one) = :address)
""").bindparams(bindparam("asked_at", type_=Instant))
#: Whether the address is invited, or was.
_INVITED = text(
    "EXISTS (SELECT FROM unnest(booking.guests || booking.uninvited) AS one WHERE lower(one) = :guest)"
)


def look(
    connection: Connection, address: str, key: str, now: datetime
) -> tuple[DataRequest | None, int, datetime | None]:
    """The request of the same key; how many there were within a day, and when the first of them was."""
    connection.execute(_LOCK)
    theirs = func.lower(data_request.c.address) == address
    same = connection.execute(select(data_request).where(theirs, data_request.c.key == key)).first()
    lately = select(func.count(), func.min(data_request.c.asked_at)).where(
        theirs, data_request.c.asked_at > now - timedelta(days=1)
    )
    count, first = connection.execute(lately).one()
    return _to_request(same) if same else None, count, first


def spelling(connection: Connection, address: str) -> str:
    """The address as it is known here: where capitals matter, another spelling is another mailbox."""
    return str(connection.execute(_SPELLING, {"address": address}).scalar_one())


def insert_request(connection: Connection, wanted: DataRequest, key: str) -> None:
    """Writes the request."""
    connection.execute(
        insert(data_request).values(
            id=wanted.id,
            address=wanted.address,
            key=key,
            asked_at=wanted.asked_at,
            expires_at=wanted.expires_at,
        )
    )


def find(connection: Connection, wanted: UUID) -> DataRequest | None:
    """The request, or None."""
    row = connection.execute(select(data_request).where(data_request.c.id == wanted)).first()
    return _to_request(row) if row else None


def kept_about(connection: Connection, address: str) -> PersonalData:
    """Everything that names the address, which is given in lower case."""
    proofs = select(func.count()).select_from(identity_proof)
    codes = select(func.count()).select_from(identity_code)
    tickets = select(ticket).where(func.lower(ticket.c.contact) == address).order_by(ticket.c.opened_at)
    return PersonalData(
        address=spelling(connection, address),
        bookings=tuple(booking_rows.found(connection, func.lower(booking.c.attendee_email) == address)),
        invitations=tuple(booking_rows.found(connection, _invited(address))),
        tickets=tuple(to_ticket(row) for row in connection.execute(tickets)),
        proofs=connection.execute(proofs.where(func.lower(identity_proof.c.address) == address)).scalar_one(),
        codes=connection.execute(codes.where(func.lower(identity_code.c.address) == address)).scalar_one(),
        conversations=conversations.of_writer(connection, address),
        chat_lines=chat_lines.of_address(connection, address),
        chat_consents=chat_consents.of_address(connection, address),
        preference=preferences.find(connection, address),
        desk_changes=desk.changes_of(connection, address),
        booking_changes=trail.made_by(connection, address),
        desk_sessions=desk.sessions_of(connection, address),
        feed_since=feeds.since(connection, address),
    )


def want_erased(connection: Connection, wanted: UUID, now: datetime) -> None:
    """Writes down that everything is to be erased."""
    connection.execute(
        update(data_request)
        .where(data_request.c.id == wanted, data_request.c.erase_asked_at.is_(None))
        .values(erase_asked_at=now)
    )


def is_unfinished(connection: Connection, address: str, asked_at: datetime, now: datetime) -> bool:
    """Whether somebody has still to be told something about a booking, or one of them is under way."""
    untold = select(outbox.c.id).where(
        outbox.c.uid == booking.c.uid,
        outbox.c.done_at.is_(None),
        outbox.c.failed_at.is_(None),
        outbox.c.lead.is_(None),  # reminders of what is cancelled are never sent
    )
    under_way = (booking.c.status == Status.CONFIRMED.value) & (booking.c.ends > now)
    statement = select(booking.c.uid).where(*_theirs(address, asked_at), under_way | untold.exists())
    return connection.execute(statement.limit(1)).first() is not None


def erase(connection: Connection, wanted: DataRequest, now: datetime) -> None:
    """Takes the address out of everything that was there when that was asked for, and out of the request."""
    address, asked_at = address_key(wanted.address), wanted.erase_asked_at or now
    chat_lines.erase(connection, address)
    rasa_events.erase(connection, address)
    is_over = (booking.c.status == Status.CANCELLED.value) | (booking.c.ends <= now)
    over = select(booking.c.uid).where(*_theirs(address, asked_at), is_over)
    uids = list(connection.execute(over.with_for_update()).scalars())
    untold = outbox.c.done_at.is_(None), outbox.c.uid.in_(uids)
    connection.execute(delete(outbox).where(*untold))  # there is nobody left to tell
    connection.execute(delete(request).where(request.c.uid.in_(uids)))
    retention.anonymise(connection, booking.c.uid.in_(uids))
    connection.execute(_UNINVITE, {"address": address, "asked_at": asked_at})
    connection.execute(delete(request).where(*_acted(request, address)))
    connection.execute(
        update(booking).where(*_acted(booking, address)).values(actor_kind="operator", actor_id="erased")
    )
    connection.execute(delete(identity_proof).where(func.lower(identity_proof.c.address) == address))
    connection.execute(delete(identity_code).where(func.lower(identity_code.c.address) == address))
    connection.execute(delete(ticket).where(func.lower(ticket.c.contact) == address))
    conversations.erase(connection, address)
    preferences.drop(connection, address)
    chat_consents.erase(connection, address)
    desk.erase(connection, address)
    trail.erase(connection, address)
    feeds.drop(connection, number=None, address=address)
    theirs = (func.lower(data_request.c.address) == address) & (data_request.c.id != wanted.id)
    connection.execute(delete(data_request).where(theirs))
    connection.execute(
        update(data_request).where(data_request.c.id == wanted.id).values(address="", done_at=now)
    )


def _theirs(address: str, asked_at: datetime) -> tuple[ColumnElement[bool], ...]:
    """The bookings for the address that were there at that time."""
    return func.lower(booking.c.attendee_email) == address, booking.c.created_at <= asked_at


def _invited(address: str) -> Any:
    return _INVITED.bindparams(guest=address)


def _acted(table: Any, address: str) -> tuple[ColumnElement[bool], ...]:
    """Rows of what somebody did by a proof of the address."""
    return table.c.actor_kind == ActorKind.ATTENDEE.value, table.c.actor_id == address


def _to_request(row: Row[Any]) -> DataRequest:
    return DataRequest(row.id, row.address, row.asked_at, row.expires_at, row.erase_asked_at, row.done_at)
