from __future__ import annotations

from datetime import timedelta

import httpx
from fastapi import FastAPI

from scheduler_core.bootstrap import Core
from tests.api.desk.desk_client import ADMIN, EVA, signed_in
from tests.api.practice import OPERATOR, Practice, at
from tests.conftest import MovableClock

ANALYTICS = "/api/desk/analytics"


async def test_figures_count_by_week_and_hour(
    app: FastAPI, core: Core, practice: Practice, clock: MovableClock
) -> None:
    first, second = practice.book(at(1, 9)), practice.book(at(3, 9))
    clock.instant += timedelta(weeks=1)
    practice.book(at(3, 13))
    core.scheduler.cancel(second.uid, version=1, key="off", actor=OPERATOR)
    async with signed_in(app, core, EVA) as eva:
        await eva.post(f"/api/desk/bookings/{first.uid}/no-show", json={"no_show": True})
        clock.instant = at(4, 9)
        async with signed_in(app, core, ADMIN) as admin:
            await admin.post(f"/api/desk/bookings/{first.uid}/no-show", json={"no_show": True})

            own = (await admin.get(ANALYTICS, params={"person": "eva-meyer", "weeks": "2"})).json()
            everybody = (await admin.get(ANALYTICS, params={"person": "all", "weeks": "2"})).json()

    week = {"booked": 2, "cancelled": 0, "no_show": 0, "lead_days_median": 8.0}
    assert own["weeks"] == [
        {"monday": "2026-11-23", **week},
        {"monday": "2026-11-30", "booked": 1, "cancelled": 1, "no_show": 1, "lead_days_median": 2.2},
    ]
    assert own["hours"] == [
        {"weekday": "TU", "hour": 10, "count": 1},
        {"weekday": "TH", "hour": 14, "count": 1},
    ]
    assert everybody == own


async def test_hosts_see_their_own_figures_only(eva: httpx.AsyncClient) -> None:
    statuses = [
        (await eva.get(ANALYTICS, params={"person": person})).status_code
        for person in ("eva-meyer", "ben-okafor", "all")
    ]

    assert statuses == [200, 404, 403]


async def test_a_feed_is_made_and_renewed(eva: httpx.AsyncClient) -> None:
    path = "/api/desk/people/eva-meyer/feed"
    none = (await eva.get(path)).json()
    first = (await eva.post(f"{path}/renew")).json()
    second = (await eva.post(f"{path}/renew")).json()

    assert none is None
    assert first["url"] != second["url"]
    assert (await eva.get(path)).json() == second
