"""What is kept for how long, and the work of taking it away after that."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Connection

from scheduler_core.clock import Clock
from scheduler_core.db import chat_consents, chat_lines, heard, rasa_events, retention, trail
from scheduler_core.db.store import Store
from scheduler_core.deeds import DENIABLE
from scheduler_core.errors import DatabaseUnavailable, OutcomeUnknown
from scheduler_core.settings import Keep

log = logging.getLogger(__name__)

BATCH = 500  #: rows of one transaction, so that nobody waits for it
PAUSE = timedelta(hours=1)
#: So long a proof says whether its sender is known.
DAY = timedelta(days=1)

Step = Callable[[Connection, datetime, int], int]


class Retention:
    """Takes away what has been kept for long enough. It can be stopped and run again at any time."""

    def __init__(self, store: Store, clock: Clock, keep: Keep) -> None:
        self._store = store
        self._clock = clock
        self._keep = keep

    def purge(self, is_stopped: Callable[[], bool] = lambda: False) -> dict[str, int]:
        """How many rows of each kind were taken away, or, of bookings, no longer name anybody.

        Raises:
            DatabaseUnavailable, OutcomeUnknown: the rest is left for the next time.

        """
        now, keep = self._clock.now(), self._keep
        steps: dict[str, tuple[Step, timedelta]] = {
            "holds": (retention.drop_holds, keep.holds),
            "requests": (retention.drop_requests, keep.requests),
            "messages": (retention.drop_messages, keep.messages),
            "tickets": (retention.drop_tickets, keep.tickets),
            "conversations": (retention.drop_conversations, keep.conversations),
            "events of conversations": (rasa_events.drop, keep.conversations),
            "chat lines": (chat_lines.drop, DAY),
            "messages heard": (heard.drop, 2 * DAY),
            "host changes": (retention.drop_host_changes, keep.requests),
            "data requests": (retention.drop_data_requests, keep.requests),
            "codes": (retention.drop_codes, DENIABLE),
            "proofs": (retention.drop_proofs, DAY),
            "desk sessions": (retention.drop_desk_sessions, DAY),
            "desk changes": (retention.drop_desk_changes, keep.bookings),
            "booking changes": (trail.drop, keep.bookings),
            "attendees": (retention.forget_attendees, keep.bookings),
            "preferences": (retention.drop_preferences, DAY),
            "chat consents": (chat_consents.drop, DAY),
            "feeds": (retention.drop_feeds, DAY),
        }
        return {name: self._run(step, now - age, is_stopped) for name, (step, age) in steps.items()}

    async def run_until(self, stop: asyncio.Event) -> None:
        """Purges now and once an hour, until the event is set; what fails is left for the next time."""
        while not stop.is_set():
            try:
                taken = await asyncio.to_thread(self.purge, stop.is_set)
            except (DatabaseUnavailable, OutcomeUnknown) as error:
                log.warning("retention: %s", error)
            except Exception:
                log.exception("retention")
            else:
                found = ", ".join(f"{count} {name}" for name, count in taken.items() if count)
                log.info("retention: %s taken away", found or "nothing")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE.total_seconds())

    def _run(self, step: Step, before: datetime, is_stopped: Callable[[], bool]) -> int:
        """Takes a batch at a time until there is no more of it."""
        taken = 0
        while not is_stopped():
            with self._store.transaction() as connection:
                found = step(connection, before, BATCH)
            taken += found
            if found < BATCH:
                break
        return taken
