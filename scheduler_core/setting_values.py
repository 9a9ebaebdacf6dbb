"""How each kind of setting is written; a ValueError or SchedulerError says how it should be."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from scheduler_core.texts import checked_address

SECRET_LENGTH = 32  #: characters at least
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_WEB_PORTS = {"http": 80, "https": 443}


def port(text: str) -> int:
    """A port of this machine."""
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError("a port lies between 1 and 65535")
    return number


def port_or_none(text: str) -> int | None:
    """A port; None where none is named."""
    return port(text) if text else None


def secret(text: str) -> str:
    """A secret that nobody guesses; empty where none is given."""
    if 0 < len(text) < SECRET_LENGTH:
        raise ValueError(f"a secret of {SECRET_LENGTH} characters or more")
    return text


def minutes(text: str) -> int:
    """A number of minutes, at most a week of them."""
    minutes = int(text)
    if not 1 <= minutes <= 7 * 24 * 60:
        raise ValueError("from one minute to a week of them")
    return minutes


def days(text: str) -> timedelta:
    """A number of days, at most a hundred years of them."""
    days = int(text)
    if not 1 <= days <= 36_500:
        raise ValueError("from one day to a hundred years of them")
    return timedelta(days=days)


def origin(text: str) -> str:
    """Scheme, host and port, as browsers send them."""
    parts = urlsplit(text)
    if parts.scheme not in _WEB_PORTS or parts.path.strip("/"):
        raise ValueError("an origin looks like https://www.example.org")
    return f"{parts.scheme}://{_host(parts)}"


def origins(text: str) -> tuple[str, ...]:
    """Origins with commas between them."""
    return tuple(origin(part.strip()) for part in text.split(",") if part.strip())


def url(text: str) -> str:
    """An address of ours, without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in _WEB_PORTS:
        raise ValueError("an address looks like https://book.example.org")
    return f"{parts.scheme}://{_host(parts)}{parts.path}".rstrip("/")


def service_url(text: str) -> str:
    """An address to which secrets may be sent; empty where it is the service's own."""
    if text and urlsplit(text).scheme != "https" and urlsplit(text).hostname not in LOOPBACK:
        raise ValueError("secrets are sent there, so it begins with https://")
    return url(text) if text else ""


def _host(parts: SplitResult) -> str:
    """Host and port as browsers write them: lower-case, without the port that goes without saying."""
    if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("nothing but a host, a port and a path can stand behind the //")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("a port is a number up to 65535") from None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return host if port in {None, _WEB_PORTS[parts.scheme]} else f"{host}:{port}"


def addresses(text: str) -> tuple[str, ...]:
    """Mail addresses with commas between them."""
    return tuple(checked_address(part) for part in text.split(",") if part.strip())


def database_url(text: str) -> str:
    """The address as SQLAlchemy reads it; the short forms that hosts hand out are understood."""
    if not re.match(r"postgres(ql)?(\+psycopg2)?://", text):
        raise ValueError("it begins with postgresql://")
    url = re.sub(r"^postgres(ql)?(\+psycopg2)?://", "postgresql+psycopg2://", text)
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("it looks like postgresql://name:password@host:5432/database") from None
    return url


def smtp_security(text: str) -> str:
    """How a connection to a mail server is protected."""
    if text not in SMTP_PORTS:
        raise ValueError("one of starttls, tls, none")
    return text


def telegram_mode(text: str) -> str:
    """How messages come from Telegram."""
    if text not in {"polling", "webhook"}:
        raise ValueError("one of polling, webhook")
    return text


def flag(text: str) -> bool:
    """Yes or no."""
    if text not in {"0", "1"}:
        raise ValueError("0 or 1")
    return text == "1"


def file(text: str) -> Path | None:
    """A file that is there; None where none is named."""
    if text and not Path(text).is_file():
        raise ValueError("there is no such file")
    return Path(text) if text else None


def folder(text: str) -> Path | None:
    """A folder that is there; None where none is named."""
    if text and not Path(text).is_dir():
        raise ValueError("there is no such folder")
    return Path(text) if text else None
