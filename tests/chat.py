"""One person's chat with the assistant, over the channel that programs use."""

from __future__ import annotations

import ssl
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

TURN_SECONDS = 30.0
#: Nothing here is encrypted, and to load the world's certificates for each message takes longer than a turn.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True)
class Button:
    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """Everything that came back in one turn."""

    texts: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    cards: tuple[dict[str, Any], ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def titles(self) -> list[str]:
        return [button.title for button in self.buttons]

    def button(self, part: str) -> Button:
        """The one button with these words in its title, upper or lower case."""
        found = [button for button in self.buttons if part.casefold() in button.title.casefold()]
        if len(found) != 1:
            raise AssertionError(f"one button with {part!r} was expected among {self.titles}")
        return found[0]


def reply_from(messages: list[dict[str, Any]]) -> Reply:
    """The answer of Rasa's REST channel as a reply."""
    return Reply(
        tuple(message["text"] for message in messages if message.get("text")),
        tuple(
            Button(button["title"], button["payload"])
            for message in messages
            for button in message.get("buttons", ())
        ),
        tuple(message["custom"]["data"] for message in messages if message.get("custom")),
    )


@dataclass(repr=False)
class Conversation:
    """A chat of its own: nobody else's messages or appointments are part of it."""

    url: str
    zone: str | None = "Europe/Berlin"
    locale: str | None = "en-GB"
    sender: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex[:16]}")
    said: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    @property
    def last(self) -> Reply:
        return self.replies[-1]

    def say(self, text: str) -> Reply:
        """What is answered to a message."""
        metadata = {"timezone": self.zone, "locale": self.locale}
        body = {
            "sender": self.sender,
            "message": text,
            "metadata": {name: value for name, value in metadata.items() if value is not None},
        }
        address = f"{self.url}/webhooks/rest/webhook"
        answer = httpx.post(address, json=body, timeout=TURN_SECONDS, verify=NO_TLS)
        answer.raise_for_status()
        reply = reply_from(answer.json())
        self.said.append(text)
        self.replies.append(reply)
        return reply

    def pick(self, part: str) -> Reply:
        """Tap the button of the last reply that has these words in its title."""
        return self.say(self.last.button(part).payload)

    def transcript(self) -> str:
        """The whole chat for people to read."""
        rows = [f"--- {self.sender} in {self.zone}, {self.locale}"]
        for said, reply in zip(self.said, self.replies, strict=True):
            rows.append(f"> {said[:300]}")
            rows += [f"  {line}" for text in reply.texts for line in text.splitlines()]
            rows += [f"  [{button.title}]  {button.payload}" for button in reply.buttons]
            rows += [f"  {card}" for card in reply.cards]
        return "\n".join(rows)
