from __future__ import annotations

import httpx
import pytest

from tests.api.practice import WIDGET_ORIGIN

pytestmark = pytest.mark.usefixtures("practice")

ASKED = {"type": "consultation", "zone": "Asia/Kolkata", "minutes": "30", "month": "2026-12"}


async def test_free_days_are_those_of_the_reader_s_calendar(client: httpx.AsyncClient) -> None:
    got = await client.get("/api/chat/days", params=ASKED, headers={"Origin": WIDGET_ORIGIN})

    found = got.json()
    assert got.headers["Access-Control-Allow-Origin"] == WIDGET_ORIGIN
    assert found["days"] == sorted(found["days"])
    assert {day[:7] for day in found["days"]} == {"2026-12"}
    assert "2026-12-01" in found["days"]
    assert "2026-12-06" not in found["days"]  # a Sunday
    assert found["first"] == "2026-11-24"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"month": "2026-13"}, 422),
        ({"month": "9999-12"}, 400),
        ({"zone": "Mars/Base"}, 400),
        ({"type": "nothing"}, 404),
        ({"minutes": "0"}, 422),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    client: httpx.AsyncClient, change: dict[str, str], status: int
) -> None:
    got = await client.get("/api/chat/days", params={**ASKED, **change})

    assert got.status_code == status
