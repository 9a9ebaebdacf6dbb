"""The manage page's zones, reasons, calendar entry, and the calendar by secret address."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar

from scheduler_core.model import Actor, ActorKind, Booking
from tests.api.browsing import EVA, get, mailed_code, send
from tests.api.conftest import browser
from tests.api.practice import ANN, Practice

OWNER = Actor(ActorKind.ATTENDEE, ANN.email)


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Another browser."""
    async with browser(app) as client:
        yield client


async def test_times_are_shown_in_the_zone_that_the_reader_chooses(
    client: httpx.AsyncClient, path: str
) -> None:
    page = await get(client, f"{path}?zone=America/New_York")
    times = await get(client, f"{path}/reschedule?zone=America/New_York&from=2026-12-02")

    assert "When Tuesday 1 December 2026, 04:30–05:00 America/New_York, UTC−5" in page.text
    assert f"{path}/reschedule?zone=America%2FNew_York" in page.links
    assert "Times are shown in America/New_York. Wednesday 2 December 2026 03:00 03:30" in times.text


@pytest.mark.parametrize("zone", ["Mars/Base", "%00", "x" * 500])
async def test_a_zone_that_is_none_changes_nothing(client: httpx.AsyncClient, path: str, zone: str) -> None:
    page = await get(client, f"{path}?zone={zone}")

    assert "15:00–15:30 Asia/Kolkata" in page.text


async def test_a_person_reads_in_their_own_zone(
    client: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    page = await get(client, f"{practice.path(booking, EVA)}?zone=Asia/Tokyo")

    assert "10:30–11:00 Europe/Berlin" in page.text


async def test_after_a_move_both_times_stand_side_by_side_in_that_zone(
    client: httpx.AsyncClient, path: str
) -> None:
    page = await get(client, f"{path}/reschedule?zone=Europe/London&from=2026-12-02")
    form = page.form("/reschedule?zone=Europe%2FLondon")

    moved = await send(client, page, "/reschedule?zone=Europe%2FLondon", start=form.choices[0])

    assert "Before Tuesday 1 December 2026, 09:30 Now Wednesday 2 December 2026, 08:00" in moved.text


async def test_the_reason_of_a_cancellation_is_kept(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    await send(client, await get(client, path), "/cancel", reason=" I am <ill>. ")

    assert practice.find(booking).cancel_reason == "I am <ill>."


async def test_the_entry_holds_the_appointment(
    client: httpx.AsyncClient, booking: Booking, path: str
) -> None:
    answer = await client.get(f"{path}/appointment.ics")

    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(event["uid"]), event.decoded("dtstart")) == (str(booking.uid), booking.time.start)


async def test_the_calendar_is_shown_after_a_code_that_its_owner_was_mailed(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    before = await get(client, f"{path}/feed")
    asked = await send(client, before, "/feed/code")
    wrong = await send(client, asked, "/feed/prove", code="1")
    shown = await send(client, asked, "/feed/prove", code=mailed_code(practice))

    feed = practice.core.feeds.of(OWNER)
    assert feed is not None
    assert [form.action.rpartition("/")[2] for form in before.forms] == ["code"]
    assert "That is not the code." in wrong.text
    assert feed.url.replace("http://", "webcal://") in shown.links
    assert [form.action.rpartition("/")[2] for form in shown.forms] == ["renew", "revoke"]


async def test_the_calendar_is_renewed_and_revoked(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    asked = await send(client, await get(client, f"{path}/feed"), "/feed/code")
    shown = await send(client, asked, "/feed/prove", code=mailed_code(practice))
    first = practice.core.feeds.of(OWNER)
    renewed = await send(client, shown, "/feed/renew")
    second = practice.core.feeds.of(OWNER)
    await send(client, renewed, "/feed/revoke")

    assert first is not None
    assert second is not None
    assert first.url != second.url
    assert practice.core.feeds.of(OWNER) is None


async def test_whoever_was_passed_the_mail_sees_no_calendar(
    client: httpx.AsyncClient, stranger: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    asked = await send(client, await get(client, f"{path}/feed"), "/feed/code")
    await send(client, asked, "/feed/prove", code=mailed_code(practice))

    page = await get(stranger, f"{path}/feed")
    await send(stranger, page, "/feed/code")
    forged = await stranger.post(
        f"{path}/feed/revoke", data={"proof": page.form("/feed/code").fields["proof"]}
    )

    assert [link for link in page.links if link.startswith("webcal:")] == []
    assert forged.status_code == 303
    assert practice.core.feeds.of(OWNER) is not None


async def test_persons_have_no_calendar_here(
    client: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    assert (await get(client, f"{practice.path(booking, EVA)}/feed")).status == 404
