"""Google Meet: a calendar event with a conference, one for a booking, for its life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from scheduler_core.accounts import Google
from scheduler_core.clock import Clock
from scheduler_core.errors import PermanentFailure, SchedulerError, TemporaryFailure
from scheduler_core.meetings.google_api import GoogleApi
from scheduler_core.meetings.line import Line, Patience
from scheduler_core.meetings.naming import description, title
from scheduler_core.model import Booking, Channel, Meeting, Person
from scheduler_core.ports import HeldMeeting
from scheduler_core.timerange import TimeRange

_MARK = "booking"  #: the property of an event by which it is known as ours
_OWN = "primary"  #: what Google calls the calendar of the account itself


class GoogleMeet:
    """Makes, moves and deletes events in each organizer's calendar; Google itself mails nobody.

    The event's id is the booking's own, so that no lost answer leads to a second one. An event that somebody
    has deleted keeps its id at Google: it comes back where that is allowed, else another takes its place.
    """

    def __init__(self, account: Google, clock: Clock, patience: Patience = Patience()) -> None:  # noqa: B008
        self._line = Line("Google", patience)
        self._api = GoogleApi(account, self._line, clock)
        self._clock = clock

    async def create(self, booking: Booking) -> Meeting:
        """The booking's event and its Meet link; the same event at each call."""
        return await self._line.call(lambda: self._create(booking, self._calendar(booking.organizer)))

    async def move(self, booking: Booking) -> Meeting:
        """The same event at the present time, with the same link."""
        return await self._line.call(lambda: self._move(booking))

    async def delete(self, booking: Booking) -> None:
        """Takes the event away, also one of which no answer ever came."""
        calendar, event = self._place_of(booking)
        owner = booking.organizer.email
        await self._line.call(lambda: self._api.delete(calendar, owner, event))

    async def held(self, bookings: Sequence[Booking]) -> list[HeldMeeting]:
        """Our events in the calendars that hold the bookings', or would hold them now."""
        owner = bookings[0].organizer.email if bookings else ""
        calendars = sorted({self._place_of(booking)[0] for booking in bookings})
        return await self._line.call(
            lambda: [one for calendar in calendars for one in self._held_in(calendar, owner)]
        )

    async def check(self, person: Person | None = None) -> None:
        """Signs in, for the person's own calendar where people are acted for.

        Raises:
            TemporaryFailure: Google cannot be reached, or refuses.

        """
        calendar, owner = (_OWN, "") if person is None else (self._calendar(person), person.email)
        await self._line.call(lambda: self._api.sign_in(calendar, owner))

    def _create(self, booking: Booking, calendar: str) -> Meeting:
        event = booking.uid.hex
        made = self._put(booking, calendar, event)
        if made is None:  # deleted for good: its id is used up
            event = f"{booking.uid.hex}v{booking.version}"
            made = self._put(booking, calendar, event)
        if made is None:
            raise TemporaryFailure(reason="Google has the event and has it not")
        return self._with_link(booking, calendar, event, made)

    def _held_in(self, calendar: str, owner: str) -> Iterator[HeldMeeting]:
        for event in self._api.of_calendar(calendar, owner, self._clock.now()):
            with suppress(KeyError, ValueError):  # of which none is ours
                booking = UUID(event["extendedProperties"]["private"][_MARK])
                yield HeldMeeting(booking, _time(event))

    def _put(self, booking: Booking, calendar: str, event: str) -> dict[str, Any] | None:
        """The event of that id, made or changed; None if it can be neither."""
        owner, fields = booking.organizer.email, _fields(booking)
        made = self._api.insert(calendar, owner, {"id": event, **fields, **_conference(event)})
        return self._api.patch(calendar, owner, event, fields) if made is None else made

    def _move(self, booking: Booking) -> Meeting:
        calendar, event = self._place_of(booking)
        changed = self._api.patch(calendar, booking.organizer.email, event, _fields(booking))
        if changed is None:
            return self._create(booking, calendar)
        return self._with_link(booking, calendar, event, changed)

    def _with_link(self, booking: Booking, calendar: str, event: str, made: Mapping[str, Any]) -> Meeting:
        """The meeting; where somebody has taken the conference off the event, it gets one again."""
        if "hangoutLink" not in made and "conferenceData" not in made:
            anew = _conference(f"{event}-{booking.version}")
            made = self._api.patch(calendar, booking.organizer.email, event, anew) or {}
        return Meeting(Channel.GOOGLE_MEET, _link(made), f"{calendar}/{event}")

    def _calendar(self, person: Person) -> str:
        """Where the person's events are made now."""
        own = person.email if self._api.acts_for_people else _OWN
        return person.google_calendar or own

    def _place_of(self, booking: Booking) -> tuple[str, str]:
        """Calendar and id of the booking's event, whatever has been set since."""
        if booking.meeting is None:
            return self._calendar(booking.organizer), booking.uid.hex
        calendar, _, event = booking.meeting.id.rpartition("/")
        return calendar, event


def _fields(booking: Booking) -> dict[str, Any]:
    """When and what; an event that was deleted is there again."""
    zone = booking.organizer.zone
    return {
        "status": "confirmed",
        "summary": title(booking),
        "description": description(booking),
        "start": _moment(booking.time.start, zone),
        "end": _moment(booking.time.end, zone),
        # By this our own event is told from the person's other engagements.
        "extendedProperties": {"private": {_MARK: str(booking.uid)}},
    }


def _time(event: Mapping[str, Any]) -> TimeRange | None:
    """When the event is; None where it takes whole days."""
    try:
        start, end = (datetime.fromisoformat(event[bound]["dateTime"]) for bound in ("start", "end"))
        return TimeRange(start.astimezone(UTC), end.astimezone(UTC))
    except (KeyError, TypeError, ValueError, SchedulerError):
        return None


def _moment(instant: datetime, zone: str) -> dict[str, str]:
    return {"dateTime": instant.astimezone(UTC).isoformat(), "timeZone": zone}


def _conference(request: str) -> dict[str, Any]:
    """The wish for a Meet link; Google grants the same request only once."""
    solution = {"type": "hangoutsMeet"}
    return {"conferenceData": {"createRequest": {"requestId": request, "conferenceSolutionKey": solution}}}


def _link(event: Mapping[str, Any]) -> str:
    """The Meet link of the event.

    Raises:
        TemporaryFailure: Google is still making it.
        PermanentFailure: it makes none.

    """
    link = str(event.get("hangoutLink", ""))
    if link.startswith("https://"):
        return link
    asked = event.get("conferenceData", {}).get("createRequest", {})
    if asked.get("status", {}).get("statusCode") == "failure":
        raise PermanentFailure(reason="Google makes no Meet link in this calendar")
    raise TemporaryFailure(reason="Google is still making the Meet link")
