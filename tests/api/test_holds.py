from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core.model import Status
from scheduler_core.timerange import TimeRange
from tests.api.practice import OPERATOR, PUBLIC_URL, Practice, at, problem
from webchat.api.app import HOLDS_A_MINUTE

pytestmark = pytest.mark.usefixtures("practice")

WANTED = {"type": "consultation", "person": "eva-meyer", "start": "2026-12-01T09:00:00Z"}
ANN = {"name": "Ann Lee", "email": "ann.lee@example.com", "zone": "Asia/Kolkata", "channel": "in_person"}


def page(app: FastAPI) -> httpx.AsyncClient:
    """A browser at a page of ours."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=PUBLIC_URL, headers={"Origin": PUBLIC_URL}
    )


@pytest.fixture
async def ann(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with page(app) as client:
        yield client


@pytest.fixture
async def bob(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with page(app) as client:
        yield client


async def test_a_time_is_held_and_booked(ann: httpx.AsyncClient, practice: Practice) -> None:
    held = await ann.post("/api/holds", json=WANTED)
    hold = held.json()

    booked = await ann.post(f"/api/holds/{hold['id']}/confirm", json=ANN)

    expected = {"type": "consultation", "people": ["eva-meyer"], "start": WANTED["start"]}
    assert (held.status_code, hold) == (
        201,
        {**expected, "id": hold["id"], "end": "2026-12-01T09:30:00Z", "expires_at": "2026-11-24T09:10:00Z"},
    )
    (booking,) = practice.core.scheduler.agenda(people=[], window=_december(), actor=OPERATOR)
    assert (booked.status_code, booked.json()) == (
        201,
        {
            **expected,
            "uid": hold["id"],
            "end": "2026-12-01T09:30:00Z",
            "reference": booking.reference,
            "status": "CONFIRMED",
            "channel": "in_person",
            "manage_url": f"{PUBLIC_URL}{practice.path(booking)}",
        },
    )


async def test_a_taken_time_names_what_is_free_nearby(ann: httpx.AsyncClient, bob: httpx.AsyncClient) -> None:
    await ann.post("/api/holds", json=WANTED)

    answer = await bob.post("/api/holds", json=WANTED)

    nearest = [f"2026-12-01T{time}:00Z" for time in ("08:00", "08:30", "09:30")]
    assert answer.json() == problem(
        409, "slot_unavailable", "That time is no longer free.", reason="taken", nearest=nearest
    )


async def test_a_hold_is_of_one_browser(
    ann: httpx.AsyncClient, bob: httpx.AsyncClient, practice: Practice
) -> None:
    hold = (await ann.post("/api/holds", json=WANTED)).json()

    answers = [
        await bob.delete(f"/api/holds/{hold['id']}"),
        await bob.post(f"/api/holds/{hold['id']}/confirm", json=ANN),
        await bob.put(f"/api/holds/{hold['id']}", json={**WANTED, "start": "2026-12-01T10:00:00Z"}),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (404, "unknown_booking")
    ] * 3
    assert practice.core.scheduler.find(hold["id"], actor=OPERATOR).status is Status.TENTATIVE


async def test_a_hold_is_changed_and_given_back(ann: httpx.AsyncClient, bob: httpx.AsyncClient) -> None:
    hold = (await ann.post("/api/holds", json=WANTED)).json()
    later = {**WANTED, "start": "2026-12-01T10:00:00Z", "minutes": 60}
    changed = await ann.put(f"/api/holds/{hold['id']}", json=later)
    first = await bob.post("/api/holds", json=WANTED)

    gone = await ann.delete(f"/api/holds/{changed.json()['id']}")

    second = await bob.post("/api/holds", json=later)
    assert [answer.status_code for answer in (changed, first, gone, second)] == [200, 201, 204, 201]


async def test_the_same_key_does_nothing_twice(ann: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "my key"}

    answers = [await ann.post("/api/holds", json=WANTED, headers=key) for _ in range(2)]
    other = await ann.post("/api/holds", json={**WANTED, "minutes": 60}, headers=key)
    uid = answers[0].json()["id"]
    bookings = [await ann.post(f"/api/holds/{uid}/confirm", json=ANN) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert bookings[0].json() == bookings[1].json()
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"email": "ann"}, {"email": "That is not one e-mail address."}),
        ({"name": "http://x"}, {"name": "That name cannot be used."}),
        ({"zone": "Mars/Olympus"}, {"zone": "There is no time zone of that name."}),
        ({"channel": "phone"}, {"phone": "The appointment type cannot be held that way."}),
    ],
)
async def test_what_cannot_be_used_is_said_at_its_field(
    ann: httpx.AsyncClient, changed: dict[str, str], fields: dict[str, str]
) -> None:
    hold = (await ann.post("/api/holds", json=WANTED)).json()

    answer = await ann.post(f"/api/holds/{hold['id']}/confirm", json={**ANN, **changed})

    assert (answer.status_code, answer.json()["fields"]) == (400, fields)


async def test_no_other_page_can_hold_in_somebodys_name(client: httpx.AsyncClient) -> None:
    answers = [
        await client.post("/api/holds", json=WANTED, headers=headers)
        for headers in ({}, {"Origin": "https://evil.example.com"})
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "other_origin")] * 2


async def test_holds_of_one_address_are_limited(ann: httpx.AsyncClient) -> None:
    far = {**WANTED, "start": "2029-12-01T09:00:00Z"}

    answers = [await ann.post("/api/holds", json=far) for _ in range(HOLDS_A_MINUTE + 1)]

    assert [answer.status_code for answer in answers] == [409] * HOLDS_A_MINUTE + [429]


def _december() -> TimeRange:
    return TimeRange(at(1, 0), at(31, 0))
