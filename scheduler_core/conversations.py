"""What outlives the sessions of conversations, so that one can go on where it broke off."""

from __future__ import annotations

from scheduler_core.db import conversations
from scheduler_core.db.engine import patience
from scheduler_core.db.store import Store
from scheduler_core.personal_data import KeptConversation

#: Seconds that a turn waits at most for what it keeps: its answer is known by then.
PATIENCE = 1.0


class Conversations:
    """One row a sender. Every method takes one trip, and may raise DatabaseUnavailable or OutcomeUnknown."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, kept: KeptConversation) -> None:
        """Keeps it in place of what was kept before under its channel and sender, unless that is younger."""
        with patience(PATIENCE), self._store.statement() as connection:
            conversations.keep(connection, kept)

    def kept(self, *, channel: str, sender: str) -> KeptConversation | None:
        """What is kept of the conversation; None where there is nothing."""
        with self._store.statement() as connection:
            return conversations.find(connection, channel, sender)
