"""What Rasa keeps of conversations: taken away once it is old, or names somebody who is to be erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from scheduler_core.db.tables import Instant

# Whoever gave the address, proved it or booked for it in a conversation has said everything there.
_ERASE = text("""
    DELETE FROM rasa.event WHERE sender IN (
        SELECT sender FROM conversation WHERE lower(address) = :address OR :address = ANY (guests)
         UNION SELECT sender FROM identity_proof WHERE lower(address) = :address
         UNION SELECT substr(actor_id, strpos(actor_id, ':') + 1) FROM booking
                WHERE actor_kind = 'conversation' AND lower(attendee_email) = :address
         UNION SELECT sender FROM rasa.event WHERE position(:address IN lower(data)) > 0)
""")
_DROP = text("""
    DELETE FROM rasa.event WHERE (sender, number) IN (
        SELECT sender, number FROM rasa.event WHERE kept_at < :before
         ORDER BY kept_at LIMIT :batch FOR UPDATE SKIP LOCKED)
""").bindparams(bindparam("before", type_=Instant))


def erase(connection: Connection, address: str) -> None:
    """Drops the conversations of those who go by the address, which is in lower case, and all that name it.

    What tells whose they are must still be there.
    """
    connection.execute(_ERASE, {"address": address})


def drop(connection: Connection, before: datetime, batch: int) -> int:
    """Drops what was kept before then; how many events it was."""
    return connection.execute(_DROP, {"before": before, "batch": batch}).rowcount
