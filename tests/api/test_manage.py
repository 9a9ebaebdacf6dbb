"""The page behind the link of a mail: what it shows, and cancelling."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from scheduler_core.links import ATTENDEE
from scheduler_core.model import Booking, Status
from tests.api.browsing import EVA, get, send
from tests.api.practice import Practice
from tests.conftest import MovableClock


async def test_page_shows_the_booking_in_the_zone_of_the_attendee(
    client: httpx.AsyncClient, booking: Booking, path: str
) -> None:
    page = await get(client, path)

    assert page.status == 200
    assert page.text == (
        "Skip to the content Example Practice Schedule Mails "
        "Confirmed Consultation with Dr. Eva Meyer "
        "When Tuesday 1 December 2026, 15:00–15:30 Asia/Kolkata, UTC+5:30 "
        "10:30–11:00 for Dr. Eva Meyer (Europe/Berlin) "
        "What Consultation, 30 minutes With Dr. Eva Meyer Where 4 Linden Street, Berlin "
        f"Note It's about <b>my</b> tax return. Reference {booking.reference} "
        "Choose another time Continue in the chat Add to my calendar Cancel the appointment "
        "Cancel this appointment? The time becomes free at once, and both sides get a mail. "
        "Why, if you like to say Yes, cancel it "
        "Times shown in Show All your appointments in your own calendar, kept up to date by itself."
    )


async def test_page_shows_the_booking_in_the_zone_of_the_person(
    client: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    page = await get(client, practice.path(booking, EVA))

    assert page.status == 200
    assert "Consultation with Ann Lee When Tuesday 1 December 2026, 10:30–11:00 Europe/Berlin" in page.text
    assert [link for link in page.links if "#chat=" in link] == []


async def test_page_leads_the_attendee_into_the_chat_while_something_can_be_changed(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    before = await get(client, path)
    after = await send(client, before, "/cancel")

    link = practice.core.links.chat(booking.uid, ATTENDEE)
    assert [link in page.links for page in (before, after)] == [True, False]


async def test_cancelling_frees_the_time_and_says_so(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    page = await send(client, await get(client, path), "/cancel")

    assert practice.find(booking).status is Status.CANCELLED
    assert page.status == 200
    assert "The appointment is cancelled. Both sides get a mail. Cancelled Consultation" in page.text
    assert page.forms == []


async def test_person_can_cancel_by_a_link_of_their_own(
    client: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    await send(client, await get(client, practice.path(booking, EVA)), "/cancel")

    assert practice.find(booking).status is Status.CANCELLED


async def test_form_sent_twice_does_it_once(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    form = await get(client, path)

    pages = [await send(client, form, "/cancel") for _ in range(2)]

    assert [page.status for page in pages] == [200, 200]
    assert pages[0].text == pages[1].text
    assert practice.find(booking).version == booking.version + 1


async def test_second_page_of_a_cancelled_booking_explains_itself(
    client: httpx.AsyncClient, path: str
) -> None:
    first, second = await get(client, path), await get(client, path)
    await send(client, first, "/cancel")

    page = await send(client, second, "/cancel")

    assert page.status == 409
    assert "The appointment is cancelled. Cancelled Consultation with Dr. Eva Meyer" in page.text
    assert page.forms == []


@pytest.mark.parametrize(
    ("later", "label"), [(timedelta(minutes=10), "Under way"), (timedelta(hours=2), "Over")]
)
async def test_begun_appointment_can_be_seen_but_not_changed(
    client: httpx.AsyncClient,
    practice: Practice,
    booking: Booking,
    path: str,
    clock: MovableClock,
    later: timedelta,
    label: str,
) -> None:
    form = await get(client, path)
    clock.move(booking.time.start + later - clock.now())

    page = await get(client, path)
    choice = await get(client, path + "/reschedule")
    refused = await send(client, form, "/cancel")

    assert f"Mails {label} Consultation with Dr. Eva Meyer" in page.text
    assert (page.forms, choice.forms) == ([], [])
    assert refused.status == 409
    assert "The appointment has begun, so it can no longer be changed." in refused.text
    assert practice.find(booking) == booking
