"""The accounts at outside services by which meetings are made, texts are sent and people are chatted with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Zoom:
    """The Server-to-Server OAuth app by which meetings are made, and where Zoom is reached."""

    account_id: str
    client_id: str
    client_secret: str = field(repr=False)
    api_url: str = "https://api.zoom.us/v2"
    token_url: str = "https://zoom.us/oauth/token"  # noqa: S105  # an address


@dataclass(frozen=True)
class Google:
    """By whom calendar events with a Meet link are made, and where Google is reached.

    By a service account that acts for each person, or else by one account that has signed in.
    """

    token_file: Path  #: what `google-login` keeps
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    service_account_file: Path | None = None
    api_url: str = "https://www.googleapis.com"
    consent_url: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token_url: str = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address

    @property
    def is_signed_in(self) -> bool:
        """Whether there is something to sign in with."""
        return (self.service_account_file or self.token_file).exists()


@dataclass(frozen=True)
class Twilio:
    """The account by which text messages are sent, and where Twilio is reached."""

    account_sid: str
    auth_token: str = field(repr=False)
    sender: str  #: a number as E.164 has it, a name, or the id of a Messaging Service
    url: str = "https://api.twilio.com"


@dataclass(frozen=True)
class Telegram:
    """The bot that people write to, how its updates come, and where Telegram is reached."""

    token: str = field(repr=False)
    polls: bool = True  #: whether updates are asked for; else Telegram sends them to the chat's address
    url: str = "https://api.telegram.org"

    @property
    def bot_id(self) -> str:
        """The bot's own number, which its token begins with and which is no secret."""
        return self.token.partition(":")[0]

    def address(self, chat_url: str) -> str:
        """Where Telegram sends updates to, at the chat's address; empty where they are asked for."""
        return "" if self.polls else f"{chat_url}/webhooks/telegram/webhook"


@dataclass(frozen=True)
class Slack:
    """The app that people write to in a workspace, and where Slack is reached."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)  #: by which it is known that Slack sends what comes
    url: str = "https://slack.com/api"
