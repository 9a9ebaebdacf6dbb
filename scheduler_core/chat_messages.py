"""Messages to chats of other services; pure."""

from __future__ import annotations

from dataclasses import dataclass

#: Channels whose chats can be told something when nobody has written.
CHANNELS = frozenset({"slack", "telegram"})
#: How the names of chats begin, as recipients.
RECIPIENT = "chat:"


@dataclass(frozen=True)
class ChatMessage:
    """A message for one chat."""

    to: str  #: the sender as the channel names them, such as `slack:T024BE7LD:U2147483697`
    words: str  #: plain text

    @property
    def address(self) -> str:
        """What the service itself calls them: the last part of their name."""
        return self.to.rpartition(":")[2]


def recipient(consent: int) -> str:
    """How the chat of that consent is named as a recipient: not by its sender, as such names are logged."""
    return f"{RECIPIENT}{consent}"
