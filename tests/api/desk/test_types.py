from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from scheduler_core.bootstrap import Core
from scheduler_core.model import AppointmentType, Channel

CHECK_UP = {
    "handle": "check-up",
    "name": "Check-up",
    "durations": [20, 40],
    "buffer_before": 5,
    "buffer_after": 10,
    "minimum_notice": 240,
    "horizon_days": 30,
    "interval": 10,
    "daily_limit": 4,
    "channels": ["in_person", "phone"],
    "location": "1 Harbour Street",
    "reminders": [1440, 60],
    "people": ["ben-okafor", "eva-meyer"],
}


async def test_an_administrator_adds_and_changes_a_type(admin: httpx.AsyncClient, core: Core) -> None:
    added = await admin.post("/api/desk/types", json=CHECK_UP)
    twice = await admin.post("/api/desk/types", json=CHECK_UP)
    match = {"If-Match": added.headers["ETag"]}
    wanted = {**CHECK_UP, "daily_limit": None, "people": ["eva-meyer"]}
    saved = await admin.put("/api/desk/types/check-up", json=wanted, headers=match)
    stale = await admin.put("/api/desk/types/check-up", json=wanted, headers=match)

    minute = timedelta(minutes=1)
    assert (added.status_code, added.json()) == (201, CHECK_UP)
    assert (twice.status_code, list(twice.json()["fields"])) == (409, ["handle"])
    assert (saved.status_code, saved.json(), stale.status_code) == (200, wanted, 412)
    assert [one.handle for one in core.people.people_of("check-up")] == ["eva-meyer"]
    assert core.people.type("check-up") == AppointmentType(
        "check-up",
        "Check-up",
        (20 * minute, 40 * minute),
        buffer_before=5 * minute,
        buffer_after=10 * minute,
        minimum_notice=240 * minute,
        horizon=timedelta(days=30),
        interval=10 * minute,
        channels=(Channel.IN_PERSON, Channel.PHONE),
        location="1 Harbour Street",
        reminders=(1440 * minute, 60 * minute),
    )


async def test_hosts_read_types_and_change_none(eva: httpx.AsyncClient) -> None:
    listed = (await eva.get("/api/desk/types")).json()
    found = await eva.get("/api/desk/types/intro")

    answers = [
        await eva.post("/api/desk/types", json=CHECK_UP),
        await eva.put("/api/desk/types/intro", json=listed[0], headers={"If-Match": found.headers["ETag"]}),
    ]

    assert [one["handle"] for one in listed] == ["intro", "consultation"]
    assert found.json() == listed[0]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "not_admin")] * 2


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"minimum_notice": 50000}, {"minimum_notice"}),
        ({"durations": []}, {"durations"}),
        ({"handle": "Check up"}, {"handle"}),
        ({"daily_limit": 0, "interval": 0}, {"daily_limit", "interval"}),
    ],
)
async def test_rules_that_cannot_be_are_told_at_their_field(
    admin: httpx.AsyncClient, changed: dict[str, object], fields: set[str]
) -> None:
    answer = await admin.post("/api/desk/types", json={**CHECK_UP, **changed})

    assert (answer.status_code, set(answer.json()["fields"])) == (422, fields)
