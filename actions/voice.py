"""Replies in the words of the domain: phrases are filled here, whole responses by Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.lists import format_list

from actions.replies import Lines, Listing, Part, Reply, Text, payload

_LANGUAGE = "en_GB"  # of the sentences in domain.yml
#: Channels whose other end knows a card, by its type.
_WITH_CARDS = {"booking": frozenset({"web", "rest", "telegram", "slack"}), "times": frozenset({"web"})}


def message(reply: Reply, domain: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of `utter_message` for a reply, without its card."""
    buttons = [
        {"title": text(button.title, domain), "payload": payload(button.option)} for button in reply.buttons
    ]
    values = {name: _harmless(text(value, domain)) for name, value in reply.values.items()}
    return {"response": reply.response, "buttons": buttons, **values}


def card(reply: Reply, domain: Mapping[str, Any], *, channel: str) -> dict[str, Any] | None:
    """The card of a reply as a JSON message; None where it has none, or the channel shows none."""
    if reply.card is None or channel not in _WITH_CARDS[reply.card["type"]]:
        return None
    return {"data": {name: _plain(value, domain) for name, value in reply.card.items()}}


def text(value: Text, domain: Mapping[str, Any]) -> str:
    """The text in words."""
    match value:
        case Part():
            phrase = str(domain["responses"][f"utter_part_{value.name}"][0]["text"])
            return phrase.format_map({name: text(inner, domain) for name, inner in value.values.items()})
        case Lines():
            return "\n".join(text(item, domain) for item in value.items)
        case Listing():
            return format_list(
                [text(item, domain) for item in value.items], style=value.style, locale=_LANGUAGE
            )
        case _:
            return value


def _plain(value: Any, domain: Mapping[str, Any]) -> Any:
    return text(value, domain) if isinstance(value, Part | Lines | Listing) else value


def _harmless(filled: str) -> str:
    """The value without `0[`, which Rasa takes for a place it could not fill."""
    return filled.replace("0[", "0 [")
