from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from scheduler_core.clock import FixedClock
from scheduler_core.errors import DeliveryError, PermanentFailure, TemporaryFailure
from scheduler_core.meetings.line import Patience
from scheduler_core.meetings.zoom import Zoom
from scheduler_core.model import Booking, Channel, Meeting
from scheduler_core.timerange import TimeRange
from tests.adapters.samples import EVA, NOW, UID, a_booking, moved
from tests.adapters.web_service import CUT, DONE_SILENTLY, LOST, SILENT, SLOWLY, Answer, serving_web
from tests.adapters.zoom_server import ZoomServer, zoom_account

QUICK = Patience(connecting=0.5, token=0.3, answer=0.3, whole=2, pause=0)
BOOKING = a_booking(channel=Channel.ZOOM, meeting=None)
MADE = Meeting(Channel.ZOOM, "https://zoom.example.com/j/81000000001?pwd=p4ss", "81000000001")
CREATE, LIST, TOKEN = "POST /v2/users", "GET /v2/users", "POST /oauth/token"
DAILY = {"code": 429, "message": "You have exceeded the daily rate limit (100) of Meeting Create/Update."}


@pytest.fixture
def server() -> ZoomServer:
    return ZoomServer()


@pytest.fixture
def zoom(server: ZoomServer) -> Iterator[Zoom]:
    with serving_web(server) as url:
        yield Zoom(zoom_account(url), FixedClock(NOW), QUICK)


async def failure_of(zoom: Zoom, booking: Booking = BOOKING) -> DeliveryError:
    with pytest.raises(DeliveryError) as failed:
        await zoom.create(booking)
    return failed.value


async def test_meeting_is_made_at_the_instant_that_was_booked(zoom: Zoom, server: ZoomServer) -> None:
    assert await zoom.create(BOOKING) == MADE

    assert list(server.meetings.values()) == [
        {
            "host": "eva.meyer@example.org",
            "type": 2,
            "topic": "Consultation: Dr. Eva Meyer, Ann Lee",
            "agenda": f"Booking {UID}\nReference K7QF2M",
            "start_time": "2026-12-01T09:30:00Z",
            "duration": 30,
        }
    ]


async def test_start_is_utc_whatever_zone_it_comes_in(zoom: Zoom, server: ZoomServer) -> None:
    start = datetime(2027, 6, 1, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    await zoom.create(replace(BOOKING, time=TimeRange.starting(start, timedelta(minutes=45))))

    (meeting,) = server.meetings.values()
    assert (meeting["start_time"], meeting["duration"]) == ("2027-06-01T08:30:00Z", 45)


async def test_person_hosts_by_their_own_zoom_user(zoom: Zoom, server: ZoomServer) -> None:
    await zoom.create(replace(BOOKING, people=(replace(EVA, zoom_user="Eva_Own-Id.1"),)))

    assert [meeting["host"] for meeting in server.meetings.values()] == ["Eva_Own-Id.1"]


@pytest.mark.parametrize("fault", [LOST, DONE_SILENTLY])
async def test_lost_answer_never_leads_to_a_second_meeting(
    zoom: Zoom, server: ZoomServer, fault: str
) -> None:
    server.fail(CREATE, fault)
    assert isinstance(await failure_of(zoom), TemporaryFailure)

    assert await zoom.create(BOOKING) == MADE
    assert server.created == 1


async def test_lost_meeting_is_found_on_a_later_page_and_set_to_the_present_time(server: ZoomServer) -> None:
    server.page = 2
    with serving_web(server) as url:
        zoom = Zoom(zoom_account(url), FixedClock(NOW), QUICK)
        for number in range(4):
            await zoom.create(a_booking(uid=UUID(int=number), channel=Channel.ZOOM, meeting=None))
        server.fail(CREATE, LOST)
        await failure_of(zoom)
        meeting = await zoom.move(moved(BOOKING, days=1))

    assert server.created == 5
    assert meeting.id == "81000000005"
    assert server.meetings[81000000005]["start_time"] == "2026-12-02T09:30:00Z"


async def test_moved_meeting_keeps_its_number_and_address(zoom: Zoom, server: ZoomServer) -> None:
    booking = replace(BOOKING, meeting=await zoom.create(BOOKING))

    assert await zoom.move(moved(booking, hours=3)) == MADE
    assert [meeting["start_time"] for meeting in server.meetings.values()] == ["2026-12-01T12:30:00Z"]
    assert server.count("DELETE") == 0
    assert server.created == 1


async def test_meeting_that_the_host_has_deleted_is_made_anew_when_it_moves(
    zoom: Zoom, server: ZoomServer
) -> None:
    booking = replace(BOOKING, meeting=await zoom.create(BOOKING))
    server.meetings.clear()

    assert (await zoom.move(moved(booking, hours=3))).id == "81000000002"


async def test_cancelled_meeting_is_deleted_and_may_be_gone_already(zoom: Zoom, server: ZoomServer) -> None:
    booking = replace(BOOKING, meeting=await zoom.create(BOOKING)).cancelled()

    await zoom.delete(booking)
    await zoom.delete(booking)

    assert server.meetings == {}


async def test_meeting_whose_answer_was_lost_is_deleted_too(zoom: Zoom, server: ZoomServer) -> None:
    server.fail(CREATE, LOST)
    await failure_of(zoom)

    await zoom.delete(BOOKING.cancelled())

    assert server.meetings == {}


async def test_token_serves_until_shortly_before_its_end(zoom: Zoom, server: ZoomServer) -> None:
    for _ in range(3):
        await zoom.create(BOOKING)
    assert server.count(TOKEN) == 1

    server.end_token()
    server.lifetime = 60  # which is as long as the margin
    await zoom.create(BOOKING)  # refused once
    server.asked.clear()
    await zoom.create(BOOKING)
    assert str(server.asked[0]) == TOKEN
    assert server.count(LIST) == 1


async def test_refused_token_is_renewed_once_and_no_more(zoom: Zoom, server: ZoomServer) -> None:
    server.fail(CREATE, Answer(401, {"code": 124, "message": "Invalid access token."}))
    assert await zoom.create(BOOKING) == MADE
    assert (server.count(TOKEN), server.count(CREATE), server.created) == (2, 2, 1)

    server.meetings.clear()
    server.fail(CREATE, *[Answer(401, {"code": 124, "message": "Invalid access token."})] * 2)
    failed = await failure_of(zoom)
    assert isinstance(failed, TemporaryFailure)
    assert failed.details == {"reason": "Zoom 401: 124 Invalid access token."}


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (Answer(429, headers={"Retry-After": "7"}), 7),
        (Answer(429, headers={"Retry-After": "Tue, 24 Nov 2026 09:05:00 GMT"}), 300),
        (Answer(429, headers={"Retry-After": "2026-11-25T00:00:00Z"}), 15 * 3600),
        (Answer(429, DAILY, {"X-RateLimit-Type": "Daily-limit", "X-RateLimit-Remaining": "0"}), 15 * 3600),
        (Answer(429, DAILY), 15 * 3600),
        (Answer(429, headers={"Retry-After": "Tue, 24 Nov 2026 08:00:00 GMT"}), 0),
        (Answer(429, headers={"X-RateLimit-Type": "QPS"}), None),
        (Answer(503, headers={"Retry-After": "30"}), 30),
        (Answer(500, headers={"Retry-After": "soon"}), None),
    ],
)
async def test_waits_as_long_as_zoom_asks(
    zoom: Zoom, server: ZoomServer, answer: Answer, seconds: float | None
) -> None:
    server.fail(CREATE, answer)

    failed = await failure_of(zoom)

    assert isinstance(failed, TemporaryFailure)
    assert failed.details.get("retry_after") == seconds


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(400, {"code": 300, "message": "Validation Failed."}), PermanentFailure),
        (Answer(400, {"code": 4711, "message": "Invalid access token, no scopes."}), TemporaryFailure),
        (Answer(302, headers={"Location": "https://elsewhere.example.com/"}), TemporaryFailure),
        (Answer(200, {"unexpected": True}), TemporaryFailure),
    ],
)
async def test_refusals_are_told_apart(
    zoom: Zoom, server: ZoomServer, answer: Answer, kind: type[DeliveryError]
) -> None:
    server.fail(CREATE, answer)

    assert type(await failure_of(zoom)) is kind


async def test_list_that_is_none_makes_no_meeting(zoom: Zoom, server: ZoomServer) -> None:
    server.fail(LIST, Answer(200, "a page of a proxy"))

    assert isinstance(await failure_of(zoom), TemporaryFailure)
    assert server.created == 0


async def test_unknown_host_is_a_permanent_failure_that_names_nobody(zoom: Zoom) -> None:
    stranger = replace(EVA, email="stranger@example.org")

    failed = await failure_of(zoom, replace(BOOKING, people=(stranger,)))

    assert isinstance(failed, PermanentFailure)
    assert failed.details == {"reason": "Zoom 404: 1001 User does not exist: an address"}


async def test_wrong_secret_waits_to_be_mended(server: ZoomServer) -> None:
    with serving_web(server) as url:
        zoom = Zoom(replace(zoom_account(url), client_secret="wrong"), FixedClock(NOW), QUICK)
        failed = await failure_of(zoom)
        with pytest.raises(TemporaryFailure):
            await zoom.check()

    assert failed.details == {"reason": "Zoom 400: Invalid client_id or client_secret"}


@pytest.mark.parametrize(
    ("request_", "fault"), [(TOKEN, SILENT), (TOKEN, CUT), (LIST, SILENT), (CREATE, SILENT), (CREATE, CUT)]
)
async def test_silence_is_a_temporary_failure_in_time(
    zoom: Zoom, server: ZoomServer, request_: str, fault: str
) -> None:
    server.fail(request_, fault)
    begun = time.monotonic()

    assert isinstance(await failure_of(zoom), TemporaryFailure)
    assert time.monotonic() - begun < QUICK.whole


async def test_server_that_is_down_is_a_temporary_failure_until_it_is_back(server: ZoomServer) -> None:
    with serving_web(server) as url:
        pass
    zoom = Zoom(zoom_account(url), FixedClock(NOW), QUICK)
    assert isinstance(await failure_of(zoom), TemporaryFailure)

    with serving_web(server, port=int(url.rpartition(":")[2])):
        assert (await zoom.create(BOOKING)).id == "81000000001"


async def test_after_a_silence_nothing_is_asked_for_a_while(server: ZoomServer) -> None:
    with serving_web(server) as url:
        zoom = Zoom(zoom_account(url), FixedClock(NOW), replace(QUICK, pause=60))
        server.fail(TOKEN, SILENT)
        await failure_of(zoom)
        begun = time.monotonic()
        failed = await failure_of(zoom)

    assert failed.details == {"reason": "Zoom did not answer a moment ago"}
    assert time.monotonic() - begun < QUICK.token
    assert server.count("") == 1


async def test_answer_that_comes_drop_by_drop_is_not_waited_for(server: ZoomServer) -> None:
    with serving_web(server) as url:
        patience = replace(QUICK, connecting=0.1, whole=0.4, pause=60)
        zoom = Zoom(zoom_account(url), FixedClock(NOW), patience)
        server.fail(TOKEN, SLOWLY)
        failed = [await failure_of(zoom), await failure_of(zoom)]

    assert [one.details["reason"] for one in failed] == [
        "Zoom took too long",
        "Zoom did not answer a moment ago",
    ]


async def test_secrets_stand_in_no_log_and_no_failure(
    zoom: Zoom, server: ZoomServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail(CREATE, LOST)
    server.fail("PATCH", Answer(500, {"message": "oops"}))

    said = [str(await failure_of(zoom)), str(await failure_of(zoom)), repr(await zoom.create(BOOKING))]

    assert server.count(TOKEN) == 1
    for secret in ("zoom-s3cret", "host-s3cret", "token-1", "em9vbS1zM2NyZXQ"):
        assert secret not in caplog.text
        assert secret not in "".join(said)
