"""Somebody in a chat wants a person: the ticket, and what who helps has to know was said; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

MOST_LINES = 50
MOST_CHARACTERS = 10_000  #: of all lines together
LONGEST_LINE = 2_000
_KEPT = frozenset("\n\t")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, and marks that change how the rest is shown


class Speaker(StrEnum):
    """Who said a line. The database keeps these names."""

    WRITER = "writer"
    ASSISTANT = "assistant"


@dataclass(frozen=True)
class Line:
    """Something that was said."""

    speaker: Speaker
    text: str


@dataclass(frozen=True)
class ChatLine:
    """Something that was said in the chat of a web page, as its pages show it."""

    chat: str
    id: str  #: by which the pages know it
    speaker: Speaker
    content: Mapping[str, Any]  #: of the assistant what the page was sent; of the writer text and payload
    said_at: datetime


class News(StrEnum):
    """What has become of an appointment without its attendee. The database keeps these names."""

    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class ChatNotice:
    """What a chat has still to be told."""

    chat: str
    id: str
    news: News
    booking: str  #: its uid
    said_at: datetime

    def said(self, content: Mapping[str, Any]) -> ChatLine:
        """The line that tells it."""
        return ChatLine(self.chat, self.id, Speaker.ASSISTANT, content, self.said_at)


@dataclass(frozen=True)
class Ticket:
    """Somebody in a chat who wants to talk to a person."""

    id: UUID
    reference: str  #: short, for people to read aloud; it proves nothing
    channel: str
    sender: str
    contact: str  #: an address, or empty where none was given
    desk: str  #: the address of those who help
    opened_at: datetime
    quiet_until: datetime  #: so long the assistant leaves the chat to them
    released_at: datetime | None = None  #: when it was let speak again


def bounded(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The last fifty lines, without control characters, as many of them as make up ten thousand characters.

    The newest lines are kept; of a long one its beginning.
    """
    kept: list[Line] = []
    room = MOST_CHARACTERS
    for line in reversed(_clean(lines)[-MOST_LINES:]):
        text = _cut(line.text, min(room, LONGEST_LINE))
        if not text:
            break
        kept.append(Line(line.speaker, text))
        room -= len(text)
    return tuple(reversed(kept))


def _clean(lines: Iterable[Line]) -> Sequence[Line]:
    """The lines that have anything to read in them."""
    cleaned = (Line(line.speaker, _readable(line.text)) for line in lines)
    return [line for line in cleaned if line.text]


def _readable(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character
        for character in plain
        if character in _KEPT or unicodedata.category(character) not in _HIDDEN
    ).strip()


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(0, room - 1)].rstrip() + "…"[: max(0, room)]
