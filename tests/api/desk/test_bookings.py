from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from scheduler_core.bootstrap import Core
from scheduler_core.model import Attendee, Slot, Status
from scheduler_core.timerange import TimeRange
from tests.api.desk.desk_client import EVA, signed_in
from tests.api.practice import ANN, INTRO, OPERATOR, Practice, at, problem
from tests.conftest import MovableClock

LIST = "/api/desk/people/eva-meyer/bookings"


def with_ben(core: Core) -> str:
    slot = Slot(TimeRange.starting(at(1, 11), timedelta(minutes=15)), ("ben-okafor",), INTRO.handle)
    return str(core.scheduler.book(slot, ANN, key="with ben", actor=OPERATOR).uid)


async def test_a_booking_is_shown_with_all_that_its_host_knows(
    eva: httpx.AsyncClient, practice: Practice
) -> None:
    booking = practice.book(at(1, 9))

    answer = await eva.get(f"/api/desk/bookings/{booking.uid}")

    shown = answer.json()
    deliveries, _ = shown.pop("deliveries"), shown.pop("trail")
    assert (answer.headers["ETag"], shown) == (
        '"1"',
        {
            "uid": str(booking.uid),
            "reference": booking.reference,
            "version": 1,
            "status": "CONFIRMED",
            "type": {"handle": "consultation", "name": "Consultation"},
            "people": ["eva-meyer"],
            "start": "2026-12-01T09:00:00Z",
            "end": "2026-12-01T09:30:00Z",
            "attendee": {
                "name": "Ann Lee",
                "email": ANN.email,
                "phone": None,
                "zone": "Asia/Kolkata",
                "minutes_ahead": 330,
            },
            "channel": "in_person",
            "link": None,
            "note": "It's about <b>my</b> tax return.",
            "guests": [],
            "no_show": False,
            "cancel_reason": None,
            "source": "operator",
        },
    )
    assert {(one["what"], one["to"], one["state"], one["can_retry"]) for one in deliveries} >= {
        ("Invitation", ANN.email, "waiting", False),
        ("Invitation", "eva.meyer@example.org", "waiting", False),
    }


async def test_the_list_is_searched_and_goes_on_where_it_ended(
    eva: httpx.AsyncClient, practice: Practice
) -> None:
    bo = Attendee("Bo 100% Li", "bo.li@example.com", "UTC")
    bookings = [practice.book(at(1, hour), attendee=bo if hour == 10 else ANN) for hour in (8, 9, 10, 11)]
    practice.core.scheduler.cancel(bookings[1].uid, version=1, key="off", actor=OPERATOR)

    async def found(**query: str) -> list[list[str]]:
        pages: list[list[str]] = []
        cursor: str | None = ""
        while cursor is not None:
            page = (await eva.get(LIST, params={**query, "cursor": cursor})).json()
            pages.append([one["start"][11:13] for one in page["items"]])
            cursor = page["next"]
        return pages

    assert await found(limit="3") == [["08", "09", "10"], ["11"]]
    assert await found(q="0%") == [["10"]]
    assert await found(q="ANN.LEE", status="CONFIRMED") == [["08", "11"]]
    assert await found(status="CANCELLED") == [["09"]]
    assert await found(q=bookings[3].reference.lower()) == [["11"]]
    window = {"from": "2026-12-01T08:30:00Z", "to": "2026-12-01T10:30:00Z"}
    assert await found(**window) == [["09", "10"]]


async def test_hosts_reach_nothing_of_others(eva: httpx.AsyncClient, core: Core) -> None:
    uid = with_ben(core)
    match = {"If-Match": '"1"'}

    answers = [
        await eva.get("/api/desk/people/ben-okafor/bookings"),
        await eva.get("/api/desk/people/ben-okafor/bookings.csv"),
        await eva.get(f"/api/desk/bookings/{uid}"),
        await eva.post(f"/api/desk/bookings/{uid}/move", json={"start": "2026-12-08T11:00Z"}, headers=match),
        await eva.post(f"/api/desk/bookings/{uid}/cancel", json={}, headers=match),
        await eva.post(f"/api/desk/bookings/{uid}/no-show", json={"no_show": True}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert core.scheduler.agenda(people=["ben-okafor"], window=TimeRange(at(1, 0), at(9, 0)), actor=OPERATOR)


async def test_nobody_is_let_in_who_is_not_signed_in(visitor: httpx.AsyncClient, practice: Practice) -> None:
    booking = practice.book(at(1, 9))

    answers = [
        await visitor.get(LIST),
        await visitor.get(f"/api/desk/bookings/{booking.uid}"),
        await visitor.post("/api/desk/deliveries/1/retry"),
    ]

    assert [answer.json() for answer in answers] == [problem(401, "signed_out", "Please sign in.")] * 3


async def test_a_booking_is_moved_once_by_one_key(eva: httpx.AsyncClient, practice: Practice) -> None:
    booking = practice.book(at(1, 9))
    headers = {"If-Match": '"1"', "Idempotency-Key": "drag"}
    wanted = {"start": "2026-12-01T13:00:00Z", "minutes": 60}

    answers = [
        await eva.post(f"/api/desk/bookings/{booking.uid}/move", json=wanted, headers=headers)
        for _ in range(2)
    ]

    assert [(one.status_code, one.headers["ETag"]) for one in answers] == [(200, '"2"')] * 2
    assert answers[0].json() == answers[1].json()
    assert practice.find(booking).time == TimeRange(at(1, 13), at(1, 14))


@pytest.mark.parametrize(
    ("start", "version", "status", "code"),
    [
        ("2026-12-01T13:00:00Z", '"7"', 412, "changed"),
        ("2026-12-01T13:00:00Z", '"x"', 412, "changed"),
        ("2026-12-01T10:00:00Z", '"1"', 409, "slot_unavailable"),
        ("9999-12-31T23:59:00Z", '"1"', 400, "invalid_time"),
    ],
)
async def test_a_move_that_cannot_be_says_why(
    eva: httpx.AsyncClient, practice: Practice, start: str, version: str, status: int, code: str
) -> None:
    booking = practice.book(at(1, 9))
    practice.book(at(1, 10))

    answer = await eva.post(
        f"/api/desk/bookings/{booking.uid}/move", json={"start": start}, headers={"If-Match": version}
    )

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert practice.find(booking) == booking


async def test_a_booking_is_called_off_with_a_reason(admin: httpx.AsyncClient, practice: Practice) -> None:
    booking = practice.book(at(1, 9))

    answer = await admin.post(
        f"/api/desk/bookings/{booking.uid}/cancel", json={"reason": "Ill"}, headers={"If-Match": '"1"'}
    )

    cancelled = practice.find(booking)
    assert answer.json()["cancel_reason"] == "Ill"
    assert (cancelled.status, cancelled.cancel_reason) == (Status.CANCELLED, "Ill")


async def test_who_did_not_come_is_marked_once_it_has_begun(
    app: FastAPI, core: Core, eva: httpx.AsyncClient, practice: Practice, clock: MovableClock
) -> None:
    booking = practice.book(at(1, 9))
    early = await eva.post(f"/api/desk/bookings/{booking.uid}/no-show", json={"no_show": True})
    clock.instant = at(1, 9, 5)
    async with signed_in(app, core, EVA) as later:
        marked = await later.post(f"/api/desk/bookings/{booking.uid}/no-show", json={"no_show": True})
        taken_back = await later.post(f"/api/desk/bookings/{booking.uid}/no-show", json={"no_show": False})

    assert (early.status_code, early.json()["code"]) == (409, "not_begun")
    assert [answer.json()["no_show"] for answer in (marked, taken_back)] == [True, False]
    assert practice.find(booking) == booking


async def test_a_mail_that_was_given_up_is_sent_again(
    eva: httpx.AsyncClient, core: Core, practice: Practice
) -> None:
    booking = practice.book(at(1, 9))
    with core.store.transaction() as connection:
        connection.execute(
            text(
                "UPDATE outbox SET failed_at = now(), last_error = '550 no such mailbox', attempts = 1 "
                "WHERE topic = 'mail_confirmed' AND recipient = 'attendee'"
            )
        )

    def told(shown: dict[str, Any]) -> list[tuple[str, str, bool, str]]:
        return [
            (one["state"], one["sentence"], one["can_retry"], one["id"])
            for one in shown["deliveries"]
            if one["what"] == "Invitation" and one["to"] == ANN.email
        ]

    ((state, sentence, can_retry, number),) = told(
        (await eva.get(f"/api/desk/bookings/{booking.uid}")).json()
    )
    answer = await eva.post(f"/api/desk/deliveries/{number}/retry")
    again = await eva.post(f"/api/desk/deliveries/{number}/retry")
    ((after, *_),) = told((await eva.get(f"/api/desk/bookings/{booking.uid}")).json())

    assert (state, sentence, can_retry) == ("failed", "It was refused: the address may be wrong.", True)
    assert (answer.status_code, again.status_code, after) == (204, 404, "waiting")


async def test_no_cell_of_the_table_is_a_formula(eva: httpx.AsyncClient, practice: Practice) -> None:
    evil = Attendee("=HYPERLINK(A1;B2)", "ann.lee@example.com", "UTC")
    booking = practice.book(at(1, 9), attendee=evil)

    answer = await eva.get(f"{LIST}.csv", params={"from": "2026-12-01T00:00:00Z"})

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[1] == [
        *(booking.reference, "CONFIRMED", "Consultation"),
        *("2026-12-01", "10:00", "10:30", "Europe/Berlin"),
        *("'=HYPERLINK(A1;B2)", "ann.lee@example.com", ""),
        *("in_person", "It's about <b>my</b> tax return.", ""),
    ]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
