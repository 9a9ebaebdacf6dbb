from __future__ import annotations

from dataclasses import replace

import httpx
import pytest
from sqlalchemy import text

from scheduler_core.bootstrap import Core
from scheduler_core.errors import Conflict
from scheduler_core.model import Reason, Slot, TimeOff
from scheduler_core.signing_in import Member, Role
from scheduler_core.timerange import TimeRange
from tests.api.desk.desk_client import EVA
from tests.api.practice import CONSULTATION, Practice, at

PERSON = "/api/desk/people/eva-meyer"
NO_HOURS: dict[str, list[list[str]]] = {day: [] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
WEEKDAYS = NO_HOURS | {day: [["09:00", "17:00"]] for day in ("MO", "TU", "WE", "TH", "FR")}


def changes(core: Core) -> list[tuple[str, str, str]]:
    with core.store.reading() as connection:
        rows = connection.execute(text("SELECT address, what, about FROM desk_change ORDER BY id")).all()
    return [(address, what, about) for address, what, about in rows]


def refusal(core: Core, day: int, hour: int) -> Reason | None:
    time = TimeRange.starting(at(day, hour), CONSULTATION.duration)
    return core.scheduler.refusal(Slot(time, ("eva-meyer",), CONSULTATION.handle))


async def test_hours_are_changed_by_who_has_seen_them(eva: httpx.AsyncClient, core: Core) -> None:
    seen = await eva.get(f"{PERSON}/hours")
    wanted = {"zone": "Europe/London", "days": {"TU": [["13:00", "00:00"], ["09:00", "12:00"]]}}
    match = {"If-Match": seen.headers["ETag"]}

    saved = await eva.put(f"{PERSON}/hours", json=wanted, headers=match)
    stale = await eva.put(f"{PERSON}/hours", json=wanted, headers=match)

    days = NO_HOURS | {"TU": [["09:00", "12:00"], ["13:00", "00:00"]]}
    assert seen.json() == {"zone": "Europe/Berlin", "days": WEEKDAYS}
    assert saved.json() == {"zone": "Europe/London", "days": days}
    assert (await eva.get(f"{PERSON}/hours")).headers["ETag"] == saved.headers["ETag"]
    assert (stale.status_code, stale.json()["code"]) == (412, "changed")
    assert changes(core) == [(EVA, "hours", "")]


def test_hours_are_not_changed_by_who_has_not_seen_a_new_zone(core: Core, practice: Practice) -> None:
    days, member = core.desk.days, Member(EVA, Role.HOST, (), None)
    person = practice.core.people.get("eva-meyer")
    seen = days.week(person)
    elsewhere = replace(seen, zone="Asia/Kolkata")
    days.set_week(person, elsewhere, seen=seen.version, member=member)

    with pytest.raises(Conflict):
        days.set_week(person, replace(seen, hours=()), seen=seen.version, member=member)

    assert days.week(person) == elsewhere


@pytest.mark.parametrize(
    ("days", "fields"),
    [
        (
            {"MO": [["12:00", "09:00"]], "TU": [["09:00", "12:00"]]},
            {"days.MO": "The end has to come after the start."},
        ),
        ({"FR": [["09:00", "12:00"], ["11:00", "13:00"]]}, {"days.FR": "Two stretches overlap."}),
        ({"FR": [["09:00", "24:00"]]}, {"days.FR.0.1": "String should match pattern"}),
    ],
)
async def test_hours_that_cannot_be_are_told_by_day(
    eva: httpx.AsyncClient, days: dict[str, object], fields: dict[str, str]
) -> None:
    answer = await eva.put(
        f"{PERSON}/hours", json={"zone": "Europe/Berlin", "days": days}, headers={"If-Match": '"x"'}
    )

    told = {name: sentence[: len(fields[name])] for name, sentence in answer.json()["fields"].items()}
    assert (answer.status_code, told) == (422, fields)


async def test_time_off_names_the_bookings_it_touches_and_leaves_them(
    eva: httpx.AsyncClient, core: Core, practice: Practice
) -> None:
    booking = practice.book(at(2, 9))
    wanted = {"first": "2026-12-01", "last": "2026-12-02", "reason": "Training"}

    added = (await eva.post(f"{PERSON}/time-off", json=wanted)).json()

    clashes = [one["uid"] for one in added.pop("clashes")]
    listed = (await eva.get(f"{PERSON}/time-off")).json()
    assert clashes == [str(booking.uid)]
    assert (added["start"], added["end"]) == ("2026-11-30T23:00:00Z", "2026-12-02T23:00:00Z")
    assert listed == [added]
    assert practice.find(booking) == booking
    assert refusal(core, 1, 9) is Reason.TIME_OFF


async def test_time_off_is_taken_back(eva: httpx.AsyncClient, core: Core) -> None:
    weekly = TimeOff(at(1, 9).replace(tzinfo=None), at(1, 12).replace(tzinfo=None), "FREQ=WEEKLY;COUNT=3")
    core.people.add_time_off("eva-meyer", weekly)
    wanted = {"start": "2026-12-03T09:00:00Z", "end": "2026-12-03T11:00:00Z"}
    added = (await eva.post(f"{PERSON}/time-off", json=wanted)).json()
    listed = (await eva.get(f"{PERSON}/time-off")).json()

    gone = await eva.delete(f"{PERSON}/time-off/{added['id']}")
    again = await eva.delete(f"{PERSON}/time-off/{added['id']}")
    series = await eva.delete(f"{PERSON}/time-off/{listed[0]['id']}")

    assert [one["start"][:10] for one in listed] == ["2026-12-01", "2026-12-03", "2026-12-08", "2026-12-15"]
    assert [answer.status_code for answer in (gone, again, series)] == [204, 404, 204]
    assert (await eva.get(f"{PERSON}/time-off")).json() == []
    assert refusal(core, 3, 9) is None


async def test_the_same_time_off_under_one_key_is_there_once(eva: httpx.AsyncClient) -> None:
    wanted = {"start": "2026-12-03T09:00:00Z", "end": "2026-12-03T11:00:00Z"}

    answers = [
        await eva.post(f"{PERSON}/time-off", json=wanted, headers={"Idempotency-Key": "one"})
        for _ in range(2)
    ]

    assert answers[0].json() == answers[1].json()
    assert len((await eva.get(f"{PERSON}/time-off")).json()) == 1


async def test_time_off_that_was_taken_back_does_not_come_again_under_its_key(eva: httpx.AsyncClient) -> None:
    wanted = {"start": "2026-12-03T09:00:00Z", "end": "2026-12-03T11:00:00Z"}
    key = {"Idempotency-Key": "one"}
    added = await eva.post(f"{PERSON}/time-off", json=wanted, headers=key)
    await eva.delete(f"{PERSON}/time-off/{added.json()['id']}")

    again = await eva.post(f"{PERSON}/time-off", json=wanted, headers=key)

    assert (again.status_code, again.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"start": "2026-12-03T09:00:00Z"}, 422),
        ({"first": "2026-12-03", "end": "2026-12-03T09:00:00Z"}, 422),
        ({"first": "2026-12-03", "last": "2026-12-02"}, 400),
        ({"start": "2026-12-03T09:00:00Z", "end": "2026-12-03T08:00:00Z"}, 400),
        ({"first": "2026-10-03", "last": "2026-10-04"}, 400),
        ({"first": "2027-01-01", "last": "9999-12-31"}, 400),
        ({"first": "0001-01-01", "last": "2027-01-01"}, 400),
    ],
)
async def test_time_off_that_cannot_be_is_refused(
    eva: httpx.AsyncClient, wanted: dict[str, str], status: int
) -> None:
    answer = await eva.post(f"{PERSON}/time-off", json=wanted)

    assert answer.status_code == status


async def test_extra_hours_come_and_go(eva: httpx.AsyncClient, core: Core) -> None:
    wanted = {"start": "2026-12-05T09:00:00Z", "end": "2026-12-05T11:00:00Z"}
    before = refusal(core, 5, 9)

    added = (await eva.post(f"{PERSON}/extra-hours", json=wanted)).json()
    during = refusal(core, 5, 9)
    listed = (await eva.get(f"{PERSON}/extra-hours")).json()
    gone = await eva.delete(f"{PERSON}/extra-hours/{added['id']}")
    again = await eva.delete(f"{PERSON}/extra-hours/{added['id']}")

    assert added == {**wanted, "id": "2026-12-05T10:00"}
    assert listed == [added]
    assert (before, during, refusal(core, 5, 9)) == (Reason.OUTSIDE_HOURS, None, Reason.OUTSIDE_HOURS)
    assert (gone.status_code, again.status_code) == (204, 404)


async def test_public_holidays_are_kept_free_but_those_that_are_worked(
    eva: httpx.AsyncClient, core: Core
) -> None:
    seen = await eva.get(f"{PERSON}/holidays")
    match = {"If-Match": seen.headers["ETag"]}
    wanted = {"country": "AT", "region": None, "except": ["2026-12-08"]}

    saved = (await eva.put(f"{PERSON}/holidays", json=wanted, headers=match)).json()
    stale = await eva.put(f"{PERSON}/holidays", json=wanted, headers=match)

    assert {"country": "DE", "name": "Germany"}.items() <= next(
        one.items() for one in seen.json()["available"] if one["country"] == "DE"
    )
    assert {name: saved[name] for name in ("country", "region", "except")} == wanted
    assert [(day["date"], day["off"]) for day in saved["days"][:2]] == [
        ("2026-12-08", False),
        ("2026-12-25", True),
    ]
    assert stale.status_code == 412
    assert (refusal(core, 8, 9), refusal(core, 25, 9)) == (None, Reason.TIME_OFF)


async def test_holidays_of_nowhere_are_refused_at_their_field(eva: httpx.AsyncClient) -> None:
    seen = await eva.get(f"{PERSON}/holidays")

    answer = await eva.put(
        f"{PERSON}/holidays",
        json={"country": "DE", "region": "XX"},
        headers={"If-Match": seen.headers["ETag"]},
    )

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["region"])


async def test_the_calendar_shows_everything_of_a_day(
    eva: httpx.AsyncClient, core: Core, practice: Practice
) -> None:
    booking = practice.book(at(25, 9))
    slot = Slot(TimeRange.starting(at(25, 10), CONSULTATION.duration), ("eva-meyer",), "consultation")
    hold = core.scheduler.hold(slot, key="hold", actor=booking.actor)
    await eva.post(
        f"{PERSON}/time-off", json={"start": "2026-12-25T13:00:00Z", "end": "2026-12-25T14:00:00Z"}
    )
    seen = await eva.get(f"{PERSON}/holidays")
    await eva.put(f"{PERSON}/holidays", json={"country": "DE"}, headers={"If-Match": seen.headers["ETag"]})
    window = {"from": "2026-12-25T00:00:00Z", "to": "2026-12-25T22:00:00Z", "zone": "Europe/Berlin"}

    shown = (await eva.get(f"{PERSON}/calendar", params=window)).json()

    assert [one["uid"] for one in shown.pop("bookings")] == [str(booking.uid), str(hold.uid)]
    assert [one.pop("id").isdigit() for one in shown["time_off"]] == [True]
    assert shown == {
        "working": [{"start": "2026-12-25T08:00:00Z", "end": "2026-12-25T16:00:00Z"}],
        "time_off": [{"start": "2026-12-25T13:00:00Z", "end": "2026-12-25T14:00:00Z", "reason": None}],
        "extra": [],
        "holidays": [{"date": "2026-12-25", "name": "Christmas Day", "off": True}],
        "offsets": [{"from": "2026-12-25T00:00:00Z", "minutes": 60}],
    }
