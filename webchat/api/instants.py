"""Times as they stand in addresses and forms."""

from __future__ import annotations

from datetime import date, datetime

from scheduler_core.errors import InvalidTime
from scheduler_core.timerange import as_utc


def read_instant(text: str) -> datetime:
    """The instant that an ISO 8601 time with an offset names.

    Raises:
        InvalidTime: it names none.

    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidTime(reason="not_iso", value=text) from error
    return as_utc(instant)


def read_day(text: str) -> date | None:
    """The calendar day that an ISO 8601 date names; None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
