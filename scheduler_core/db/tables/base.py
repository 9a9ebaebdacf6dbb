"""What all tables share."""

from __future__ import annotations

from sqlalchemy import DateTime, MetaData

metadata = MetaData()

Instant = DateTime(timezone=True)
Wall = DateTime(timezone=False)

#: Where a row takes a person's time: holds count like bookings.
TAKES_TIME = "status IN ('TENTATIVE', 'CONFIRMED')"

#: A range that is empty overlaps nothing and would walk past the guard, an endless one would block all time.
SENSIBLE = (
    "starts < ends AND starts >= '2000-01-01T00:00Z' AND ends < '2500-01-01T00:00Z' "
    "AND ends - starts <= interval '31 days'"
)

#: By what somebody may act; the names are those of `ActorKind`.
ACTORS = "actor_kind IN ('conversation', 'link', 'operator', 'attendee', 'person')"
