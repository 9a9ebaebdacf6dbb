from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage

from channels.guard import BROKEN, NO_ANSWER
from channels.rest import RestChannel
from tests.rasa.web_pages import Assistant, serving


class Rest:
    """The channel under test, what stands behind it, and a caller."""

    def __init__(self, url: str, assistant: Assistant, caller: aiohttp.ClientSession) -> None:
        self.url = f"{url}/webhooks/rest/webhook"
        self.assistant = assistant
        self.caller = caller

    async def post(self, **body: Any) -> tuple[int, Any]:
        async with self.caller.post(self.url, json={"sender": "ann", **body}) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def rest() -> AsyncIterator[Rest]:
    assistant = Assistant()
    async with serving(RestChannel(), assistant) as url, aiohttp.ClientSession() as caller:
        yield Rest(url, assistant, caller)


async def test_message_is_answered(rest: Rest) -> None:
    answer = await rest.post(message="hello", metadata={"timezone": "Asia/Calcutta", "reference_time": "0"})

    assert answer == (200, [{"recipient_id": "ann", "text": "You said: hello"}])
    assert rest.assistant.asked == [
        {"sender": "ann", "channel": "rest", "text": "hello", "metadata": {"timezone": "Asia/Kolkata"}}
    ]


async def test_link_of_a_mail_is_passed_on(rest: Rest) -> None:
    await rest.post(message="hello", metadata={"link": "kJ8_-w", "token": "kJ8_-w"})

    assert rest.assistant.asked[0]["metadata"] == {"link": "kJ8_-w"}


async def test_nobody_says_of_themselves_who_they_are(rest: Rest) -> None:
    await rest.post(message="hello", metadata={"name": "Ann Lee", "address": "ann@example.org"})

    assert rest.assistant.asked[0]["metadata"] == {}


async def test_silent_turn_gets_a_sentence(rest: Rest) -> None:
    async def silent(_: UserMessage) -> None:
        return

    rest.assistant.answer = silent

    assert await rest.post(message="hello") == (200, [{"recipient_id": "ann", "text": NO_ANSWER}])


async def test_broken_turn_gets_a_sentence(rest: Rest) -> None:
    async def breaking(_: UserMessage) -> None:
        raise RuntimeError("the database is gone")

    rest.assistant.answer = breaking

    assert await rest.post(message="hello") == (200, [{"recipient_id": "ann", "text": BROKEN}])


async def test_card_arrives_as_it_was_sent(rest: Rest) -> None:
    card = {"data": {"type": "booking", "reference": "K7QX"}}

    async def booking(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"custom": card})

    rest.assistant.answer = booking

    assert await rest.post(message="yes") == (200, [{"recipient_id": "ann", "custom": card}])


async def test_caller_cannot_speak_for_another_channel(rest: Rest) -> None:
    await rest.post(message="hello", input_channel="web")

    assert [asked["channel"] for asked in rest.assistant.asked] == ["rest"]


async def test_slash_stays_only_in_what_our_buttons_send(rest: Rest) -> None:
    await rest.post(message="/restart")
    await rest.post(message='/pick{"option":"k3f9"}')

    assert rest.assistant.texts == ["restart", '/pick{"option":"k3f9"}']


@pytest.mark.parametrize("message", [None, 7, "x" * 2001])
async def test_message_that_cannot_be_one_is_refused(rest: Rest, message: Any) -> None:
    status, _ = await rest.post(message=message)

    assert status == 400
    assert rest.assistant.asked == []
