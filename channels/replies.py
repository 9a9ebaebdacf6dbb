"""What the assistant says, as every channel shows it in its own way: a text, choices, a card; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """Something that can be tapped: what stands on it, and what it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Card:
    """What is shown as a picture of its own where a channel can; the text before it says the rest."""

    type: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """One message, of which any part may be missing."""

    text: str = ""
    choices: tuple[Choice, ...] = ()
    card: Card | None = None


def reply_from(message: Mapping[str, Any]) -> Reply:
    """The reply in a message of Rasa's, as its output channels get it in `send_response`."""
    buttons = [*(message.get("buttons") or ()), *(message.get("quick_replies") or ())]
    choices = tuple(Choice(str(one["title"]), str(one["payload"])) for one in buttons)
    return Reply(str(message.get("text") or ""), choices, _card(message.get("custom")))


def _card(custom: Any) -> Card | None:
    """The card under `data`; what else a custom message may hold is for others."""
    facts = custom.get("data") if isinstance(custom, Mapping) else None
    if not isinstance(facts, Mapping) or not isinstance(facts.get("type"), str):
        return None
    return Card(facts["type"], {name: value for name, value in facts.items() if name != "type"})
