"""What a meeting is called at the service that holds it, and how it is recognised there."""

from __future__ import annotations

import re
from uuid import UUID

from scheduler_core.model import Booking

_LONGEST = 200  #: characters of a title that both Zoom and Google take


def title(booking: Booking) -> str:
    """What it is about and who meets, as the invitation says it."""
    names = [person.name for person in booking.people]
    if booking.attendee is not None:
        names.append(booking.attendee.name)
    return f"{booking.kind.name}: {', '.join(names)}"[:_LONGEST]


def marker(booking: Booking) -> str:
    """The line by which our own meeting is found again after an answer was lost."""
    return f"Booking {booking.uid}"


def marked(text: str) -> UUID | None:
    """The booking whose marker the text begins with; None where it is no meeting of ours."""
    match = re.match(r"Booking ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b", text)
    return None if match is None else UUID(match[1])


def description(booking: Booking) -> str:
    """The marker first, as services shorten what they list."""
    return f"{marker(booking)}\nReference {booking.reference}"
