"""What the worker reads and writes around each message, in few trips.

The state of a booking is PostgreSQL's own mark of who wrote its row last: any change to the row changes it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Connection, Text, Uuid, bindparam, text

from scheduler_core.db.booking_rows import found
from scheduler_core.db.outbox import Claim
from scheduler_core.db.prepared import Prepared
from scheduler_core.db.tables import Instant, booking
from scheduler_core.model import Booking

_STATES = text("SELECT uid, xmin::text AS state FROM booking WHERE uid = ANY(:uids)").bindparams(
    bindparam("uids", type_=ARRAY(Uuid))
)
#: Planned anew it would take the server longer than to be carried out, and each mail waits for it.
_DONE = Prepared(
    "done",
    """
    WITH told AS (UPDATE outbox SET done_at = :now, last_error = :remark, lease_until = NULL, lease_by = NULL
                   WHERE id = :id AND lease_by = :lease_by AND done_at IS NULL)
    SELECT (SELECT xmin::text FROM booking WHERE uid = :following)
""",
    bindparam("id", type_=BigInteger),
    bindparam("now", type_=Instant),
    bindparam("remark", type_=Text),
    bindparam("lease_by", type_=Uuid),
    bindparam("following", type_=Uuid),
)


def read(connection: Connection, uids: Collection[UUID]) -> Mapping[UUID, tuple[Booking, str]]:
    """Those bookings that are there, each with a state that it has or had before it became what was read."""
    states = {row.uid: row.state for row in connection.execute(_STATES, {"uids": list(uids)})}
    present = found(connection, booking.c.uid.in_(states)) if states else []
    return {one.uid: (one, states[one.uid]) for one in present if one.uid in states}


def state(connection: Connection, uid: UUID | None) -> str | None:
    """The state of the booking; None where there is none, or none any more."""
    return next(
        (row.state for row in connection.execute(_STATES, {"uids": [] if uid is None else [uid]})), None
    )


def done(
    connection: Connection, claimed: Claim, now: datetime, *, remark: str | None, following: UUID | None
) -> str | None:
    """Marks the claim as told, if its lease is still ours; the state of the booking that is told of next."""
    values = {
        "now": now,
        "remark": remark,
        "id": claimed.id,
        "lease_by": claimed.lease_by,
        "following": following,
    }
    answer = _DONE.execute(connection, values).scalar()
    return None if answer is None else str(answer)
