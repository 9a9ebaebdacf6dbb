"""No turn ends in silence: whatever fails between channel and assistant, the writer gets a sentence."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint

log = logging.getLogger(__name__)

#: For a turn that said nothing: the action server is down, an action failed, or no rule knew an answer.
NO_ANSWER = "Sorry, I could not work on that just now. Please try again in a moment."
#: For a turn that broke off. What it did before that is not known here, so nothing is claimed about it.
BROKEN = "Sorry, something went wrong on my side. Please try again in a moment."

#: What a message can show; one without any of them is as good as none.
_PARTS = ("text", "buttons", "quick_replies", "custom", "image", "attachment", "elements")

Handler = Callable[[UserMessage], Awaitable[Any]]


class CountedOutput(OutputChannel):
    """Another output channel, and how many messages went through it."""

    def __init__(self, inner: OutputChannel) -> None:
        self.inner = inner
        self.sent = 0

    def name(self) -> str:
        """The inner channel's name, by which responses have variations."""
        return str(self.inner.name())

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Sends by the inner channel; the only method that Rasa calls."""
        says_something = any(message.get(part) for part in _PARTS)
        await self.inner.send_response(recipient_id, message)
        self.sent += says_something


async def answered(on_new_message: Handler, message: UserMessage) -> bool:
    """Has the message handled and makes sure that something is said; False if the turn broke off."""
    output = CountedOutput(message.output_channel)
    message.output_channel = output
    try:
        await on_new_message(message)
    except Exception:
        log.exception("a turn of %s broke off", message.input_channel)
        await output.send_response(message.sender_id, {"text": BROKEN})
        return False
    if output.sent == 0:
        log.warning("a turn of %s had no answer", message.input_channel)
        await output.send_response(message.sender_id, {"text": NO_ANSWER})
    return True


class Guarded(InputChannel):
    """Mixed into a channel before its own class, so that its turns never end in silence."""

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The channel's own blueprint, with the guard between it and the assistant."""

        async def guarded(message: UserMessage) -> None:
            await answered(on_new_message, message)

        return super().blueprint(guarded)
