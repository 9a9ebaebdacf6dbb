"""How an attendee is reminded: by mail or by text, as they want it at that moment."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from scheduler_core.clock import Clock
from scheduler_core.db import chat_consents, preferences
from scheduler_core.db.store import Store
from scheduler_core.errors import PermanentFailure, TemporaryFailure
from scheduler_core.mail.compose import Composer
from scheduler_core.model import Booking
from scheduler_core.outbox import Dropped, Message
from scheduler_core.ports import Mailer, TextMessenger
from scheduler_core.text_messages import TextMessage, number_in
from scheduler_core.texts import address_key

#: So late, a text that cannot be sent is no longer tried, and a mail goes instead.
TEXT_PATIENCE = timedelta(minutes=5)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reminding:
    """Sends reminders. One may be sent twice, but only after the answer to the first was lost."""

    store: Store
    clock: Clock
    composer: Composer
    mailer: Mailer
    messenger: TextMessenger | None = None  #: None where no account is set up

    async def remind(self, message: Message, booking: Booking) -> None:
        """Reminds the attendee once, and the chats that want it; by mail where a text cannot be had in time.

        Raises:
            Dropped: they want no reminders.
            TemporaryFailure, PermanentFailure: the outside did not do it.
            DatabaseUnavailable, OutcomeUnknown: what they want could not be read or written.

        """
        if booking.attendee is None:
            raise PermanentFailure(reason="a hold has nobody to remind", booking=booking.uid)
        address = address_key(booking.attendee.email)
        wanted = await asyncio.to_thread(self._wanted, address)
        if wanted == "none":
            raise Dropped("the attendee wants no reminders")
        await asyncio.to_thread(self._remind_chats, message, booking)
        if wanted == "sms" and await self._is_texted(message, booking, address):
            return
        await self.mailer.send(self.composer.reminder(message, booking))

    async def _is_texted(self, message: Message, booking: Booking, address: str) -> bool:
        """Whether a text was sent; False where there can be none for this booking."""
        number = number_in(booking.phone)
        if self.messenger is None or number is None:
            return False
        words = self.composer.reminding_text(message, booking)
        try:
            await self.messenger.send(TextMessage(number, words))
        except PermanentFailure as failure:
            if failure.details.get("stopped"):
                await asyncio.to_thread(self._never_again, address)
            log.warning("no text for %s, a mail instead: %s", message.key, failure.details.get("reason"))
            return False
        except TemporaryFailure as failure:
            if not self._is_late(message, booking):
                raise
            log.warning("no text for %s, a mail instead: %s", message.key, failure.details.get("reason"))
            return False
        return True

    def _is_late(self, message: Message, booking: Booking) -> bool:
        lead = message.lead or timedelta()
        return self.clock.now() >= booking.time.start - lead + TEXT_PATIENCE

    def _wanted(self, address: str) -> str:
        with self.store.reading() as connection:
            return preferences.reminders_of(connection, address)

    def _remind_chats(self, message: Message, booking: Booking) -> None:
        """Each chat is told by a message of its own, so that none waits for the mail or another chat."""
        with self.store.transaction() as connection:
            chat_consents.remind(connection, booking, message.lead or timedelta(), self.clock.now())

    def _never_again(self, address: str) -> None:
        """They have answered STOP to a text: that holds for all texts, and their mails go on."""
        with self.store.transaction() as connection:
            preferences.remind_by_mail(connection, address, self.clock.now())
