"""Strangers ask for codes in a host's name; they get in nowhere, and keep nobody out."""

from __future__ import annotations

from collections.abc import Iterable

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from scheduler_core.bootstrap import Core
from tests.api.desk.desk_client import ADMIN, EVA, browser, mailed_code, mailed_link, signed_in
from tests.api.practice import Practice

ASK, BEGIN = "/api/desk/sign-in", "/api/desk/session"
NETWORKS = ("198.51.100.1", "198.51.100.2", "2001:db8:0:1::1", "2001:db8:0:2::1")


@pytest.fixture(autouse=True)
def hosts(practice: Practice) -> None:
    assert practice.core.people.all()


async def flood(app: FastAPI, email: str, networks: Iterable[str], *, browsers: int) -> list[int]:
    """The answers to that many browsers of each network, which ask for a code once."""
    answers = []
    for address in networks:
        for _ in range(browsers):
            async with browser(app, address) as stranger:
                answers.append((await stranger.post(ASK, json={"email": email})).status_code)
    return answers


async def enter(client: httpx.AsyncClient, email: str, code: str | None) -> int:
    return (await client.post(BEGIN, json={"email": email, "code": code})).status_code


async def test_the_tries_of_a_stranger_do_not_count_against_the_host(
    app: FastAPI, core: Core, visitor: httpx.AsyncClient
) -> None:
    await visitor.post(ASK, json={"email": EVA})
    code = mailed_code(core)
    async with browser(app, NETWORKS[0]) as stranger:
        early = [await enter(stranger, EVA, f"{guess:08}") for guess in range(6)]
        await stranger.post(ASK, json={"email": EVA})
        late = [await enter(stranger, EVA, guess) for guess in (*["00000000"] * 5, code)]

    assert (early, late) == ([401] * 6, [401] * 6)
    assert await enter(visitor, EVA, code) == 200


async def test_one_network_has_three_codes_an_hour_for_an_address_in_however_many_browsers(
    app: FastAPI, core: Core
) -> None:
    answers = await flood(app, EVA, NETWORKS[:1], browsers=8)

    assert answers == [202] * 3 + [429] * 5
    with core.store.reading() as connection:
        mails = connection.execute(text("SELECT count(*) FROM outbox WHERE topic = 'mail_desk_code'"))
        assert mails.scalar_one() == 3


async def test_networks_of_the_sixth_protocol_are_told_apart_by_half_their_address(app: FastAPI) -> None:
    answers = await flood(app, EVA, ("2001:db8:0:1::1", "2001:db8:0:1::ff", "2001:db8:0:2::1"), browsers=2)

    assert answers == [202, 202, 202, 429, 202, 202]


async def test_a_browser_that_knows_the_host_has_an_allowance_of_its_own(app: FastAPI, core: Core) -> None:
    async with signed_in(app, core, EVA) as known:
        answers = await flood(app, EVA, NETWORKS, browsers=3)
        async with browser(app) as unknown:
            refused = await unknown.post(ASK, json={"email": EVA})
        again = [(await known.post(ASK, json={"email": EVA})).status_code for _ in range(3)]
        entered = await enter(known, EVA, mailed_code(core))

    assert answers == [202] * 11 + [429]
    assert (refused.status_code, again, entered) == (429, [202, 202, 429], 200)


async def test_a_browser_is_known_for_the_address_that_signed_in_alone(app: FastAPI, core: Core) -> None:
    async with signed_in(app, core, EVA) as known:
        await flood(app, ADMIN, NETWORKS, browsers=3)
        answer = await known.post(ASK, json={"email": ADMIN})

    assert answer.status_code == 429


async def test_a_link_is_for_its_own_address_alone(
    app: FastAPI, core: Core, visitor: httpx.AsyncClient
) -> None:
    await visitor.post(ASK, json={"email": EVA})

    async with browser(app, NETWORKS[0]) as phone:
        assert await enter(phone, ADMIN, mailed_link(core)) == 401


async def test_the_mailed_link_opens_any_browser_once_whatever_was_tried_elsewhere(
    app: FastAPI, core: Core, visitor: httpx.AsyncClient
) -> None:
    await visitor.post(ASK, json={"email": EVA})
    link = mailed_link(core)
    for _ in range(5):
        await enter(visitor, EVA, "00000000")

    async with browser(app, NETWORKS[0]) as phone, browser(app, NETWORKS[1]) as other:
        entered = [await enter(one, EVA, link) for one in (phone, other)]

    assert entered == [200, 401]


async def test_a_flood_at_the_desk_keeps_no_chat_from_codes(app: FastAPI, core: Core) -> None:
    await flood(app, EVA, NETWORKS, browsers=3)

    core.identity.ask_code(EVA, channel="web", sender="a chat of Eva's")
