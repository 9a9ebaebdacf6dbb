"""A time instead of one that the person has called off: GET shows it, one POST takes it."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from scheduler_core.links import person
from scheduler_core.model import Actor, ActorKind, Booking, Status
from scheduler_core.timerange import TimeRange
from tests.api.browsing import get, send
from tests.api.html_page import HtmlPage
from tests.api.practice import ANN, INTRO, OPERATOR, Practice, at
from tests.conftest import MovableClock

EVA = Actor(ActorKind.PERSON, "eva-meyer")
TUESDAY = TimeRange(at(1, 0), at(1, 23))


@pytest.fixture
def booking(practice: Practice) -> Booking:
    """Ann's consultation on Tuesday, which Dr. Meyer has called off."""
    booked = practice.book(at(1, 9, 30))
    practice.core.hosting.be_ill([TUESDAY], key="ill", actor=EVA)
    return booked


@pytest.fixture
def path(practice: Practice, booking: Booking) -> str:
    return practice.path(booking) + "/instead"


def at_nine(day: int, who: str = "eva-meyer") -> str:
    return f"?start=2026-12-0{day}T09:00:00Z&with={who}"


def bookings(practice: Practice) -> list[Booking]:
    """What is booked with anybody."""
    window = TimeRange(at(1, 0), at(1, 0) + timedelta(days=30))
    return practice.core.scheduler.agenda(people=[], window=window, actor=OPERATOR)


async def test_link_of_the_mail_shows_the_time_and_books_nothing(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    page = await get(client, path + at_nine(2))

    assert page.status == 200
    assert "Free Consultation with Dr. Eva Meyer When Wednesday 2 December 2026, 14:30–15:00" in page.text
    assert "Reference" not in page.text
    assert bookings(practice) == []


async def test_one_press_takes_the_time_for_the_same_attendee(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    page = await send(client, await get(client, path + at_nine(2)), "/instead")

    (taken,) = bookings(practice)
    assert (taken.time.start, taken.people, taken.attendee) == (at(2, 9), booking.people, ANN)
    assert (taken.note, taken.channel, taken.kind) == (booking.note, booking.channel, booking.kind)
    assert page.status == 200
    assert "This time is yours now. The invitation is on its way." in page.text
    assert page.form("/cancel").action.startswith(practice.path(taken))


async def test_pressed_twice_it_is_booked_once(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    form = await get(client, path + at_nine(2))

    pages = [await send(client, form, "/instead") for _ in range(2)]

    assert [page.status for page in pages] == [200, 200]
    assert "You have chosen this time already." in pages[1].text
    assert len(bookings(practice)) == 1


async def test_second_link_of_the_mail_leads_to_what_was_taken(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    first, second = await get(client, path + at_nine(2)), await get(client, path + at_nine(3))
    await send(client, first, "/instead")

    page = await send(client, second, "/instead")

    assert [taken.time.start for taken in bookings(practice)] == [at(2, 9)]
    assert "You have chosen this time already." in page.text
    assert "You have chosen this time already." in (await get(client, path + at_nine(3))).text


async def test_somebody_else_can_be_taken_where_they_offer_the_type(
    client: httpx.AsyncClient, practice: Practice
) -> None:
    booked = practice.book(at(1, 9, 30), kind=INTRO)
    practice.core.hosting.be_ill([TUESDAY], key="ill", actor=EVA)
    path = practice.path(booked) + "/instead?start=2026-12-08T11:00:00Z&with=ben-okafor"

    page = await get(client, path)
    await send(client, page, "/instead")

    assert "Intro with Ben Okafor" in page.text
    (taken,) = bookings(practice)
    assert [one.handle for one in taken.people] == ["ben-okafor"]


async def test_time_that_is_gone_leads_to_those_that_are_free(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    form = await get(client, path + at_nine(2))
    practice.book(at(2, 9))

    page = await send(client, form, "/instead")

    assert page.status == 409
    assert "That time has just been taken. Choose another time" in page.text
    assert (await get(client, path + at_nine(2))).status == 409
    choices = page.form("/instead").choices
    assert choices[:2] == ["2026-12-02T08:00:00+00:00", "2026-12-02T08:30:00+00:00"]
    await send(client, page, "/instead", start=choices[0])
    assert [taken.time.start for taken in bookings(practice)] == [at(2, 8), at(2, 9)]


@pytest.mark.parametrize(
    "query",
    [
        "?start=soon",
        "?start=2026-12-02T09:00:00",
        "?start=9999-12-31T23:59:00Z",
        "?start=2026-12-02T09:00:00Z&with=nobody",
        "?start=2026-12-02T09:00:00Z&with=ben-okafor",
        "?start=2026-12-02T09:00:00Z&with=%00",
    ],
)
async def test_what_cannot_be_booked_is_shown_as_a_choice(
    client: httpx.AsyncClient, path: str, query: str
) -> None:
    page = await get(client, path + query)

    assert page.status == 400
    assert "Please choose one of these times." in page.text


async def test_all_free_times_are_a_page_away(client: httpx.AsyncClient, path: str) -> None:
    page = await get(client, path)

    assert page.status == 200
    assert (
        "Consultation with Dr. Eva Meyer on Tuesday 1 December 2026, 15:00–15:30 does not take place."
        in page.text
    )
    assert page.form("/instead").choices[0].startswith("2026-11-24T")
    later = await get(client, f"{path}?from=2026-12-10")
    assert later.form("/instead").choices[0].startswith("2026-12-10T")


async def test_appointment_that_takes_place_has_no_other_instead(
    client: httpx.AsyncClient, practice: Practice
) -> None:
    booked = practice.book(at(1, 9, 30))

    page = await get(client, practice.path(booked) + "/instead" + at_nine(2))

    assert page.status == 200
    assert "Confirmed Consultation with Dr. Eva Meyer When Tuesday 1 December 2026" in page.text


async def test_person_cannot_take_a_time_for_the_attendee(
    client: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    page = await get(client, practice.path(booking, person("eva-meyer")) + "/instead" + at_nine(2))

    assert "Cancelled Consultation with Ann Lee" in page.text
    assert bookings(practice) == []


async def test_form_of_another_browser_is_refused(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    page = await get(client, path + at_nine(2))
    client.cookies.clear()

    answer = await send(client, page, "/instead")

    assert answer.status == 403
    assert bookings(practice) == []


async def test_get_of_every_link_changes_nothing(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    for query in ("", at_nine(2), "?start=2026-12-02T09:00:00Z"):
        for method in ("GET", "HEAD"):
            await client.request(method, path + query)

    assert bookings(practice) == []
    assert practice.find(booking).status is Status.CANCELLED


async def test_link_outlives_the_day_that_was_called_off(
    client: httpx.AsyncClient, clock: MovableClock, path: str
) -> None:
    clock.instant = at(4, 9)
    assert (await get(client, path)).status == 200

    clock.instant = at(31, 10)
    answer = HtmlPage(await client.get(path))

    assert answer.status == 404
