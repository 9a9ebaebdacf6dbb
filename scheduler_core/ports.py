"""What the core asks of the outside. Behind each stand at least two real things."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Protocol

from scheduler_core.model import Booking, Meeting


class Mailer(Protocol):
    """Something that takes mail away."""

    async def send(self, mail: EmailMessage) -> None:
        """Hands the mail over to its one recipient.

        Raises:
            TemporaryFailure: it may be tried again.
            PermanentFailure: it will never be taken.

        """
        ...

    async def close(self) -> None:
        """Lets go of what is kept open between mails; another mail may follow all the same."""
        ...


class MeetingProvider(Protocol):
    """Something that gives a booking a place online. Every call may be repeated without harm."""

    async def create(self, booking: Booking) -> Meeting:
        """The booking's meeting, made if there is none yet.

        Raises:
            TemporaryFailure, PermanentFailure: the service did not do it.

        """
        ...

    async def move(self, booking: Booking) -> Meeting:
        """The same meeting at the booking's present time; a new one only where the old is gone.

        Raises:
            TemporaryFailure, PermanentFailure: the service did not do it.

        """
        ...

    async def delete(self, booking: Booking) -> None:
        """Takes the booking's meeting away, even if no answer ever told of it; one that is gone is well.

        Raises:
            TemporaryFailure, PermanentFailure: the service did not do it.

        """
        ...
