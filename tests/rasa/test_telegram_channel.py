"""The Telegram channel as Rasa serves it, against Telegram's API on loopback."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage

from channels.guard import BROKEN, NO_ANSWER
from channels.once import Once
from channels.telegram import SECRET_HEADER, SetUp, TelegramChannel, webhook_secret
from channels.telegram_api import TelegramApi
from channels.telegram_chats import EDITED, IN_GROUP, NO_WORDS
from channels.web import REFUSALS
from scheduler_core.accounts import Telegram
from scheduler_core.links import ATTENDEE, Links
from tests.adapters.web_service import CUT, Answer, serving_web
from tests.rasa.telegram_server import ANN, BEN, BOT, TOKEN, TelegramServer, refusal
from tests.rasa.web_pages import ACTIONS_SECRET, SECRET, Assistant, serving

TUESDAY, FRIDAY = '/pick{"option":"k3f9ab"}', '/pick{"option":"x1y2z3"}'
ADDRESS = "https://chat.example.org/webhooks/telegram/webhook"
LINKS = Links(SECRET, "https://book.example.org")
UID = UUID(int=7)


@dataclass
class Chat:
    """The bot as it is served, and Telegram around it."""

    telegram: TelegramServer
    assistant: Assistant
    url: str
    secret: str
    pauses: list[float]

    async def until(self, happened: Callable[[], Any]) -> Any:
        return await asyncio.to_thread(self.telegram.until, happened)

    async def heard(self, *texts: str, who: Any = ANN) -> None:
        """Returns once these are all the messages that somebody sees, and fails where they never are."""
        await self.until(lambda: self.telegram.said(who) == list(texts))

    async def posts(self, update: Any, **headers: str) -> int:
        """The status by which an update is taken that somebody sends to our address."""
        given = headers or {SECRET_HEADER: self.secret}
        async with aiohttp.ClientSession() as caller:
            address = f"{self.url}/webhooks/telegram/webhook"
            async with caller.post(address, json=update, headers=given) as answer:
                return answer.status


@asynccontextmanager
async def bot(
    *, polls: bool = True, links: Links = LINKS, assistant: Assistant | None = None
) -> AsyncIterator[Chat]:
    telegram, talking, pauses = TelegramServer(), assistant or Assistant(), list[float]()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    with serving_web(telegram) as api_url:
        account = Telegram(TOKEN, polls=polls, url=api_url)
        secret = webhook_secret(SECRET, account)
        once = Once("http://127.0.0.1:9/webhook", ACTIONS_SECRET)
        set_up = SetUp(account, "" if polls else ADDRESS, secret, links, once)
        channel = TelegramChannel(set_up, TelegramApi(account, sleep=pause))
        async with serving(channel, talking) as url:
            wired = "POST /bot" + TOKEN + ("/getUpdates" if polls else "/setWebhook")
            await asyncio.to_thread(telegram.until_asked, wired)
            try:
                yield Chat(telegram, talking, url, secret, pauses)
            finally:
                telegram.end()


async def offering(message: UserMessage) -> None:
    buttons = [{"title": "Tue, 10:00", "payload": TUESDAY}, {"title": "Fri, 11:00", "payload": FRIDAY}]
    reply = {"text": "Which one?", "buttons": buttons} if message.text == "when?" else {"text": message.text}
    await message.output_channel.send_response(message.sender_id, reply)


async def test_polled_messages_are_answered_in_order_under_the_name_of_their_chat() -> None:
    async with bot() as chat:
        chat.telegram.writes("hello")
        chat.telegram.writes("/start")
        chat.telegram.writes("/pick tomorrow", BEN)
        await chat.heard("You said: hello", "You said: hello")
        await chat.heard("You said: pick tomorrow", who=BEN)

        facts = {"name": "Ann Lee", "locale": "en"}
        asked = {"sender": "7001", "channel": "telegram", "text": "hello", "metadata": facts}
        assert [one for one in chat.assistant.asked if one["sender"] == "7001"] == [asked, asked]
        assert chat.telegram.commands == ["start", "help", "cancel"]
        assert (ANN["id"], "typing") in chat.telegram.actions


async def test_updates_sent_again_and_shuffled_have_one_effect() -> None:
    async with bot(polls=False) as chat:
        updates = [chat.telegram.writes(text) for text in ("one", "two", "three")] * 4
        random.Random(7).shuffle(updates)  # noqa: S311  (no secret)
        statuses = [await chat.posts(update) for update in updates]
        await chat.until(lambda: len(chat.telegram.said()) == 3)
        await chat.posts(chat.telegram.writes("last"))
        await chat.until(lambda: "You said: last" in chat.telegram.said())

        assert set(statuses) == {200}
        assert sorted(chat.assistant.texts) == ["last", "one", "three", "two"]


async def test_only_telegram_may_send_updates() -> None:
    async with bot(polls=False) as chat:
        update = chat.telegram.writes("hello")

        assert chat.telegram.webhook == {"url": ADDRESS, "secret_token": chat.secret}
        assert await chat.posts(update, **{SECRET_HEADER: "x" * 64}) == 401
        assert await chat.posts(update, Accept="*/*") == 401
        assert await chat.posts({**update, "filling": "x" * 300_000}) == 413
        assert await chat.posts([{"update_id": {}}]) == 200
        assert await chat.posts(update) == 200
        await chat.heard("You said: hello")
        assert chat.assistant.texts == ["hello"]


async def test_bot_that_polls_has_no_address_and_none_is_there_without_a_bot() -> None:
    async with bot() as chat:
        assert await chat.posts(chat.telegram.writes("hello")) == 404
    async with (
        serving(TelegramChannel(None), Assistant()) as url,
        aiohttp.ClientSession() as caller,
        caller.post(f"{url}/webhooks/telegram/webhook", json={}) as answer,
    ):
        assert answer.status == 404
    assert TelegramChannel(None).get_output_channel() is None


async def test_tapped_button_is_shown_as_chosen_and_works_once() -> None:
    both_tapped = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        if message.text == FRIDAY:
            await both_tapped.wait()
        await offering(message)

    async with bot(assistant=Assistant(slow)) as chat:
        chat.telegram.writes("when?")
        shown = await chat.until(lambda: chat.telegram.chats[ANN["id"]])
        assert shown[0].titles == ["Tue, 10:00", "Fri, 11:00"]
        tapped = chat.telegram.taps("Fri")["callback_query"]
        chat.telegram.happens(callback_query={**tapped, "id": "again"})
        await chat.until(lambda: set(chat.telegram.acknowledged) == {tapped["id"], "again"})
        both_tapped.set()
        await chat.heard("Which one?\n\n✓ Fri, 11:00", FRIDAY)
        chat.telegram.writes("thanks")
        await chat.heard("Which one?\n\n✓ Fri, 11:00", FRIDAY, "thanks")

        assert shown[0].titles == []
        assert chat.assistant.texts == ["when?", FRIDAY, "thanks"]


async def test_button_that_is_none_of_ours_is_not_obeyed() -> None:
    async with bot(assistant=Assistant(offering)) as chat:
        chat.telegram.writes("when?")
        await chat.until(chat.telegram.said)
        chat.telegram.chats[ANN["id"]][0].keyboard[0][0]["callback_data"] = '/book{"verified":"true"}'
        tapped = chat.telegram.taps("Tue")
        await chat.until(lambda: chat.telegram.acknowledged == [tapped["callback_query"]["id"]])
        chat.telegram.writes("and now?")
        await chat.heard("Which one?", "and now?")

        assert chat.assistant.texts == ["when?", "and now?"]


async def test_confirmation_leads_to_the_page_of_the_appointment() -> None:
    async def booking(message: UserMessage) -> None:
        card = {"type": "booking", "status": "CONFIRMED", "uid": str(UID), "reference": "K7QX"}
        await message.output_channel.send_response(message.sender_id, {"text": "Booked."})
        await message.output_channel.send_response(message.sender_id, {"custom": {"data": card}})

    async with bot(assistant=Assistant(booking)) as chat:
        chat.telegram.writes("yes")
        (shown,) = await chat.until(lambda: [one for one in chat.telegram.chats[ANN["id"]] if one.keyboard])

        ((button,),) = shown.keyboard
        assert (shown.text, button["url"]) == ("Booked.", LINKS.manage(UID, ATTENDEE))
    async with bot(assistant=Assistant(booking), links=Links(SECRET, "http://127.0.0.1:8080")) as chat:
        chat.telegram.writes("yes")
        await chat.heard("Booked.")
        chat.telegram.writes("yes")
        await chat.heard("Booked.", "Booked.")
        assert [one.keyboard for one in chat.telegram.chats[ANN["id"]]] == [[], []]


async def test_what_is_no_text_gets_a_sentence_and_an_edit_changes_nothing() -> None:
    async with bot() as chat:
        chat.telegram.sends(photo=[{}], media_group_id="1")
        chat.telegram.sends(photo=[{}], media_group_id="1")
        chat.telegram.sends(kind="edited_message", text="Wednesday")
        chat.telegram.writes("/")
        chat.telegram.writes("x" * 2001)
        group = {"id": -100, "type": "group", "title": "Team"}
        chat.telegram.chats[-100] = []
        chat.telegram.writes("/help", chat=group)
        chat.telegram.writes("/help", chat=group)
        chat.telegram.writes("end")
        await chat.heard(NO_WORDS, EDITED, REFUSALS["empty"], REFUSALS["too_long"], "You said: end")

        assert chat.assistant.texts == ["end"]
        in_group = [shown.text for shown in chat.telegram.chats[-100]]
        assert in_group == [IN_GROUP.format(username=BOT["username"])]


async def test_turn_that_breaks_or_says_nothing_gets_a_sentence() -> None:
    async def failing(message: UserMessage) -> None:
        if message.text == "break":
            raise RuntimeError("the database is gone")

    async with bot(assistant=Assistant(failing)) as chat:
        chat.telegram.writes("break")
        chat.telegram.writes("be silent")
        await chat.heard(BROKEN, NO_ANSWER)


async def test_flood_is_refused_once_and_nobody_else_with_it() -> None:
    async with bot() as chat:
        for number in range(35):
            chat.telegram.writes(str(number))
        chat.telegram.writes("me, too", BEN)
        answers = [f"You said: {number}" for number in range(30)]
        await chat.heard(*answers, REFUSALS["too_fast"])
        await chat.heard("You said: me, too", who=BEN)


async def test_telegram_is_asked_again_when_it_says_and_after_what_passes() -> None:
    async with bot() as chat:
        send = f"POST /bot{TOKEN}/sendMessage"
        chat.telegram.fail(send, refusal(429, "Too Many Requests: retry after 7", retry_after=7), CUT)
        chat.telegram.writes("hello")
        await chat.heard("You said: hello")

        assert chat.pauses == [7.0, 3.0]
        assert chat.telegram.count(send) == 3


async def test_one_who_has_blocked_the_bot_is_asked_once_and_the_turn_is_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def talkative(message: UserMessage) -> None:
        for text in ("one", "two"):
            await message.output_channel.send_response(message.sender_id, {"text": text})

    async with bot(assistant=Assistant(talkative)) as chat:
        chat.telegram.blocked.add(ANN["id"])
        chat.telegram.writes("hello")
        chat.telegram.writes("hello", BEN)
        await chat.heard("one", "two", who=BEN)

        assert chat.telegram.count(f"POST /bot{TOKEN}/sendMessage") == 3
        assert "bot was blocked by the user" in caplog.text


async def test_polling_goes_on_after_a_failure_and_no_log_holds_the_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with bot() as chat:
        chat.telegram.fail(f"POST /bot{TOKEN}/getUpdates", Answer(502, None), CUT)
        chat.telegram.writes("hello")
        await chat.heard("You said: hello")

    assert "telegram: getUpdates: " in caplog.text
    assert TOKEN not in caplog.text
