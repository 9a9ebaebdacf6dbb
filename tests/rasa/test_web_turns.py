"""Turns on the web channel: each is answered, one after the other, for all pages of a chat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from channels.guard import BROKEN, NO_ANSWER
from channels.web import WebChannel
from scheduler_core.clock import FixedClock
from tests.rasa.web_pages import (
    ANN,
    BEN,
    NOW,
    ORIGIN,
    SECRET,
    SILENT,
    TYPING,
    Web,
    chatting,
    nowhere,
    said,
)


async def test_silent_turn_gets_a_sentence(web: Web) -> None:
    async def silent(_: UserMessage) -> None:
        return

    web.assistant.answer = silent
    async with chatting(web.url) as page:
        receipt = await page.say("hello")

        assert receipt == {"ok": True}
        assert page.unheard == [TYPING, said(NO_ANSWER), SILENT]


async def test_turn_of_empty_messages_gets_a_sentence(web: Web) -> None:
    async def blank(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "", "buttons": []})

    web.assistant.answer = blank
    async with chatting(web.url) as page:
        await page.say("hello")

        assert page.unheard == [TYPING, said(NO_ANSWER), SILENT]


async def test_broken_turn_gets_a_sentence_after_what_was_said_before(web: Web) -> None:
    async def breaking(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "One moment."})
        raise RuntimeError("the database is gone")

    web.assistant.answer = breaking
    async with chatting(web.url) as page:
        receipt = await page.say("hello")

        assert receipt == {"ok": False, "error": "failed"}
        assert page.unheard == [TYPING, said("One moment."), said(BROKEN), SILENT]


async def test_turn_after_a_broken_one_is_answered(web: Web) -> None:
    async def breaking(_: UserMessage) -> None:
        raise RuntimeError("the database is gone")

    working, web.assistant.answer = web.assistant.answer, breaking
    async with chatting(web.url) as page:
        await page.say("hello")
        web.assistant.answer = working

        assert await page.say("again") == {"ok": True}


async def test_pages_of_one_chat_hear_the_same_and_nobody_else_does(web: Web) -> None:
    async with chatting(web.url, ANN) as one, chatting(web.url, ANN) as two, chatting(web.url, BEN) as ben:
        await one.say("hello")

        answer = [TYPING, said("You said: hello"), SILENT]
        assert await one.hears(3) == answer
        assert await two.hears(3) == answer
        assert await ben.say("and me") == {"ok": True}
        assert ben.unheard == [TYPING, said("You said: and me"), SILENT]


async def test_page_that_comes_back_during_a_turn_hears_the_rest_of_it(web: Web) -> None:
    begun, back = asyncio.Event(), asyncio.Event()

    async def slow(message: UserMessage) -> None:
        begun.set()
        await back.wait()
        await message.output_channel.send_response(message.sender_id, {"text": "Here it is."})

    web.assistant.answer = slow
    async with chatting(web.url) as page:
        await page.send("hello")
        await begun.wait()
    async with chatting(web.url) as page:
        back.set()

        assert await page.hears(2) == [said("Here it is."), SILENT]


async def test_messages_of_one_chat_are_answered_one_after_the_other(web: Web) -> None:
    all_sent = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await all_sent.wait()
        await message.output_channel.send_response(message.sender_id, {"text": message.text})

    web.assistant.answer = slow
    async with chatting(web.url) as page:
        receipts = [await page.send(text) for text in ("1", "2", "3")]
        all_sent.set()
        await asyncio.gather(*receipts)

        turns = [[TYPING, said(text), SILENT] for text in ("1", "2", "3")]
        assert page.unheard == [event for turn in turns for event in turn]


async def test_turn_of_another_page_waits_for_the_first(web: Web) -> None:
    both_sent = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await both_sent.wait()
        await message.output_channel.send_response(message.sender_id, {"text": message.text})

    web.assistant.answer = slow
    async with chatting(web.url) as one, chatting(web.url) as two:
        first = await one.send("1")
        assert await one.hears(1) == [TYPING]
        second = await two.send("2")
        both_sent.set()
        await asyncio.gather(first, second)

        assert await one.hears(5) == [said("1"), SILENT, TYPING, said("2"), SILENT]


async def test_text_stays_whole_and_buttons_stay_with_it(web: Web) -> None:
    async def offering(message: UserMessage) -> None:
        await message.output_channel.send_response(
            message.sender_id,
            {
                "text": "Two times are free:\n\n1. Tuesday\n\n2. Friday",
                "buttons": [{"title": "Tuesday", "payload": '/pick{"option":"k3f9"}', "type": "x"}],
            },
        )

    web.assistant.answer = offering
    async with chatting(web.url) as page:
        await page.say("when?")

        assert page.unheard[1] == (
            "bot_uttered",
            {
                "text": "Two times are free:\n\n1. Tuesday\n\n2. Friday",
                "quick_replies": [
                    {"content_type": "text", "title": "Tuesday", "payload": '/pick{"option":"k3f9"}'}
                ],
            },
        )


@pytest.mark.parametrize("wrap", [lambda card: card, lambda card: {"data": card}])
async def test_card_arrives_as_data_however_it_was_sent(web: Web, wrap: Any) -> None:
    card = {"type": "booking", "status": "CONFIRMED", "reference": "K7QX"}

    async def booking(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "Done.", "custom": wrap(card)})

    web.assistant.answer = booking
    async with chatting(web.url) as page:
        await page.say("yes")

        assert page.unheard == [TYPING, said("Done."), ("bot_uttered", {"data": card}), SILENT]


async def test_open_chat_can_be_told_something_without_having_asked(web: Web) -> None:
    async with chatting(web.url) as page:
        output = web.channel.get_output_channel()
        assert output is not None
        await output.send_response(ANN.id, {"text": "Your appointment begins in an hour."})

        assert await page.hears(1) == [said("Your appointment begins in an hour.")]


async def test_channel_has_no_way_to_a_chat_before_it_serves() -> None:
    channel = WebChannel(SECRET, (ORIGIN,), FixedClock(NOW), nowhere())

    assert channel.get_output_channel() is None
