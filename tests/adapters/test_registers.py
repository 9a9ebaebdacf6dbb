"""What Zoom and Google say of the meetings of ours that they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from scheduler_core.clock import FixedClock
from scheduler_core.errors import DeliveryError
from scheduler_core.meetings.google_meet import GoogleMeet
from scheduler_core.meetings.line import Patience
from scheduler_core.meetings.zoom import Zoom
from scheduler_core.model import Channel
from scheduler_core.ports import HeldMeeting
from tests.adapters import google_server
from tests.adapters.google_server import GoogleServer
from tests.adapters.samples import NOW, UID, a_booking, moved
from tests.adapters.web_service import SILENT, serving_web
from tests.adapters.zoom_server import ZoomServer, zoom_account

QUICK = Patience(connecting=0.5, token=0.3, answer=0.3, whole=2, pause=0)
OTHER = UUID(int=7)
ON_ZOOM = a_booking(channel=Channel.ZOOM, meeting=None)
ON_MEET = a_booking(channel=Channel.GOOGLE_MEET, meeting=None)


@pytest.fixture
def zoom_server() -> ZoomServer:
    return ZoomServer(page=1)


@pytest.fixture
def zoom(zoom_server: ZoomServer) -> Iterator[Zoom]:
    with serving_web(zoom_server) as url:
        yield Zoom(zoom_account(url), FixedClock(NOW), QUICK)


@pytest.fixture
def google() -> GoogleServer:
    server = GoogleServer()
    server.page = 1
    return server


@pytest.fixture
def meet(google: GoogleServer, tmp_path: Path) -> Iterator[GoogleMeet]:
    with serving_web(google) as url:
        yield GoogleMeet(google_server.signed_in(url, tmp_path), FixedClock(NOW), QUICK)


async def test_zoom_tells_our_meetings_from_the_others(zoom: Zoom, zoom_server: ZoomServer) -> None:
    later = moved(replace(ON_ZOOM, uid=OTHER), hours=3)
    for booking in (ON_ZOOM, later):
        await zoom.create(booking)
    zoom_server.meetings[1] = {**zoom_server.meetings[81_000_000_001], "agenda": "Booking of a table"}
    wanted = [HeldMeeting(UID, ON_ZOOM.time), HeldMeeting(OTHER, later.time)]

    assert await zoom.held([ON_ZOOM]) == wanted


async def test_google_tells_our_events_from_the_others(meet: GoogleMeet, google: GoogleServer) -> None:
    later = moved(replace(ON_MEET, uid=OTHER), hours=3)
    past = moved(replace(ON_MEET, uid=UUID(int=8)), days=-30)
    for booking in (ON_MEET, later, past):
        await meet.create(booking)
    google.events["primary", "lunch"] = {**google.confirmed[0], "extendedProperties": {}}

    assert await meet.held([ON_MEET]) == [HeldMeeting(UID, ON_MEET.time), HeldMeeting(OTHER, later.time)]


async def test_events_are_looked_for_where_they_were_made(meet: GoogleMeet) -> None:
    elsewhere = replace(ON_MEET, people=(replace(ON_MEET.organizer, google_calendar="work@example.org"),))
    made = replace(ON_MEET, meeting=await meet.create(elsewhere))

    assert await meet.held([made]) == [HeldMeeting(UID, ON_MEET.time)]
    assert await meet.held([ON_MEET]) == []
    assert await meet.held([]) == []


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"start_time": "2026-12-01T11:00:00Z"}, moved(ON_ZOOM, hours=1.5).time),
        ({"duration": 60}, replace(ON_ZOOM.time, end=ON_ZOOM.time.end + timedelta(minutes=30))),
        ({"start_time": None}, None),
    ],
)
async def test_zoom_says_when_a_meeting_is(
    zoom: Zoom, zoom_server: ZoomServer, changed: dict[str, object], found: object
) -> None:
    await zoom.create(ON_ZOOM)
    zoom_server.meetings[81_000_000_001] |= changed

    assert [one.time for one in await zoom.held([ON_ZOOM])] == [found]


async def test_google_says_when_an_event_is(meet: GoogleMeet, google: GoogleServer) -> None:
    await meet.create(ON_MEET)
    (event,) = google.confirmed
    event["start"] = {"dateTime": "2026-12-01T11:00:00+01:00", "timeZone": "Europe/Berlin"}
    event["end"] = {"dateTime": "2026-12-01T11:30:00+01:00", "timeZone": "Europe/Berlin"}
    shifted = [one.time for one in await meet.held([ON_MEET])]
    event["start"], event["end"] = {"date": "2026-12-01"}, {"date": "2026-12-02"}

    assert shifted == [moved(ON_MEET, hours=0.5).time]
    assert [one.time for one in await meet.held([ON_MEET])] == [None]


@pytest.mark.parametrize("fault", [google_server.RATE_LIMIT, google_server.OUTAGE, SILENT])
async def test_service_that_does_not_say_is_a_failure(
    meet: GoogleMeet, google: GoogleServer, fault: str
) -> None:
    google.fail("GET /calendar", fault)

    with pytest.raises(DeliveryError):
        await meet.held([ON_MEET])
