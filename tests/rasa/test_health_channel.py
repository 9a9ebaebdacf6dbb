from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import aiohttp

from channels.health import HealthChannel
from tests.rasa.web_pages import serving

MODEL = SimpleNamespace(
    model_filename="assistant.tar.gz",
    model_metadata=SimpleNamespace(trained_at=datetime.fromisoformat("2026-11-24T09:00:00")),
)


async def asked(agent: Any) -> tuple[int, Any]:
    """What the channel says where Rasa has that agent."""
    async with (
        serving(HealthChannel("1f2e"), agent) as url,
        aiohttp.ClientSession() as caller,
        caller.get(f"{url}/webhooks/health/") as answer,
    ):
        return answer.status, await answer.json()


async def test_model_is_named_with_what_it_was_trained_from() -> None:
    ready = SimpleNamespace(processor=MODEL, is_ready=lambda: True)

    assert await asked(ready) == (
        200,
        {
            "status": "ok",
            "model": {
                "name": "assistant.tar.gz",
                "trained_at": "2026-11-24T09:00:00Z",
                "fingerprint": "1f2e",
            },
        },
    )


async def test_rasa_without_a_model_says_so() -> None:
    without = SimpleNamespace(processor=None, is_ready=lambda: False)

    assert await asked(without) == (503, {"status": "no model"})
