from __future__ import annotations

import asyncio

from channels.web import WebChannel
from scheduler_core.clock import FixedClock
from tests.rasa.web_pages import (
    ACTIONS_SECRET,
    ANN,
    BEN,
    NOW,
    ORIGIN,
    PATIENCE,
    SECRET,
    Assistant,
    Web,
    chatting,
    nowhere,
    serving,
)

ASKED = {"text": "The second one", "payload": '/pick{"option":"k3f9"}'}


async def test_what_both_sides_say_is_kept_in_order_under_the_ids_that_pages_know(web: Web) -> None:
    async with chatting(web.url) as page:
        await page.say(ASKED["payload"], id="page-0001", shown=ASKED["text"])
        await page.say("Tuesday?", id="not a name", shown=7)
        ids = page.ids
    async with chatting(web.url):
        pass  # who comes back finds everything written

    answers = [{"text": f"You said: {text}"} for text in (ASKED["payload"], "Tuesday?")]
    assert web.keeper.said == [
        ("writer", ASKED),
        ("assistant", answers[0]),
        ("writer", {"text": "Tuesday?", "payload": "Tuesday?"}),
        ("assistant", answers[1]),
    ]
    kept = [line["id"] for line in web.keeper.lines]
    assert (kept[0], kept[1], kept[3]) == ("page-0001", *ids)
    assert len(set(kept)) == 4
    assert {(line["chat"], line["said_at"]) for line in web.keeper.lines} == {(ANN.id, NOW.isoformat())}


async def test_the_action_server_is_asked_with_its_secret_alone(web: Web) -> None:
    async with chatting(web.url) as page:
        await page.say("hello")
        await asyncio.wait_for(web.keeper.asked.wait(), PATIENCE)

    assert web.keeper.authorizations == {f"Bearer {ACTIONS_SECRET}"}


async def test_an_open_chat_is_told_its_news_and_no_other(web: Web) -> None:
    told = {"chat": ANN.id, "id": "b.2", "content": {"text": "Your appointment has been moved."}}
    web.keeper.news.append(told)

    async with chatting(web.url, BEN) as ben, chatting(web.url, ANN) as ann:
        assert await ann.hears(1) == [("bot_uttered", told["content"])]
        assert (ann.ids, ben.unheard) == (["b.2"], [])


async def test_nobody_is_asked_for_news_of_no_page(web: Web) -> None:
    async with chatting(web.url):
        await asyncio.wait_for(web.keeper.asked.wait(), PATIENCE)
    async with chatting(web.url, BEN) as ben:
        web.keeper.news.append({"chat": ANN.id, "id": "b.2", "content": {"text": "moved"}})
        assert await ben.say("hello") == {"ok": True}

    assert len(web.keeper.news) == 1


async def test_a_conversation_goes_on_where_nothing_can_be_kept() -> None:
    channel = WebChannel(SECRET, (ORIGIN,), FixedClock(NOW), nowhere())
    async with serving(channel, Assistant()) as url, chatting(url) as page:
        assert await page.say("hello") == {"ok": True}
