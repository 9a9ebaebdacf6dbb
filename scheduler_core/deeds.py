"""What was done in the name of an address, as its owner is told and may deny; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from scheduler_core.model import ActorKind, Booking

#: So long after it was done somebody may say that it was not them.
DENIABLE = timedelta(days=7)


class Deed(StrEnum):
    """What was done."""

    ASKED = "asked"  #: for a one-time code
    PROVED = "proved"  #: by such a code, that the address is theirs
    CHANGED = "changed"  #: moved a booking or called it off


@dataclass(frozen=True)
class Done:
    """Something that was done in the name of an address."""

    deed: Deed
    about: UUID  #: the code, or the booking
    address: str
    at: datetime
    by: ActorKind  #: by what they could do it
    channel: str = ""  #: of the chat where it was done, as it names itself; empty where no chat is known
    booking: Booking | None = None  #: what was changed, as it is now

    @property
    def sign(self) -> str:
        """What tells it from other deeds about the same."""
        return f"{self.deed.value}:{self.booking.version if self.booking else 0}"
