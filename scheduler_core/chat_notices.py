"""What chats of other services are told of bookings, if they want to be at that moment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler_core.chat_messages import ChatMessage, recipient
from scheduler_core.clock import Clock
from scheduler_core.db import chat_consents
from scheduler_core.db.chat_consents import Hearer
from scheduler_core.db.proofs import Chat
from scheduler_core.db.store import Store
from scheduler_core.errors import PermanentFailure
from scheduler_core.mail.compose import Composer
from scheduler_core.model import Booking
from scheduler_core.outbox import Dropped, Message
from scheduler_core.ports import ChatMessenger

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ChatNotices:
    """Tells chats. One may be told twice, but only after the answer to the first was lost."""

    store: Store
    clock: Clock
    composer: Composer
    chats: Mapping[str, ChatMessenger]  #: by their channels

    async def tell(self, message: Message, booking: Booking) -> None:
        """Tells the one chat that the message is for.

        Raises:
            Dropped: the chat does not want it any more, or cannot be told.
            TemporaryFailure, PermanentFailure: the service did not do it.
            DatabaseUnavailable, OutcomeUnknown: what is wanted could not be read or written.

        """
        hearer = await asyncio.to_thread(self._hearer, message)
        if hearer is None:
            raise Dropped("the chat does not want to be told of it")
        messenger = self.chats.get(hearer.channel)
        if messenger is None:
            raise Dropped(f"no account is set up for {hearer.channel}")
        words = self.composer.chat_message(message, booking)
        try:
            await messenger.send(ChatMessage(hearer.sender, words))
        except PermanentFailure as failure:
            if not failure.details.get("stopped"):
                raise
            await asyncio.to_thread(self._stop, hearer)
            raise Dropped(str(failure.details.get("reason"))) from failure

    def _hearer(self, message: Message) -> Hearer | None:
        with self.store.reading() as connection:
            hearers = chat_consents.hearers(connection, message.booking)
        return next((one for one in hearers if recipient(one.id) == message.recipient), None)

    def _stop(self, hearer: Hearer) -> None:
        """Who has blocked the bot has said no to all of it."""
        log.info("chat %d is told nothing any more", hearer.id)
        with self.store.transaction() as connection:
            chat_consents.stop(connection, Chat(hearer.channel, hearer.sender), self.clock.now())
