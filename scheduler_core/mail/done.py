"""What was done in the name of an address, in words; pure."""

from __future__ import annotations

from scheduler_core.deeds import Deed, Done
from scheduler_core.model import ActorKind, Status

_CHATS = {"web": "in the chat on our pages", "slack": "on Slack", "telegram": "on Telegram"}
_BY_CODE = ", by somebody with a one-time code"


def where(done: Done) -> str:
    """`in the chat on our pages`: where it was done, and by what it could be done."""
    if done.by is ActorKind.LINK:
        return "by the link of one of our mails"
    chat = _CHATS.get(done.channel, "in our chat")
    return chat + _BY_CODE if done.by is ActorKind.ATTENDEE else chat


def what(done: Done) -> str:
    """`Appointment cancelled`: what it was, for those who help."""
    if done.deed is Deed.ASKED:
        return "A code for the address was asked for"
    if done.booking is None:
        return "The address was proven by a code"
    return "Appointment cancelled" if done.booking.status is Status.CANCELLED else "Appointment moved"


def in_a_row(words: str) -> str:
    """The words as they stand alone, behind a label."""
    return words[:1].upper() + words[1:]
