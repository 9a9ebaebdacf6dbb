"""Whether reminders and changes are to be told in a chat of another service, besides the mail."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler_core.chat_messages import CHANNELS
from scheduler_core.clock import Clock
from scheduler_core.db import chat_consents
from scheduler_core.db.proofs import Chat
from scheduler_core.db.store import Store
from scheduler_core.texts import address_key


@dataclass(frozen=True)
class ChatConsents:
    """What chats have said to that. Every method may raise DatabaseUnavailable or OutcomeUnknown.

    A yes is worth what the chat has shown: with no more than that, it is told of what was booked in it; once
    it has proven the address by a code, of everything for that address.
    """

    store: Store
    clock: Clock

    def asks(self, address: str, *, channel: str, sender: str) -> bool:
        """Whether the chat is to be asked about the address now, which happens once and is written down."""
        if channel not in CHANNELS:
            return False
        with self.store.transaction() as connection:
            key = address_key(address)
            return chat_consents.ask(connection, Chat(channel, sender), key, self.clock.now())

    def answer(self, address: str, *, wanted: bool, channel: str, sender: str) -> None:
        """Keeps the answer; nothing where the chat was not asked about the address."""
        with self.store.transaction() as connection:
            chat, key = Chat(channel, sender), address_key(address)
            chat_consents.answer(connection, chat, key, self.clock.now(), wanted=wanted)

    def want(self, *addresses: str, channel: str, sender: str) -> tuple[str, ...]:
        """Has the chat told of these addresses and of those it was asked about; all of them, in lower case.

        The caller has made sure that the chat has proven the addresses, or booked for them.
        """
        chat, now = Chat(channel, sender), self.clock.now()
        with self.store.transaction() as connection:
            asked = chat_consents.addresses(connection, chat)
            wanted = tuple(dict.fromkeys([*asked, *map(address_key, addresses)]))
            for address in wanted:
                chat_consents.want(connection, chat, address, now)
        return wanted

    def stop(self, *, channel: str, sender: str) -> None:
        """Has the chat told nothing any more."""
        with self.store.transaction() as connection:
            chat_consents.stop(connection, Chat(channel, sender), self.clock.now())
