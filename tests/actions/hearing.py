"""Messages as the pipeline hands them over, said to the action that the rules send their intent to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from actions.base import SafeAction
from actions.conversation import Converse, Restart, SmallTalk
from actions.services import Services
from actions.smalltalk import SMALL_TALK
from nlu import entities
from tests.actions.talk import Talk

#: The days that are named in tables, as the pipeline finds them on the Tuesday of the samples.
DAYS = {
    "tomorrow": date(2026, 11, 25),
    "thursday": date(2026, 11, 26),
    "friday": date(2026, 11, 27),
    "monday": date(2026, 11, 30),
    "tuesday": date(2026, 12, 1),
}


_DAYS_NAMED = re.compile(r"(?P<next>next (?=friday))?(?P<day>\b\w+)", re.IGNORECASE)
#: "Next Friday" on a Tuesday.
TWO_FRIDAYS = [{"from": "2026-11-27", "to": "2026-11-28"}, {"from": "2026-12-04", "to": "2026-12-05"}]


def found_in(text: str) -> list[dict[str, Any]]:
    """The entities of a message."""
    named = [match for match in _DAYS_NAMED.finditer(text) if match["day"].lower() in DAYS]
    return [*entities.details(text), *(_day(match) for match in named)]


def hear(talk: Talk, services: Services, text: str, intent: str) -> list[str]:
    """The names of the responses that answer a message."""
    return talk.say(_action_for(intent, services), text, intent, *found_in(text))


def _action_for(intent: str, services: Services) -> SafeAction:
    if intent == "restart":
        return Restart(services)
    return SmallTalk(services) if intent in SMALL_TALK else Converse(services)


def _day(match: re.Match[str]) -> dict[str, Any]:
    day = DAYS[match["day"].lower()]
    info: dict[str, Any] = {"text": match[0], "grain": "day"}
    return {
        "entity": "date",
        "start": match.start(),
        "end": match.end(),
        "value": {"from": day.isoformat(), "to": (day + timedelta(days=1)).isoformat()},
        "additional_info": info | ({"readings": TWO_FRIDAYS} if match["next"] else {}),
    }
