"""A booking as an iCalendar invitation (RFC 5545, sent as RFC 5546 and RFC 6047 rule)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

from scheduler_core.model import Booking, Status

_PRODUCT = "-//Appointment Assistant//Scheduler//EN"
_REMIND_BEFORE = timedelta(minutes=15)


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
        calendar = Calendar()
        calendar.add("prodid", _PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", self.method)
        calendar.add_component(self._event())
        return str(calendar.to_ical(), encoding="utf-8")

    def _event(self) -> Event:
        booking, event = self.booking, Event()
        event.add("uid", str(booking.uid))  # bare, as RFC 7986 section 5.3 recommends: it outlives any domain
        event.add("sequence", booking.sequence)
        event.add("dtstamp", booking.updated_at or booking.time.start)
        event.add("dtstart", booking.time.start)
        event.add("dtend", booking.time.end)
        event.add("status", self.status.value)
        event.add("transp", "OPAQUE")
        for name in ("summary", "description", "location"):
            if getattr(self, name):
                event.add(name, vText(getattr(self, name)))
        if self.url:
            event.add("url", vUri(self.url))
        event.add("organizer", self._organizer(), encode=False)
        for party in self.attendees:
            event.add("attendee", _attendee(party), encode=False)
        if self.method == "REQUEST":
            event.add_component(self._alarm())
        return event

    def _organizer(self) -> vCalAddress:
        organizer = _address(self.organizer)
        if self.sent_by != self.organizer.address:
            organizer.params["SENT-BY"] = f"mailto:{self.sent_by}"
        return organizer

    def _alarm(self) -> Alarm:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", vText(self.summary))
        alarm.add("trigger", -_REMIND_BEFORE)
        return alarm


def published(bookings: Iterable[Booking]) -> str:
    """The bookings as a calendar of one's own (RFC 5546 section 3.2.1): when and with whom."""
    calendar = Calendar()
    for name, value in (("prodid", _PRODUCT), ("version", "2.0"), ("method", "PUBLISH")):
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


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.address}")
    address.params["CN"] = vText(party.name)
    return address


def _attendee(party: Party) -> vCalAddress:
    """Whoever is named here has agreed already, but for guests: an appointment is booked, not proposed."""
    attendee = _address(party)
    attendee.params["ROLE"] = "REQ-PARTICIPANT" if party.agreed else "OPT-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED" if party.agreed else "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"
    return attendee
