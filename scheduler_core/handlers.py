"""What each topic does to the outside."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler_core.announcements import ONLINE
from scheduler_core.chat_notices import ChatNotices
from scheduler_core.clock import Clock
from scheduler_core.db import acquaintance, deeds, meetings
from scheduler_core.db.store import Store
from scheduler_core.errors import PermanentFailure
from scheduler_core.hosting import Hosting
from scheduler_core.links import ATTENDEE
from scheduler_core.mail.compose import Circumstances, Composer
from scheduler_core.model import ActorKind, Booking, Channel, Meeting, Status
from scheduler_core.notices import Notices
from scheduler_core.outbox import CHAT_TOPICS, MEETING_TOPICS, WEBHOOK_TOPICS, Message, Notice, Topic
from scheduler_core.ports import ChatMessenger, Mail, Mailer, MeetingProvider, Ready, TextMessenger
from scheduler_core.reminding import Reminding
from scheduler_core.webhook_calls import Calls

#: Of what the attendee may say that it was not them.
_DONE_BY_SOMEBODY = frozenset({Topic.MAIL_RESCHEDULED, Topic.MAIL_CANCELLED})


@dataclass(frozen=True)
class Handlers:
    """Tells the outside what a message is about. Every message may be handled twice."""

    store: Store
    clock: Clock
    composer: Composer
    mailer: Mailer
    providers: Mapping[Channel, MeetingProvider]
    calls: Calls
    messenger: TextMessenger | None = None  #: None where no account is set up
    chats: Mapping[str, ChatMessenger] = field(default_factory=dict)  #: by their channels

    def written(self, message: Message | Notice, booking: Booking | None) -> Mail | None:
        """The mail that tells it, as things are at this moment; None where no mail does.

        Raises:
            PermanentFailure: the recipient has no part in what it is about.
            DatabaseUnavailable, OutcomeUnknown: what it is about could not be read or changed.

        """
        if isinstance(message, Notice):
            return self._notices.mail(message)
        if booking is None or not message.topic.value.startswith("mail_"):
            return None
        return self.composer.compose(message, booking, self._circumstances(message, booking))

    async def tell(
        self, message: Message | Notice, booking: Booking | None, mail: Mail | None, ready: Ready
    ) -> None:
        """Brings the outside in line with the booking, which has the version that the message is about.

        Nothing that cannot be taken back is done before `ready`.

        Raises:
            Dropped: there is nothing to be told any more.
            TemporaryFailure, PermanentFailure: the outside did not do it.
            DatabaseUnavailable, OutcomeUnknown: what came of it could not be stored.

        """
        if mail is not None:
            await self.mailer.send(mail, ready=ready)
        else:
            await ready()
        if isinstance(message, Notice):
            await self._settle(message, mail)
        elif message.topic is Topic.REMINDER and booking is not None:
            await self._reminding.remind(message, booking)
        elif message.topic in CHAT_TOPICS and booking is not None:
            await self._chat_notices.tell(message, booking)
        elif message.topic in WEBHOOK_TOPICS and booking is not None:
            await self.calls.call(message, booking)
        elif message.topic in MEETING_TOPICS and booking is not None and booking.channel in ONLINE:
            await self._align(booking)

    async def _settle(self, notice: Notice, mail: Mail | None) -> None:
        """Forgets what nobody needs once the mail has been taken."""
        if mail is not None and notice.topic is Topic.MAIL_TICKET:
            await asyncio.to_thread(self._notices.sent, notice)

    async def close(self) -> None:
        """Lets go of connections that are kept open."""
        await self.mailer.close()

    async def _align(self, booking: Booking) -> None:
        """Makes the booking's meeting what the booking says, whatever the message called for."""
        provider = self.providers.get(booking.channel)
        if provider is None:
            raise PermanentFailure(reason=f"no account is set up for {booking.channel.value}")
        if booking.status is not Status.CANCELLED:
            await self._arrange(provider, booking)
            return
        await provider.delete(booking)
        if booking.meeting is not None:
            await asyncio.to_thread(self._forget, booking)

    async def _arrange(self, provider: MeetingProvider, booking: Booking) -> None:
        make = provider.create if booking.meeting is None else provider.move
        meeting = await make(booking)
        if meeting != booking.meeting:
            await asyncio.to_thread(self._keep, booking, meeting)

    @property
    def _reminding(self) -> Reminding:
        return Reminding(self.store, self.clock, self.composer, self.mailer, self.messenger)

    @property
    def _chat_notices(self) -> ChatNotices:
        return ChatNotices(self.store, self.clock, self.composer, self.chats)

    @property
    def _notices(self) -> Notices:
        return Notices(self.store, self.clock, self.composer)

    def _circumstances(self, message: Message, booking: Booking) -> Circumstances:
        """What the mail has to say besides the booking, as it is at this moment."""
        if message.topic is Topic.MAIL_HOST_AWAY:
            return Circumstances(alternatives=Hosting(self.store, self.clock).alternatives(booking.uid))
        by_chat = booking.actor.kind is ActorKind.CONVERSATION
        if by_chat and message.topic is Topic.MAIL_CONFIRMED and message.recipient == ATTENDEE:
            with self.store.statement() as connection:
                return Circumstances(was_this_you=acquaintance.booked_by_a_stranger(connection, booking))
        if message.topic in _DONE_BY_SOMEBODY and message.recipient == ATTENDEE:
            with self.store.reading() as connection:
                return Circumstances(done=deeds.of_booking(connection, booking))
        if message.topic is Topic.MAIL_LINK_MISSING:
            with self.store.reading() as connection:
                return Circumstances(trouble=meetings.why_missing(connection, booking))
        return Circumstances()

    def _keep(self, booking: Booking, meeting: Meeting) -> None:
        with self.store.transaction() as connection:
            meetings.keep_meeting(connection, booking, meeting, self.clock.now())

    def _forget(self, booking: Booking) -> None:
        with self.store.transaction() as connection:
            meetings.forget_meeting(connection, booking, self.clock.now())
