"""What is asked for most in the tests: a time with Ben."""

from __future__ import annotations

from typing import Any

from actions.base import SafeAction
from tests.actions.talk import Talk, date_entity, entity

BEN = entity("person", "Ben")
ANN_LEE = (entity("name", "Ann Lee"), entity("email", "ann@example.com"))


def on_tuesday(text: str) -> dict[str, Any]:
    return date_entity(text, "next Tuesday", "2026-12-01", "2026-12-02")


def exact(talk: Talk, action: SafeAction, *entities: dict[str, Any]) -> list[str]:
    """One exact free time with Ben: eleven in Berlin, ten in London."""
    text = "next Tuesday at 11:00"
    return talk.say(action, text, "book", BEN, on_tuesday(text), *entities)
