"""Replies as Telegram takes them: plain texts of a limited length, with one button a row; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from channels.replies import Choice

MESSAGE_LIMIT = 4096  #: UTF-16 code units of a message
PAYLOAD_LIMIT = 64  #: bytes of what a button sends
BUTTON_LIMIT = 100  #: under one message
PLAIN = {"link_preview_options": {"is_disabled": True}}  #: no pictures of what a link leads to
MANAGE = "Look at it, move or cancel it"

_PAYLOAD_SIZES = range(1, PAYLOAD_LIMIT + 1)
_ENDS = (r"\n\s*\n", r"\n", r"(?<=[.!?])\s", r"\s")  #: where a text is best cut, the best first


def messages(chat: int, text: str, choices: Sequence[Choice]) -> Iterator[dict[str, Any]]:
    """The parameters of `sendMessage`, once for each part of the text; buttons stand under the last.

    Nothing marks up a text, so whatever people write is shown as it is; links can be tapped all the same.
    """
    parts = split(text)
    keyboard = _keyboard(choices)
    for place, part in enumerate(parts, start=1):
        message = {"chat_id": chat, "text": part, **PLAIN}
        yield {**message, "reply_markup": keyboard} if keyboard and place == len(parts) else message


def split(text: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """The text in parts of at most so many UTF-16 units, cut where paragraphs, lines or sentences end."""
    parts, rest = [], text.strip()
    while units(rest) > limit:
        end = _cut(rest, limit)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*parts, rest] if rest else parts


def units(text: str) -> int:
    """How long Telegram finds a text: in UTF-16 code units."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def link_keyboard(url: str) -> dict[str, Any]:
    """One button that opens a page."""
    return {"inline_keyboard": [[{"text": MANAGE, "url": url}]]}


def chosen(text: str, title: str) -> str:
    """The message once a button was tapped: with the choice in place of its buttons."""
    return f"{text}\n\n✓ {title}"


def _keyboard(choices: Sequence[Choice]) -> dict[str, Any] | None:
    """The buttons; whatever would be too long to come back is left to be said in words."""
    rows = [
        [{"text": choice.title, "callback_data": choice.payload}]
        for choice in choices
        if choice.title.strip() and len(choice.payload.encode()) in _PAYLOAD_SIZES
    ]
    return {"inline_keyboard": rows[:BUTTON_LIMIT]} if rows else None


def _cut(text: str, limit: int) -> int:
    """Where the first part of a text that is too long ends, in characters; never before half of it."""
    fitting = text.encode("utf-16-le", errors="surrogatepass")[: 2 * limit].decode(
        "utf-16-le", errors="ignore"
    )
    for end in _ENDS:
        places = [found.start() for found in re.finditer(end, fitting)]
        if places and places[-1] >= len(fitting) // 2:
            return places[-1]
    return len(fitting)
