"""The calls of Slack and Telegram by which people are written to, as their documentation has them."""

from __future__ import annotations

from scheduler_core.accounts import Slack, Telegram
from tests.adapters.web_service import Answer, Asked, WebService

SLACK_TOKEN = "xoxb-0-s3cret"
TELEGRAM_TOKEN = "1234567:telegram-s3cret-of-the-tests"
OPEN, POST = "POST /api/conversations.open", "POST /api/chat.postMessage"
SEND = f"POST /bot{TELEGRAM_TOKEN}/sendMessage"


class SlackServer(WebService):
    """Opens direct messages and takes messages in them, but not for those who are gone."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.errors: dict[str, str] = {}  #: what is said about a user instead

    def answer(self, asked: Asked) -> Answer:
        assert str(asked) in {OPEN, POST}
        fields = asked.fields
        if asked.headers.get("Authorization") != f"Bearer {SLACK_TOKEN}":
            return Answer(200, {"ok": False, "error": "invalid_auth"})
        if str(asked) == OPEN:
            assert set(fields) == {"users"}
            if fields["users"] in self.errors:
                return Answer(200, {"ok": False, "error": self.errors[fields["users"]]})
            return Answer(200, {"ok": True, "channel": {"id": f"D{fields['users']}"}})
        assert set(fields) == {"channel", "text", "unfurl_links", "unfurl_media"}
        assert 0 < len(fields["text"]) <= 4000
        self.sent.append((fields["channel"], fields["text"]))
        return Answer(200, {"ok": True, "channel": fields["channel"], "ts": "1700000000.000100"})


class TelegramServer(WebService):
    """Takes messages for those who have not blocked the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[int, str]] = []
        self.blocked: set[int] = set()

    def answer(self, asked: Asked) -> Answer:
        if str(asked) != SEND:
            return _refused(401, "Unauthorized")
        fields = asked.fields
        assert set(fields) == {"chat_id", "text", "link_preview_options"}
        assert 0 < len(fields["text"]) <= 4096
        chat = fields["chat_id"]
        assert isinstance(chat, int)
        if chat in self.blocked:
            return _refused(403, "Forbidden: bot was blocked by the user")
        if chat < 0:
            return _refused(400, "Bad Request: chat not found")
        self.sent.append((chat, fields["text"]))
        return Answer(200, {"ok": True, "result": {"message_id": len(self.sent), "chat": {"id": chat}}})


def slack_account(url: str, token: str = SLACK_TOKEN) -> Slack:
    """The app of the tests at a server of theirs."""
    return Slack(token, "signing-s3cret", f"{url}/api")


def telegram_account(url: str, token: str = TELEGRAM_TOKEN) -> Telegram:
    """The bot of the tests at a server of theirs."""
    return Telegram(token, url=url)


def _refused(code: int, description: str) -> Answer:
    return Answer(code, {"ok": False, "error_code": code, "description": description})
