"""What is read and written before the outside is told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from scheduler_core.announcements import outdated, useful_until
from scheduler_core.clock import Clock
from scheduler_core.db import telling
from scheduler_core.db.outbox import Claim
from scheduler_core.db.store import Collision, Store
from scheduler_core.errors import DatabaseUnavailable, OutcomeUnknown, SchedulerError
from scheduler_core.handlers import Handlers
from scheduler_core.model import Booking
from scheduler_core.outbox import Dropped, Message, Notice
from scheduler_core.ports import Mail

#: The database is away, or another was there first: asking again helps.
OUTAGES = (DatabaseUnavailable, OutcomeUnknown, Collision)


class Changed(SchedulerError):
    """The booking is not as it was read; nothing that cannot be taken back has happened."""


@dataclass(frozen=True)
class Prepared:
    """A message with all that is known before the outside is told."""

    claim: Claim
    read_at: float  #: by the monotonic clock
    deadline: datetime  #: after this instant it is of no use
    booking: Booking | None = None
    state: str | None = None  #: that the booking has, as long as nobody changes it
    mail: Mail | None = None  #: that tells it, if a mail does
    obstacle: Exception | None = None  #: why it cannot be told


class Preparation:
    """Gets messages ready. The bookings of a batch are read together."""

    def __init__(self, store: Store, handlers: Handlers, clock: Clock) -> None:
        self._store = store
        self._handlers = handlers
        self._clock = clock
        self._read: dict[UUID, tuple[Booking, str]] = {}

    def read(self, connection: Connection, claims: Sequence[Claim]) -> None:
        """Reads the bookings that a batch is about, and forgets those of the batch before."""
        about = {claim.message.booking for claim in claims if isinstance(claim.message, Message)}
        self._read = dict(telling.read(connection, about)) if about else {}

    def forget(self, prepared: Prepared) -> None:
        """Has the booking read again."""
        if prepared.booking is not None:
            self._read.pop(prepared.booking.uid, None)

    def prepare(self, claim: Claim) -> Prepared:
        """The message with whatever can be read and written before the outside is told.

        Raises:
            DatabaseUnavailable, OutcomeUnknown: it could not be read, and may be asked again.

        """
        read_at, message = time.monotonic(), claim.message
        if isinstance(message, Notice):
            return self._written(Prepared(claim, read_at, message.until))
        if message.booking not in self._read:
            with self._store.transaction() as connection:
                self._read |= telling.read(connection, [message.booking])
        if message.booking not in self._read:
            gone = Dropped("its booking is gone")
            return Prepared(claim, read_at, message.due, obstacle=gone)
        booking, state = self._read[message.booking]
        return self._written(Prepared(claim, read_at, useful_until(message, booking), booking, state))

    def _written(self, prepared: Prepared) -> Prepared:
        message, booking = prepared.claim.message, prepared.booking
        late = prepared.deadline <= self._clock.now()
        if booking is not None and isinstance(message, Message) and outdated(message, booking):
            said = f"version {booking.version} has messages of its own"
            return replace(prepared, obstacle=Dropped(said))
        if late and (isinstance(message, Notice) or message.lead is not None):
            return replace(prepared, obstacle=Dropped("it came too late to be of use"))
        try:
            return replace(prepared, mail=self._handlers.written(message, booking))
        except OUTAGES as error:
            if isinstance(message, Message):
                raise  # it was about to read: that can be asked again
            return replace(prepared, obstacle=error)
        except Exception as error:  # noqa: BLE001  (it is told as an outcome of the message)
            return replace(prepared, obstacle=error)
