"""Telegram's Bot API as its documentation has it, on loopback, with people who write to the bot.

Whatever breaks a documented limit fails the test. It runs in both environments.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.adapters.web_service import Answer, Asked, WebService

TOKEN = "123456789:AAE-telegram-bot-of-the-tests_0"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Practice", "username": "practice_test_bot"}
ANN = {"id": 7001, "is_bot": False, "first_name": "Ann", "last_name": "Lee", "language_code": "en"}
BEN = {"id": 7002, "is_bot": False, "first_name": "Ben"}
PATIENCE = 30.0  #: seconds

_UPDATES = {"message", "edited_message", "callback_query"}
_PLACE = {"chat_id", "message_id"}
_FIELDS: dict[str, tuple[set[str], set[str]]] = {  # those that are needed, and those that may be
    "getMe": (set(), set()),
    "getWebhookInfo": (set(), set()),
    "setMyCommands": ({"commands"}, set()),
    "setWebhook": ({"url", "secret_token", "allowed_updates"}, set()),
    "deleteWebhook": (set(), set()),
    "getUpdates": ({"offset", "timeout", "allowed_updates"}, set()),
    "sendMessage": ({"chat_id", "text", "link_preview_options"}, {"reply_markup"}),
    "editMessageText": (_PLACE | {"text", "link_preview_options"}, {"reply_markup"}),
    "editMessageReplyMarkup": (_PLACE, {"reply_markup"}),
    "answerCallbackQuery": ({"callback_query_id"}, set()),
    "sendChatAction": ({"chat_id", "action"}, set()),
}


@dataclass
class Shown:
    """A message of the bot's as its reader sees it at present."""

    number: int
    text: str
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)

    @property
    def titles(self) -> list[str]:
        return [button["text"] for row in self.keyboard for button in row]


class TelegramServer(WebService):
    """Keeps chats as their readers see them, and the updates that nobody has taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[int, list[Shown]] = {}
        self.actions: list[tuple[int, str]] = []
        self.acknowledged: list[str] = []
        self.blocked: set[int] = set()
        self.commands: list[str] = []
        self.webhook: dict[str, Any] = {}
        self.last_error = ""  #: of sending updates to the webhook
        self._waiting: list[dict[str, Any]] = []
        self._numbers = itertools.count(501)
        self._changed = threading.Condition()
        self._polling = threading.Lock()

    # People

    def writes(self, text: str, who: Mapping[str, Any] = ANN, **more: Any) -> dict[str, Any]:
        """A message of somebody's, which waits to be asked for."""
        return self.sends(who, text=text, **more)

    def sends(self, who: Mapping[str, Any] = ANN, *, kind: str = "message", **content: Any) -> dict[str, Any]:
        """Whatever else somebody sends in their private chat, unless it names another."""
        chat = {"id": who["id"], "type": "private", "first_name": who["first_name"]}
        message = {"message_id": next(self._numbers), "date": 1795510800, "chat": chat, "from": dict(who)}
        self.chats.setdefault(who["id"], [])
        return self.happens(**{kind: {**message, **content}})

    def taps(self, part: str, who: Mapping[str, Any] = ANN) -> dict[str, Any]:
        """A tap on the last button that is shown with these words in its title."""
        shown, button = next(
            (shown, button)
            for shown in reversed(self.chats[who["id"]])
            for row in shown.keyboard
            for button in row
            if part.casefold() in button["text"].casefold()
        )
        chat = {"id": who["id"], "type": "private", "first_name": who["first_name"]}
        message = {
            "message_id": shown.number,
            "from": BOT,
            "chat": chat,
            "date": 1795510800,
            "text": shown.text,
            "reply_markup": {"inline_keyboard": shown.keyboard},
        }
        query = {"id": f"q{next(self._numbers)}", "from": dict(who), "chat_instance": "1", "message": message}
        return self.happens(callback_query={**query, "data": button["callback_data"]})

    def happens(self, **what: Any) -> dict[str, Any]:
        """An update, which waits to be asked for."""
        update = {"update_id": next(self._numbers), **what}
        with self._changed:
            self._waiting.append(update)
            self._changed.notify_all()
        return update

    def until(self, happened: Callable[[], Any]) -> Any:
        """What is found out once it is something."""
        with self._changed:
            assert self._changed.wait_for(happened, PATIENCE), (self.chats, self.wrong)
            return happened()

    def until_asked(self, request: str) -> None:
        """Returns once a request has begun like this."""
        self.until(lambda: self.count(request))

    def end(self) -> None:
        """Lets go of who waits for updates."""
        with self._changed:
            self.over.set()
            self._changed.notify_all()

    def said(self, who: Mapping[str, Any] = ANN) -> list[str]:
        """The texts of the bot's messages to somebody, as they are shown now."""
        return [shown.text for shown in self.chats.get(who["id"], [])]

    # Telegram

    def reply(self, asked: Asked) -> Answer | None:
        with self._changed:
            self._changed.notify_all()
        return super().reply(asked)

    def answer(self, asked: Asked) -> Answer:
        _, bot, method = asked.path.split("/")
        if bot != f"bot{TOKEN}":
            return refusal(401, "Unauthorized")
        assert asked.method == "POST"
        fields = asked.fields
        needed, possible = _FIELDS[method]
        assert needed <= set(fields) <= needed | possible, (method, set(fields))
        if method == "getUpdates":
            return self._get_updates(**fields)
        with self._changed:
            answer: Answer = getattr(self, _NAMES[method])(**fields)
            self._changed.notify_all()
            return answer

    def _get_me(self) -> Answer:
        return _done(BOT)

    def _set_my_commands(self, commands: list[dict[str, str]]) -> Answer:
        assert 1 <= len(commands) <= 100
        for one in commands:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", one["command"])
            assert 1 <= len(one["description"]) <= 256
        self.commands = [one["command"] for one in commands]
        return _done(True)

    def _set_webhook(self, url: str, secret_token: str, allowed_updates: list[str]) -> Answer:
        parts = urlsplit(url)
        assert parts.scheme == "https"
        assert (parts.port or 443) in {443, 80, 88, 8443}
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret_token)
        assert set(allowed_updates) <= _UPDATES
        self.webhook = {"url": url, "secret_token": secret_token}
        return _done(True)

    def _delete_webhook(self) -> Answer:
        self.webhook = {}
        return _done(True)

    def _get_webhook_info(self) -> Answer:
        told = {"url": self.webhook.get("url", ""), "pending_update_count": len(self._waiting)}
        return _done({**told, "last_error_message": self.last_error} if self.last_error else told)

    def _get_updates(self, offset: int, timeout: int, allowed_updates: list[str]) -> Answer:
        assert 0 <= timeout <= 50
        assert set(allowed_updates) <= _UPDATES
        assert not self.webhook, "Conflict: a webhook is active"
        assert self._polling.acquire(blocking=False), "Conflict: terminated by other getUpdates request"
        try:
            with self._changed:
                self._waiting = [one for one in self._waiting if one["update_id"] >= offset]
                self._changed.wait_for(lambda: self._waiting or self.over.is_set(), timeout)
                return _done(self._waiting[:100])
        finally:
            self._polling.release()

    def _send_message(self, chat_id: int, text: str, **more: Any) -> Answer:
        if chat_id in self.blocked:
            return refusal(403, "Forbidden: bot was blocked by the user")
        assert chat_id in self.chats, "chat not found"
        shown = Shown(next(self._numbers), _text(text), _keyboard(more.get("reply_markup")))
        self.chats[chat_id].append(shown)
        return _done({"message_id": shown.number, "text": text})

    def _edit_message_text(self, chat_id: int, message_id: int, text: str, **more: Any) -> Answer:
        shown, keyboard = self._shown(chat_id, message_id), _keyboard(more.get("reply_markup"))
        assert (shown.text, shown.keyboard) != (_text(text), keyboard), "message is not modified"
        shown.text, shown.keyboard = text, keyboard
        return _done({"message_id": shown.number, "text": text})

    def _edit_message_reply_markup(self, chat_id: int, message_id: int, **more: Any) -> Answer:
        shown, keyboard = self._shown(chat_id, message_id), _keyboard(more.get("reply_markup"))
        assert shown.keyboard != keyboard, "message is not modified"
        shown.keyboard = keyboard
        return _done({"message_id": shown.number, "text": shown.text})

    def _answer_callback_query(self, callback_query_id: str) -> Answer:
        self.acknowledged.append(callback_query_id)
        return _done(True)

    def _send_chat_action(self, chat_id: int, action: str) -> Answer:
        assert action == "typing"
        self.actions.append((chat_id, action))
        return _done(True)

    def _shown(self, chat: int, number: int) -> Shown:
        return next(shown for shown in self.chats[chat] if shown.number == number)


def refusal(code: int, description: str, **parameters: Any) -> Answer:
    """How Telegram says no."""
    body = {"ok": False, "error_code": code, "description": description}
    return Answer(code, {**body, "parameters": parameters} if parameters else body)


def _done(result: Any) -> Answer:
    return Answer(200, {"ok": True, "result": result})


def _text(text: str) -> str:
    assert text.strip(), "message text is empty"
    assert len(text.encode("utf-16-le")) // 2 <= 4096, "message is too long"
    return text


def _keyboard(markup: Any) -> list[list[dict[str, str]]]:
    if markup is None:
        return []
    rows: list[list[dict[str, str]]] = markup["inline_keyboard"]
    assert 1 <= len(rows) <= 100
    for (button,) in rows:  # one a row, so that titles can be read on a phone
        assert button["text"].strip()
        assert set(button) in ({"text", "callback_data"}, {"text", "url"})
        assert 1 <= len(button.get("callback_data", "-").encode()) <= 64
        host = urlsplit(button.get("url", "https://example.org")).hostname
        assert host not in {None, "localhost", "127.0.0.1"}, "BUTTON_URL_INVALID"
    return rows


_NAMES = {method: re.sub(r"(?=[A-Z])", "_", f"_{method}").lower() for method in _FIELDS}
