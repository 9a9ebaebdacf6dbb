"""What holds at every address: no other site acts, no GET acts, every answer is guarded, no log tells."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from scheduler_core.bootstrap import Core
from scheduler_core.links import ATTENDEE
from scheduler_core.model import Booking
from tests.api.browsing import EVA as EVA_RECIPIENT
from tests.api.browsing import get, send
from tests.api.conftest import browser as plain_browser
from tests.api.desk.desk_client import EVA, browser, mailed_code, mailed_link, signed_in
from tests.api.practice import ANN, OPERATOR, Practice, at
from tests.service.test_statements import counted
from webchat.api import export
from webchat.api.app import create_app

LIVE = "/api/changes"  #: a stream without an end
FOR_OTHER_SITES = "/api/chat/"  #: a page of an allowed origin may begin a chat, as it proves nothing
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=()",
}
SAFE = ("GET", "HEAD")
OTHER = "00000000-0000-4000-8000-000000000001"  #: of nothing that is there


def described() -> Iterator[tuple[str, str]]:
    """Method and path of all that is described, with names in it that lead somewhere."""
    names = {
        "{handle}": "eva-meyer",
        "{uid}": str(OTHER),
        "{hold_id}": str(OTHER),
        "{number}": "1",
        "{identity}": "2026-12-04T10:00",
    }
    for path, operations in json.loads(export.FILE.read_text("utf-8"))["paths"].items():
        wanted = path
        for name, value in names.items():
            wanted = wanted.replace(name, value)
        if path != LIVE:
            yield from ((method.upper(), wanted) for method in operations)


def pages(practice: Practice, booking: Booking) -> list[str]:
    """Where people come by links and by themselves."""
    manage = [practice.path(booking), practice.path(booking, EVA_RECIPIENT)]
    return [
        *("/", "/schedule", "/desk", "/mails", "/chat.js", "/w/abc123/widget.mjs", "/assets/pages.css"),
        *("/book/eva-meyer", "/robots.txt", "/favicon.ico", "/nothing", "/b/nothing", "/d/nothing", "/n/x"),
        *manage,
        *(f"{page}/reschedule" for page in manage),
    ]


def everything(core: Core) -> list[object]:
    """All rows of all tables."""
    with core.store.reading() as connection:
        tables = connection.execute(
            text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        ).scalars()
        return [
            sorted(map(str, connection.execute(text(f'SELECT * FROM "{table}"'))))  # noqa: S608
            for table in sorted(tables)
        ]


async def test_no_page_of_another_site_can_change_anything(
    app: FastAPI, core: Core, booking: Booking
) -> None:
    async with signed_in(app, core, EVA) as eva:
        before = everything(core)
        eva.headers.pop("Origin")
        foreign = {"Origin": "https://evil.example.com", "Sec-Fetch-Site": "cross-site"}
        asked = [
            (method, path)
            for method, path in described()
            if method not in SAFE and not path.startswith(FOR_OTHER_SITES)
        ]
        answers = [
            (method, path, (await eva.request(method, path, json={}, headers=headers)).status_code)
            for method, path in asked
            for headers in ({}, foreign)
        ]

    assert booking
    assert len(answers) >= 40
    assert [one for one in answers if one[2] != 403] == []
    assert everything(core) == before


async def test_no_way_of_acting_works_by_get(app: FastAPI, core: Core) -> None:
    readable = {path for method, path in described() if method == "GET"}
    acting = {path for method, path in described() if method != "GET"} - readable
    async with browser(app) as client:
        statuses = {path: (await client.get(path, params={"start": "x"})).status_code for path in acting}

    assert core.people
    assert len(statuses) >= 10
    assert set(statuses.values()) == {405}


@pytest.mark.parametrize("method", SAFE)
async def test_reading_changes_nothing(
    app: FastAPI, core: Core, practice: Practice, booking: Booking, method: str
) -> None:
    async with signed_in(app, core, EVA) as eva:
        before = everything(core)
        found = [path for one, path in described() if one == "GET"]
        here = [path.replace(OTHER, str(booking.uid)) for path in found]
        answers = [await eva.request(method, path) for path in (*here, *pages(practice, booking))]

    assert [answer for answer in answers if answer.status_code >= 500] == []
    assert sum(answer.status_code == 200 for answer in answers) >= 10
    assert everything(core) == before


async def test_every_answer_is_guarded(
    client: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    asked = [*described(), *(("GET", path) for path in pages(practice, booking))]

    answers = [await client.request(method, path) for method, path in asked]

    faults = [
        (str(answer.request.url), name)
        for answer in answers
        for name, value in GUARDS.items()
        if answer.headers.get(name) != value
    ]
    policies = {answer.headers["Content-Security-Policy"] for answer in answers}
    assert faults == []
    assert [policy for policy in policies if "unsafe" in policy or "*" in policy] == []
    assert all("default-src 'none'" in one and "frame-ancestors 'none'" in one for one in policies)
    assert not any("Strict-Transport-Security" in answer.headers for answer in answers)


async def test_browsers_keep_to_https_and_cookies_too_where_people_come_by_it(
    core: Core, practice: Practice, build: Path
) -> None:
    assert practice.core is core
    public = replace(core, settings=replace(core.settings, public_url="https://book.example.org"))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(public, build=build)),
        base_url="https://book.example.org",
        headers={"Origin": "https://book.example.org"},
    ) as client:
        wanted = {"type": "consultation", "person": "eva-meyer", "start": at(1, 9).isoformat()}
        answers = [
            await client.get("/desk"),
            await client.post("/api/desk/sign-in", json={"email": EVA}),
            await client.post("/api/holds", json=wanted),
        ]

    cookies = [cookie for answer in answers for cookie in answer.headers.get_list("Set-Cookie")]
    assert {answer.headers["Strict-Transport-Security"] for answer in answers} == {"max-age=31536000"}
    assert [name.partition("=")[0] for name in cookies] == ["desk-browser", "visitor"]
    assert all("HttpOnly" in one and "Secure" in one and "SameSite=strict" in one for one in cookies)


async def test_asking_for_a_code_takes_the_same_statements_for_everybody(
    app: FastAPI, core: Core, practice: Practice
) -> None:
    practice.book(at(1, 9))
    told = []
    for path in ("/api/desk/sign-in", "/api/mine/code"):
        for email in (EVA, ANN.email, "nobody@example.org"):
            async with browser(app) as client:
                with counted(core.store) as statements:
                    answer = await client.post(path, json={"email": email})
            told.append((path, answer.status_code, answer.content, tuple(statements)))

    assert len(set(told)) == 2


async def test_no_log_tells_a_name_an_address_a_code_or_a_token(
    app: FastAPI, core: Core, practice: Practice, booking: Booking, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with signed_in(app, core, EVA) as eva, plain_browser(app) as ann:
        secrets = [EVA, ANN.email, ANN.name, booking.note, booking.reference, eva.cookies["desk"]]
        await eva.post("/api/desk/sign-in", json={"email": EVA})
        secrets += [mailed_code(core) or "", mailed_link(core), core.links.token(booking.uid, ATTENDEE)]
        await eva.post("/api/desk/session", json={"email": EVA, "code": "no code of ours"})
        await eva.get(f"/api/desk/people/eva-meyer/bookings?q={ANN.email}")
        page = await get(ann, practice.path(booking))
        await send(ann, page, "/cancel", reason="Called off by me")
        await ann.post(practice.path(booking) + "/cancel", data={"proof": "x"})
        core.scheduler.find(booking.uid, actor=OPERATOR)

    ours = [one for one in caplog.records if not one.name.startswith(("httpx", "httpcore", "asyncio"))]
    lines = [f"{one.getMessage()} {one.exc_text or ''}" for one in ours]
    assert [(line, secret) for line in lines for secret in secrets if secret in line] == []


async def test_what_is_too_long_is_refused_before_it_is_read(client: httpx.AsyncClient) -> None:
    answers = [
        await client.post(path, content=b'{"x": "' + b"x" * 17_000 + b'"}', headers=headers)
        for path in ("/api/holds", "/api/desk/sign-in", "/api/mine/code", "/api/chat/session")
        for headers in [{"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}]
    ]

    assert [answer.status_code for answer in answers] == [413] * 4
