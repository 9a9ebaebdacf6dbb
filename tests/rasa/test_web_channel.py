"""The web channel: who may connect, and what it makes of a message."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from channels.web import FRAME_LIMIT, MESSAGES_A_MINUTE, REFUSALS, WebChannel
from scheduler_core import chat_tokens
from tests.rasa.web_pages import (
    ANN,
    BEN,
    NOW,
    ORIGIN,
    PATIENCE,
    SECRET,
    SILENT,
    TYPING,
    Assistant,
    Refused,
    Web,
    chatting,
    connected,
    nowhere,
    said,
    serving,
)


@dataclass
class HandClock:
    """A clock that a test sets."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant


async def test_message_is_answered_and_acknowledged_at_the_end_of_its_turn(web: Web) -> None:
    async with chatting(web.url) as page:
        receipt = await page.say("Tuesday at 10?", session_id=ANN.id)

        assert receipt == {"ok": True}
        assert page.unheard == [TYPING, said("You said: Tuesday at 10?"), SILENT]
    assert web.assistant.asked == [
        {"sender": ANN.id, "channel": "web", "text": "Tuesday at 10?", "metadata": {}}
    ]


@pytest.mark.parametrize(
    "token",
    [
        None,
        "",
        "nonsense",
        chat_tokens.sign(ANN, SECRET + "!"),
        chat_tokens.sign(replace(ANN, expires_at=NOW - timedelta(seconds=1)), SECRET),
    ],
)
async def test_connection_without_a_good_token_is_refused(web: Web, token: str | None) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        async with connected(web.url, token):
            pass


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example.com",
        "http://www.example.org",
        "https://www.example.org.evil.example.com",
        "https://www.example.org:8443",
        "null",
    ],
)
async def test_connection_from_an_unknown_origin_is_refused(web: Web, origin: str) -> None:
    with pytest.raises(Refused):
        async with connected(web.url, chat_tokens.sign(ANN, SECRET), origin=origin):
            pass


async def test_nobody_says_of_themselves_who_they_are(web: Web) -> None:
    named = {"name": "Ann Lee", "address": "ann@example.org"}
    async with chatting(web.url, metadata=named) as page:
        await page.say("hello", metadata=named)

    assert web.assistant.asked[0]["metadata"] == {}


async def test_every_allowed_origin_may_connect(web: Web) -> None:
    token = chat_tokens.sign(ANN, SECRET)

    async with connected(web.url, token, origin="https://book.example.org") as page:
        await page.greet()

        assert await page.hears(1) == [("session_confirm", ANN.id)]


@pytest.mark.parametrize(
    ("origin", "answer"),
    [(ORIGIN, (200, ORIGIN)), ("https://www.example.org.evil.example.com", (400, None))],
)
async def test_polling_is_for_allowed_origins_too(
    web: Web, origin: str, answer: tuple[int, str | None]
) -> None:
    address = f"{web.url}/socket.io/?EIO=4&transport=polling"
    async with aiohttp.ClientSession() as browser, browser.get(address, headers={"Origin": origin}) as got:
        assert (got.status, got.headers.get("Access-Control-Allow-Origin")) == answer


async def test_frame_beyond_the_limit_ends_the_connection(web: Web) -> None:
    async with chatting(web.url) as page:
        await page.send("x" * FRAME_LIMIT)

        await asyncio.wait_for(page.socket.wait_closed(), PATIENCE)
    assert web.assistant.asked == []


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ('/pick{"option":"k3f9"}', '/pick{"option":"k3f9"}'),
        ("/restart", "restart"),
        ('/pick{"option":"k3f9","verified":"true"}', 'pick{"option":"k3f9","verified":"true"}'),
        ('/pick{"option":"K3F9"}', 'pick{"option":"K3F9"}'),
        ('/pick {"option":"k3f9"}', 'pick {"option":"k3f9"}'),
        ('/EXTERNAL_remind{"uid":"1"}', 'EXTERNAL_remind{"uid":"1"}'),
        ("// /session_start", "session_start"),
        ("\x00 \x1f/restart", "restart"),
        ("\u2003/restart", "restart"),
        ("3/4 or 4/4?", "3/4 or 4/4?"),
        ("two\nlines\x07", "two\nlines"),
        ("half of \ud83d a smiley", "half of  a smiley"),
    ],
)
async def test_slash_stays_only_in_what_our_buttons_send(web: Web, written: str, understood: str) -> None:
    async with chatting(web.url) as page:
        await page.say(written)

    assert web.assistant.texts == [understood]


@pytest.mark.parametrize("empty", ["", "  \n", "/", "\x00", None, 7, ["hello"]])
async def test_message_without_words_is_answered_by_the_channel(web: Web, empty: Any) -> None:
    async with chatting(web.url) as page:
        receipt = await page.say(empty)

        assert receipt == {"ok": False, "error": "empty"}
        assert page.unheard == [said(REFUSALS["empty"])]
    assert web.assistant.asked == []


async def test_message_of_just_the_limit_is_understood_and_a_longer_one_is_not(web: Web) -> None:
    async with chatting(web.url) as page:
        within = await page.say("x" * 2000)
        beyond = await page.say("x" * 2001)

        assert within == {"ok": True}
        assert beyond == {"ok": False, "error": "too_long"}
        assert page.unheard[-1] == said(REFUSALS["too_long"])
    assert web.assistant.texts == ["x" * 2000]


async def test_chat_that_writes_too_fast_is_told_so_and_others_are_not(web: Web) -> None:
    async with chatting(web.url, ANN) as ann, chatting(web.url, BEN) as ben:
        receipts = [await ann.say(f"{number}") for number in range(MESSAGES_A_MINUTE + 1)]

        assert receipts == [{"ok": True}] * MESSAGES_A_MINUTE + [{"ok": False, "error": "too_fast"}]
        assert ann.unheard[-1] == said(REFUSALS["too_fast"])
        assert await ben.say("hello") == {"ok": True}


async def test_browser_facts_are_checked_remembered_and_replaced(web: Web) -> None:
    facts = {
        "timezone": "Asia/Calcutta",
        "locale": "de-AT",
        "page": "https://www.example.org/contact?from=mail#top",
        "reference_time": "2020-01-01T00:00:00Z",
    }
    async with chatting(web.url, metadata=facts) as page:
        await page.say("one")
        await page.say("two", metadata={"timezone": "Europe/Paris", "locale": "x' OR 1=1", "page": 4})
        await page.say("three", metadata="Europe/Paris")

    remembered = {"timezone": "Asia/Kolkata", "locale": "de-AT", "page": "https://www.example.org/contact"}
    assert [asked["metadata"] for asked in web.assistant.asked] == [
        remembered,
        {**remembered, "timezone": "Europe/Paris"},
        remembered,
    ]


@pytest.mark.parametrize("facts", [{"timezone": "Mars/Olympus"}, {"page": "javascript:alert(1)"}, [], None])
async def test_facts_that_cannot_be_used_are_left_out(web: Web, facts: Any) -> None:
    async with chatting(web.url, metadata=facts) as page:
        await page.say("hello")

    assert web.assistant.asked[0]["metadata"] == {}


async def test_link_of_a_mail_counts_for_the_message_it_comes_with(web: Web) -> None:
    async with chatting(web.url, metadata={"locale": "en-GB", "link": "from-the-greeting"}) as page:
        await page.say("one", metadata={"link": "kJ8_-w"})
        await page.say("two")

    assert [asked["metadata"] for asked in web.assistant.asked] == [
        {"locale": "en-GB", "link": "kJ8_-w"},
        {"locale": "en-GB"},
    ]


@pytest.mark.parametrize(
    "link", ["", "x" * 201, "two words", "a/b", "kJ8\n", 7, None, ["kJ8"], {"token": "kJ8"}]
)
async def test_link_that_cannot_be_one_is_left_out(web: Web, link: Any) -> None:
    async with chatting(web.url) as page:
        await page.say("hello", metadata={"link": link})

    assert web.assistant.asked[0]["metadata"] == {}


async def test_message_for_another_chat_is_refused(web: Web) -> None:
    async with chatting(web.url, ANN) as ann, chatting(web.url, BEN) as ben:
        receipt = await ben.say("let me in", session_id=ANN.id)

        assert receipt == {"ok": False, "error": "not_allowed"}
        assert await ann.say("hello") == {"ok": True}
        assert ann.unheard == [TYPING, said("You said: hello"), SILENT]
    assert web.assistant.texts == ["hello"]


async def test_page_whose_token_has_run_out_is_sent_for_a_new_one() -> None:
    clock = HandClock()
    assistant = Assistant()
    async with (
        serving(WebChannel(SECRET, (ORIGIN,), clock, nowhere()), assistant) as url,
        chatting(url) as page,
    ):
        assert await page.say("hello") == {"ok": True}
        clock.instant = ANN.expires_at

        receipt = await page.say("still there?")

        assert receipt == {"ok": False, "error": "not_allowed"}
        assert (await page.hears(4))[-1] == ("disconnect", None)
    assert assistant.texts == ["hello"]


async def test_page_that_asks_for_another_chat_is_disconnected(web: Web) -> None:
    async with connected(web.url, chat_tokens.sign(BEN, SECRET)) as page:
        await page.greet(session_id=ANN.id)

        assert await page.hears(1) == [("disconnect", None)]


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [
        ("https://www.example.org/book", "https://www.example.org"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080", "http://localhost:8080"),
    ],
)
async def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, public_url: str, origin: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("TESTING", "1")
    monkeypatch.setenv("TEST_NOW", "2026-11-24T09:00:00Z")
    monkeypatch.setenv("PUBLIC_URL", public_url)
    channel = WebChannel.from_credentials(None)

    token = chat_tokens.sign(ANN, SECRET)
    async with serving(channel, Assistant()) as url, connected(url, token, origin=origin) as page:
        assert await page.say("hello") == {"ok": True}
