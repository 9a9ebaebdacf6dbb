"""What is kept about somebody: GET shows it, POST hands it out or erases it."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar

from scheduler_core.bootstrap import Core
from scheduler_core.model import Actor, ActorKind, Booking, Status
from scheduler_core.worker_bootstrap import build_worker
from tests.api.browsing import get, send
from tests.api.html_page import HtmlPage
from tests.api.practice import ANN, Practice, at
from tests.conftest import MovableClock

ACTOR = Actor(ActorKind.ATTENDEE, ANN.email)


@pytest.fixture
def over(practice: Practice, clock: MovableClock) -> Booking:
    """An appointment that is over."""
    booking = practice.book(at(1, 9, 30))
    clock.instant = at(2, 9)
    return booking


@pytest.fixture
def ahead(practice: Practice, over: Booking) -> Booking:
    """Another one, that is to come."""
    assert over
    return practice.book(at(3, 9, 30))


@pytest.fixture
def path(practice: Practice, over: Booking) -> str:
    """Where Ann's mail leads."""
    assert over
    wanted = practice.core.privacy.request(key="ask", actor=ACTOR)
    return practice.core.links.data(wanted.id).removeprefix(practice.core.links.public_url)


async def test_page_says_what_is_kept(client: httpx.AsyncClient, path: str) -> None:
    page = await get(client, path)

    assert page.status == 200
    assert (
        "What we keep about you ann.lee@example.com Appointments made for this address 1 "
        "Appointments it is or was invited to 0 Requests for a person 0 "
        "Chats that are kept for going on 0 Lines of chats of the last day 0 "
        "Things it usually wants, as it has said 0 "
        "Calendar addresses, by which its appointments can be read 0 "
        "Chats in which it is proven at present 0 One-time codes of this week 0"
    ) in page.text
    assert "until 730 days after it is over" in page.text
    assert "still to come" not in page.text


async def test_everything_is_handed_out_for_programs(
    client: httpx.AsyncClient, over: Booking, path: str
) -> None:
    form = (await get(client, path)).form("/data.json")

    answer = await client.post(form.action, data=form.fields)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="data.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    content = answer.json()
    assert content["address"] == ANN.email
    (appointment,) = content["appointments"]
    assert (appointment["id"], appointment["name"], appointment["note"]) == (
        str(over.uid),
        ANN.name,
        over.note,
    )


async def test_appointments_are_handed_out_for_calendars(
    client: httpx.AsyncClient, over: Booking, ahead: Booking, path: str
) -> None:
    form = (await get(client, path)).form("/appointments.ics")

    answer = await client.post(form.action, data=form.fields)

    calendar = Calendar.from_ical(answer.content)
    assert calendar["METHOD"] == "PUBLISH"
    assert [str(event["UID"]) for event in calendar.walk("VEVENT")] == [str(over.uid), str(ahead.uid)]
    assert str(calendar.walk("VEVENT")[0]["SUMMARY"]) == "Consultation with Dr. Eva Meyer"


async def test_erasing_takes_the_name_out(
    client: httpx.AsyncClient, core: Core, practice: Practice, over: Booking, path: str
) -> None:
    await build_worker(core).drain()
    page = await send(client, await get(client, path), "/erase")
    await build_worker(core).drain()

    assert "Your data is erased" in page.text
    attendee = practice.find(over).attendee
    assert attendee is not None
    assert (attendee.name, attendee.email) == ("Erased", "nobody@example.com")


async def test_appointments_to_come_stop_it_until_they_are_to_be_cancelled(
    client: httpx.AsyncClient, core: Core, practice: Practice, ahead: Booking, path: str
) -> None:
    page = await get(client, path)
    assert (
        "Consultation with Dr. Eva Meyer, Thursday 3 December 2026, 15:00–15:30 (Asia/Kolkata)" in page.text
    )
    form = page.form("/erase")
    del form.fields["cancel"]

    refused = HtmlPage(await client.post(form.action, data=form.fields))
    assert refused.status == 409
    assert practice.find(ahead).status is Status.CONFIRMED

    await send(client, page, "/erase", cancel="yes")
    assert practice.find(ahead).status is Status.CANCELLED
    await build_worker(core).drain()
    assert b"ann.lee" not in str(practice.find(ahead)).encode()


async def test_appointment_booked_meanwhile_is_not_cancelled_unseen(
    client: httpx.AsyncClient, practice: Practice, ahead: Booking, path: str
) -> None:
    page = await get(client, path)
    unseen = practice.book(at(4, 9, 30))

    answer = await send(client, page, "/erase", cancel="yes")

    assert answer.status == 409
    assert [practice.find(one).status for one in (ahead, unseen)] == [Status.CONFIRMED] * 2


async def test_get_of_any_kind_changes_nothing(
    client: httpx.AsyncClient, practice: Practice, over: Booking, path: str
) -> None:
    for name in ("", "/data.json", "/appointments.ics", "/erase"):
        for method in ("GET", "HEAD"):
            answer = await client.request(method, path + name)
            assert answer.status_code == (200 if not name else 405)

    assert practice.find(over).attendee == ANN


@pytest.mark.parametrize("action", ["/data.json", "/appointments.ics", "/erase"])
async def test_form_of_another_browser_is_refused(
    client: httpx.AsyncClient, practice: Practice, over: Booking, path: str, action: str
) -> None:
    form = (await get(client, path)).form(action)
    client.cookies.clear()

    answer = await client.post(form.action, data=form.fields)

    assert answer.status_code == 403
    assert practice.find(over).attendee == ANN


async def test_link_is_dead_after_a_day(client: httpx.AsyncClient, clock: MovableClock, path: str) -> None:
    clock.move(timedelta(days=1))

    page = HtmlPage(await client.get(path))

    assert page.status == 404
    assert "It may be incomplete or too old" in page.text


async def test_tokens_for_something_else_are_worth_nothing_here(
    client: httpx.AsyncClient, practice: Practice, over: Booking, path: str
) -> None:
    manage = practice.core.links.token(over.uid, "attendee")

    assert (await client.get(f"/d/{manage}")).status_code == 404
    assert (await client.get(path.replace("/d/", "/b/"))).status_code == 404
    assert (await client.get(path[:-1])).status_code == 404


async def test_page_is_for_one_reader(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers

    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert "Path=/d;" in headers["Set-Cookie"]
