"""What the core asks of the outside. Behind each stand at least two real things."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from scheduler_core.chat_messages import ChatMessage
from scheduler_core.model import Booking, Meeting
from scheduler_core.text_messages import TextMessage
from scheduler_core.timerange import TimeRange

#: Returns once what must come first has happened.
Ready = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Mail:
    """One mail to one recipient."""

    sender: str  #: an address, with the domain as the wire wants it
    recipient: str  #: an address, likewise
    id: str  #: with its angle brackets; the same when the mail is written again
    date: datetime
    content: bytes  #: headers and body, lines ended by CR LF (RFC 5322)


class Mailer(Protocol):
    """Something that takes mail away."""

    async def send(self, mail: Mail, *, ready: Ready | None = None) -> None:
        """Hands the mail over to its one recipient; what cannot be taken back only after `ready`.

        Raises:
            TemporaryFailure: it may be tried again.
            PermanentFailure: it will never be taken.

        """
        ...

    async def close(self) -> None:
        """Lets go of what is kept open between mails; another mail may follow all the same."""
        ...


class TextMessenger(Protocol):
    """Something that takes text messages to phones."""

    async def send(self, text: TextMessage) -> None:
        """Hands the text over to its one phone.

        Raises:
            TemporaryFailure: it may be tried again.
            PermanentFailure: it will never be taken; `details` hold `stopped` where whoever has the phone
                wants no more texts.

        """
        ...


class ChatMessenger(Protocol):
    """Something that takes messages to chats of one service."""

    async def send(self, message: ChatMessage) -> None:
        """Hands the message over to its one chat.

        Raises:
            TemporaryFailure: it may be tried again.
            PermanentFailure: it will never be taken; `details` hold `stopped` where whoever has the chat
                wants no more messages, or is gone.

        """
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


@dataclass(frozen=True)
class HeldMeeting:
    """One of our meetings, as the service that holds it has it."""

    booking: UUID
    time: TimeRange | None  #: None where it has no start and end any more


class MeetingRegister(Protocol):
    """A service that can say which of our meetings it holds."""

    async def held(self, bookings: Sequence[Booking]) -> list[HeldMeeting]:
        """Those that it holds from now on wherever these bookings, all of one organizer, have theirs.

        Raises:
            TemporaryFailure, PermanentFailure: the service did not say.

        """
        ...
