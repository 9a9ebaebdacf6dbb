"""Every setting, read once from the environment; all faults are reported together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from scheduler_core import setting_values as values
from scheduler_core import zones
from scheduler_core.accounts import Google, Slack, Telegram, Twilio, Zoom
from scheduler_core.clock import Clock, clock_from
from scheduler_core.errors import InvalidSetting, SchedulerError
from scheduler_core.model import Channel
from scheduler_core.setting_values import LOOPBACK, SMTP_PORTS
from scheduler_core.texts import checked_address

Value = TypeVar("Value")


@dataclass(frozen=True)
class Smtp:
    """How mail leaves."""

    host: str
    port: int
    security: str  #: `starttls`, `tls` or `none`
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None  #: certificates of authorities to trust besides the usual ones


@dataclass(frozen=True)
class Keep:
    """For how long things are kept."""

    holds: timedelta  #: that nobody has confirmed
    requests: timedelta  #: keys that make a repeated request harmless, after the booking is over
    messages: timedelta  #: that were told or given up
    tickets: timedelta  #: requests for a person; what was said goes with the mail
    conversations: timedelta  #: what somebody was about to arrange in a chat
    bookings: timedelta  #: with whom they were made for, after they are over


@dataclass(frozen=True)
class Settings:
    """What the processes are set up with. Booking policy is not here: it lives on the appointment type."""

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    clock: Clock
    organisation_name: str
    default_zone: str
    default_locale: str
    public_url: str
    chat_url: str
    chat_allowed_origins: tuple[str, ...]
    api_port: int
    actions_port: int
    mail_from: str
    support_email: str  #: of those who help where the assistant does not
    support_pause: timedelta  #: so long it leaves a conversation to them
    mail_folder: Path
    keep: Keep
    smtp: Smtp | None
    jitsi_url: str
    testing: bool
    mail_templates: Path | None = None  #: a folder whose files are used instead of the built-in ones
    rank_offers: bool = True  #: by the times that people usually take
    zoom: Zoom | None = None
    google: Google | None = None
    twilio: Twilio | None = None
    telegram: Telegram | None = None
    slack: Slack | None = None
    rasa_port: int = 5005
    actions_url: str = "http://127.0.0.1:5055/webhook"  #: where Rasa calls the action server
    actions_secret: str = field(default="", repr=False)  #: by which the action server knows Rasa
    model_fingerprint: str = ""  #: of the files that a language model is trained from; empty if not known
    metrics_port: int | None = None  #: of the worker; None where it shows none
    admin_emails: tuple[str, ...] = ()  #: of those who see every calendar at the hosts' desk
    webhooks_private: bool = False  #: whether webhooks may lead into a network of one's own

    @property
    def ways(self) -> frozenset[Channel]:
        """How people can meet with the accounts that are set up."""
        missing = {Channel.ZOOM} if self.zoom is None else set()
        if self.google is None or not self.google.is_signed_in:
            missing.add(Channel.GOOGLE_MEET)
        return frozenset(Channel) - missing

    @property
    def public_host(self) -> str:
        """The host of PUBLIC_URL, without a port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def shows_mails(self) -> bool:
        """Whether a page shows the mails that are written instead of sent: to this machine alone."""
        return self.smtp is None and self.public_host in LOOPBACK


class _Reader:
    """Reads values by name and keeps every fault."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.faults: list[str] = []

    def read(self, name: str, default: str, parse: Callable[[str], Value]) -> Value:
        """The parsed value; the parsed default, and a fault kept, where it cannot be used."""
        text = self.environment.get(name, "").strip() or default
        try:
            return parse(text)
        except (ValueError, SchedulerError) as error:
            # Addresses may hold passwords, and what is said here ends in a log.
            is_secret = name in {"DATABASE_URL", "ACTIONS_SECRET"} or "@" in text
            self.faults.append(f"{name}: {error}" if is_secret else f"{name}={text!r}: {error}")
            return parse(default)

    def need(self, name: str, hint: str, *, least: int = 1) -> str:
        """A value that has no default."""
        text = self.environment.get(name, "").strip()
        if len(text) < least:
            self.faults.append(f"{name}: {hint}")
        return text


def _smtp(reader: _Reader) -> Smtp | None:
    host = reader.environment.get("SMTP_HOST", "").strip()
    if not host:
        return None
    security = reader.read("SMTP_SECURITY", "starttls", values.smtp_security)
    return Smtp(
        host=host,
        port=reader.read("SMTP_PORT", str(SMTP_PORTS[security]), values.port),
        security=security,
        username=reader.environment.get("SMTP_USERNAME", "").strip(),
        password=reader.environment.get("SMTP_PASSWORD", ""),
        ca_file=reader.read("SMTP_CA_FILE", "", values.file),
    )


def _together(reader: _Reader, *names: str) -> tuple[str, ...]:
    """Values of which there are all or none."""
    if not any(reader.environment.get(name, "").strip() for name in names):
        return ()
    return tuple(
        reader.need(name, f"it is needed beside {' and '.join(one for one in names if one != name)}")
        for name in names
    )


def _zoom(reader: _Reader) -> Zoom | None:
    url = reader.read("ZOOM_URL", "", values.service_url)
    app = _together(reader, "ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET")
    if not app:
        return None
    account = Zoom(*app)
    if not url:
        return account
    return replace(account, api_url=f"{url}/v2", token_url=f"{url}/oauth/token")


def _google(reader: _Reader) -> Google | None:
    file = reader.environment.get("GOOGLE_SERVICE_ACCOUNT_FILE", "").strip()
    url = reader.read("GOOGLE_URL", "", values.service_url)
    login = _together(reader, "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET")
    if not file and not login:
        return None
    client_id, client_secret = login or ("", "")
    account = Google(
        token_file=reader.read("GOOGLE_TOKEN_FILE", "var/secrets/google-token.json", Path),
        client_id=client_id,
        client_secret=client_secret,
        service_account_file=Path(file) if file else None,
    )
    if not url:
        return account
    return replace(account, api_url=url, consent_url=f"{url}/consent", token_url=f"{url}/token")


def _twilio(reader: _Reader) -> Twilio | None:
    url = reader.read("TWILIO_URL", "", values.service_url)
    account = _together(reader, "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM")
    if not account:
        return None
    return replace(Twilio(*account), url=url) if url else Twilio(*account)


def _telegram(reader: _Reader) -> Telegram | None:
    url = reader.read("TELEGRAM_API_URL", "", values.service_url)
    polls = reader.read("TELEGRAM_MODE", "polling", values.telegram_mode) == "polling"
    token = reader.environment.get("TELEGRAM_BOT_TOKEN", "").strip()
    if not token:
        return None
    if not re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,100}", token):
        reader.faults.append("TELEGRAM_BOT_TOKEN: a token of @BotFather looks like 123456789:AbC-dEf…")
    if not polls and urlsplit(reader.environment.get("CHAT_URL", "").strip()).scheme != "https":
        reader.faults.append("TELEGRAM_MODE: Telegram sends to https:// alone; set CHAT_URL, or poll")
    return Telegram(token, polls, url) if url else Telegram(token, polls)


def _slack(reader: _Reader) -> Slack | None:
    url = reader.read("SLACK_API_URL", "", values.service_url)
    app = _together(reader, "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
    if not app:
        return None
    return replace(Slack(*app), url=url) if url else Slack(*app)


def _keep(reader: _Reader) -> Keep:
    return Keep(
        holds=reader.read("KEEP_HOLDS_DAYS", "1", values.days),
        requests=reader.read("KEEP_REQUESTS_DAYS", "30", values.days),
        messages=reader.read("KEEP_MESSAGES_DAYS", "30", values.days),
        tickets=reader.read("KEEP_TICKETS_DAYS", "30", values.days),
        conversations=reader.read("KEEP_CONVERSATIONS_DAYS", "7", values.days),
        bookings=reader.read("KEEP_BOOKINGS_DAYS", "730", values.days),
    )


def _clock(reader: _Reader, *, testing: bool) -> Clock:
    if reader.environment.get("TEST_NOW") and not testing:
        reader.faults.append("TEST_NOW: only tests may move the clock; unset it")
        return clock_from(None)
    return reader.read("TEST_NOW", "", clock_from)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment describes.

    Raises:
        InvalidSetting: `details["faults"]` lists every fault, one sentence each.

    """
    reader = _Reader(environment)
    testing = reader.read("TESTING", "0", values.flag)
    api_port = reader.read("API_PORT", "8080", values.port)
    rasa_port = reader.read("RASA_PORT", "5005", values.port)
    actions_port = reader.read("ACTIONS_PORT", "5055", values.port)
    public_url = reader.read("PUBLIC_URL", f"http://127.0.0.1:{api_port}", values.url)
    mail_from = reader.read("MAIL_FROM", "appointments@example.org", checked_address)
    settings = Settings(
        database_url=reader.read(
            "DATABASE_URL", "postgresql://127.0.0.1:5433/appointments", values.database_url
        ),
        secret_key=reader.need("SECRET_KEY", "at least 32 characters of your own are needed", least=32),
        clock=_clock(reader, testing=testing),
        organisation_name=reader.read("ORGANISATION_NAME", "Example Practice", str),
        default_zone=reader.read("DEFAULT_ZONE", "Europe/Berlin", zones.canonical),
        default_locale=reader.read("DEFAULT_LOCALE", "en", str),
        public_url=public_url,
        chat_url=reader.read("CHAT_URL", f"http://127.0.0.1:{rasa_port}", values.url),
        chat_allowed_origins=(
            f"{urlsplit(public_url).scheme}://{urlsplit(public_url).netloc}",
            *reader.read("CHAT_ALLOWED_ORIGINS", "", values.origins),
        ),
        api_port=api_port,
        actions_port=actions_port,
        actions_url=reader.read("ACTIONS_URL", f"http://127.0.0.1:{actions_port}/webhook", values.url),
        actions_secret=reader.read("ACTIONS_SECRET", "", values.secret),
        mail_from=mail_from,
        support_email=reader.read("SUPPORT_EMAIL", mail_from, checked_address),
        support_pause=timedelta(minutes=reader.read("SUPPORT_PAUSE_MINUTES", "120", values.minutes)),
        mail_folder=reader.read("MAIL_FOLDER", "var/mail", Path),
        mail_templates=reader.read("MAIL_TEMPLATES", "", values.folder),
        keep=_keep(reader),
        smtp=_smtp(reader),
        jitsi_url=reader.read("JITSI_URL", "https://meet.jit.si", values.url),
        testing=testing,
        rank_offers=reader.read("RANK_OFFERS", "1", values.flag),
        zoom=_zoom(reader),
        google=_google(reader),
        twilio=_twilio(reader),
        telegram=_telegram(reader),
        slack=_slack(reader),
        rasa_port=rasa_port,
        model_fingerprint=reader.read("MODEL_FINGERPRINT", "", str),
        metrics_port=reader.read("METRICS_PORT", "", values.port_or_none),
        admin_emails=reader.read("ADMIN_EMAILS", "", values.addresses),
        webhooks_private=reader.read("WEBHOOKS_PRIVATE", "0", values.flag),
    )
    if reader.faults:
        raise InvalidSetting(faults=tuple(reader.faults))
    return settings
