"""What each topic does to the outside."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler_core.announcements import ONLINE
from scheduler_core.clock import Clock
from scheduler_core.db import meetings
from scheduler_core.db.store import Store
from scheduler_core.errors import PermanentFailure
from scheduler_core.hosting import Hosting
from scheduler_core.mail.compose import Circumstances, Composer
from scheduler_core.model import Booking, Channel, Meeting, Status
from scheduler_core.notices import Notices
from scheduler_core.outbox import MEETING_TOPICS, WEBHOOK_TOPICS, Message, Notice, Topic
from scheduler_core.ports import Mail, Mailer, MeetingProvider, TextMessenger
from scheduler_core.reminding import Reminding
from scheduler_core.webhook_calls import Calls


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

    async def handle(self, message: Message, booking: Booking) -> None:
        """Brings the outside in line with the booking, which has the version that the message is about.

        Raises:
            Dropped: there is nothing to be told any more.
            TemporaryFailure, PermanentFailure: the outside did not do it.
            DatabaseUnavailable, OutcomeUnknown: what came of it could not be stored.

        """
        if message.topic is Topic.REMINDER:
            await self._reminding.remind(message, booking)
        elif message.topic in WEBHOOK_TOPICS:
            await self.calls.call(message, booking)
        elif message.topic not in MEETING_TOPICS:
            mail = await asyncio.to_thread(self._written, message, booking)
            await self.mailer.send(mail)
        elif booking.channel in ONLINE:
            await self._align(booking)

    async def notify(self, notice: Notice) -> None:
        """Tells what is about no booking; nothing, where it has been settled meanwhile.

        Raises:
            TemporaryFailure, PermanentFailure: the outside did not do it.
            DatabaseUnavailable, OutcomeUnknown: what it is about could not be read or changed.

        """
        mail = await asyncio.to_thread(self._notices.mail, notice)
        if mail is not None:
            await self.mailer.send(mail)
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
    def _notices(self) -> Notices:
        return Notices(self.store, self.clock, self.composer)

    def _written(self, message: Message, booking: Booking) -> Mail:
        return self.composer.compose(message, booking, self._circumstances(message, booking))

    def _circumstances(self, message: Message, booking: Booking) -> Circumstances:
        """What the mail has to say besides the booking, as it is at this moment."""
        if message.topic is Topic.MAIL_HOST_AWAY:
            return Circumstances(alternatives=Hosting(self.store, self.clock).alternatives(booking.uid))
        return Circumstances()

    def _keep(self, booking: Booking, meeting: Meeting) -> None:
        with self.store.transaction() as connection:
            meetings.keep_meeting(connection, booking, meeting, self.clock.now())

    def _forget(self, booking: Booking) -> None:
        with self.store.transaction() as connection:
            meetings.forget_meeting(connection, booking, self.clock.now())
