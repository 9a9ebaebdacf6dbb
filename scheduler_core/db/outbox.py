"""The outbox table: what is to be told, who is telling it, what came of it.

Due times are business time and come from the caller; leases are the database's own time, so that machines
whose clocks differ agree on who holds one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    text,
    update,
)

from scheduler_core.db.tables import outbox
from scheduler_core.errors import TooOften
from scheduler_core.outbox import (
    LONGEST_WAIT_FOR_MEETINGS,
    PATIENCE_WITH_MEETINGS,
    Message,
    Notice,
    Topic,
)

LEASE = timedelta(seconds=60)
_ERROR_LIMIT = 500

# A message waits while an earlier one to the same recipient is being told, or is about the same version and
# not yet told: a CANCEL never overtakes its REQUEST. An earlier one about an older version holds nothing up,
# as it will be dropped, unless it calls a webhook, which hears of every step in order. A reminder that is put
# off holds up only reminders. A mail that names the place also waits for the meeting, but not for ever.
# OFFSET 0 keeps the planner from joining all that waits with all that ever was, instead of looking up the few
# rows of a booking; and coalesce keeps it from looking for these among all that waits, which is next to none
# on most days, as its statistics say, and thousands after an outage. MATERIALIZED keeps it from choosing anew
# for each row of a table that it takes for nearly empty.
_CLAIM = text("""
    WITH chosen AS MATERIALIZED (
            SELECT candidate.id
              FROM outbox AS candidate
             WHERE candidate.done_at IS NULL AND candidate.failed_at IS NULL AND candidate.due_at <= :now
               AND candidate.topic = ANY (:topics)
               AND (candidate.lease_until IS NULL OR candidate.lease_until < clock_timestamp()
                    OR candidate.lease_by = :lease_by)
               AND NOT EXISTS (
                   SELECT FROM outbox AS earlier
                    WHERE earlier.uid = candidate.uid AND earlier.id < candidate.id
                      AND earlier.recipient = candidate.recipient
                      AND coalesce(earlier.done_at, earlier.failed_at) IS NULL
                      AND (earlier.lease_until >= clock_timestamp()
                           OR ((earlier.version = candidate.version OR earlier.content IS NOT NULL)
                               AND (earlier.lead IS NULL OR candidate.lead IS NOT NULL)
                               AND (earlier.due_at <= :now OR earlier.attempts > 0)))
                   OFFSET 0)
               AND (candidate.topic <> ALL (:waiting) OR NOT EXISTS (
                   SELECT FROM outbox AS meeting
                    WHERE meeting.uid = candidate.uid AND meeting.version = candidate.version
                      AND meeting.topic = ANY (:awaited)
                      AND coalesce(meeting.done_at, meeting.failed_at) IS NULL
                      AND meeting.attempts < :patience AND meeting.due_at <= :soon
                   OFFSET 0))
             ORDER BY candidate.due_at, candidate.id
             LIMIT :limit
               FOR UPDATE SKIP LOCKED)
    UPDATE outbox
       SET lease_until = clock_timestamp() + :lease, lease_by = :lease_by
      FROM chosen
     WHERE outbox.id = chosen.id
 RETURNING outbox.*
""")
_WRITTEN = (
    "key",
    "topic",
    "uid",
    "version",
    "recipient",
    "due_at",
    "copy",
    "lead",
    "content",
    "about",
    "until",
)
#: Writes messages, given as an array for each column: one trip for any number of them, and one text to
#: compile. One whose key is there already changes nothing.
ENQUEUE = f"""
    INSERT INTO outbox ({", ".join(_WRITTEN)})
    SELECT * FROM unnest({", ".join(f":message_{name}" for name in _WRITTEN)})
"""  # noqa: S608  # constants only
ENQUEUE_TYPES = tuple(bindparam(f"message_{name}", type_=ARRAY(outbox.c[name].type)) for name in _WRITTEN)
_ENQUEUE = text(f"{ENQUEUE} ON CONFLICT (key) DO NOTHING").bindparams(*ENQUEUE_TYPES)
NAMING_THE_PLACE = (Topic.MAIL_CONFIRMED, Topic.MAIL_RESCHEDULED, Topic.MAIL_GUESTS, Topic.MAIL_COPY)
MAKING_THE_PLACE = (Topic.MEETING_CREATE, Topic.MEETING_MOVE)


@dataclass(frozen=True)
class Claim:
    """A message that one worker has taken on, until its lease ends."""

    id: int
    lease_by: UUID
    message: Message | Notice
    failures: int  #: of earlier tries


class State(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"  #: given up; it can be revived


@dataclass(frozen=True)
class Entry:
    """A message as the operator sees it."""

    id: int
    message: Message | Notice
    state: State
    failures: int
    last_error: str  #: or why it was dropped
    finished_at: datetime | None


@dataclass(frozen=True)
class Backlog:
    """What has not been told."""

    due: int
    failed: int


def enqueue(connection: Connection, messages: Iterable[Message | Notice]) -> None:
    """Writes the messages into the caller's transaction; one whose key is there already changes nothing."""
    values = message_values(messages)
    if values["message_key"]:
        connection.execute(_ENQUEUE, values)


def message_values(messages: Iterable[Message | Notice]) -> dict[str, list[Any]]:
    """The parameters of `ENQUEUE`."""
    rows = [_row(message) for message in messages]
    return {f"message_{name}": [row[name] for row in rows] for name in _WRITTEN}


def claim(
    connection: Connection,
    *,
    lease_by: UUID,
    now: datetime,
    limit: int,
    topics: Collection[Topic] = frozenset(Topic),
) -> list[Claim]:
    """Takes on what is due of these topics, the longest due first; nobody else is given it for a minute.

    Whoever claims holds nothing at that moment: what stands under its name was lost on the way to it.
    """
    rows = connection.execute(
        _CLAIM,
        {
            "lease": LEASE,
            "lease_by": lease_by,
            "now": now,
            "topics": [topic.value for topic in topics],
            "waiting": [topic.value for topic in NAMING_THE_PLACE],
            "awaited": [topic.value for topic in MAKING_THE_PLACE],
            "patience": PATIENCE_WITH_MEETINGS,
            "soon": now + LONGEST_WAIT_FOR_MEETINGS,
            "limit": limit,
        },
    )
    claims = [Claim(row.id, row.lease_by, _message(row), row.attempts) for row in rows]
    return sorted(claims, key=lambda claim: (claim.message.due, claim.id))


def renew(connection: Connection, claims: Sequence[Claim]) -> None:
    """Lengthens the leases of those claims that are still held."""
    connection.execute(
        update(outbox)
        .where(outbox.c.id.in_([claim.id for claim in claims]))
        .where(outbox.c.lease_by.in_({claim.lease_by for claim in claims}))
        .values(lease_until=func.clock_timestamp() + LEASE)
    )


def give_back(connection: Connection, claims: Sequence[Claim]) -> None:
    """Ends the leases of claims that were not acted on, so that another worker need not wait."""
    for claimed in claims:
        _finish(connection, claimed)


def postpone(connection: Connection, claimed: Claim, due: datetime, error: str) -> bool:
    """Counts a failure and sets the next try; False if the lease went to another."""
    return _finish(
        connection, claimed, due_at=due, attempts=outbox.c.attempts + 1, last_error=error[:_ERROR_LIMIT]
    )


def give_up(connection: Connection, claimed: Claim, now: datetime, error: str) -> bool:
    """Counts the last failure and lets the message rest; False if the lease went to another."""
    return _finish(
        connection, claimed, failed_at=now, attempts=outbox.c.attempts + 1, last_error=error[:_ERROR_LIMIT]
    )


def revive(connection: Connection, now: datetime, *, ids: Collection[int] | None = None) -> int:
    """Makes given-up messages due again with all their tries, all of them or those named; says how many."""
    statement = (
        update(outbox)
        .where(outbox.c.failed_at.is_not(None))
        .values(failed_at=None, attempts=0, due_at=now)
        .returning(outbox.c.id)
    )
    if ids is not None:
        statement = statement.where(outbox.c.id.in_(ids))
    return len(connection.execute(statement).all())


def listing(
    connection: Connection,
    *,
    states: Collection[State] = tuple(State),
    booking: UUID | None = None,
    limit: int = 100,
) -> list[Entry]:
    """The newest messages in any of the states, of one booking where it is named."""
    conditions = _in_state()
    state = case(*((condition, name.value) for name, condition in conditions.items()))
    statement = select(outbox, state.label("state")).where(or_(*(conditions[wanted] for wanted in states)))
    if booking is not None:
        statement = statement.where(outbox.c.uid == booking)
    return [_entry(row) for row in connection.execute(statement.order_by(outbox.c.id.desc()).limit(limit))]


@dataclass(frozen=True)
class Told:
    """How often something was told about a booking."""

    ever: int
    lately: int
    first: datetime | None  #: of those lately

    def check(self, most: int, within: timedelta) -> None:
        """Raises TooOften if it was told as often as it may be within that time."""
        if self.lately >= most and self.first is not None:
            raise TooOften(again=self.first + within)


def told(
    connection: Connection, booking: UUID, topics: Collection[Topic], recipients: str, *, since: datetime
) -> Told:
    """How often the topics were told about the booking to those whose names begin so, or are to be told."""
    lately = outbox.c.due_at > since
    row = connection.execute(
        select(func.count(), func.count().filter(lately), func.min(outbox.c.due_at).filter(lately))
        .where(outbox.c.uid == booking, outbox.c.topic.in_([topic.value for topic in topics]))
        .where(outbox.c.recipient.startswith(recipients, autoescape=True))
    ).one()
    return Told(*row)


def unfinished(connection: Connection, booking: UUID, version: int) -> list[Message]:
    """What is still to be told about that version of the booking, in order."""
    rows = connection.execute(
        select(outbox)
        .where(outbox.c.uid == booking, outbox.c.version == version)
        .where(outbox.c.done_at.is_(None), outbox.c.failed_at.is_(None))
        .order_by(outbox.c.id)
    )
    return [message for row in rows if isinstance(message := _message(row), Message)]


def backlog(connection: Connection, now: datetime) -> Backlog:
    """How many messages are due and not told, and how many were given up."""
    unfinished = outbox.c.done_at.is_(None) & outbox.c.failed_at.is_(None)
    count = select(func.count()).select_from(outbox)
    due = count.where(unfinished, outbox.c.due_at <= now).scalar_subquery()
    failed = count.where(outbox.c.failed_at.is_not(None)).scalar_subquery()
    row = connection.execute(select(due, failed)).one()
    return Backlog(due=row[0], failed=row[1])


def _in_state() -> dict[State, ColumnElement[bool]]:
    """What holds of a message in each state."""
    unfinished = outbox.c.done_at.is_(None) & outbox.c.failed_at.is_(None)
    leased = func.coalesce(outbox.c.lease_until > func.clock_timestamp(), false())
    return {
        State.DONE: outbox.c.done_at.is_not(None),
        State.FAILED: outbox.c.failed_at.is_not(None),
        State.LEASED: unfinished & leased,
        State.WAITING: unfinished & ~leased,
    }


def _finish(connection: Connection, claimed: Claim, **values: Any) -> bool:
    """Writes the values and ends the lease, if it is still ours."""
    statement = (
        update(outbox)
        .where(outbox.c.id == claimed.id, outbox.c.lease_by == claimed.lease_by)
        .where(outbox.c.done_at.is_(None))
        .values(lease_until=None, lease_by=None, **values)
        .returning(outbox.c.id)
    )
    return connection.execute(statement).first() is not None


def _row(message: Message | Notice) -> dict[str, Any]:
    common = {
        "key": message.key,
        "topic": message.topic.value,
        "recipient": message.recipient,
        "due_at": message.due,
    }
    return common | (_of_notice(message) if isinstance(message, Notice) else _of_booking(message))


def _of_booking(message: Message) -> dict[str, Any]:
    return {
        "uid": message.booking,
        "version": message.version,
        "copy": message.copy,
        "lead": message.lead,
        "content": message.content or None,
        "about": None,
        "until": None,
    }


def _of_notice(notice: Notice) -> dict[str, Any]:
    return {
        "uid": None,
        "version": 0,
        "copy": 0,
        "lead": None,
        "content": None,
        "about": notice.about,
        "until": notice.until,
    }


def _message(row: Row[Any]) -> Message | Notice:
    if row.uid is None:
        return Notice(Topic(row.topic), row.about, row.recipient, row.due_at, row.until)
    return Message(
        topic=Topic(row.topic),
        booking=row.uid,
        version=row.version,
        recipient=row.recipient,
        due=row.due_at,
        copy=row.copy,
        lead=row.lead,
        content=row.content or "",
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        message=_message(row),
        state=State(row.state),
        failures=row.attempts,
        last_error=row.last_error or "",
        finished_at=row.done_at or row.failed_at,
    )
