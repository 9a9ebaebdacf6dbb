"""Codes that were asked for, and what was proven by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, Uuid, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.codes import Asked
from scheduler_core.db.tables import Instant, identity_code, identity_proof
from scheduler_core.deeds import DENIABLE
from scheduler_core.outbox import Notice, Topic

#: Whoever asks for a code holds this lock, so that the limits are what they say. There are few at a time: the
#: limits see to that.
LOCK = text("SELECT pg_advisory_xact_lock(4, 0)")

#: The address as it is known here, and how often a code was asked for lately, with the first time of each.
#: Mail goes to the address as it is known: where capitals matter, another spelling is another mailbox.
#: Codes for the hosts' desk have limits of their own: who asks for them keeps nobody from proving in a chat.
_LOOK = text("""
    SELECT coalesce(
               (SELECT attendee_email FROM booking
                 WHERE lower(attendee_email) = lower(:address) AND status <> 'TENTATIVE' AND starts > :recent
                 ORDER BY starts DESC LIMIT 1),
               (SELECT email FROM person WHERE lower(email) = lower(:address) ORDER BY number LIMIT 1)
           ) AS known,
           by_address.*, by_sender.*, by_all.*
      FROM (SELECT count(*) AS of_address, min(asked_at) AS first_of_address FROM identity_code
             WHERE lower(address) = lower(:address) AND channel <> 'desk'
               AND asked_at > :hour_ago) AS by_address,
           (SELECT count(*) AS of_sender, min(asked_at) AS first_of_sender FROM identity_code
             WHERE channel = :channel AND sender = :sender AND asked_at > :hour_ago) AS by_sender,
           (SELECT count(*) AS of_all, min(asked_at) AS first_of_all FROM identity_code
             WHERE asked_at > :minute_ago) AS by_all
""")

#: Ends the sender's earlier code, keeps the new one and enqueues its mail if there is anybody to write to:
#: one statement, whether there is or not. What is old is dropped on the way.
_ASK = text("""
    WITH dropped AS (DELETE FROM identity_code WHERE asked_at < :forgotten),
         expired AS (DELETE FROM identity_proof WHERE expires_at < :day_ago),
         ended AS (
             UPDATE identity_code SET ended_at = :now
              WHERE channel = :channel AND sender = :sender AND ended_at IS NULL AND asked_at >= :forgotten),
         asked AS (
             INSERT INTO identity_code (id, address, channel, sender, asked_at, expires_at, network)
             VALUES (:id, :address, :channel, :sender, :now, :expires, :network))
    INSERT INTO outbox (key, topic, about, version, recipient, due_at, until)
    SELECT :key, :topic, :id, 0, '', :now, :expires WHERE :known
""").bindparams(
    bindparam("id", type_=Uuid),
    *(bindparam(name, type_=Instant) for name in ("now", "expires", "day_ago", "forgotten")),
)

#: Counts a try at the sender's present code; nothing where there is none, or none that may be tried again.
#: Who tries at the same time waits here for the row.
_TRY = text("""
    UPDATE identity_code SET tries = tries + 1
     WHERE id = (SELECT id FROM identity_code
                  WHERE channel = :channel AND sender = :sender AND ended_at IS NULL
                  ORDER BY asked_at DESC LIMIT 1)
       AND ended_at IS NULL AND expires_at > :now AND tries < :most
 RETURNING *
""")

#: The proof that a sender has, with the people whose address it is.
_PROOF = text("""
    SELECT proof.*,
           ARRAY(SELECT handle FROM person WHERE lower(email) = lower(proof.address)) AS people
      FROM identity_proof AS proof
     WHERE channel = :channel AND sender = :sender AND expires_at > :now
""")


@dataclass(frozen=True)
class Chat:
    """Somebody on a channel, as the channel itself names them."""

    channel: str
    sender: str
    network: str = ""  #: whence a stranger asks, where that counts

    @property
    def values(self) -> dict[str, str]:
        """The columns that name them."""
        return {"channel": self.channel, "sender": self.sender}


@dataclass(frozen=True)
class Seen:
    """What stands for and against a code for an address."""

    known: str | None  #: the address as it is known here; None where nobody has it
    of_address: int
    first_of_address: datetime | None
    of_sender: int
    first_of_sender: datetime | None
    of_all: int
    first_of_all: datetime | None


def look(connection: Connection, address: str, chat: Chat, now: datetime, *, recent: timedelta) -> Seen:
    """What is known of the address, and how often codes were asked for; nobody else asks until the commit."""
    connection.execute(LOCK)
    row = connection.execute(
        _LOOK,
        {
            "address": address,
            **chat.values,
            "recent": now - recent,
            "hour_ago": now - timedelta(hours=1),
            "minute_ago": now - timedelta(minutes=1),
        },
    ).one()
    return Seen(*row)


def ask(
    connection: Connection,
    address: str,
    chat: Chat,
    now: datetime,
    *,
    life: timedelta,
    known: bool,
    topic: Topic = Topic.MAIL_ONE_TIME_CODE,
) -> None:
    """Keeps that a code was asked for; its mail is enqueued if somebody known has the address."""
    notice = Notice(topic, uuid4(), "", due=now, until=now + life)
    connection.execute(
        _ASK,
        {
            "id": notice.about,
            "address": address,
            **chat.values,
            "now": now,
            "expires": notice.until,
            "day_ago": now - timedelta(days=1),
            "forgotten": now - DENIABLE,
            "key": notice.key,
            "topic": notice.topic.value,
            "known": known,
            "network": chat.network,
        },
    )


def asked(connection: Connection, code: UUID) -> Asked | None:
    """The code that was asked for; None if it was replaced or used meanwhile."""
    statement = select(identity_code).where(identity_code.c.id == code, identity_code.c.ended_at.is_(None))
    row = connection.execute(statement).first()
    return None if row is None else _to_asked(row)


def attempt(connection: Connection, chat: Chat, now: datetime, *, most: int) -> tuple[Asked, int] | None:
    """The sender's present code and how many tries it has had with this one; None if it may not be tried."""
    row = connection.execute(_TRY, {**chat.values, "now": now, "most": most}).first()
    return None if row is None else (_to_asked(row), row.tries)


def take(connection: Connection, code: UUID, channel: str, now: datetime) -> Asked | None:
    """Makes the code worthless, and says what it was; None where it is that already."""
    statement = (
        update(identity_code)
        .where(identity_code.c.id == code, identity_code.c.channel == channel)
        .where(identity_code.c.ended_at.is_(None), identity_code.c.expires_at > now)
        .values(ended_at=now)
        .returning(identity_code)
    )
    row = connection.execute(statement).first()
    return None if row is None else _to_asked(row)


def tries_of_present(connection: Connection, chat: Chat, now: datetime) -> int:
    """How often the sender's present code was tried; 0 where there is none."""
    statement = select(identity_code.c.tries).where(
        identity_code.c.channel == chat.channel,
        identity_code.c.sender == chat.sender,
        identity_code.c.ended_at.is_(None),
        identity_code.c.expires_at > now,
    )
    return connection.execute(statement).scalar() or 0


def end_codes(connection: Connection, chat: Chat, now: datetime) -> None:
    """Makes the sender's codes worthless."""
    connection.execute(
        update(identity_code)
        .where(identity_code.c.channel == chat.channel, identity_code.c.sender == chat.sender)
        .where(identity_code.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def keep(
    connection: Connection,
    chat: Chat,
    now: datetime,
    *,
    until: datetime,
    address: str | None = None,
    booking: UUID | None = None,
) -> None:
    """Keeps what the sender has proven, in place of what they had proven before."""
    proof = {"address": address, "uid": booking, "proven_at": now, "expires_at": until}
    statement = insert(identity_proof).values(**chat.values, **proof)
    connection.execute(statement.on_conflict_do_update(index_elements=["channel", "sender"], set_=proof))


def find(connection: Connection, chat: Chat, now: datetime) -> Row[Any] | None:
    """The row of the sender's proof, with the handles of the people whose address it is."""
    return connection.execute(_PROOF, {**chat.values, "now": now}).first()


def is_acquainted(connection: Connection, chat: Chat, address: str) -> bool:
    """Whether what the sender has proven last, in force or not, is that address."""
    same = func.lower(identity_proof.c.address) == func.lower(address)
    found = connection.execute(select(identity_proof.c.sender).where(*_theirs(chat), same))
    return found.first() is not None


def prolong(connection: Connection, chat: Chat, until: datetime) -> None:
    """Lets the sender's proof hold until then."""
    connection.execute(update(identity_proof).where(*_theirs(chat)).values(expires_at=until))


def drop(connection: Connection, chat: Chat) -> None:
    """Forgets what the sender has proven."""
    connection.execute(delete(identity_proof).where(*_theirs(chat)))


def _theirs(chat: Chat) -> tuple[ColumnElement[bool], ...]:
    return identity_proof.c.channel == chat.channel, identity_proof.c.sender == chat.sender


def _to_asked(row: Row[Any]) -> Asked:
    return Asked(row.id, row.address, row.channel, row.sender, row.expires_at)
