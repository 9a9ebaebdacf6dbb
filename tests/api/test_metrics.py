from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from scheduler_core.bootstrap import Core
from tests.api.practice import ANN, PUBLIC_URL, Practice, at
from tests.api.test_health import a_worker_is_there
from webchat.api.app import create_app

LOCAL = {"Host": "127.0.0.1:8080"}
Labels = Mapping[str, str]


def samples(content: str) -> dict[str, list[tuple[Labels, float]]]:
    """What Prometheus reads, by name."""
    found: dict[str, list[tuple[Labels, float]]] = {}
    for family in text_string_to_metric_families(content):
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


async def read(client: httpx.AsyncClient) -> dict[str, list[tuple[Labels, float]]]:
    answer = await client.get("/metrics", headers=LOCAL)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return samples(answer.text)


async def test_metrics_tell_how_the_outbox_and_the_bookings_stand(
    client: httpx.AsyncClient, practice: Practice, core: Core
) -> None:
    practice.book(at(1, 9, 30))
    practice.book(at(1, 11, 30))
    a_worker_is_there(core)

    found = await read(client)

    assert found["appointments_database_up"] == [({}, 1)]
    assert found["appointments_outbox_due"] == [({"topic": "mail_confirmed"}, 4)]
    assert found["appointments_outbox_given_up"] == [({"topic": "mail_confirmed"}, 0)]
    assert found["appointments_outbox_oldest_seconds"] == [({"topic": "mail_confirmed"}, 0)]
    assert found["appointments_bookings_to_come"] == [({}, 2)]
    assert found["appointments_bookings_made_last_day"] == [({}, 2)]
    assert found["appointments_holds"] == [({}, 0)]
    ((_, seen),) = found["appointments_worker_seen_seconds"]
    assert 0 <= seen < 60


async def test_requests_are_counted_by_route_and_never_by_path(
    client: httpx.AsyncClient, practice: Practice
) -> None:
    path = practice.path(practice.book(at(1, 9, 30)))
    before = await requests_counted(client)
    for wanted in (path, path, "/b/some-secret", "/nothing/at/all"):
        await client.get(wanted)
    await client.request("INVENTED", "/api/people")
    after = await requests_counted(client)

    told = {labels: count - before.get(labels, 0) for labels, count in after.items()}
    assert {labels: count for labels, count in told.items() if count and labels[1] != "/metrics"} == {
        ("GET", "/b/{token}", "200"): 2,
        ("GET", "/b/{token}", "404"): 1,
        ("GET", "other", "404"): 1,
        ("other", "/api/people", "405"): 1,
    }


async def requests_counted(client: httpx.AsyncClient) -> dict[tuple[str, str, str], float]:
    counted = (await read(client)).get("appointments_http_request_seconds_count", [])
    return {(labels["method"], labels["route"], labels["status"]): count for labels, count in counted}


async def test_metrics_name_nobody(client: httpx.AsyncClient, practice: Practice) -> None:
    booking = practice.book(at(1, 9, 30))
    token = practice.path(booking).rpartition("/")[2]
    await client.get(practice.path(booking))

    content = (await client.get("/metrics", headers=LOCAL)).text

    names = [one for person in booking.people for one in (person.name, person.handle, person.email)]
    for secret in (ANN.email, ANN.name, token, str(booking.uid), booking.reference, *names):
        assert not re.search(re.escape(secret), content, re.IGNORECASE)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "book.example.org"},
        {**LOCAL, "X-Forwarded-For": "203.0.113.7"},
        {**LOCAL, "Forwarded": "for=203.0.113.7"},
        {**LOCAL, "Via": "1.1 proxy"},
    ],
)
async def test_metrics_are_for_this_machine_alone(core: Core, headers: dict[str, str]) -> None:
    settings = replace(core.settings, public_url="https://book.example.org")
    app = create_app(replace(core, settings=settings))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL) as client:
        theirs = await client.get("/metrics", headers=headers)
        ours = await client.get("/metrics", headers=LOCAL)

    assert (theirs.status_code, ours.status_code) == (404, 200)


async def test_metrics_say_that_the_database_is_gone(unreachable: Core) -> None:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(unreachable)), base_url=PUBLIC_URL
    ) as client:
        found = await read(client)

    assert found["appointments_database_up"] == [({}, 0)]
    assert "appointments_outbox_due" not in found
