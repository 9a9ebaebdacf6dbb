"""What was said in the chats of web pages: rows to objects and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_once

from scheduler_core.db.tables import Instant
from scheduler_core.db.tables import chat_line as table
from scheduler_core.model import ActorKind, Booking, Status
from scheduler_core.transcripts import ChatLine, ChatNotice, News, Speaker

#: Speaker of a row that is no line yet.
_NOTICE = "notice"
#: As actors are called: the channel, then the chat.
_WEB = "web:"

_TRIM = text("""
    DELETE FROM chat_line WHERE chat = :chat AND number <= (
        SELECT number FROM chat_line WHERE chat = :chat ORDER BY number DESC OFFSET :most LIMIT 1)
""")
# Whoever gave the address, proved it or booked for it in a chat has said everything there.
_OF_ADDRESS = text("""
   (chat IN (SELECT sender FROM conversation
              WHERE channel = 'web' AND (lower(address) = :address OR :address = ANY (guests))
              UNION SELECT sender FROM identity_proof WHERE channel = 'web' AND lower(address) = :address
              UNION SELECT substr(actor_id, 5) FROM booking
                     WHERE actor_kind = 'conversation' AND starts_with(actor_id, 'web:')
                       AND lower(attendee_email) = :address)
    OR position(:address IN lower(content::text)) > 0)
""")
_DROP = text("""
    DELETE FROM chat_line WHERE (chat, number) IN (
        SELECT chat, number FROM chat_line WHERE said_at < :before
         ORDER BY said_at LIMIT :batch FOR UPDATE SKIP LOCKED)
""").bindparams(bindparam("before", type_=Instant))


def add(connection: Connection, lines: Sequence[ChatLine], most: int) -> None:
    """Writes the lines that are not there yet, and takes away what a chat has said before its last `most`."""
    rows = [
        {
            "chat": line.chat,
            "id": line.id,
            "speaker": line.speaker.value,
            "content": dict(line.content),
            "said_at": line.said_at,
        }
        for line in lines
    ]
    connection.execute(insert_once(table).values(rows).on_conflict_do_nothing())
    for chat in dict.fromkeys(line.chat for line in lines):
        connection.execute(_TRIM, {"chat": chat, "most": most})


def of_chat(connection: Connection, chat: str, since: datetime) -> tuple[ChatLine, ...]:
    """What was said in the chat since then, in its order."""
    statement = select(table).where(
        table.c.chat == chat, table.c.said_at >= since, table.c.speaker != _NOTICE
    )
    return tuple(_to_line(row) for row in connection.execute(statement.order_by(table.c.number)))


def of_address(connection: Connection, address: str) -> tuple[ChatLine, ...]:
    """The lines of chats of those who go by the address, which is in lower case, and all that name it."""
    statement = select(table).where(table.c.speaker != _NOTICE, _OF_ADDRESS.bindparams(address=address))
    return tuple(_to_line(row) for row in connection.execute(statement.order_by(table.c.said_at)))


def erase(connection: Connection, address: str) -> None:
    """Drops those lines. What tells whose chats they are must still be there."""
    connection.execute(delete(table).where(_OF_ADDRESS.bindparams(address=address)))


def drop(connection: Connection, before: datetime, batch: int) -> int:
    """Drops lines that were said before then; how many they were."""
    return connection.execute(_DROP, {"before": before, "batch": batch}).rowcount


def announce(connection: Connection, booking: Booking, now: datetime) -> None:
    """Has the chat in which the booking was made told that somebody else has changed it."""
    actor = booking.actor
    if actor.kind is not ActorKind.CONVERSATION or not actor.id.startswith(_WEB):
        return
    news = News.CANCELLED if booking.status is Status.CANCELLED else News.MOVED
    row = {
        "chat": actor.id.removeprefix(_WEB),
        "id": f"{booking.uid}.{booking.version}",
        "speaker": _NOTICE,
        "content": {"news": news.value, "booking": str(booking.uid)},
        "said_at": now,
    }
    connection.execute(insert(table).values(row))


def notices(connection: Connection, chats: Sequence[str]) -> tuple[ChatNotice, ...]:
    """What those chats have still to be told, the oldest first; nobody else is told it meanwhile."""
    statement = (
        select(table)
        .where(table.c.speaker == _NOTICE, table.c.chat.in_(chats))
        .order_by(table.c.number)
        .with_for_update(skip_locked=True)
    )
    return tuple(
        ChatNotice(row.chat, row.id, News(row.content["news"]), row.content["booking"], row.said_at)
        for row in connection.execute(statement)
    )


def told(connection: Connection, notice: ChatNotice, content: dict[str, Any]) -> None:
    """Puts the words of a notice in its place."""
    connection.execute(
        update(table)
        .where(table.c.chat == notice.chat, table.c.id == notice.id)
        .values(speaker=Speaker.ASSISTANT.value, content=content)
    )


def forget(connection: Connection, notice: ChatNotice) -> None:
    """Drops a notice that there is nothing to say about any more."""
    connection.execute(delete(table).where(table.c.chat == notice.chat, table.c.id == notice.id))


def _to_line(row: Row[Any]) -> ChatLine:
    return ChatLine(row.chat, row.id, Speaker(row.speaker), row.content, row.said_at)
