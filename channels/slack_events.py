"""What Slack sends: whether it is Slack that sends it, and what somebody has written or tapped; pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from channels.incoming import readable

MINUTES = 5  #: so far may Slack's clock and ours be apart
_WITH_TEXT = (None, "file_share")  # kinds of messages that somebody has just written
_LONGEST_ID = 60


class NotUnderstood(ValueError):
    """Slack would not send that."""


@dataclass(frozen=True)
class Place:
    """Where something was said, and where the answer goes."""

    channel: str
    thread: str = ""  #: the message that it hangs from


@dataclass(frozen=True)
class Writer:
    """Somebody in a workspace."""

    team: str
    user: str

    @property
    def sender(self) -> str:
        """What Rasa knows them by; with the channel's name before it, that is who acts."""
        return f"{self.team}:{self.user}"


@dataclass(frozen=True)
class Written:
    """A message."""

    identity: str  #: the same each time that Slack sends it
    writer: Writer
    text: str  #: as Slack marks it up
    place: Place
    me: str  #: the user that the assistant is there
    is_direct: bool  #: nobody else reads there


@dataclass(frozen=True)
class Tapped:
    """A tap on one of our own buttons."""

    identity: str
    writer: Writer
    payload: str
    title: str  #: what stood on it
    place: Place
    message: str  #: the timestamp that names the message with the button
    blocks: tuple[dict[str, Any], ...]  #: of that message


def is_signed(body: bytes, timestamp: str, signature: str, secret: str, now: datetime) -> bool:
    """Whether Slack has signed the body, not more than five minutes ago.

    https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 13):
        return False
    if abs(now.timestamp() - int(timestamp)) > MINUTES * 60:
        return False
    base = b"v0:" + timestamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


def written_in(body: Mapping[str, Any]) -> Written | None:
    """The message in an event; None where nobody has written to the assistant.

    What it wrote itself, what other apps write, what was changed or deleted, who came or left, and what
    people say to each other is none.

    Raises:
        NotUnderstood: the event is none of Slack's.

    """
    event = _mapping(body.get("event"))
    kind, direct = event.get("type"), event.get("channel_type") == "im"
    if not (kind == "app_mention" or (kind == "message" and direct)):
        return None
    me = _me(body)
    is_own = event.get("bot_id") or event.get("user") in (None, me)
    if is_own or event.get("subtype") not in _WITH_TEXT or event.get("edited"):
        return None
    return Written(
        identity=_id(body, "event_id"),
        writer=Writer(_id(body, "team_id"), _id(event, "user")),
        text=_text(event, "text"),
        place=Place(_id(event, "channel"), _id(event, "thread_ts", event.get("ts") if not direct else "")),
        me=me,
        is_direct=direct,
    )


def tapped_in(body: Mapping[str, Any]) -> Tapped | None:
    """The tap in an interaction; None where it is none on a button of ours.

    Raises:
        NotUnderstood: the interaction is none of Slack's.

    """
    actions = body.get("actions")
    if body.get("type") != "block_actions" or not isinstance(actions, list) or len(actions) != 1:
        return None
    action = _mapping(actions[0])
    option = _mapping(action.get("selected_option")) if action.get("type") == "static_select" else action
    payload = _text(option, "value")
    if not payload.startswith("/") or readable(payload) != payload:
        return None
    user, message = _mapping(body.get("user")), _mapping(body.get("message"))
    writer = Writer(_id(_mapping(body.get("team") or {"id": user.get("team_id")}), "id"), _id(user, "id"))
    channel, ts = _id(_mapping(body.get("channel")), "id"), _id(message, "ts")
    return Tapped(
        identity=f"tap {channel} {ts} {payload}",
        writer=writer,
        payload=payload,
        title=_text(_mapping(option.get("text")), "text"),
        place=Place(channel, _id(message, "thread_ts", "")),
        message=ts,
        blocks=_blocks(message),
    )


def _blocks(message: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    blocks = message.get("blocks")
    if not isinstance(blocks, list):
        raise NotUnderstood("blocks were expected")
    return tuple(_mapping(block) for block in blocks)


def _me(body: Mapping[str, Any]) -> str:
    granted = body.get("authorizations")
    first = granted[0] if isinstance(granted, list) and granted else {}
    return _id(_mapping(first), "user_id", "")


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotUnderstood("an object was expected")
    return value


def _id(holder: Mapping[str, Any], name: str, default: Any = None) -> str:
    """A name of Slack's, which may be empty only where the default is."""
    value = holder.get(name, default)
    if isinstance(value, str) and len(value) <= _LONGEST_ID and (value or default == ""):
        return value
    raise NotUnderstood(f"{name} was expected")


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    if not isinstance(value, str):
        raise NotUnderstood(f"{name} was expected")
    return value
