"""Who changed a booking, when and through what, and what it was before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
from fastapi import FastAPI

from scheduler_core.bootstrap import Core
from scheduler_core.db import privacy
from scheduler_core.model import Actor, ActorKind, Booking, Details, Slot
from scheduler_core.personal_data import DataRequest, DeskChange
from scheduler_core.timerange import TimeRange
from tests.api.browsing import get, send
from tests.api.desk.desk_client import ADMIN, EVA, signed_in
from tests.api.practice import ANN, CONSULTATION, Practice, at
from tests.conftest import NOW, MovableClock

CHAT = Actor(ActorKind.CONVERSATION, "telegram:4711")
PROVEN = Actor(ActorKind.ATTENDEE, ANN.email)
MINUTE = timedelta(minutes=1)


def state(hour: int, **other: Any) -> dict[str, Any]:
    times = {"start": f"2026-12-01T{hour:02}:00:00Z", "end": f"2026-12-01T{hour:02}:30:00Z"}
    return times | {"status": "CONFIRMED", "guests": 0, "no_show": False} | other


def chatted(core: Core, clock: MovableClock) -> Booking:
    """Ann books in a chat; a minute passes between the hold and her yes."""
    slot = Slot(TimeRange.starting(at(1, 9), CONSULTATION.duration), ("eva-meyer",), CONSULTATION.handle)
    held = core.scheduler.hold(slot, key="hold", actor=CHAT)
    clock.instant += MINUTE
    return core.scheduler.confirm(held.uid, ANN, details=Details(), key="yes", actor=CHAT)


async def trail(client: httpx.AsyncClient, booking: Booking) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = (await client.get(f"/api/desk/bookings/{booking.uid}")).json()["trail"]
    return shown


async def change(client: httpx.AsyncClient, booking: Booking, what: str, **wanted: Any) -> None:
    address, match = f"/api/desk/bookings/{booking.uid}", {"If-Match": ""}
    match["If-Match"] = (await client.get(address)).headers["ETag"]
    answer = await client.post(f"{address}/{what}", json=wanted, headers=match)
    assert answer.status_code == 200


async def test_every_change_is_shown_with_who_made_it_when_and_through_what(
    eva: httpx.AsyncClient, app: FastAPI, core: Core, practice: Practice, clock: MovableClock
) -> None:
    booking = chatted(core, clock)
    clock.instant += MINUTE
    core.scheduler.invite(booking.uid, ["bo@example.com"], version=2, key="bo", actor=PROVEN)
    clock.instant += MINUTE
    page = await get(eva, practice.path(booking) + "/reschedule?from=2026-12-01")
    assert (await send(eva, page, "/reschedule", start="2026-12-01T10:00:00+00:00")).status == 200
    clock.instant += MINUTE
    await change(eva, booking, "move", start="2026-12-01T11:00:00Z")
    clock.instant += MINUTE
    async with signed_in(app, core, ADMIN) as admin:
        await change(admin, booking, "cancel", reason="Ill")
        by_admin = await trail(admin, booking)

    by_host = await trail(eva, booking)

    guests = {"guests": 1}
    assert by_host == by_admin
    assert [(one["what"], one["who"], one["through"], one["at"][11:16]) for one in by_host] == [
        ("booked", "Ann Lee", "telegram", "09:01"),
        ("guests", "Ann Lee", "proof", "09:02"),
        ("moved", "Ann Lee", "mail", "09:03"),
        ("moved", "Dr. Eva Meyer", "desk", "09:04"),
        ("cancelled", ADMIN, "desk", "09:05"),
    ]
    assert [(one["before"], one["after"]) for one in by_host] == [
        (None, state(9)),
        (state(9), state(9, **guests)),
        (state(9, **guests), state(10, **guests)),
        (state(10, **guests), state(11, **guests)),
        (state(11, **guests), state(11, **guests, status="CANCELLED")),
    ]


async def test_what_was_booked_without_a_hold_begins_with_its_making(
    eva: httpx.AsyncClient, practice: Practice
) -> None:
    booking = practice.book(at(1, 9))

    (only,) = await trail(eva, booking)

    assert only == {
        "what": "booked",
        "at": "2026-11-24T09:00:00Z",
        "who": "Tests",
        "through": "system",
        "before": None,
        "after": state(9),
    }


async def test_marks_of_who_came_are_steps_once_each(
    app: FastAPI, core: Core, practice: Practice, clock: MovableClock
) -> None:
    booking = practice.book(at(1, 9))
    clock.instant = at(1, 9, 5)
    async with signed_in(app, core, EVA) as eva:
        for no_show in (True, True, False):
            await change(eva, booking, "no-show", no_show=no_show)

        steps = await trail(eva, booking)

    assert [one["what"] for one in steps] == ["booked", "no_show", "came"]


async def test_a_change_that_fails_leaves_no_step(eva: httpx.AsyncClient, practice: Practice) -> None:
    booking = practice.book(at(1, 9))
    taken = practice.book(at(1, 10))

    answer = await eva.post(
        f"/api/desk/bookings/{booking.uid}/move",
        json={"start": taken.time.start.isoformat()},
        headers={"If-Match": '"1"'},
    )

    assert (answer.status_code, len(await trail(eva, booking))) == (409, 1)


async def test_names_go_out_of_the_trail_with_an_erasure_and_the_steps_stay(
    eva: httpx.AsyncClient, core: Core, practice: Practice, clock: MovableClock
) -> None:
    assert practice.core is core
    booking = chatted(core, clock)
    core.scheduler.reschedule(booking.uid, at(1, 10), version=2, key="move", actor=PROVEN)
    await change(eva, booking, "cancel", reason="")
    with core.store.reading() as connection:
        kept = [privacy.kept_about(connection, one).booking_changes for one in (ANN.email, EVA)]
    with core.store.transaction() as connection:
        for address in (ANN.email, EVA):
            privacy.erase(connection, DataRequest(booking.uid, address, NOW, NOW), clock.instant + MINUTE)

    with core.store.reading() as connection:
        left = [privacy.kept_about(connection, one).booking_changes for one in (ANN.email, EVA)]
    assert kept == [(DeskChange("booking", str(booking.uid), NOW + MINUTE),)] * 2
    assert left == [(), ()]
    with core.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT actor_kind, actor_id, address FROM booking_change").all()
    assert rows == [("operator", "erased", "")] * 2 + [("person", "eva-meyer", "")]
