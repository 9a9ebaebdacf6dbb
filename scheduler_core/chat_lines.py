"""What was said in the chats of web pages, for pages that were away, and what they have still to be told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from scheduler_core.clock import Clock
from scheduler_core.db import booking_rows, chat_lines
from scheduler_core.db.engine import patience
from scheduler_core.db.store import Store
from scheduler_core.model import Booking
from scheduler_core.transcripts import ChatLine, News

MOST_LINES = 200  #: of one chat
KEPT = timedelta(hours=24)  #: as long as a chat can be taken up again
PATIENCE = 2.0  #: seconds that what is kept by the way may take

#: What a page is sent about the news of a booking.
Words = Callable[[News, Booking], Mapping[str, Any]]


@dataclass(frozen=True)
class ChatLines:
    """The last lines of each chat. Every method may raise DatabaseUnavailable or OutcomeUnknown."""

    store: Store
    clock: Clock

    def keep(self, lines: Sequence[ChatLine]) -> None:
        """Keeps the lines; one that is kept already stays as it is."""
        if lines:
            with patience(PATIENCE), self.store.transaction() as connection:
                chat_lines.add(connection, lines, MOST_LINES)

    def of_chat(self, chat: str) -> tuple[ChatLine, ...]:
        """At most the last 200 lines of the chat, none older than a day, in their order."""
        with self.store.statement() as connection:
            return chat_lines.of_chat(connection, chat, self.clock.now() - KEPT)

    def news(self, chats: Collection[str], words: Words) -> tuple[ChatLine, ...]:
        """What those chats have to be told now, in words; each of it is told once."""
        if not chats:
            return ()
        with patience(PATIENCE), self.store.transaction() as connection:
            lines = []
            for notice in chat_lines.notices(connection, sorted(chats)):
                booking = booking_rows.find(connection, UUID(notice.booking))
                if booking is None:
                    chat_lines.forget(connection, notice)
                    continue
                content = dict(words(notice.news, booking))
                chat_lines.told(connection, notice, content)
                lines.append(notice.said(content))
            return tuple(lines)
