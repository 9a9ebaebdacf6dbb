"""The page that offers other times, and moving."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from scheduler_core.model import Booking, Reason, Slot, Status
from scheduler_core.timerange import TimeRange
from tests.api.browsing import get, send
from tests.api.practice import ANN, OPERATOR, Practice, at
from webchat.api.manage_view import REFUSALS


async def test_reschedule_page_offers_the_free_starts_by_day_of_the_reader(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    practice.book(at(1, 8, 30))

    page = await get(client, path + "/reschedule?from=2026-12-01")

    assert page.status == 200
    assert "Consultation with Dr. Eva Meyer is on Tuesday 1 December 2026, 15:00–15:30." in page.text
    assert "Times are shown in Asia/Kolkata. Tuesday 1 December 2026 13:30 14:30 15:30 16:00" in page.text
    choices = page.form("/reschedule").choices
    assert choices[:4] == [f"2026-12-01T{time}:00+00:00" for time in ("08:00", "09:00", "10:00", "10:30")]
    assert [choice[:10] for choice in choices if choice.endswith("T08:00:00+00:00")] == [
        f"2026-12-0{day}" for day in (1, 2, 3, 4, 7, 8)
    ]


async def test_reschedule_page_begins_with_the_first_that_can_be_had(
    client: httpx.AsyncClient, path: str
) -> None:
    page = await get(client, path + "/reschedule")

    choices = page.form("/reschedule").choices
    assert choices[0] == "2026-11-24T09:00:00+00:00"
    assert len({choice[:10] for choice in choices}) == 6


async def test_pages_of_free_days_lead_to_each_other_until_the_last(
    client: httpx.AsyncClient, path: str
) -> None:
    seen: list[str] = []
    following: list[str] = [path + "/reschedule"]
    while following:
        page = await get(client, following[0])
        seen += page.form("/reschedule").choices
        following = [link for link in page.links if "?from=" in link]

    assert seen == sorted(set(seen))
    days = sorted({choice[:10] for choice in seen})
    assert (days[0], days[-1], len(days)) == ("2026-11-24", "2027-01-22", 44)


async def test_days_without_anything_free_say_so(client: httpx.AsyncClient, path: str) -> None:
    page = await get(client, path + "/reschedule?from=2027-06-01")

    assert page.status == 200
    assert "No time is free after that day." in page.text
    assert page.forms == []


@pytest.mark.parametrize("day", ["9999-12-31", "2027-01-23", "2027-01-24"])
async def test_days_beyond_the_last_are_empty(client: httpx.AsyncClient, path: str, day: str) -> None:
    page = await get(client, f"{path}/reschedule?from={day}")

    assert (page.status, page.forms) == (200, [])


@pytest.mark.parametrize("day", ["0001-01-01", "2026-11-24", "someday", ""])
async def test_days_before_the_first_begin_with_it(client: httpx.AsyncClient, path: str, day: str) -> None:
    page = await get(client, f"{path}/reschedule?from={day}")

    assert page.form("/reschedule").choices[0] == "2026-11-24T09:00:00+00:00"


async def test_booking_that_nobody_offers_any_more_has_no_other_time(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    with practice.core.store.transaction() as connection:
        connection.execute(text("DELETE FROM offer WHERE kind = 'consultation'"))

    page = await get(client, path + "/reschedule")

    assert (page.status, page.forms) == (200, [])
    assert "No time is free in the days ahead." in page.text


def test_every_reason_has_its_sentence() -> None:
    assert set(REFUSALS) == set(Reason)


async def test_moving_keeps_the_booking_and_says_where_it_is_now(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    form = await get(client, path + "/reschedule?from=2026-12-01")

    page = await send(client, form, "/reschedule", start="2026-12-02T10:00:00+00:00")

    moved = practice.find(booking)
    assert (moved.status, moved.time) == (
        Status.CONFIRMED,
        TimeRange.starting(at(2, 10), timedelta(minutes=30)),
    )
    assert page.status == 200
    assert (
        "The appointment has been moved. New invitations are on their way. "
        "Before Tuesday 1 December 2026, 15:00 Now Wednesday 2 December 2026, 15:30 Confirmed "
        "Consultation with Dr. Eva Meyer When Wednesday 2 December 2026, 15:30–16:00" in page.text
    )


async def test_booking_can_be_moved_into_its_own_time(client: httpx.AsyncClient, practice: Practice) -> None:
    slot = Slot(TimeRange.starting(at(3, 9), timedelta(hours=1)), ("eva-meyer",), "consultation")
    hour = practice.core.scheduler.book(slot, ANN, key="an hour", actor=OPERATOR)
    form = await get(client, practice.path(hour) + "/reschedule?from=2026-12-03")
    assert "2026-12-03T09:30:00+00:00" in form.form("/reschedule").choices

    await send(client, form, "/reschedule", start="2026-12-03T09:30:00+00:00")

    assert practice.find(hour).time == TimeRange.starting(at(3, 9, 30), timedelta(hours=1))


async def test_time_taken_meanwhile_is_refused_with_what_is_still_free(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    form = await get(client, path + "/reschedule?from=2026-12-01")
    practice.book(at(2, 10))

    page = await send(client, form, "/reschedule", start="2026-12-02T10:00:00+00:00")

    assert page.status == 409
    assert "That time has just been taken." in page.text
    assert page.form("/reschedule").choices[:2] == ["2026-12-02T08:00:00+00:00", "2026-12-02T08:30:00+00:00"]
    assert practice.find(booking) == booking


@pytest.mark.parametrize(
    ("start", "status", "sentence"),
    [
        ("", 400, "Please choose one of these times."),
        ("soon", 400, "Please choose one of these times."),
        ("2026-12-02T10:00:00", 400, "Please choose one of these times."),
        ("2026-11-20T10:00:00Z", 409, "That time is over."),
        ("2026-12-02T03:00:00Z", 409, "That time lies outside the working hours."),
        ("2026-12-02T10:07:00Z", 409, "Appointments do not begin at that time."),
        ("2027-06-02T10:00:00Z", 409, "That time is too far ahead."),
    ],
)
async def test_start_that_cannot_be_had_is_refused_with_its_reason(
    client: httpx.AsyncClient,
    practice: Practice,
    booking: Booking,
    path: str,
    start: str,
    status: int,
    sentence: str,
) -> None:
    form = await get(client, path + "/reschedule")

    page = await send(client, form, "/reschedule", start=start)

    assert page.status == status
    assert sentence in page.text
    assert practice.find(booking) == booking
