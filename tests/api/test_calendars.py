from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from scheduler_core.model import Attendee, Slot, TimeOff
from scheduler_core.timerange import TimeRange
from tests.api.practice import CONSULTATION, OPERATOR, Practice, at, problem

pytestmark = pytest.mark.usefixtures("practice")

DAY = {"from": "2026-12-01T00:00:00Z", "to": "2026-12-02T00:00:00Z"}
EVA = {"handle": "eva-meyer", "name": "Dr. Eva Meyer", "zone": "Europe/Berlin"}


def stretch(start: str, end: str) -> dict[str, str]:
    return {"start": f"2026-12-01T{start}:00Z", "end": f"2026-12-01T{end}:00Z"}


async def test_settings_name_the_organisation_and_the_time(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/settings")

    assert answer.json() == {
        "organisation": "Example Practice",
        "default_zone": "Europe/Berlin",
        "default_locale": "en",
        "now": "2026-11-24T09:00:00Z",
    }


async def test_people_are_listed_with_what_they_offer(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/people")

    assert answer.json() == [
        {"handle": "ben-okafor", "name": "Ben Okafor", "zone": "Europe/London", "types": ["intro"]},
        {**EVA, "types": ["intro", "consultation"]},
    ]


async def test_types_are_listed_with_the_usual_first(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/types")

    assert answer.json() == [
        {
            "handle": "intro",
            "name": "Intro",
            "minutes": 15,
            "durations": [15],
            "channels": ["jitsi", "phone"],
        },
        {
            "handle": "consultation",
            "name": "Consultation",
            "minutes": 30,
            "durations": [30, 60],
            "channels": ["in_person", "phone"],
        },
    ]


async def test_calendar_shows_hours_and_what_is_taken_and_nothing_more(
    client: httpx.AsyncClient, practice: Practice
) -> None:
    practice.book(at(1, 9, 30))
    slot = Slot(TimeRange.starting(at(1, 10), timedelta(minutes=30)), ("eva-meyer",), "consultation")
    practice.core.scheduler.hold(slot, key="a hold", actor=OPERATOR)
    practice.core.people.add_time_off(
        "eva-meyer", TimeOff(at(1, 15).replace(tzinfo=None), at(1, 20).replace(tzinfo=None))
    )

    answer = await client.get("/api/people/eva-meyer/calendar", params=DAY)

    assert answer.json() == {
        "person": EVA,
        "open": [stretch("08:00", "16:00")],
        "busy": [stretch("09:30", "10:30"), stretch("14:00", "16:00")],
        "offsets": [{"from": DAY["from"], "minutes": 0}],
    }


async def test_calendar_states_the_offsets_of_the_readers_zone(client: httpx.AsyncClient) -> None:
    window = {"from": "2026-10-20T00:00:00Z", "to": "2026-11-20T00:00:00Z", "zone": "Europe/Berlin"}

    answer = await client.get("/api/people/eva-meyer/calendar", params=window)

    assert answer.json()["offsets"] == [
        {"from": "2026-10-20T00:00:00Z", "minutes": 120},
        {"from": "2026-10-25T01:00:00Z", "minutes": 60},
    ]


async def test_calendar_in_an_unknown_zone_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/people/eva-meyer/calendar", params={**DAY, "zone": "Mars/Olympus"})

    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_zone")


async def test_calendar_of_nobody_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/people/nobody/calendar", params=DAY)

    assert (answer.status_code, answer.json()) == (
        404,
        problem(404, "unknown_person", "There is no such person."),
    )


async def test_slots_come_earliest_first_with_the_people_to_be_met(
    client: httpx.AsyncClient, practice: Practice
) -> None:
    practice.book(at(1, 9, 30))
    window = {"from": "2026-12-01T09:00:00+00:00", "to": "2026-12-01T10:30:00Z"}

    answer = await client.get("/api/slots", params={"type": "intro", **window})

    assert answer.json() == {
        "slots": [
            {**stretch("09:00", "09:15"), "people": ["eva-meyer"]},
            {**stretch("10:00", "10:15"), "people": ["ben-okafor"]},
        ]
    }


async def test_slots_can_be_asked_for_one_person_and_another_length(client: httpx.AsyncClient) -> None:
    wanted = {"type": "consultation", "person": "eva-meyer", "minutes": "60"}
    window = {"from": "2026-12-01T14:00:00Z", "to": "2026-12-02T00:00:00Z"}

    answer = await client.get("/api/slots", params={**wanted, **window})

    assert answer.json() == {
        "slots": [
            {**stretch(*times), "people": ["eva-meyer"]}
            for times in (("14:00", "15:00"), ("14:30", "15:30"), ("15:00", "16:00"))
        ]
    }


async def test_slots_are_four_hundred_at_most(client: httpx.AsyncClient) -> None:
    window = {"from": "2026-12-01T00:00:00Z", "to": "2027-01-31T00:00:00Z"}

    answer = await client.get("/api/slots", params={"type": "consultation", **window})

    assert len(answer.json()["slots"]) == 400


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"type": "surgery"}, 404, "unknown_type"),
        ({"person": "nobody"}, 404, "unknown_person"),
        ({"type": "consultation", "person": "ben-okafor"}, 404, "unknown_type"),
        ({"minutes": "17"}, 400, "invalid_duration"),
        ({"minutes": "0"}, 422, "invalid_input"),
        ({"minutes": "soon"}, 422, "invalid_input"),
        ({"from": "2026-12-01T00:00:00"}, 400, "invalid_time"),
        ({"from": "tomorrow"}, 400, "invalid_time"),
        ({"from": "0001-01-01T00:00:00+14:00"}, 400, "invalid_time"),
        ({"from": "9999-12-31T23:00:00Z", "to": "9999-12-31T23:59:00-14:00"}, 400, "invalid_time"),
        ({"from": "2026-12-02T00:00:00Z"}, 400, "invalid_time"),
        ({"to": "2027-02-02T00:00:00Z"}, 400, "invalid_time"),
        ({"type": "x" * 81}, 422, "invalid_input"),
        ({"type": "intro\x00"}, 404, "unknown_type"),
        ({"person": "eva\x00"}, 404, "unknown_person"),
    ],
)
async def test_question_that_cannot_be_asked_is_refused_by_code(
    client: httpx.AsyncClient, changed: dict[str, str], status: int, code: str
) -> None:
    answer = await client.get("/api/slots", params={"type": "intro", **DAY, **changed})

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("handle", ["eva%00", "%2e%2e", "x" * 200, "EVA-MEYER", "1"])
async def test_strange_handles_are_not_found(client: httpx.AsyncClient, handle: str) -> None:
    answer = await client.get(f"/api/people/{handle}/calendar", params=DAY)

    assert answer.status_code == 404


def leaves(value: Any) -> list[Any]:
    """Every key and every plain value in it."""
    if isinstance(value, dict):
        return [*value, *(leaf for part in value.values() for leaf in leaves(part))]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [value]


async def test_public_answers_hold_no_attendee_no_note_and_no_number_of_the_database(
    client: httpx.AsyncClient, practice: Practice
) -> None:
    booking = practice.book(at(1, 9, 30), attendee=Attendee("Zoë Quist", "zoe@example.com", "UTC"))
    slots = f"type={CONSULTATION.handle}&from={DAY['from']}&to={DAY['to']}"
    window = f"from={DAY['from']}&to={DAY['to']}"
    paths = ["settings", "people", "types", f"people/eva-meyer/calendar?{window}", f"slots?{slots}"]

    answers = [await client.get(f"/api/{path}") for path in paths]

    assert [answer.status_code for answer in answers] == [200] * len(paths)
    for answer in answers:
        for secret in ("Zo", "zoe@", "tax return", booking.reference, str(booking.uid), "@example.org"):
            assert secret not in answer.text
    numbers = {leaf for answer in answers for leaf in leaves(answer.json()) if isinstance(leaf, int)}
    assert numbers == {0, 15, 30, 60}  # minutes


@pytest.mark.parametrize(
    "window",
    [
        "from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z",
        "from=9999-12-30T00:00:00Z&to=9999-12-31T23:00:00Z",
    ],
)
async def test_times_that_no_calendar_reaches_are_refused(client: httpx.AsyncClient, window: str) -> None:
    answer = await client.get(f"/api/people/eva-meyer/calendar?{window}&zone=America/New_York")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_time")
