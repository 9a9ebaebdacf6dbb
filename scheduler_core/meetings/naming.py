"""What a meeting is called at the service that holds it, and how it is recognised there."""

from __future__ import annotations

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


def description(booking: Booking) -> str:
    """The marker first, as services shorten what they list."""
    return f"{marker(booking)}\nReference {booking.reference}"
