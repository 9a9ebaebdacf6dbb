"""One's own appointments on the schedule page: by a mailed code, in one browser, and for one address."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core.model import Booking
from tests.api.browsing import mailed_code
from tests.api.practice import ANN, PUBLIC_URL, Practice, at

NOTHING: dict[str, object] = {"email": None, "until": None, "bookings": []}


@pytest.fixture
def booking(practice: Practice) -> Booking:
    return practice.book(at(1, 9, 30))


@pytest.fixture
def page(app: FastAPI) -> Callable[[], httpx.AsyncClient]:
    """Makes browsers at a page of ours."""
    return lambda: httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=PUBLIC_URL, headers={"Origin": PUBLIC_URL}
    )


@pytest.fixture
async def ann(page: Callable[[], httpx.AsyncClient]) -> AsyncIterator[httpx.AsyncClient]:
    async with page() as client:
        yield client


@pytest.fixture
async def stranger(page: Callable[[], httpx.AsyncClient]) -> AsyncIterator[httpx.AsyncClient]:
    async with page() as client:
        yield client


async def test_own_appointments_are_shown_after_the_code(
    ann: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    before = await ann.get("/api/mine")
    asked = await ann.post("/api/mine/code", json={"email": ANN.email})
    proven = await ann.post("/api/mine", json={"code": mailed_code(practice)})
    again = await ann.get("/api/mine")

    assert [answer.status_code for answer in (before, asked, proven, again)] == [200, 202, 200, 200]
    assert before.json() == NOTHING
    assert proven.json() == {
        "email": ANN.email,
        "until": "2026-11-24T09:30:00Z",
        "bookings": [
            {
                "start": "2026-12-01T09:30:00Z",
                "end": "2026-12-01T10:00:00Z",
                "reference": booking.reference,
                "title": "Consultation with Dr. Eva Meyer",
                "where": "in_person",
                "manage_url": PUBLIC_URL + practice.path(booking),
            }
        ],
    }
    assert again.json() == proven.json()


async def test_a_code_proves_nothing_in_another_browser(
    ann: httpx.AsyncClient, stranger: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    await ann.post("/api/mine/code", json={"email": ANN.email})

    refused = await stranger.post("/api/mine", json={"code": mailed_code(practice)})

    assert (refused.status_code, refused.json()["code"]) == (401, "code_expired")
    assert booking.reference not in (await stranger.get("/api/mine")).text


async def test_a_wrong_code_is_said_at_its_field(ann: httpx.AsyncClient, booking: Booking) -> None:
    assert booking.attendee is not None
    await ann.post("/api/mine/code", json={"email": booking.attendee.email})

    refused = await ann.post("/api/mine", json={"code": "0000 0000"})

    assert (refused.status_code, refused.json()["fields"]) == (401, {"code": "That is not the code."})


async def test_the_proof_is_taken_back(ann: httpx.AsyncClient, practice: Practice, booking: Booking) -> None:
    await ann.post("/api/mine/code", json={"email": ANN.email})
    shown = await ann.post("/api/mine", json={"code": mailed_code(practice)})

    forgotten = await ann.delete("/api/mine")

    assert (booking.reference in shown.text, forgotten.status_code) == (True, 204)
    assert (await ann.get("/api/mine")).json() == NOTHING


@pytest.mark.usefixtures("practice")
async def test_nobody_learns_whether_an_address_is_known(ann: httpx.AsyncClient) -> None:
    asked = await ann.post("/api/mine/code", json={"email": "nobody@example.com"})

    assert (asked.status_code, asked.content) == (202, b"")


@pytest.mark.usefixtures("practice")
async def test_other_sites_cannot_ask(ann: httpx.AsyncClient) -> None:
    asked = await ann.post(
        "/api/mine/code", json={"email": ANN.email}, headers={"Origin": "https://www.example.org"}
    )

    assert asked.status_code == 403
