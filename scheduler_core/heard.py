"""Whether a message of a chat service is new: services repeat what they are in doubt about."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler_core.clock import Clock
from scheduler_core.db import heard
from scheduler_core.db.engine import patience
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidText
from scheduler_core.texts import checked_text

PATIENCE = 1.0  #: seconds; the service waits for three
_NAME_LIMIT = 200  # of channel and identity


@dataclass(frozen=True)
class Heard:
    """What every process has heard, for two days: services repeat for one."""

    store: Store
    clock: Clock

    def first_time(self, channel: str, identity: str) -> bool:
        """Whether this is heard for the first time; of several who ask at once, one is told so.

        Raises:
            InvalidText: channel or identity is empty, longer than 200 characters or holds control characters.
            DatabaseUnavailable, OutcomeUnknown: nobody can say.

        """
        for name in (channel, identity):
            if not checked_text(name, limit=_NAME_LIMIT):
                raise InvalidText(value=name)
        with patience(PATIENCE), self.store.statement() as connection:
            return heard.mark(connection, channel, identity, self.clock.now())
