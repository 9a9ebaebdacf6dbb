"""How a use case is carried out: in a transaction, again where another was in the way, and never twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import SystemRandom
from uuid import UUID

from sqlalchemy import Connection

from scheduler_core import nearby
from scheduler_core.clock import Clock
from scheduler_core.db import booking_rows, requests
from scheduler_core.db.bookings import Done, Refused
from scheduler_core.db.requests import Request
from scheduler_core.db.store import Collision, Store
from scheduler_core.errors import Conflict, DatabaseUnavailable, SlotUnavailable, UnknownBooking
from scheduler_core.model import Booking, Slot

TRIES = 3
PAUSE = 0.05  #: seconds at most before another try
_random = SystemRandom()


class Execution:
    """Carries use cases out."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def carry_out(self, request: Request, use_case: Callable[[Connection], Booking]) -> Booking:
        """Runs a use case, again where another transaction was in the way.

        What another transaction of the same key did meanwhile is this one's result.
        """
        for _ in range(TRIES):
            try:
                with self._store.transaction() as connection:
                    return use_case(connection)
            except Collision:
                time.sleep(_random.uniform(0, PAUSE))
            except Done as done:
                return self._existing(done.uid)
            except Refused as refused:
                nearest = self._nearest(refused)
                wanted = refused.wanted.slot
                raise SlotUnavailable(reason=refused.reason, nearest=nearest, slot=wanted) from refused
            except Conflict as conflict:
                return self._done_meanwhile(request, conflict)
        raise DatabaseUnavailable(reason="busy")

    def _existing(self, uid: UUID) -> Booking:
        with self._store.reading() as connection:
            booking = booking_rows.find(connection, uid)
        if booking is None:
            raise UnknownBooking(uid=uid)
        return booking

    def _done_meanwhile(self, request: Request, conflict: Conflict) -> Booking:
        """What the same request led to while this one ran; where it did not, the conflict stands."""
        with self._store.reading() as connection:
            done = requests.find(connection, request)
        if done is None:
            raise conflict
        return self._existing(done)

    def _nearest(self, refused: Refused) -> tuple[Slot, ...]:
        """What is open near the time, now that the transaction is over: what it saw may tell already."""
        now = self._clock.now()
        if refused.seen and refused.moved is None:
            seen = nearby.seen(refused.seen, refused.wanted, now)
            if len(seen) == nearby.MOST:
                return seen
        with self._store.reading() as connection:
            return nearby.nearest(connection, refused.wanted, now, instead_of=refused.moved)
