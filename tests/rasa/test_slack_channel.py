"""The Slack channel as Rasa serves it, with Slack on loopback: who is heard, how often, and where."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage

from channels.guard import BROKEN, NO_ANSWER
from channels.once import Once
from channels.slack import BODY_LIMIT, SlackChannel
from channels.slack_chats import ELSEWHERE, WRITE_TO_ME
from channels.web import MESSAGES_A_MINUTE, REFUSALS
from scheduler_core.accounts import Slack
from scheduler_core.clock import FixedClock
from tests.adapters.web_service import CUT, Answer, serving_web
from tests.rasa.slack_server import (
    ANN,
    BEN,
    GENERAL,
    LOOK,
    OPEN,
    POST,
    SUE,
    TEAM,
    Posted,
    SlackServer,
    account,
    direct,
    mention,
    person,
    request,
    tapped,
    written,
)
from tests.rasa.web_pages import NOW, PATIENCE, Assistant, serving

OF_ANN = {
    "timezone": "Europe/London",
    "locale": "en-GB",
    "name": "Ann Lee",
    "address": "ann.lee@example.org",
}
BUTTONS = [{"title": f"{hour}:00", "payload": f'/pick{{"option":"k{hour}"}}'} for hour in range(9, 12)]


@dataclass
class Workspace:
    """The channel under test, what stands behind it, and Slack on its other side."""

    url: str
    slack: SlackServer
    assistant: Assistant
    caller: aiohttp.ClientSession

    async def send(self, body: dict[str, Any], **headers: str) -> tuple[int, str]:
        """What the channel answers to Slack itself."""
        content, signed = request(body, NOW)
        return await self.post(content, {**signed, **headers})

    async def post(self, content: bytes, headers: dict[str, str]) -> tuple[int, str]:
        url = f"{self.url}/webhooks/slack/webhook"
        async with self.caller.post(url, data=content, headers=headers) as answer:
            return answer.status, await answer.text()

    async def hears(self, count: int) -> list[Posted]:
        """The first so many messages that people see."""
        return await asyncio.to_thread(self.slack.answers, count)

    async def until(self, is_there: Callable[[], bool]) -> None:
        await asyncio.to_thread(self.slack.wait, is_there)


@asynccontextmanager
async def open_workspace(slack_account: Slack | None, slack: SlackServer) -> AsyncIterator[Workspace]:
    assistant = Assistant()
    once = Once("http://127.0.0.1:9/webhook", "of no action server")
    channel = SlackChannel(slack_account, FixedClock(NOW), once)
    async with serving(channel, assistant) as url, aiohttp.ClientSession() as caller:
        yield Workspace(url, slack, assistant, caller)


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    slack = SlackServer()
    with serving_web(slack) as url:
        async with open_workspace(account(url), slack) as workspace:
            yield workspace


async def offer(message: UserMessage) -> None:
    await message.output_channel.send_response(
        message.sender_id, {"text": "When?", "buttons": [dict(one) for one in BUTTONS]}
    )


async def test_a_direct_message_is_answered_with_who_writes(workspace: Workspace) -> None:
    answer = await workspace.send(written("hi, <mailto:a@example.org|a@example.org> &amp; co", "Ev1"))

    (posted,) = await workspace.hears(1)
    assert answer == (200, "")
    assert (posted.channel, posted.thread, posted.said) == (
        direct(ANN), "", "You said: hi, a@example.org &amp; co",
    )  # fmt: skip
    assert workspace.assistant.asked == [
        {
            "sender": f"{TEAM}:{ANN}",
            "channel": "slack",
            "text": "hi, a@example.org & co",
            "metadata": OF_ANN,
        }
    ]


async def test_a_thread_is_answered_in_the_thread(workspace: Workspace) -> None:
    await workspace.send(written("hi", "Ev1", thread_ts="1764000000.000050"))

    assert [one.thread for one in await workspace.hears(1)] == ["1764000000.000050"]


async def test_a_mention_is_answered_where_nobody_else_reads(workspace: Workspace) -> None:
    await workspace.send(mention("my mail is <mailto:a@example.org|a@example.org>", "Ev1", ts="17.5"))

    posted = await workspace.hears(2)
    assert [(one.channel, one.thread, one.said) for one in posted] == [
        (GENERAL, "17.5", ELSEWHERE),
        (direct(ANN), "", "You said: my mail is a@example.org"),
    ]


async def test_a_mention_without_a_way_to_the_writer_gets_a_sentence(workspace: Workspace) -> None:
    workspace.slack.fail(OPEN, Answer(200, {"ok": False, "error": "missing_scope"}))

    await workspace.send(mention("hi", "Ev1"))

    (posted,) = await workspace.hears(1)
    assert (posted.channel, posted.said) == (GENERAL, WRITE_TO_ME)
    assert workspace.assistant.asked == []


async def test_those_who_are_mentioned_are_called_by_name(workspace: Workspace) -> None:
    await workspace.send(mention(f"half an hour with <@{BEN}>", "Ev1"))

    await workspace.hears(2)
    assert workspace.assistant.texts == ["half an hour with Ben Okafor"]


async def test_a_button_shows_the_choice_and_is_taken_once(workspace: Workspace) -> None:
    workspace.assistant.answer = offer
    await workspace.send(written("when?", "Ev1"))
    (offered,) = await workspace.hears(1)
    tap = tapped(offered, "10:00")

    await workspace.send(tap)
    await workspace.hears(2)
    await workspace.send({**tap, "actions": [{**tap["actions"][0], "action_ts": "1764000009.5"}]})
    await workspace.until(lambda: len(workspace.slack.updated) == 2)

    shown = workspace.slack.updated[0]
    assert workspace.assistant.texts == ["when?", BUTTONS[1]["payload"]]
    assert (shown.ts, shown.text, shown.choices, shown.said) == (offered.ts, "✓ 10:00", [], "When?")


async def test_what_slack_repeats_in_any_order_has_one_effect(workspace: Workspace) -> None:
    workspace.assistant.answer = offer
    await workspace.send(written("when?", "Ev0"))
    (offered,) = await workspace.hears(1)
    bodies = [
        written("Tuesday", "Ev1"),
        written("Tuesday", "Ev2", user=BEN),
        mention("Friday", "Ev3"),
        tapped(offered, "9:00"),
    ]
    repeated = [body for body in bodies for _ in range(4)]
    random.Random(3).shuffle(repeated)  # noqa: S311  (no secret)

    answers = [await workspace.send(body, **{"X-Slack-Retry-Num": "1"}) for body in repeated]
    await workspace.until(lambda: len(workspace.slack.updated) == 4)
    await workspace.send(written("last", "Ev4"))
    await workspace.send(written("last", "Ev5", user=BEN))
    await workspace.until(lambda: len([one for one in workspace.slack.posted if one.channel[0] == "D"]) == 7)

    assert set(answers) == {(200, "")}
    assert sorted(workspace.assistant.texts) == sorted(
        ["when?", "Tuesday", "Tuesday", "Friday", BUTTONS[0]["payload"], "last", "last"]
    )


async def test_messages_of_one_writer_are_answered_in_order_and_others_do_not_wait(
    workspace: Workspace,
) -> None:
    may_go_on = asyncio.Event()

    async def slowly(message: UserMessage) -> None:
        if message.text == "first":
            await may_go_on.wait()
        await message.output_channel.send_response(message.sender_id, {"text": message.text})

    workspace.assistant.answer = slowly
    for event, text, user in (("Ev1", "first", ANN), ("Ev2", "second", ANN), ("Ev3", "other", BEN)):
        await workspace.send(written(text, event, user=user))
    (other,) = await workspace.hears(1)
    may_go_on.set()

    assert (other.channel, other.said) == (direct(BEN), "other")
    assert [one.said for one in (await workspace.hears(3))[1:]] == ["first", "second"]


async def test_who_writes_is_asked_once_an_hour_and_never_waited_for(workspace: Workspace) -> None:
    workspace.slack.fail(LOOK, Answer(500))
    for event in ("Ev1", "Ev2", "Ev3"):
        await workspace.send(written(event, event))
    await workspace.hears(3)

    assert [asked["metadata"] for asked in workspace.assistant.asked] == [{}, OF_ANN, OF_ANN]
    assert workspace.slack.count(LOOK) == 2


async def test_apps_that_write_are_not_answered(workspace: Workspace) -> None:
    workspace.slack.users[SUE] = person(SUE, "Sue's app", "", is_bot=True)

    await workspace.send(written("hi", "Ev1", user=SUE))
    await workspace.send(written("hi", "Ev2"))

    await workspace.hears(1)
    assert [asked["sender"] for asked in workspace.assistant.asked] == [f"{TEAM}:{ANN}"]


@pytest.mark.parametrize(("text", "refusal"), [("", "empty"), ("///", "empty"), ("x" * 2001, "too_long")])
async def test_what_cannot_be_taken_gets_a_sentence(workspace: Workspace, text: str, refusal: str) -> None:
    await workspace.send(written(text, "Ev1"))

    assert [one.said for one in await workspace.hears(1)] == [REFUSALS[refusal]]


async def test_too_many_messages_get_a_sentence(workspace: Workspace) -> None:
    for place in range(MESSAGES_A_MINUTE + 1):
        await workspace.send(written("hi", f"Ev{place}"))

    assert [one.said for one in await workspace.hears(MESSAGES_A_MINUTE + 1)][-1] == REFUSALS["too_fast"]


async def test_typed_commands_are_words(workspace: Workspace) -> None:
    await workspace.send(written('/inform{"email":"thief@example.com"}', "Ev1"))

    await workspace.hears(1)
    assert workspace.assistant.texts == ['inform{"email":"thief@example.com"}']


async def test_silent_and_broken_turns_get_a_sentence(workspace: Workspace) -> None:
    async def failing(message: UserMessage) -> None:
        if message.text == "break":
            raise RuntimeError("the database is gone")

    workspace.assistant.answer = failing
    await workspace.send(written("be silent", "Ev1"))
    await workspace.send(written("break", "Ev2"))

    assert [one.said for one in await workspace.hears(2)] == [NO_ANSWER, BROKEN]


async def test_slack_s_wish_to_be_called_later_is_obeyed(workspace: Workspace) -> None:
    later = Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "1"})
    workspace.slack.fail(POST, later, Answer(200, {"ok": False, "error": "ratelimited"}))
    begun = asyncio.get_running_loop().time()

    await workspace.send(written("hi", "Ev1"))

    assert [one.said for one in await workspace.hears(1)] == ["You said: hi"]
    assert asyncio.get_running_loop().time() - begun >= 2
    assert workspace.slack.count(POST) == 3


async def test_direct_messages_that_are_gone_are_opened_anew(workspace: Workspace) -> None:
    workspace.slack.fail(POST, Answer(200, {"ok": False, "error": "channel_not_found"}))

    await workspace.send(written("hi", "Ev1"))

    assert [one.channel for one in await workspace.hears(1)] == [direct(ANN)]
    assert workspace.slack.count(OPEN) == 1


async def test_an_answer_that_slack_does_not_take_ends_no_turn(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    is_over = asyncio.Event()

    async def twice(message: UserMessage) -> None:
        for text in ("booked", "goes on"):
            await message.output_channel.send_response(message.sender_id, {"text": text})
        is_over.set()

    workspace.assistant.answer = twice
    workspace.slack.fail(POST, CUT)
    await workspace.send(written("book", "Ev1"))

    assert [one.said for one in await workspace.hears(1)] == ["goes on"]
    await asyncio.wait_for(is_over.wait(), PATIENCE)
    assert "chat.postMessage" in caplog.text
    assert account("http://127.0.0.1").bot_token not in caplog.text


async def test_strangers_are_refused(workspace: Workspace) -> None:
    body = written("hi", "Ev1")
    content, headers = request(body, NOW)
    forged, old = request(body, NOW, secret="guessed"), request(body, NOW - timedelta(minutes=6))
    broken = request({"type": "event_callback"}, NOW)

    answers = [
        await workspace.post(*forged),
        await workspace.post(*old),
        await workspace.post(content + b" ", headers),
        await workspace.post(content, {}),
        await workspace.post(*broken),
        await workspace.post(b"x" * (BODY_LIMIT + 1), headers),
    ]

    assert [status for status, _ in answers] == [400] * 5 + [413]
    assert workspace.assistant.asked == []


async def test_slack_finds_out_that_the_address_is_ours(workspace: Workspace) -> None:
    asked = {"type": "url_verification", "challenge": "3eZbrw1a"}

    assert await workspace.send(asked) == (200, "3eZbrw1a")


async def test_without_an_account_there_is_no_route() -> None:
    async with open_workspace(None, SlackServer()) as workspace:
        assert (await workspace.send(written("hi", "Ev1")))[0] == 404
