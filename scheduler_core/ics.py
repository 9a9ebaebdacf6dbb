"""A booking as an iCalendar invitation (RFC 5545, sent as RFC 5546 and RFC 6047 rule)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from icalendar import Calendar, Event, vText

from scheduler_core.content_lines import folded, instant, parameter, text
from scheduler_core.model import Booking, Status

PRODUCT = "-//Appointment Assistant//Scheduler//EN"
_HEAD = ("VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
_TRIGGER = "TRIGGER:-PT15M"


@dataclass(frozen=True)
class Party:
    """Somebody as calendars name them."""

    name: str
    address: str
    agreed: bool = True  #: False for guests, whom nobody has asked yet


@dataclass(frozen=True)
class Invitation:
    """What one recipient's calendar is to hold.

    The organizer stands for the side that did not get this mail: calendars ignore invitations that claim to
    come from their own owner.
    """

    booking: Booking
    organizer: Party
    sent_by: str  #: the address that the mail comes from
    attendees: tuple[Party, ...]
    summary: str
    description: str
    location: str
    url: str = ""
    withdrawn: bool = False  #: whether the recipient alone is no longer invited (RFC 5546 section 3.2.5)

    @property
    def status(self) -> Status:
        """How certain the booking is for the recipient."""
        return Status.CANCELLED if self.withdrawn else self.booking.status

    @property
    def method(self) -> str:
        """`REQUEST`, or `CANCEL` where the booking is called off."""
        return "CANCEL" if self.status is Status.CANCELLED else "REQUEST"

    def text(self) -> str:
        """The calendar object, lines ended by CR LF and folded at 75 octets."""
        return folded(("BEGIN:VCALENDAR", *_HEAD, f"METHOD:{self.method}", *self._event(), "END:VCALENDAR"))

    def _event(self) -> Iterator[str]:
        """The lines of the event, in the order in which the library writes them."""
        booking = self.booking
        yield "BEGIN:VEVENT"
        if self.summary:
            yield f"SUMMARY:{text(self.summary)}"
        yield f"DTSTART:{instant(booking.time.start)}"
        yield f"DTEND:{instant(booking.time.end)}"
        yield f"DTSTAMP:{instant(booking.updated_at or booking.time.start)}"
        yield f"UID:{booking.uid}"  # bare, as RFC 7986 section 5.3 recommends: it outlives any domain
        yield f"SEQUENCE:{booking.sequence}"
        yield from map(_attendee, self.attendees)
        if self.description:
            yield f"DESCRIPTION:{text(self.description)}"
        if self.location:
            yield f"LOCATION:{text(self.location)}"
        yield self._organizer()
        yield f"STATUS:{self.status.value}"
        yield "TRANSP:OPAQUE"
        if self.url:
            yield f"URL:{self.url}"
        if self.method == "REQUEST":
            yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{text(self.summary)}", _TRIGGER)
            yield "END:VALARM"
        yield "END:VEVENT"

    def _organizer(self) -> str:
        organizer = self.organizer
        sent_by = (
            "" if self.sent_by == organizer.address else f";SENT-BY={parameter(f'mailto:{self.sent_by}')}"
        )
        return f"ORGANIZER;CN={parameter(organizer.name)}{sent_by}:mailto:{organizer.address}"


def published(bookings: Iterable[Booking]) -> str:
    """The bookings as a calendar of one's own (RFC 5546 section 3.2.1): when and with whom."""
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    for booking in bookings:
        event = Event()
        event.add("uid", str(booking.uid))
        event.add("sequence", booking.sequence)
        event.add("dtstamp", booking.updated_at or booking.time.start)
        event.add("dtstart", booking.time.start)
        event.add("dtend", booking.time.end)
        event.add("status", booking.status.value)
        people = ", ".join(person.name for person in booking.people)
        event.add("summary", vText(f"{booking.kind.name} with {people}"))
        calendar.add_component(event)
    return str(calendar.to_ical(), encoding="utf-8")


def _attendee(party: Party) -> str:
    """Whoever is named here has agreed already, but for guests: an appointment is booked, not proposed."""
    answer = "ACCEPTED;ROLE=REQ-PARTICIPANT" if party.agreed else "NEEDS-ACTION;ROLE=OPT-PARTICIPANT"
    return f"ATTENDEE;CN={parameter(party.name)};PARTSTAT={answer};RSVP=FALSE:mailto:{party.address}"
