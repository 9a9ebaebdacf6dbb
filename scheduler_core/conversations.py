"""What outlives the sessions of conversations, so that one can go on where it broke off."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scheduler_core.db import conversations
from scheduler_core.db.engine import patience
from scheduler_core.db.store import Store
from scheduler_core.personal_data import KeptConversation

#: Seconds that a turn waits at most for what it keeps: its answer is known by then.
PATIENCE = 1.0


Steps = Mapping[tuple[str, str], int]
"""By how much a count of the funnel changes: for a step, and for "asked" the question."""
_NO_STEPS: Steps = MappingProxyType({})


class Conversations:
    """One row a sender. A method takes one trip, with `steps` two.

    Every method may raise DatabaseUnavailable or OutcomeUnknown.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, kept: KeptConversation, steps: Steps = _NO_STEPS) -> None:
        """Keeps it in place of what was kept before under its channel and sender, unless that is younger.

        `steps` change the counts of its week; what is kept counts more, so it goes first.
        """
        with patience(PATIENCE), self._store.statement() as connection:
            conversations.keep(connection, kept)
            if steps:
                conversations.count(connection, steps, kept.updated_at)

    def kept(self, *, channel: str, sender: str) -> KeptConversation | None:
        """What is kept of the conversation; None where there is nothing."""
        with self._store.statement() as connection:
            return conversations.find(connection, channel, sender)
