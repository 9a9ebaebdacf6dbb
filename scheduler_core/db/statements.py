"""The statements behind the one door: fixed texts, so that they are compiled once; rows come as arrays."""

from __future__ import annotations

from sqlalchemy import ARRAY, BigInteger, BindParameter, Integer, SmallInteger, Text, Uuid, bindparam, text

from scheduler_core.db.calendars import BUSY, BUSY_TYPES
from scheduler_core.db.outbox import ENQUEUE, ENQUEUE_TYPES
from scheduler_core.db.prepared import Prepared
from scheduler_core.db.tables import Instant, booking, request

#: What a change may change of a booking.
CHANGEABLE = (
    *("status", "starts", "ends", "wall_start", "zone", "tzdata_version", "version", "sequence", "channel"),
    *("attendee_name", "attendee_email", "attendee_zone", "attendee_locale", "phone", "note"),
    *("guests", "uninvited", "cancel_reason"),
    *("hold_expires", "moved_from", "updated_at"),
)


_BOOKING = [column.name for column in booking.c]
_REQUEST = [column.name for column in request.c]


def _types() -> list[BindParameter[object]]:
    """The parameters named like the columns of `booking`, and like those of `request` behind `request_`."""
    return [
        *(bindparam(column.name, type_=column.type) for column in booking.c),
        *(bindparam(f"request_{column.name}", type_=column.type) for column in request.c),
    ]


#: Takes locks by kind and key, in the order given.
_LOCK = "SELECT pg_advisory_xact_lock(kind, key) FROM unnest(:kinds, :keys) AS wanted (kind, key)"
_LOCK_TYPES = (bindparam("kinds", type_=ARRAY(Integer)), bindparam("keys", type_=ARRAY(Integer)))
LOCK = text(_LOCK).bindparams(*_LOCK_TYPES)

# The version of the booking `known` if it is CONFIRMED, how many bookings to come the address has by
# conversations, and what the request led to if it was carried out meanwhile; one row.
_FACTS = """
    SELECT (SELECT version FROM booking WHERE uid = :known AND status = 'CONFIRMED') AS version,
           (SELECT count(*) FROM booking
             WHERE lower(attendee_email) = lower(:address) AND status = 'CONFIRMED'
               AND actor_kind = 'conversation' AND starts > :now) AS to_come,
           request.uid AS done, request.hash AS done_hash
      FROM (SELECT) AS one LEFT JOIN request
        ON request.actor_kind = :request_actor_kind AND actor_id = :request_actor_id
       AND key = :request_key
"""
_FACTS_TYPES = (
    bindparam("known", type_=Uuid),
    bindparam("address", type_=Text),
    *(bindparam(f"request_{name}", type_=Text) for name in ("actor_kind", "actor_id", "key")),
)

#: Takes the locks, and then looks: in a statement of its own, as its snapshot has to be younger, but in one
#: message, so that nobody waits for a trip between the two. Drops expired holds of the people; a dropped hold
#: stays TENTATIVE: it may still be confirmed while its time is free. Reads what then takes the people's time,
#: and the facts, which stand in every row; there is at least one. The server plans it anew each time, which
#: takes half as long as for `LOOK_AND_MAKE_ROOM`.
LOCK_AND_LOOK = Prepared(
    "look",
    f"""
    WITH wanted AS (SELECT unnest(:numbers) AS number),
         dropped AS (
             UPDATE booking_person SET status = 'CANCELLED'
              WHERE status = 'TENTATIVE' AND person_number = ANY (:numbers) AND hold_expires <= :now),
         busy AS ({BUSY}),
         facts AS ({_FACTS})
    SELECT facts.*, busy.* FROM facts LEFT JOIN busy ON true ORDER BY number, starts
""",  # noqa: S608  # constants only
    *_LOCK_TYPES,
    *BUSY_TYPES,
    *_FACTS_TYPES,
    first=f"{_LOCK}; ",
)

#: Looks as `LOCK_AND_LOOK` does, and first gives up the holds that a new one replaces: those named, those for
#: moving the same booking, and all but the newest `other_holds` of the actor; of those that conversations
#: have with one person it drops all but the newest `other_held` (none, where no number is given).
LOOK_AND_MAKE_ROOM = Prepared(
    "look_and_make_room",
    f"""
    WITH wanted AS (SELECT unnest(:numbers) AS number),
         given_up AS (
             UPDATE booking SET status = 'CANCELLED', version = version + 1, updated_at = :now
              WHERE status = 'TENTATIVE' AND uid IN (
                    SELECT unnest(:given_up)
                    UNION
                    SELECT uid FROM booking WHERE status = 'TENTATIVE' AND instead_of = :moved
                    UNION
                    (SELECT uid FROM booking
                      WHERE actor_kind = :actor_kind AND actor_id = :actor_id
                        AND status = 'TENTATIVE' AND hold_expires > :now AND uid <> ALL (:given_up)
                      ORDER BY created_at DESC OFFSET :other_holds))
          RETURNING uid),
         released AS (
             UPDATE booking_person SET status = 'CANCELLED'
              WHERE status = 'TENTATIVE' AND uid IN (SELECT uid FROM given_up)),
         crowd AS (
             SELECT uid, person_number AS number FROM (
                 SELECT part.uid, person_number, dense_rank() OVER (
                            PARTITION BY person_number ORDER BY part.hold_expires DESC, part.uid) AS place
                   FROM booking_person AS part JOIN booking USING (uid)
                  WHERE part.status = 'TENTATIVE' AND person_number = ANY (:numbers)
                    AND part.hold_expires > :now AND actor_kind = 'conversation'
                    AND uid NOT IN (SELECT uid FROM given_up)) AS held
              WHERE place > :other_held),
         dropped AS (
             UPDATE booking_person SET status = 'CANCELLED'
              WHERE status = 'TENTATIVE' AND person_number = ANY (:numbers)
                AND (hold_expires <= :now OR (uid, person_number) IN (SELECT uid, number FROM crowd))),
         busy AS ({BUSY}),
         facts AS ({_FACTS})
    SELECT facts.*, kept.*
      FROM facts LEFT JOIN (
           SELECT * FROM busy
            WHERE uid NOT IN (SELECT uid FROM given_up)
              AND (uid, number) NOT IN (SELECT uid, number FROM crowd)) AS kept ON true
     ORDER BY number, starts
""",  # noqa: S608  # constants only
    *BUSY_TYPES,
    bindparam("given_up", type_=ARRAY(Uuid)),
    bindparam("moved", type_=Uuid),
    bindparam("actor_kind", type_=Text),
    bindparam("actor_id", type_=Text),
    bindparam("other_holds", type_=Integer),
    bindparam("other_held", type_=Integer),
    *_FACTS_TYPES,
)

# A unique violation if the key is there by now.
_KEPT = f"""
    kept AS (INSERT INTO request ({", ".join(_REQUEST)})
             VALUES ({", ".join(f":request_{name}" for name in _REQUEST)}))
"""  # noqa: S608  # constants only

# A message to each webhook, unless there is no event; written here, as to read who they are were a trip more.
_CALLED = """
    called AS (
        INSERT INTO outbox (key, topic, uid, version, recipient, due_at, content)
        SELECT concat(:event_key, id), :event, :uid, :version, concat('webhook:', id), :updated_at, :content
          FROM webhook WHERE CAST(:event AS text) IS NOT NULL AND switched_off_at IS NULL{only})
"""
_TOLD = """
    told AS ({enqueue}{only} ON CONFLICT (key) DO NOTHING)
"""
#: Keeps what the booking was, as the statement's snapshot still has it.
_TRAIL = """
    trail AS (
        INSERT INTO booking_change (uid, made_at, actor_kind, actor_id, via, address,
                                    status, starts, ends, guests, no_show)
        SELECT uid, :updated_at, :request_actor_kind, :request_actor_id, :via, :actor_address,
               status, starts, ends, cardinality(guests), no_show
          FROM booking WHERE uid = :uid AND EXISTS (SELECT FROM changed))
"""
_TRAIL_TYPES = tuple(bindparam(name, type_=Text) for name in ("via", "actor_address"))
_CALLED_TYPES = tuple(bindparam(name, type_=Text) for name in ("event", "event_key", "content"))

#: Writes a booking, what is to be told of it, and what it takes of each person's time; a stretch that is not
#: returned is taken.
INSERT = Prepared(
    "insert_booking",
    f"""
    WITH made AS (INSERT INTO booking ({", ".join(_BOOKING)})
                  VALUES ({", ".join(f":{name}" for name in _BOOKING)})),
         {_KEPT},
         {_CALLED.format(only="")},
         {_TOLD.format(enqueue=ENQUEUE, only="")}
    INSERT INTO booking_person
           (uid, kind, status, hold_expires, person_number, part, position, starts, ends)
    SELECT :uid, :kind, :status, :hold_expires, taken.*
      FROM unnest(:numbers, :parts, :positions, :part_starts, :part_ends) AS taken
        ON CONFLICT DO NOTHING RETURNING part
""",  # noqa: S608  # constants only
    *_types(),
    *_CALLED_TYPES,
    *ENQUEUE_TYPES,
    bindparam("numbers", type_=ARRAY(BigInteger)),
    bindparam("parts", type_=ARRAY(SmallInteger)),
    bindparam("positions", type_=ARRAY(SmallInteger)),
    bindparam("part_starts", type_=ARRAY(Instant)),
    bindparam("part_ends", type_=ARRAY(Instant)),
)

#: Writes a booking over its former version, what it was and by whom it was changed, and what is to be told of
#: it; nothing is written or returned where that version is gone.
UPDATE = Prepared(
    "update_booking",
    f"""
    WITH changed AS (UPDATE booking SET {", ".join(f"{name} = :{name}" for name in CHANGEABLE)}
                      WHERE uid = :uid AND version = :version - 1 RETURNING uid),
         {_TRAIL},
         {_KEPT},
         {_CALLED.format(only=" AND EXISTS (SELECT FROM changed)")},
         {_TOLD.format(enqueue=ENQUEUE, only=" WHERE EXISTS (SELECT FROM changed)")}
    UPDATE booking_person SET status = :status, starts = :starts, ends = :ends, hold_expires = :hold_expires
     WHERE uid IN (SELECT uid FROM changed) RETURNING part
""",  # noqa: S608  # constants only
    *(one for one in _types() if one.key.startswith("request_") or one.key in {"uid", *CHANGEABLE}),
    *_TRAIL_TYPES,
    *_CALLED_TYPES,
    *ENQUEUE_TYPES,
)
