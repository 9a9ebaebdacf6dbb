"""What an answer that is no success means, and how long a service asks us to wait; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scheduler_core.errors import DeliveryError, PermanentFailure, TemporaryFailure

_ADDRESS = re.compile(r"[^\s<>\"'@]+@[^\s<>\"'@]+")
#: Passing by themselves, or once whoever runs this has mended the account: a booking can wait for either.
_MAY_PASS = frozenset({401, 403, 408, 425, 429})


def failure(
    service: str, status: int, said: str, headers: Mapping[str, str], now: datetime, *, may_pass: bool = False
) -> DeliveryError:
    """The failure that an answer stands for; addresses in what the service said are left out."""
    reason = f"{service} {status}: {without_addresses(said)}"
    if not (may_pass or status in _MAY_PASS or status >= 500):
        return PermanentFailure(reason=reason)
    wait = retry_after(headers, said, now)
    return (
        TemporaryFailure(reason=reason) if wait is None else TemporaryFailure(reason=reason, retry_after=wait)
    )


def without_addresses(said: str) -> str:
    """The beginning of what a service said, fit for a log."""
    return _ADDRESS.sub("an address", said)[:200]


def retry_after(headers: Mapping[str, str], said: str, now: datetime) -> float | None:
    """Seconds that the service asks to wait; until midnight in UTC, where the limit of a day is reached."""
    named = headers.get("Retry-After", "").strip()
    if named.isdecimal():
        return float(named)
    until = _instant(named) if named else None
    if until is None and ("daily" in headers.get("X-RateLimit-Type", "").lower() or _names_the_day(said)):
        until = (now.astimezone(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return None if until is None else max(0.0, (until - now).total_seconds())


def _names_the_day(said: str) -> bool:
    return "daily" in said.lower() and "limit" in said.lower()


def _instant(text: str) -> datetime | None:
    """A date as HTTP has it (RFC 9110 section 10.2.3), or as ISO 8601 has it, which Zoom sends."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(text)
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
