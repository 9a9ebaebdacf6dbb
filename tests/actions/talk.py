"""The other end of the action server: does with an action's answer what Rasa does with it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from ruamel.yaml import YAML

from actions.base import SafeAction

DOMAIN: dict[str, Any] = YAML(typ="safe").load(Path("domain.yml").read_text(encoding="utf-8"))
_OF_RASA = {"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}


@dataclass(frozen=True)
class Said:
    """One message of the assistant, with the name of its response and the words it became."""

    response: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    card: Mapping[str, Any] | None = None


@dataclass
class Talk:
    """A conversation; `fields` are what Rasa keeps."""

    sender: str = "ann"
    channel: str = "rest"
    timezone: str = "Europe/Berlin"
    fields: dict[str, Any] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    messages: int = 0

    def tracker(
        self, text: str = "", intent: str = "inform", entities: tuple[dict[str, Any], ...] = ()
    ) -> Tracker:
        """What Rasa sends along after a message."""
        self.messages += 1
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": 1.0},
            "entities": list(entities),
            "message_id": f"{self.sender}-{self.messages}",
            "metadata": {"timezone": self.timezone, "locale": "en-GB"},
        }
        heard = {"event": "user", "text": text, "input_channel": self.channel}
        state = {"sender_id": self.sender, "slots": self.fields, "latest_message": message, "events": [heard]}
        return Tracker.from_dict(state)

    def run(self, action: SafeAction, tracker: Tracker) -> list[dict[str, Any]]:
        """The events of an action; what it said is in `said`."""
        dispatcher = CollectingDispatcher()
        events = asyncio.run(action.run(dispatcher, tracker, DOMAIN))
        self.said = [_spoken(message) for message in dispatcher.messages]
        for event in events:
            if event["event"] == "slot":
                self.fields = {**self.fields, event["name"]: event["value"]}
        return events

    def say(
        self, action: SafeAction, text: str = "", intent: str = "inform", *entities: dict[str, Any]
    ) -> list[str]:
        """The names of the responses that answer a message."""
        self.run(action, self.tracker(text, intent, entities))
        return [said.response for said in self.said if said.response]

    def tap(self, action: SafeAction, title: str) -> list[str]:
        """The names of the responses that answer a tap on the button with these words."""
        (payload,) = [
            payload for said in self.said for words, payload in said.buttons if words.startswith(title)
        ]
        option = payload.removeprefix('/pick{"option":"').removesuffix('"}')
        return self.say(action, payload, "pick", entity("option", option))

    @property
    def text(self) -> str:
        return "\n".join(said.text for said in self.said)


def entity(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, **more}


def date_entity(text: str, words: str, first: str, end: str) -> dict[str, Any]:
    """A day as the pipeline finds it in a text."""
    start = text.index(words)
    info = {"text": words, "grain": "day"}
    value = {"from": first, "to": end}
    return entity("date", value, start=start, end=start + len(words), additional_info=info)


def _spoken(message: dict[str, Any]) -> Said:
    """The message in the words of the domain: the same in each of its variations, but for wording."""
    buttons = tuple((button["title"], button["payload"]) for button in message["buttons"])
    if not message["response"]:
        return Said("", "", buttons, message["custom"])
    values = {name: value for name, value in message.items() if name not in _OF_RASA}
    # All of them are filled, so that none waits for a value that nobody gives.
    variations = [one["text"].format_map(values) for one in DOMAIN["responses"][message["response"]]]
    return Said(message["response"], variations[0], buttons, message["custom"] or None)
