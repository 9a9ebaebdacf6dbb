"""Slack on loopback: its Web API, strict about what its documentation has, and what it sends to apps."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from scheduler_core.accounts import Slack
from tests.adapters.web_service import Answer, Asked, WebService

TOKEN, SIGNING_SECRET = "slack-token-of-the-tests", "slack-s3cret"
TEAM, APP_USER = "T0001", "U00APP"
ANN, BEN, SUE = "U00ANN", "U00BEN", "U00SUE"
GENERAL = "C0GENERAL"
SCOPES = "app_mentions:read,chat:write,im:history,im:write,users:read,users:read.email"
POST, UPDATE = "POST /api/chat.postMessage", "POST /api/chat.update"
OPEN, LOOK = "POST /api/conversations.open", "GET /api/users.info"
_PATIENCE = 10.0  #: seconds

Block = dict[str, Any]


def person(user: str, name: str, email: str, zone: str = "Europe/London", **more: Any) -> dict[str, Any]:
    """A user object, with what is read of it."""
    return {
        "id": user,
        "team_id": TEAM,
        "tz": zone,
        "locale": "en-GB",
        "is_bot": False,
        "is_email_confirmed": True,
        "profile": {"real_name": name, "display_name": "", "email": email},
        **more,
    }


@dataclass(frozen=True)
class Posted:
    """A message of the app's, as people see it."""

    channel: str
    thread: str
    ts: str
    text: str
    blocks: tuple[Block, ...]

    @property
    def said(self) -> str:
        """The words of its sections."""
        return "\n".join(block["text"]["text"] for block in self.blocks if block["type"] == "section")

    @property
    def choices(self) -> list[dict[str, Any]]:
        """Its buttons, or the options of its list."""
        elements = [one for block in self.blocks if block["type"] == "actions" for one in block["elements"]]
        return [option for one in elements for option in one.get("options", [one])]

    @property
    def titles(self) -> list[str]:
        return [choice["text"]["text"] for choice in self.choices]


class SlackServer(WebService):
    """Answers the app's calls and keeps what people see."""

    def __init__(self) -> None:
        super().__init__()
        self.users = {
            ANN: person(ANN, "Ann Lee", "ann.lee@example.org"),
            BEN: person(BEN, "Ben Okafor", "ben@example.org"),
        }
        self.posted: list[Posted] = []
        self.updated: list[Posted] = []
        self.scopes = SCOPES
        self._changed = threading.Condition()
        self._calls: dict[str, Callable[[Asked], Answer]] = {
            POST: self._post,
            UPDATE: self._update,
            OPEN: self._open,
            LOOK: self._look,
            "POST /api/auth.test": self._test,
        }

    def wait(self, is_there: Callable[[], bool]) -> None:
        """Returns once that is so.

        Raises:
            AssertionError: it never was.

        """
        with self._changed:
            assert self._changed.wait_for(is_there, _PATIENCE), [one.text for one in self.posted]

    def answers(self, count: int) -> list[Posted]:
        """The first so many messages, once they are there."""
        self.wait(lambda: len(self.posted) >= count)
        return self.posted[:count]

    def answer(self, asked: Asked) -> Answer:
        call = self._calls[str(asked)]
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer(200, {"ok": False, "error": "invalid_auth"})
        with self._changed:
            answer = call(asked)
            self._changed.notify_all()
        return answer

    def _post(self, asked: Asked) -> Answer:
        fields = asked.fields
        assert set(fields) <= {"channel", "thread_ts", "text", "blocks", "unfurl_links", "unfurl_media"}
        if fields["channel"][:1] not in {"C", "D"}:
            return Answer(200, {"ok": False, "error": "channel_not_found"})
        ts = f"1764000000.{len(self.posted):06}"
        self.posted.append(_shown(fields, ts))
        return Answer(200, {"ok": True, "channel": fields["channel"], "ts": ts})

    def _update(self, asked: Asked) -> Answer:
        fields = asked.fields
        assert set(fields) <= {"channel", "ts", "text", "blocks"}
        assert fields["ts"] in {one.ts for one in self.posted}
        self.updated.append(_shown(fields, fields["ts"]))
        return Answer(200, {"ok": True, "channel": fields["channel"], "ts": fields["ts"]})

    def _open(self, asked: Asked) -> Answer:
        user = asked.fields["users"]
        assert user in self.users
        return Answer(200, {"ok": True, "channel": {"id": direct(user)}})

    def _look(self, asked: Asked) -> Answer:
        assert set(asked.query) == {"user", "include_locale"}
        user = self.users.get(asked.query["user"])
        return Answer(200, {"ok": True, "user": user} if user else {"ok": False, "error": "user_not_found"})

    def _test(self, _: Asked) -> Answer:
        said = {"ok": True, "team": "Practice", "team_id": TEAM, "user": "assistant", "user_id": APP_USER}
        return Answer(200, said, {"x-oauth-scopes": self.scopes})


def account(url: str, token: str = TOKEN) -> Slack:
    """The app of the tests at a server of theirs."""
    return Slack(token, SIGNING_SECRET, f"{url}/api")


def direct(user: str) -> str:
    """The channel of somebody's direct messages with the app."""
    return f"D{user[1:]}"


def written(text: str, event: str, *, user: str = ANN, **more: Any) -> dict[str, Any]:
    """A direct message as the Events API sends it."""
    said = {
        "type": "message",
        "channel_type": "im",
        "user": user,
        "team": TEAM,
        "text": text,
        "channel": direct(user),
        "ts": "1764000000.000100",
        **more,
    }
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0001",
        "event_id": event,
        "event_time": 1764000000,
        "authorizations": [{"team_id": TEAM, "user_id": APP_USER, "is_bot": True}],
        "event": {name: value for name, value in said.items() if value is not None},
    }


def mention(text: str, event: str, *, user: str = ANN, **more: Any) -> dict[str, Any]:
    """A mention of the app in a channel."""
    return written(
        f"<@{APP_USER}> {text}",
        event,
        user=user,
        **{"type": "app_mention", "channel_type": None, "channel": GENERAL, **more},
    )


def tapped(posted: Posted, title: str, *, user: str = ANN) -> dict[str, Any]:
    """A tap on what begins so, as Interactivity sends it."""
    (choice,) = [one for one in posted.choices if one["text"]["text"].startswith(title)]
    chosen = (
        {"type": "button", "text": choice["text"], "value": choice["value"]}
        if "action_id" in choice
        else {"type": "static_select", "selected_option": choice}
    )
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "practice"},
        "user": {"id": user, "username": "ann", "team_id": TEAM},
        "channel": {"id": posted.channel, "name": "directmessage"},
        "container": {"type": "message", "message_ts": posted.ts, "channel_id": posted.channel},
        "message": {"ts": posted.ts, "text": posted.text, "blocks": deepcopy(list(posted.blocks))},
        "actions": [{"action_id": "choice", "block_id": "b1", "action_ts": "1764000009.000001", **chosen}],
    }


def request(
    body: dict[str, Any], at: datetime, *, secret: str = SIGNING_SECRET
) -> tuple[bytes, dict[str, str]]:
    """Content and headers of what Slack sends: interactions as a form, the rest as JSON."""
    is_form = body["type"] == "block_actions"
    content = (urlencode({"payload": json.dumps(body)}) if is_form else json.dumps(body)).encode()
    timestamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + content, hashlib.sha256)
    return content, {
        "Content-Type": "application/x-www-form-urlencoded" if is_form else "application/json",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest.hexdigest()}",
    }


def _shown(fields: dict[str, Any], ts: str) -> Posted:
    """The message, which is refused where Slack would refuse it."""
    text, blocks = fields["text"], fields.get("blocks", [])
    assert 0 < len(text) <= 4000  # Slack takes more, and advises against it
    assert len(blocks) <= 50
    for block in blocks:
        _CHECKS[block["type"]](block)
    return Posted(fields["channel"], fields.get("thread_ts", ""), ts, text, tuple(blocks))


def _check_section(block: Block) -> None:
    assert set(block) == {"type", "text"}
    _check_text(block["text"], "mrkdwn", 3000)


def _check_context(block: Block) -> None:
    assert set(block) == {"type", "elements"}
    assert 0 < len(block["elements"]) <= 10
    for element in block["elements"]:
        _check_text(element, "mrkdwn", 3000)


def _check_divider(block: Block) -> None:
    assert set(block) == {"type"}


def _check_actions(block: Block) -> None:
    assert set(block) == {"type", "elements"}
    assert 0 < len(block["elements"]) <= 25
    names = [element["action_id"] for element in block["elements"]]
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 255 for name in names)
    for element in block["elements"]:
        (_check_button if element["type"] == "button" else _check_select)(element)


def _check_button(element: Block) -> None:
    assert set(element) == {"type", "action_id", "text", "value"}
    _check_text(element["text"], "plain_text", 75)
    assert 0 < len(element["value"]) <= 2000


def _check_select(element: Block) -> None:
    assert element["type"] == "static_select"
    assert set(element) == {"type", "action_id", "placeholder", "options"}
    _check_text(element["placeholder"], "plain_text", 150)
    assert 0 < len(element["options"]) <= 100
    for option in element["options"]:
        assert set(option) == {"text", "value"}
        _check_text(option["text"], "plain_text", 75)
        assert 0 < len(option["value"]) <= 150


def _check_text(text: Block, kind: str, limit: int) -> None:
    assert set(text) <= {"type", "text"} | ({"emoji"} if kind == "plain_text" else {"verbatim"})
    assert text["type"] == kind
    assert 0 < len(text["text"]) <= limit


_CHECKS: dict[str, Callable[[Block], None]] = {
    "section": _check_section,
    "context": _check_context,
    "divider": _check_divider,
    "actions": _check_actions,
}
