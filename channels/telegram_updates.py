"""What Telegram says has happened, as far as it concerns the assistant; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from channels.incoming import known_metadata, shown_text

#: What people expect of the commands that Telegram's apps show, in words that the assistant knows.
COMMANDS = {"start": "hello", "help": "what can you do?", "cancel": "never mind"}
SHOW_IT = "Show my appointment"  #: what opening a chat by a mail's link says, as on the web
NAME_LIMIT = 100  #: characters

_COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
#: What people send besides words. All else without words is Telegram telling of itself: a new picture, say.
_NO_WORDS = frozenset(
    {
        "animation", "audio", "checklist", "contact", "dice", "document", "game", "location", "paid_media",
        "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Bot:
    """Who we are on Telegram."""

    id: int
    username: str = ""  #: without the @; empty until Telegram has told


class Kind(Enum):
    """What came."""

    WORDS = "words"
    TAP = "tap"
    NO_WORDS = "no words"
    EDIT = "edit"
    GROUP = "group"


@dataclass(frozen=True)
class Tap:
    """A button that was tapped, and the message that it stood under."""

    query: str  #: by which Telegram is told that the tap has come
    message: int  #: 0 where Telegram no longer says
    text: str  #: of the message; empty where Telegram no longer says
    title: str
    payload: str


@dataclass(frozen=True)
class Update:
    """One thing that happened in a chat; `text` is what was written, commands being put into words."""

    id: int
    chat: int
    kind: Kind
    text: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    tap: Tap | None = None


def update_from(raw: Any, bot: Bot) -> Update | None:
    """The update in Telegram's words; None where there is nothing in it for us."""
    said = _object(raw)
    identity = said.get("update_id")
    if not _is_number(identity):
        return None
    if "callback_query" in said:
        return _tapped(identity, _object(said["callback_query"]))
    edited = _object(said.get("edited_message"))
    message = edited or _object(said.get("message"))
    chat, writer = _object(message.get("chat")), _object(message.get("from"))
    if not _is_number(chat.get("id")) or writer.get("is_bot") is not False:
        return None
    if chat.get("type") != "private":
        return Update(identity, chat["id"], Kind.GROUP) if not edited and _is_for(message, bot) else None
    if edited:
        return Update(identity, chat["id"], Kind.EDIT) if _text(edited) else None
    return _written(identity, chat["id"], message, writer)


def _written(
    identity: int, chat: int, message: Mapping[str, Any], writer: Mapping[str, Any]
) -> Update | None:
    text = _text(message)
    if not text:
        return Update(identity, chat, Kind.NO_WORDS) if _NO_WORDS & set(message) else None
    words, link = _in_words(text)
    metadata = _profile(writer) | known_metadata({"link": link})
    return Update(identity, chat, Kind.WORDS, words, metadata)


def _tapped(identity: int, query: Mapping[str, Any]) -> Update | None:
    """A tap on a button of ours; those of Telegram's games and of messages sent for others are not."""
    message, writer = _object(query.get("message")), _object(query.get("from"))
    chat, payload = _object(message.get("chat")), query.get("data")
    if not isinstance(query.get("id"), str) or not isinstance(payload, str):
        return None
    if chat.get("type") != "private" or not _is_number(chat.get("id")):
        return None
    number = message.get("message_id")
    tap = Tap(
        query=query["id"],
        message=number if _is_number(number) else 0,
        text=_text(message),
        title=_title(message, payload),
        payload=payload,
    )
    return Update(identity, chat["id"], Kind.TAP, payload, _profile(writer), tap)


def _in_words(text: str) -> tuple[str, str]:
    """The message with its command put into words, and the token of a mail's link that opened the chat."""
    command = _COMMAND.fullmatch(text)
    if command is None:
        return text, ""
    name, rest = command[1].casefold(), (command[2] or "").strip()
    if name == "start" and rest:
        return SHOW_IT, rest
    return f"{name} {rest}" if rest else COMMANDS.get(name, name), ""


def _profile(writer: Mapping[str, Any]) -> dict[str, str]:
    """What the writer's profile says: the name, and the language of their app."""
    parts = (shown_text(writer.get("first_name")), shown_text(writer.get("last_name")))
    name = " ".join(part for part in parts if part)[:NAME_LIMIT]
    facts = known_metadata({"locale": writer.get("language_code")})
    return {"name": name, **facts} if name else facts


def _is_for(message: Mapping[str, Any], bot: Bot) -> bool:
    """Whether a message in a group is meant for us: an answer, a command or our name."""
    answered = _object(_object(message.get("reply_to_message")).get("from"))
    first, _, _ = _text(message).partition(" ")
    named = bool(bot.username) and f"@{bot.username}".casefold() in _text(message).casefold()
    return named or answered.get("id") == bot.id or (first.startswith("/") and "@" not in first)


def _title(message: Mapping[str, Any], payload: str) -> str:
    """What stood on the button that sends this."""
    rows = _list(_object(message.get("reply_markup")).get("inline_keyboard"))
    buttons = [_object(button) for row in rows for button in _list(row)]
    return next((str(one.get("text", "")) for one in buttons if one.get("callback_data") == payload), "")


def _text(message: Mapping[str, Any]) -> str:
    text = message.get("text")
    return text if isinstance(text, str) else ""


def _object(raw: Any) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool)
