"""What the database says about bookings, read by plain SQL."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

_BOOKINGS = """
SELECT b.uid, b.reference, b.kind, b.status, b.starts, b.ends, b.version, b.sequence, b.channel, b.phone,
    b.note, b.attendee_name, b.attendee_email, b.attendee_zone, b.hold_expires,
    array_agg(DISTINCT p.handle) AS people
FROM booking b JOIN booking_person USING (uid) JOIN person p ON p.number = person_number
GROUP BY b.uid HAVING {condition} ORDER BY b.created_at, b.starts
"""


@dataclass(frozen=True)
class Row:
    """A booking as it is stored."""

    uid: UUID
    reference: str
    kind: str
    status: str
    starts: datetime
    ends: datetime
    version: int
    sequence: int
    channel: str
    phone: str
    note: str
    attendee_name: str | None
    attendee_email: str | None
    attendee_zone: str | None
    hold_expires: datetime | None
    people: list[str]

    @property
    def minutes(self) -> int:
        return round((self.ends - self.starts).total_seconds() / 60)

    @property
    def agreed(self) -> tuple[str, list[str], str, datetime, int]:
        """Status, people, type, start and length in minutes."""
        return self.status, self.people, self.kind, self.starts, self.minutes

    @property
    def attendee(self) -> tuple[str | None, str | None]:
        return self.attendee_name, self.attendee_email


class Rows:
    """The tables of the assistant under test."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_conversation(self, sender: str) -> list[Row]:
        """What a conversation has held or booked, oldest first."""
        return self._bookings("actor_kind = 'conversation' AND actor_id LIKE '%:' || :sender", sender=sender)

    def at(self, person: str, start: datetime) -> list[Row]:
        """What takes the person's time at an instant."""
        return self._bookings(
            "b.status <> 'CANCELLED' AND b.starts <= :start AND b.ends > :start "
            "AND bool_or(p.handle = :person)",
            start=start,
            person=person,
        )

    def by_uid(self, uid: UUID) -> Row:
        (row,) = self._bookings("b.uid = :uid", uid=uid)
        return row

    def messages(self, uid: UUID) -> list[tuple[str, str, bool]]:
        """Topic, recipient and whether it is done, of each message about a booking."""
        found = self.select(
            "SELECT topic, recipient, done_at IS NOT NULL AS done FROM outbox WHERE uid = :uid ORDER BY id",
            uid=uid,
        )
        return [(row["topic"], row["recipient"], row["done"]) for row in found]

    def code_message(self, sender: str) -> str:
        """The beginning of the Message-ID of the mail with the one-time code that a sender asked for last."""
        asked = """
            SELECT key FROM identity_code JOIN outbox ON about = identity_code.id WHERE sender = :sender
             ORDER BY ended_at IS NULL DESC, asked_at DESC LIMIT 1
        """
        (row,) = self.select(asked, sender=sender)
        return hashlib.sha256(row["key"].encode()).hexdigest()[:32]

    def select(self, statement: str, **values: Any) -> list[dict[str, Any]]:
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(statement), values).mappings()]

    def execute(self, statement: str, **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(text(statement), values)

    def forget_conversations(self) -> None:
        """Removes what chats have arranged, proven and asked for.

        Messages go first and by themselves: the worker, too, takes a message before its booking.
        """
        chats = "FROM booking WHERE actor_kind = 'conversation'"
        self.execute(f"DELETE FROM outbox WHERE uid IN (SELECT uid {chats})")  # noqa: S608  # constants only
        self.execute(f"DELETE {chats}")
        self.execute("DELETE FROM time_off WHERE made_by IS NOT NULL")
        proven = ("identity_code", "identity_proof", "preference", "chat_consent")
        for table in ("host_change", "ticket", "conversation", "rasa.event", *proven):
            self.execute(f"DELETE FROM {table}")  # noqa: S608  # constants only

    def _bookings(self, condition: str, **values: Any) -> list[Row]:
        return [Row(**row) for row in self.select(_BOOKINGS.format(condition=condition), **values)]
