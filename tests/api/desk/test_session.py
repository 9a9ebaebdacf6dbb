from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from scheduler_core.bootstrap import Core
from tests.api.desk.desk_client import ADMIN, EVA, browser, mailed_code, signed_in
from tests.api.practice import ANN, Practice, at, problem
from tests.conftest import MovableClock

ME = "/api/desk/me"


async def test_a_host_signs_in_by_the_mailed_code(eva: httpx.AsyncClient) -> None:
    me = (await eva.get(ME)).json()
    (offsets,) = [person.pop("offsets") for person in me["people"]]

    assert offsets[0] == {"from": "2023-01-01T00:00:00Z", "minutes": 60}
    assert {"from": "2026-10-25T01:00:00Z", "minutes": 60} in offsets
    assert offsets[-1] == {"from": "2029-10-28T01:00:00Z", "minutes": 60}
    assert me == {
        "name": "Dr. Eva Meyer",
        "email": EVA,
        "role": "host",
        "people": [{"handle": "eva-meyer", "name": "Dr. Eva Meyer", "zone": "Europe/Berlin"}],
        "zone": "Europe/Berlin",
        "locale": "en",
        "organisation": "Example Practice",
        "mail": "folder",
    }


async def test_an_administrator_sees_everybody(admin: httpx.AsyncClient) -> None:
    me = (await admin.get(ME)).json()

    assert (me["role"], me["name"]) == ("admin", ADMIN)
    assert [person["handle"] for person in me["people"]] == ["ben-okafor", "eva-meyer"]


async def test_the_answer_never_tells_who_is_known(
    visitor: httpx.AsyncClient, core: Core, practice: Practice
) -> None:
    practice.book(at(1, 9))

    answers = [
        await visitor.post("/api/desk/sign-in", json={"email": email})
        for email in (EVA, ANN.email, "nobody@example.org")
    ]

    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b"")] * 3
    with core.store.reading() as connection:
        mails = connection.execute(
            text(
                "SELECT address FROM identity_code JOIN outbox ON about = identity_code.id "
                "WHERE topic = 'mail_desk_code'"
            )
        ).scalars()
        assert list(mails) == [EVA]


async def test_the_cookie_is_for_us_alone_and_new_each_time(
    app: FastAPI, core: Core, practice: Practice
) -> None:
    assert practice.core is core
    async with signed_in(app, core, EVA) as client:
        first = client.cookies["desk"]
        await client.post("/api/desk/sign-in", json={"email": EVA})
        answer = await client.post("/api/desk/session", json={"email": EVA, "code": mailed_code(core)})
        async with browser(app) as other:
            other.cookies.set("desk", first)
            former = await other.get(ME)

    session, kept_browser = answer.headers.get_list("Set-Cookie")
    assert session.endswith("; HttpOnly; Max-Age=43200; Path=/; SameSite=strict")
    assert kept_browser.endswith("; HttpOnly; Max-Age=31536000; Path=/; SameSite=strict")
    assert client.cookies["desk"] != first
    assert (former.status_code, former.json()["code"]) == (401, "signed_out")


async def test_five_wrong_codes_make_a_code_worthless(
    visitor: httpx.AsyncClient, core: Core, practice: Practice
) -> None:
    assert practice.core is core
    await visitor.post("/api/desk/sign-in", json={"email": EVA})
    code = mailed_code(core) or ""
    wrong = f"{(int(code) + 1) % 10**8:08}"

    answers = [
        await visitor.post("/api/desk/session", json={"email": EVA, "code": tried})
        for tried in (*[wrong] * 5, code)
    ]

    assert [answer.json()["code"] for answer in answers] == [
        *["code_wrong"] * 4,
        *["code_too_many"] * 2,
    ]
    assert answers[0].json() == problem(
        401, "code_wrong", "That is not the code.", fields={"code": "That is not the code."}
    )


async def test_a_code_works_once_and_for_ten_minutes(
    visitor: httpx.AsyncClient, core: Core, practice: Practice, clock: MovableClock
) -> None:
    assert practice.core is core
    await visitor.post("/api/desk/sign-in", json={"email": EVA})
    sent = {"email": EVA, "code": mailed_code(core)}
    first = await visitor.post("/api/desk/session", json=sent)
    again = await visitor.post("/api/desk/session", json=sent)
    await visitor.post("/api/desk/sign-in", json={"email": EVA})
    late = {"email": EVA, "code": mailed_code(core)}
    clock.instant += timedelta(minutes=10)

    too_late = await visitor.post("/api/desk/session", json=late)

    codes = [answer.json().get("code") for answer in (first, again, too_late)]
    assert codes == [None, "code_expired", "code_expired"]


async def test_a_session_ends_when_asked_and_after_twelve_hours(
    app: FastAPI, core: Core, practice: Practice, clock: MovableClock
) -> None:
    assert practice.core is core
    async with signed_in(app, core, EVA) as left, signed_in(app, core, ADMIN) as stayed:
        token = left.cookies["desk"]
        await left.delete("/api/desk/session")
        left.cookies.set("desk", token)
        signed_out = await left.get(ME)
        present = await stayed.get(ME)
        clock.instant += timedelta(hours=12)
        over = await stayed.get(ME)

    assert [answer.status_code for answer in (signed_out, present, over)] == [401, 200, 401]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 202),
    ],
)
async def test_only_our_pages_may_change_anything(
    visitor: httpx.AsyncClient, practice: Practice, headers: dict[str, str], status: int
) -> None:
    assert practice.core.people.all()

    answer = await visitor.post("/api/desk/sign-in", json={"email": EVA}, headers=headers)

    assert answer.status_code == status


async def test_too_many_codes_say_when_to_come_again(visitor: httpx.AsyncClient, practice: Practice) -> None:
    assert practice.core.people.all()
    answers = [await visitor.post("/api/desk/sign-in", json={"email": EVA}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert answers[-1].headers["Retry-After"] == "3600"
