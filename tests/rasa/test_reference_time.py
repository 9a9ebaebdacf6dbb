from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from channels.incoming import known_metadata
from nlu.components.duckling import DucklingLibrary
from nlu.components.settings import LanguageSettings
from nlu.components.time import TimeExtractor
from scheduler_core.clock import FixedClock

NOW = datetime(2026, 11, 24, 23, 30, tzinfo=timezone.utc)
SETTINGS = LanguageSettings(
    default_zone="Europe/Berlin", default_locale="en", clock=FixedClock(NOW), duckling_url=""
)


def tomorrow(metadata: dict[str, Any]) -> list[Any]:
    """The values that a message of one word is given."""
    message = Message({"text": "tomorrow", "metadata": metadata})
    TimeExtractor(SETTINGS, DucklingLibrary()).process([message])
    return [entity["value"] for entity in message.get("entities")]


@pytest.mark.parametrize(
    ("said", "day", "after"),
    [
        ("2026-12-31T10:00:00+00:00", "2027-01-01", "2027-01-02"),
        ("2026-12-31T23:30:00Z", "2027-01-02", "2027-01-03"),
        # What names no instant is left aside.
        ("2026-12-31T10:00:00", "2026-11-26", "2026-11-27"),
        ("New Year", "2026-11-26", "2026-11-27"),
        (1798711200, "2026-11-26", "2026-11-27"),
        (None, "2026-11-26", "2026-11-27"),
    ],
)
def test_a_channel_can_say_when_a_message_was_written(said: object, day: str, after: str) -> None:
    assert tomorrow({"reference_time": said}) == [
        {"from": day, "to": after},
        f"{day}T00:00:00.000+00:00",
    ]


def test_a_client_cannot() -> None:
    said = {"reference_time": "2026-12-31T10:00:00+00:00", "timezone": "Europe/Berlin"}

    assert known_metadata(said) == {"timezone": "Europe/Berlin"}
    assert tomorrow({**known_metadata(said)}) == tomorrow({})


def test_a_time_has_its_span_its_value_and_its_grain() -> None:
    message = Message({"text": "can I come tomorrow at 15:00?", "metadata": None})

    TimeExtractor(SETTINGS, DucklingLibrary()).process([message])

    (found,) = [entity for entity in message.get("entities") if entity["entity"] == "time"]
    assert {name: found[name] for name in ("start", "end", "value", "extractor")} == {
        "start": 11,
        "end": 28,
        "value": "2026-11-26T15:00:00.000+00:00",
        "extractor": "TimeExtractor",
    }
    assert found["additional_info"]["grain"] == "minute"
