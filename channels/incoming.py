"""What arrives from outside, before it may reach the assistant; pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from scheduler_core import zones
from scheduler_core.errors import UnknownZone

TEXT_LIMIT = 2000  #: characters of one message
PAGE_LIMIT = 300
TITLE_LIMIT = 200  #: characters of what stands on a button

_PICK = re.compile(r'/pick\{"option":"[a-z0-9]{1,16}"\}')
_LINK = re.compile(r"[A-Za-z0-9_-]{1,200}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_LINE = frozenset("\n\t")
_LINE_ID = re.compile(r"[A-Za-z0-9-]{8,40}")


def readable(text: str) -> str:
    """The message as it may be understood.

    A slash at its beginning would name an intent, which is for the assistant to find and not for the writer
    to say: it stays only in the one form that our own buttons send, where it says no more than which.
    """
    cleaned = _printable(text).strip()
    return cleaned if _PICK.fullmatch(cleaned) else re.sub(r"^[\s/]+", "", cleaned)


def shown_text(raw: Any) -> str:
    """What stood on the button that was tapped, as the page shows it; empty where it says nothing usable."""
    return _printable(raw).strip() if isinstance(raw, str) and len(raw) <= TITLE_LIMIT else ""


def line_id(raw: Any) -> str:
    """What the page calls its message; empty where that is no name."""
    return raw if isinstance(raw, str) and _LINE_ID.fullmatch(raw) else ""


def known_metadata(raw: Any) -> dict[str, str]:
    """The `timezone`, `locale` and `page` of the writer's browser; whatever cannot be used is left out.

    So is everything else but the `link` of a mail, by which the writer's appointment is proven. Whether it
    proves anything is not for a channel to say.
    """
    if not isinstance(raw, dict):
        return {}
    readers = {"timezone": _zone, "locale": _locale, "page": _page, "link": _link}
    found = {name: read(raw[name]) for name, read in readers.items() if isinstance(raw.get(name), str)}
    return {name: value for name, value in found.items() if value}


def _zone(name: str) -> str:
    try:
        return zones.canonical(name)
    except UnknownZone:
        return ""


def _locale(name: str) -> str:
    return name if _LOCALE.fullmatch(name) else ""


def _link(token: str) -> str:
    return token if _LINK.fullmatch(token) else ""


def _page(address: str) -> str:
    """Origin and path; a query may hold what is nobody's business."""
    try:
        parts = urlsplit(_printable(address[: 4 * PAGE_LIMIT]))
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:PAGE_LIMIT]


def _printable(text: str) -> str:
    """The text without control characters and halves of characters: databases and logs choke on them."""
    return "".join(
        character
        for character in text
        if character in _LINE or unicodedata.category(character) not in {"Cc", "Cs"}
    )
