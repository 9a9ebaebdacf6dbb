"""What may not be done by the link of a mail, and where it leads nowhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core.links import ATTENDEE, Links, person
from scheduler_core.model import Booking, Slot, Status
from scheduler_core.timerange import TimeRange
from tests.api.browsing import EVA, get, send
from tests.api.conftest import browser
from tests.api.html_page import HtmlPage
from tests.api.practice import OPERATOR, PUBLIC_URL, Practice, at
from tests.conftest import MovableClock

DEAD = "This link does not work It may be incomplete: please copy all of it from the mail."


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Another browser."""
    async with browser(app) as client:
        yield client


async def test_form_of_an_older_state_changes_nothing_and_shows_the_present_one(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    old = await get(client, path)
    form = await get(client, path + "/reschedule?from=2026-12-01")
    await send(client, form, "/reschedule", start="2026-12-02T10:00:00+00:00")

    page = await send(client, old, "/cancel")

    assert page.status == 409
    assert "The appointment has changed in the meantime." in page.text
    assert "Wednesday 2 December 2026, 15:30–16:00" in page.text
    assert practice.find(booking).status is Status.CONFIRMED
    await send(client, page, "/cancel")
    assert practice.find(booking).status is Status.CANCELLED


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_following_every_link_changes_nothing(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str, method: str
) -> None:
    pages = [
        path,
        path + "/reschedule",
        practice.path(booking, EVA),
        practice.path(booking, EVA) + "/reschedule",
    ]
    links = {link for page in pages for link in (await get(client, page)).links if link.startswith("/b/")}

    answers = [await client.request(method, link) for link in {*pages, *links}]
    answers += [await client.request(method, page + "/cancel") for page in pages[::2]]

    assert {answer.status_code for answer in answers} == {200, 405}
    assert practice.find(booking) == booking


@pytest.mark.parametrize("action", ["/cancel", "/reschedule"])
async def test_form_of_another_site_does_nothing(
    client: httpx.AsyncClient,
    stranger: httpx.AsyncClient,
    practice: Practice,
    booking: Booking,
    path: str,
    action: str,
) -> None:
    page = path if action == "/cancel" else path + action
    fields = (await get(client, page)).form(action).fields | {"start": "2026-12-02T10:00:00+00:00"}
    foreign = (await get(stranger, page)).form(action).fields | {"start": "2026-12-02T10:00:00+00:00"}
    without = {name: value for name, value in fields.items() if name != "proof"}

    statuses = [
        (await client.post(path + action, data=data)).status_code
        for data in (without, fields | {"proof": ""}, fields | {"proof": "x" * 43}, foreign)
    ]
    client.cookies.clear()
    statuses.append((await client.post(path + action, data=fields)).status_code)

    assert statuses == [403] * 5
    assert practice.find(booking) == booking


async def test_proof_of_one_link_is_none_for_another(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    other = practice.book(at(2, 9))
    fields = (await get(client, path)).form("/cancel").fields

    answer = await client.post(practice.path(other) + "/cancel", data=fields)

    assert answer.status_code == 403
    assert practice.find(other) == other


async def test_cookie_stays_with_the_pages_of_links(client: httpx.AsyncClient, path: str) -> None:
    first = await client.get(path)
    second = await client.get(path)

    name, *attributes = first.headers["Set-Cookie"].split("; ")
    assert name.startswith("form=")
    assert attributes == ["HttpOnly", "Path=/b", "SameSite=lax"]
    assert "Set-Cookie" not in second.headers


@pytest.mark.parametrize("ending", ["", "/reschedule"])
async def test_links_that_lead_nowhere_all_look_the_same(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str, ending: str
) -> None:
    slot = Slot(TimeRange.starting(at(3, 9), timedelta(minutes=30)), ("eva-meyer",), "consultation")
    hold = practice.core.scheduler.hold(slot, key="a hold", actor=OPERATOR)
    forger = Links("another secret than the one of the tests", PUBLIC_URL)
    tokens = [
        "x",
        path.removeprefix("/b/")[:-2],
        ("B" if path.startswith("/b/A") else "A") + path.removeprefix("/b/")[1:],
        forger.token(booking.uid, ATTENDEE),
        practice.core.links.token(hold.uid, ATTENDEE),
        practice.core.links.token(booking.uid, person("ben-okafor")),
        practice.core.links.token(type(booking.uid)(int=1), ATTENDEE),
    ]

    answers = [await client.get(f"/b/{token}{ending}") for token in tokens]

    assert DEAD in HtmlPage(answers[0]).text
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}


async def test_link_dies_a_day_after_the_end(
    client: httpx.AsyncClient, booking: Booking, path: str, clock: MovableClock
) -> None:
    fields = (await get(client, path)).form("/cancel").fields
    unknown = await client.get("/b/xyz")
    clock.instant = booking.time.end + timedelta(days=1, seconds=-1)
    last_day = await client.get(path)
    clock.move(timedelta(seconds=1))

    answers = [
        await client.get(path),
        await client.get(f"{path}/reschedule"),
        await client.post(f"{path}/cancel", data=fields),
    ]

    assert last_day.status_code == 200
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, unknown.text)}


async def test_form_for_a_link_that_leads_nowhere_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    fields = (await get(client, path)).form("/cancel").fields

    answer = await client.post("/b/xyz/cancel", data=fields)

    assert answer.status_code == 404


@pytest.mark.parametrize("changed", [{"version": "soon"}, {"version": "-1"}, {"key": ""}, {"key": "x" * 101}])
async def test_form_that_cannot_be_read_is_refused_by_a_page(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str, changed: dict[str, str]
) -> None:
    page = await send(client, await get(client, path), "/cancel", **changed)

    assert (page.status, "The request cannot be read" in page.text) == (422, True)
    assert practice.find(booking) == booking


async def test_address_cannot_make_the_page_say_what_is_not_so(client: httpx.AsyncClient, path: str) -> None:
    pages = [await get(client, f"{path}?done={done}") for done in ("cancelled", "rescheduled", "<b>")]

    plain = await get(client, path)
    assert [page.text for page in pages] == [plain.text] * 3
