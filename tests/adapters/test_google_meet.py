from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler_core.clock import FixedClock
from scheduler_core.errors import DeliveryError, PermanentFailure, TemporaryFailure
from scheduler_core.meetings.google_meet import GoogleMeet
from scheduler_core.meetings.line import Patience
from scheduler_core.model import Booking, Channel, Meeting
from tests.adapters import google_server
from tests.adapters.google_server import REFRESH_TOKEN, SECRET, SHARED, GoogleServer
from tests.adapters.samples import EVA, NOW, UID, a_booking, moved
from tests.adapters.web_service import CUT, DONE_SILENTLY, LOST, SILENT, Answer, serving_web

QUICK = Patience(connecting=0.5, token=0.3, answer=0.3, whole=2, pause=0)
BOOKING = a_booking(channel=Channel.GOOGLE_MEET, meeting=None)
MADE = Meeting(Channel.GOOGLE_MEET, "https://meet.example.com/abc-1", f"primary/{UID.hex}")
INSERT, CHANGE, TOKEN = "POST /calendar", "PATCH /calendar", "POST /token"


@pytest.fixture
def server() -> GoogleServer:
    return GoogleServer()


@pytest.fixture
def meet(server: GoogleServer, tmp_path: Path) -> Iterator[GoogleMeet]:
    with serving_web(server) as url:
        yield GoogleMeet(google_server.signed_in(url, tmp_path), FixedClock(NOW), QUICK)


@pytest.fixture
def delegated(server: GoogleServer, tmp_path: Path) -> Iterator[GoogleMeet]:
    with serving_web(server) as url:
        yield GoogleMeet(google_server.acting_for_people(server, url, tmp_path), FixedClock(NOW), QUICK)


async def failure_of(meet: GoogleMeet, booking: Booking = BOOKING) -> DeliveryError:
    with pytest.raises(DeliveryError) as failed:
        await meet.create(booking)
    return failed.value


async def test_event_is_made_with_a_link_and_without_mail(meet: GoogleMeet, server: GoogleServer) -> None:
    assert await meet.create(BOOKING) == MADE

    (event,) = server.confirmed
    assert event["summary"] == "Consultation: Dr. Eva Meyer, Ann Lee"
    assert event["start"] == {"dateTime": "2026-12-01T09:30:00+00:00", "timeZone": "Europe/Berlin"}
    assert event["end"] == {"dateTime": "2026-12-01T10:00:00+00:00", "timeZone": "Europe/Berlin"}
    assert event["extendedProperties"] == {"private": {"booking": str(UID)}}


@pytest.mark.parametrize("fault", [LOST, DONE_SILENTLY])
async def test_lost_answer_never_leads_to_a_second_event(
    meet: GoogleMeet, server: GoogleServer, fault: str
) -> None:
    server.fail(INSERT, fault)
    assert isinstance(await failure_of(meet), TemporaryFailure)

    assert await meet.create(BOOKING) == MADE
    assert len(server.events) == server.conferences == 1


async def test_event_whose_answer_was_lost_gets_the_present_time(
    meet: GoogleMeet, server: GoogleServer
) -> None:
    server.fail(INSERT, LOST)
    await failure_of(meet)

    assert await meet.move(moved(BOOKING, days=1)) == MADE
    assert [event["start"]["dateTime"] for event in server.confirmed] == ["2026-12-02T09:30:00+00:00"]


async def test_moved_event_keeps_its_link(meet: GoogleMeet, server: GoogleServer) -> None:
    booking = replace(BOOKING, meeting=await meet.create(BOOKING))

    assert await meet.move(moved(booking, hours=3)) == MADE
    assert [event["start"]["dateTime"] for event in server.confirmed] == ["2026-12-01T12:30:00+00:00"]
    assert server.count("DELETE") == 0
    assert len(server.events) == server.conferences == 1


async def test_event_that_the_host_has_deleted_comes_back_when_it_moves(
    meet: GoogleMeet, server: GoogleServer
) -> None:
    booking = replace(BOOKING, meeting=await meet.create(BOOKING))
    await meet.delete(booking.cancelled())
    assert server.confirmed == []

    assert await meet.move(moved(booking, hours=3)) == MADE
    assert await meet.create(BOOKING) == MADE
    assert len(server.confirmed) == 1


async def test_event_that_is_deleted_for_good_is_replaced_by_one_other(
    meet: GoogleMeet, server: GoogleServer
) -> None:
    server.lets_come_back = False
    booking = replace(BOOKING, meeting=await meet.create(BOOKING))
    await meet.delete(booking.cancelled())
    server.fail(INSERT, Answer(409), LOST)

    later = moved(booking, hours=3)
    with pytest.raises(TemporaryFailure):
        await meet.move(later)
    made = await meet.move(later)

    assert made == Meeting(
        Channel.GOOGLE_MEET, "https://meet.example.com/abc-2", f"primary/{UID.hex}v{later.version}"
    )
    assert len(server.confirmed) == 1
    assert await meet.move(moved(replace(later, meeting=made), days=1)) == made
    await meet.delete(replace(later, meeting=made).cancelled())
    assert server.confirmed == []


async def test_event_that_google_no_longer_knows_is_made_anew(meet: GoogleMeet, server: GoogleServer) -> None:
    booking = replace(BOOKING, meeting=await meet.create(BOOKING))
    server.events.clear()
    server.requests.clear()

    assert (await meet.move(moved(booking, hours=3))).url == "https://meet.example.com/abc-2"


async def test_conference_that_was_taken_off_comes_back(meet: GoogleMeet, server: GoogleServer) -> None:
    booking = replace(BOOKING, meeting=await meet.create(BOOKING))
    (event,) = server.confirmed
    del event["hangoutLink"], event["conferenceData"]

    assert (await meet.move(moved(booking, hours=3))).url == "https://meet.example.com/abc-2"


async def test_cancelled_event_is_deleted_and_may_be_gone_already(
    meet: GoogleMeet, server: GoogleServer
) -> None:
    booking = replace(BOOKING, meeting=await meet.create(BOOKING)).cancelled()

    await meet.delete(booking)
    await meet.delete(booking)
    server.events.clear()
    await meet.delete(booking)

    assert server.confirmed == []


async def test_event_whose_answer_was_lost_is_deleted_too(meet: GoogleMeet, server: GoogleServer) -> None:
    server.fail(INSERT, LOST)
    await failure_of(meet)

    await meet.delete(BOOKING.cancelled())

    assert server.confirmed == []


async def test_link_that_is_still_being_made_is_waited_for(meet: GoogleMeet, server: GoogleServer) -> None:
    server.conference_status = "pending"
    assert isinstance(await failure_of(meet), TemporaryFailure)
    server.finish_conference(server.confirmed[0])

    assert await meet.create(BOOKING) == MADE


async def test_calendar_without_conferences_is_a_permanent_failure(
    meet: GoogleMeet, server: GoogleServer
) -> None:
    server.conference_status = "failure"

    assert isinstance(await failure_of(meet), PermanentFailure)


async def test_each_person_is_acted_for(delegated: GoogleMeet, server: GoogleServer) -> None:
    made = await delegated.create(BOOKING)
    await delegated.check(EVA)

    assert made.id == f"eva.meyer@example.org/{UID.hex}"
    assert set(server.subjects.values()) == {"eva.meyer@example.org"}


@pytest.mark.parametrize(
    ("calendar", "subject"), [("work@example.org", "work@example.org"), (SHARED, "eva.meyer@example.org")]
)
async def test_event_stays_in_the_calendar_where_it_was_made(
    delegated: GoogleMeet, server: GoogleServer, calendar: str, subject: str
) -> None:
    elsewhere = replace(BOOKING, people=(replace(EVA, google_calendar=calendar),))
    made = await delegated.create(elsewhere)

    assert made.id == f"{calendar}/{UID.hex}"
    assert set(server.subjects.values()) == {subject}
    assert await delegated.move(moved(replace(BOOKING, meeting=made), days=1)) == made
    await delegated.delete(replace(BOOKING, meeting=made).cancelled())
    assert server.confirmed == []


async def test_unknown_calendar_is_a_permanent_failure(delegated: GoogleMeet) -> None:
    nowhere = replace(EVA, google_calendar="nowhere@example.org")

    failed = await failure_of(delegated, replace(BOOKING, people=(nowhere,)))

    assert isinstance(failed, PermanentFailure)
    assert failed.details == {"reason": "Google 404: Not Found"}


async def test_refused_token_is_renewed_once_and_no_more(meet: GoogleMeet, server: GoogleServer) -> None:
    server.end_token()
    server.fail(INSERT, google_server.UNAUTHORIZED)
    assert await meet.create(BOOKING) == MADE
    assert (server.count(TOKEN), server.count(INSERT)) == (2, 2)

    server.fail(INSERT, google_server.UNAUTHORIZED, google_server.UNAUTHORIZED)
    assert isinstance(await failure_of(meet), TemporaryFailure)
    assert (server.count(TOKEN), server.count(INSERT)) == (3, 4)


@pytest.mark.parametrize(
    ("answer", "kind", "seconds"),
    [
        (google_server.RATE_LIMIT, TemporaryFailure, None),
        (google_server.TOO_MANY, TemporaryFailure, 20),
        (google_server.NOT_ENABLED, TemporaryFailure, None),
        (google_server.OUTAGE, TemporaryFailure, None),
        (google_server.INVALID, PermanentFailure, None),
        (Answer(200, "a page of a proxy"), TemporaryFailure, None),
    ],
)
async def test_refusals_are_told_apart(
    meet: GoogleMeet, server: GoogleServer, answer: Answer, kind: type[DeliveryError], seconds: int | None
) -> None:
    server.fail(INSERT, answer)

    failed = await failure_of(meet)

    assert type(failed) is kind
    assert failed.details.get("retry_after") == seconds


async def test_sign_in_that_was_revoked_waits_to_be_renewed(meet: GoogleMeet, tmp_path: Path) -> None:
    (tmp_path / "google-token.json").write_text('{"refresh_token": "revoked"}')

    failed = await failure_of(meet)

    assert failed.details == {
        "reason": "Google does not let us sign in: invalid_grant: Token has been revoked."
    }
    assert isinstance(failed, TemporaryFailure)
    with pytest.raises(TemporaryFailure):
        await meet.check()


@pytest.mark.parametrize("content", ["", "[]", "{}"])
async def test_stored_sign_in_that_is_none_waits_to_be_mended(
    meet: GoogleMeet, tmp_path: Path, content: str
) -> None:
    (tmp_path / "google-token.json").write_text(content)

    assert isinstance(await failure_of(meet), TemporaryFailure)


@pytest.mark.parametrize(
    ("request_", "fault"), [(TOKEN, SILENT), (TOKEN, CUT), (INSERT, SILENT), (INSERT, CUT), (CHANGE, CUT)]
)
async def test_silence_is_a_temporary_failure_in_time(
    meet: GoogleMeet, server: GoogleServer, request_: str, fault: str
) -> None:
    server.fail(request_, fault)
    if request_ == CHANGE:
        server.fail(INSERT, LOST)
        await failure_of(meet)
    begun = time.monotonic()

    assert isinstance(await failure_of(meet), TemporaryFailure)
    assert time.monotonic() - begun < QUICK.whole


async def test_secrets_stand_in_no_log_and_no_failure(
    meet: GoogleMeet, server: GoogleServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail(INSERT, LOST)

    said = str(await failure_of(meet)) + repr(await meet.create(BOOKING))

    assert server.count(TOKEN) == 1
    for secret in (SECRET, REFRESH_TOKEN, "ya29"):
        assert secret not in caplog.text
        assert secret not in said
