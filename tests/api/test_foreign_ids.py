"""Whoever names what belongs to somebody else learns nothing of it and changes nothing, at any address."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from scheduler_core.bootstrap import Core
from scheduler_core.db import people as people_rows
from scheduler_core.model import Actor, ActorKind, Attendee, Details, ExtraHours, Slot
from scheduler_core.timerange import TimeRange
from tests.api.desk.desk_client import ADMIN, BEN, EVA, browser, signed_in
from tests.api.practice import INTRO, OPERATOR, Practice, at
from webchat.api import export

#: Who has booked with Ben, and what nobody else is to read.
DEE = Attendee("Deirdre Quill", "deirdre.quill@example.com", "Europe/London")
NOTE, GUEST, AWAY = "A rash on the knee", "guest.of.deirdre@example.com", "Dentist himself"
SECRETS = (DEE.name, DEE.email, NOTE, GUEST, AWAY)
WINDOW = {"from": "2026-11-30T00:00:00Z", "to": "2026-12-09T00:00:00Z"}
QUERIES: dict[str, dict[str, str]] = {
    "/api/desk/people/{handle}/calendar": WINDOW,
    "/api/people/{handle}/calendar": WINDOW,
}
HOURS = {day: [["09:00", "10:00"]] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
TIME = {"start": "2026-12-08T11:00:00Z", "end": "2026-12-08T11:30:00Z"}
BODIES: dict[str, Any] = {
    "WantedTime": {"type": "intro", "person": "ben-okafor", "start": "2026-12-08T10:00:00Z"},
    "WhoBooks": {"name": "Eve", "email": "eve@example.com", "zone": "UTC", "channel": "jitsi"},
    "Move": {"start": "2026-12-08T11:00:00Z"},
    "Cancellation": {"reason": "Because"},
    "Mark": {"no_show": True},
    "NewTimeOff": TIME | {"reason": ""},
    "NewExtraHours": TIME,
    "WantedHolidays": {"country": "GB", "region": "ENG", "except": []},
    "Hours": {"zone": "UTC", "days": HOURS},
}
OF_ADMINISTRATORS = "/api/desk/types/{handle}"  #: named by what is offered, which is no secret
OPEN = "/api/people/{handle}/calendar"  #: for everybody, without names


@dataclass(frozen=True)
class Route:
    """One address with something named in it."""

    method: str
    path: str
    body: str

    def request(self, named: dict[str, str]) -> dict[str, Any]:
        """What asks for what is named."""
        return {
            "method": self.method,
            "url": self.path.format(**named),
            "params": QUERIES.get(self.path),
            "json": BODIES[self.body] if self.body else None,
            "headers": {"If-Match": named["version"]},
        }


def routes() -> Iterator[Route]:
    for path, operations in json.loads(export.FILE.read_text("utf-8"))["paths"].items():
        if "{" in path and path != OF_ADMINISTRATORS:
            for method, operation in operations.items():
                content = operation.get("requestBody", {}).get("content", {})
                schema = content.get("application/json", {}).get("schema", {}).get("$ref", "")
                yield Route(method.upper(), path, schema.rpartition("/")[2])


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "ADMIN_EMAILS": ADMIN}


@pytest.fixture
def bens(core: Core, practice: Practice) -> dict[str, str]:
    """What is Ben's or his attendee's, by the names of the parameters."""
    assert practice.core is core
    times = [TimeRange.starting(at(day, 10), timedelta(minutes=15)) for day in (1, 8)]
    slots = [Slot(time, ("ben-okafor",), INTRO.handle) for time in times]
    details = Details(note=NOTE, guests=(GUEST,))
    booked = core.scheduler.book(slots[0], DEE, details=details, key="dee", actor=OPERATOR)
    held = core.scheduler.hold(slots[1], key="dee", actor=Actor(ActorKind.CONVERSATION, "schedule:dee"))
    ben = core.people.get("ben-okafor")
    day_off = TimeRange(at(3, 10), at(3, 12))
    core.hosting.block([day_off], key="off", actor=Actor(ActorKind.PERSON, ben.handle), reason=AWAY)
    with core.store.transaction() as connection:
        people_rows.put_extra_hours(connection, ben.number, ExtraHours(date(2026, 12, 4), time(10), time(12)))
        connection.execute(text("UPDATE outbox SET failed_at = now(), last_error = '550 no'"))
        message = connection.execute(text("SELECT max(id) FROM outbox WHERE uid IS NOT NULL")).scalar_one()
        number = connection.execute(text("SELECT number FROM time_off")).scalar_one()
    return {
        "handle": ben.handle,
        "uid": str(booked.uid),
        "hold_id": str(held.uid),
        "number": str(number),
        "message": str(message),
        "identity": "2026-12-04T10:00",
        "version": '"1"',
    }


def named(route: Route, things: dict[str, str]) -> dict[str, str]:
    """The names for that address: two kinds of things go by a `number`."""
    return things | ({"number": things["message"]} if "/deliveries/" in route.path else {})


def everything(core: Core) -> list[object]:
    """All that is kept but for who is signed in."""
    tables = (
        *("booking", "booking_person", "booking_change", "person", "working_hours", "extra_hours"),
        *("time_off", "holiday_choice", "feed", "outbox", "desk_change", "host_change"),
    )
    with core.store.reading() as connection:
        return [connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables]  # noqa: S608


@pytest.fixture
async def strangers(app: FastAPI, core: Core, bens: dict[str, str]) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Another host, and somebody with a browser."""
    assert bens
    async with signed_in(app, core, EVA) as eva, browser(app) as nobody:
        yield [eva, nobody]


async def test_nothing_of_others_is_told_or_changed_wherever_it_is_named(
    core: Core, bens: dict[str, str], strangers: list[httpx.AsyncClient]
) -> None:
    before = everything(core)
    statuses: dict[str, set[int]] = {}
    leaks = []
    for route in routes():
        for stranger in strangers:
            answer = await stranger.request(**route.request(named(route, bens)))
            statuses.setdefault(f"{route.method} {route.path}", set()).add(answer.status_code)
            leaks += [(route, secret) for secret in SECRETS if secret in answer.text]

    of_all = statuses.pop(f"GET {OPEN}")
    assert (of_all, leaks) == ({200}, [])
    assert {name: found for name, found in statuses.items() if not found <= {401, 404}} == {}
    assert everything(core) == before
    assert len(statuses) >= 20


async def test_the_same_requests_do_something_for_whom_it_belongs_to(
    app: FastAPI, core: Core, bens: dict[str, str]
) -> None:
    """The requests of the other test are refused for who asks, not for how they are written."""
    async with signed_in(app, core, BEN) as ben:
        refused = {}
        for route in sorted(routes(), key=lambda one: (one.method == "DELETE", "cancel" in one.path)):
            things = named(route, bens)
            if route.path.startswith("/api/holds"):
                continue  # a hold is its browser's alone
            if route.method == "PUT" or "/cancel" in route.path:
                shown = await ben.get(route.path.removesuffix("/cancel").format(**things))
                things |= {"version": shown.headers["ETag"]}
            answer = await ben.request(**route.request(things))
            if not answer.is_success:
                refused[f"{route.method} {route.path}"] = answer.json()["code"]

    assert refused == {"POST /api/desk/bookings/{uid}/no-show": "not_begun"}
