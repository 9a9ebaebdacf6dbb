from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from channels.diary import Diary
from channels.web import WebChannel
from scheduler_core.clock import FixedClock
from tests.rasa.web_pages import (
    ACTIONS_SECRET,
    NOW,
    ORIGIN,
    SECRET,
    Assistant,
    Keeper,
    Web,
    keeping,
    serving,
)


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    keeper, assistant = Keeper(), Assistant()
    async with keeping(keeper) as actions:
        origins = (ORIGIN, "https://book.example.org")
        channel = WebChannel(SECRET, origins, FixedClock(NOW), Diary(actions, ACTIONS_SECRET))
        async with serving(channel, assistant) as url:
            yield Web(url, channel, assistant, keeper)
