"""A calendar that other programs fetch again and again (RFC 5545, RFC 7986), and its free/busy time; pure.

It carries no METHOD, as nothing is asked of its reader, and no ORGANIZER in its events, so that calendars
take them for entries and not for invitations. Whoever finds the address can read it and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, FreeBusy, vCalAddress, vText, vUri

from scheduler_core.ics import PRODUCT
from scheduler_core.model import Booking, Channel, Status
from scheduler_core.timerange import TimeRange

#: How often calendars may come back (RFC 7986 section 5.7).
REFRESH = timedelta(minutes=15)

_PLACES = {
    Channel.JITSI: "Video call (Jitsi)",
    Channel.ZOOM: "Video call (Zoom)",
    Channel.GOOGLE_MEET: "Video call (Google Meet)",
    Channel.PHONE: "By phone",
}


@dataclass(frozen=True)
class Content:
    """What a feed shows, and to whom."""

    name: str
    bookings: Sequence[Booking]
    for_person: bool  #: whether its reader keeps the calendar, and so meets the attendees

    def text(self) -> str:
        """The calendar object: the same bytes as long as nothing has changed."""
        calendar = _calendar(self.name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESH, parameters={"VALUE": "DURATION"})
        for booking in self.bookings:
            calendar.add_component(self._event(booking))
        return str(calendar.to_ical(), encoding="utf-8")

    def _event(self, booking: Booking) -> Event:
        event, changed = Event(), booking.updated_at or booking.time.start
        event.add("uid", str(booking.uid))
        event.add("sequence", booking.sequence)
        event.add("dtstamp", changed)
        event.add("last-modified", changed)
        event.add("dtstart", booking.time.start)
        event.add("dtend", booking.time.end)
        event.add("status", booking.status.value)
        event.add("transp", "TRANSPARENT" if booking.status is Status.CANCELLED else "OPAQUE")
        event.add("summary", vText(f"{booking.kind.name} with {self._others(booking)}"))
        event.add("location", vText(_place(booking)))
        event.add("description", vText("\n".join(self._lines(booking))))
        if booking.meeting is not None and booking.status is not Status.CANCELLED:
            event.add("url", vUri(booking.meeting.url))
        return event

    def _others(self, booking: Booking) -> str:
        """The names of those whom the reader meets."""
        if self.for_person and booking.attendee is not None:
            return booking.attendee.name
        return ", ".join(person.name for person in booking.people)

    def _lines(self, booking: Booking) -> Iterable[str]:
        if self.for_person and booking.attendee is not None:
            yield booking.attendee.email
            if booking.phone:
                yield f"Phone: {booking.phone}"
        if booking.note:
            yield booking.note
        yield f"Reference: {booking.reference}"


def free_busy(owner: str, window: TimeRange, busy: Iterable[TimeRange], now: datetime) -> str:
    """What is taken within the window, as VFREEBUSY (RFC 5545 section 3.6.4); `owner` is a mail address."""
    component = FreeBusy()
    component.add("uid", f"{owner}/{window.start:%Y%m%d}")
    component.add("dtstamp", now)
    component.add("dtstart", window.start)
    component.add("dtend", window.end)
    component.add("organizer", vCalAddress(f"mailto:{owner}"), encode=False)
    periods = [(time.start, time.end) for time in busy]
    if periods:
        component.add("freebusy", periods, parameters={"FBTYPE": "BUSY"})
    calendar = _calendar("")
    calendar.add_component(component)
    return str(calendar.to_ical(), encoding="utf-8")


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", vText(name))  # RFC 7986 section 5.1
        calendar.add("x-wr-calname", vText(name))
    return calendar


def _place(booking: Booking) -> str:
    if booking.channel is Channel.IN_PERSON:
        return booking.kind.location or "In person"
    return _PLACES[booking.channel]
