"""Zoom meetings: one for a booking, for its life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler_core.accounts import Zoom as Account
from scheduler_core.clock import Clock
from scheduler_core.errors import SchedulerError, TemporaryFailure
from scheduler_core.meetings.line import Line, Patience
from scheduler_core.meetings.naming import description, marked, marker, title
from scheduler_core.meetings.zoom_api import ZoomApi
from scheduler_core.model import Booking, Channel, Meeting
from scheduler_core.ports import HeldMeeting
from scheduler_core.timerange import TimeRange

_SCHEDULED = 2  #: Zoom's number for a meeting at one time


class Zoom:
    """Makes, moves and deletes the meetings of each organizer's own Zoom user.

    Of what Zoom answers only the number and the join address are kept: its `start_url` makes whoever holds it
    the host, and is read by nobody here. Hosts open the join address too, signed in.
    """

    def __init__(self, account: Account, clock: Clock, patience: Patience = Patience()) -> None:  # noqa: B008
        self._line = Line("Zoom", patience)
        self._api = ZoomApi(account, self._line, clock)

    async def create(self, booking: Booking) -> Meeting:
        """The booking's meeting: one that an earlier try has made already, else a new one."""
        return await self._line.call(lambda: self._create(booking))

    async def move(self, booking: Booking) -> Meeting:
        """The same meeting at the present time; where the host has deleted it, as for a new booking."""
        return await self._line.call(lambda: self._move(booking))

    async def delete(self, booking: Booking) -> None:
        """Takes the meeting away, also one of which no answer ever came."""
        await self._line.call(lambda: self._delete(booking))

    async def held(self, bookings: Sequence[Booking]) -> list[HeldMeeting]:
        """Our meetings of the bookings' hosts."""
        hosts = sorted({_host(booking) for booking in bookings})
        return await self._line.call(lambda: [one for host in hosts for one in self._held_by(host)])

    async def check(self) -> None:
        """Signs in.

        Raises:
            TemporaryFailure: Zoom cannot be reached, or does not know the app.

        """
        await self._line.call(self._api.sign_in)

    def _create(self, booking: Booking) -> Meeting:
        made = self._made_before(booking)
        if made is not None and self._api.update(made.id, **_fields(booking)):
            return made  # perhaps for a time that has changed since
        return _meeting(self._api.create(_host(booking), type=_SCHEDULED, **_fields(booking)))

    def _move(self, booking: Booking) -> Meeting:
        meeting = booking.meeting
        if meeting is not None and self._api.update(meeting.id, **_fields(booking)):
            return meeting
        return self._create(booking)

    def _delete(self, booking: Booking) -> None:
        meeting = booking.meeting or self._made_before(booking)
        if meeting is not None:
            self._api.delete(meeting.id)

    def _held_by(self, host: str) -> Iterator[HeldMeeting]:
        for found in self._api.of_host(host):
            booking = marked(str(found.get("agenda", "")))
            if booking is not None:
                yield HeldMeeting(booking, _time(found))

    def _made_before(self, booking: Booking) -> Meeting | None:
        """Our own meeting among the host's; Zoom has no key by which a repeated request would be known."""
        wanted = marker(booking)
        for found in self._api.of_host(_host(booking)):
            if str(found.get("agenda", "")).startswith(wanted):
                return _meeting(found)
        return None


def _host(booking: Booking) -> str:
    return booking.organizer.zoom_user or booking.organizer.email


def _fields(booking: Booking) -> dict[str, Any]:
    """When and what; zoomus writes the start as UTC whatever zone it has, so it has UTC.

    Without a zone Zoom shows the time in the host's own one; it does not know all the names that there are.
    """
    return {
        "topic": title(booking),
        "agenda": description(booking),
        "start_time": booking.time.start.astimezone(UTC),
        "duration": booking.time.length // timedelta(minutes=1),
    }


def _time(found: Mapping[str, Any]) -> TimeRange | None:
    """When the meeting is; None where Zoom names no time, as for one that repeats."""
    try:
        start = datetime.fromisoformat(found["start_time"])
        return TimeRange.starting(start.astimezone(UTC), timedelta(minutes=found["duration"]))
    except (KeyError, TypeError, ValueError, SchedulerError):
        return None


def _meeting(content: dict[str, Any]) -> Meeting:
    number, url = content.get("id"), str(content.get("join_url", ""))
    if not number or not url.startswith("https://"):
        raise TemporaryFailure(reason="Zoom named no meeting")
    return Meeting(Channel.ZOOM, url, str(number))
