"""What one turn may rely on besides the words: the calendar's facts and where the writer is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from actions.catalogue import Catalogue
from scheduler_core.identity import Proof
from scheduler_core.model import Actor, Booking
from scheduler_core.personal_data import Preference


class Opening(StrEnum):
    """What became of the mail's link that a message came with."""

    NONE = "none"  #: it came without one
    OPENED = "opened"
    REFUSED = "refused"


@dataclass(frozen=True)
class Facts:
    """Everything that was looked up before a message is understood."""

    catalogue: Catalogue
    now: datetime
    zone: str  #: the reader's
    zone_assumed: bool = False  #: nobody said where the reader is, so it is the organisation's
    locale: str = "en"
    booking: Booking | None = None  #: the confirmed one that is spoken of here, if any
    owner: Actor | None = None  #: as whom it can be changed
    proof: Proof | None = None  #: of who writes, as far as it was looked for
    opening: Opening = Opening.NONE
    usual: Preference = field(default_factory=Preference)  #: what they have said they usually want
    chat: Actor | None = None  #: the conversation

    @property
    def taker(self) -> Actor | None:
        """Whose bookings tell what the writer usually takes: those that their proof or the chat reaches."""
        return self.proof.actor if self.proof is not None else self.chat
