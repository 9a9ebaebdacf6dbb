"""Where Rasa keeps conversations: in a schema of its own, so that they go on after it was started anew.

Rasa's own store in SQL takes a connection that the server has closed for an empty conversation, has no limit
to how long it waits, and keeps all other chats waiting meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import text
from sqlalchemy.engine import Connection

from scheduler_core.clock import Clock
from scheduler_core.db.engine import make_engine
from scheduler_core.settings import read_settings

POOL_SIZE = 5  #: connections

_SESSION = """
    sender = :sender AND number >= coalesce(
        (SELECT max(number) FROM rasa.event WHERE sender = :sender AND begins_session), 0)
"""
_EVENTS = text(f"SELECT data FROM rasa.event WHERE {_SESSION} ORDER BY number")  # noqa: S608  (constants only)
_ALL_EVENTS = text("SELECT data FROM rasa.event WHERE sender = :sender ORDER BY number")
_KEPT = text(f"SELECT count(*), max(number) FROM rasa.event WHERE {_SESSION}")  # noqa: S608  (constants only)
_KEEP = text("""
    INSERT INTO rasa.event (sender, number, begins_session, data, kept_at)
    SELECT :sender, :after + place, begins, data, CAST(:now AS timestamptz)
      FROM unnest(CAST(:begin AS boolean[]), CAST(:data AS text[]))
           WITH ORDINALITY AS said (begins, data, place)
""")
_SENDERS = text("SELECT DISTINCT sender FROM rasa.event")


class PostgresTracker(TrackerStore):
    """The events of each conversation, a row each; those of its latest session are what Rasa works with.

    What cannot be read or written raises: Rasa then takes the conversation for a new one, and logs it.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,  # noqa: ARG002  (Rasa's signature)
    ) -> None:
        super().__init__(domain, event_broker)
        settings = read_settings(os.environ)
        self._engine = make_engine(settings.database_url, pool_size=POOL_SIZE)
        self._clock: Clock = settings.clock

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The latest session of the conversation, or None where nothing of it is kept."""
        return await asyncio.to_thread(self._read, _EVENTS, sender_id)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """All sessions of the conversation that are kept, or None."""
        return await asyncio.to_thread(self._read, _ALL_EVENTS, conversation_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps those events that are not yet kept."""
        await self.stream_events(tracker)
        await asyncio.to_thread(self._write, tracker)

    async def keys(self) -> list[str]:
        """The senders of whom something is kept."""
        return await asyncio.to_thread(self._senders)

    def _read(self, statement: Any, sender: str) -> DialogueStateTracker | None:
        with self._engine.connect() as connection:
            rows = connection.execute(statement, {"sender": sender}).scalars().all()
        events = [json.loads(data) for data in rows]
        return DialogueStateTracker.from_dict(sender, events, self.domain.slots) if events else None

    def _write(self, tracker: DialogueStateTracker) -> None:
        with self._engine.begin() as connection:
            kept, last = connection.execute(_KEPT, {"sender": tracker.sender_id}).one()
            # Fewer events than are kept are those of a conversation that could not be read: all are new.
            new = list(tracker.events)[kept if kept <= len(tracker.events) else 0 :]
            if new:
                self._insert(connection, tracker.sender_id, 0 if last is None else last + 1, new)

    def _insert(self, connection: Connection, sender: str, first: int, events: list[Any]) -> None:
        connection.execute(
            _KEEP,
            {
                "sender": sender,
                "after": first - 1,
                "begin": [isinstance(event, SessionStarted) for event in events],
                # As it was written, so that an address can be found in it.
                "data": [json.dumps(event.as_dict(), ensure_ascii=False) for event in events],
                "now": self._clock.now(),
            },
        )

    def _senders(self) -> list[str]:
        with self._engine.connect() as connection:
            return list(connection.execute(_SENDERS).scalars())
