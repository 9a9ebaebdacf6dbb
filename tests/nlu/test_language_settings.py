from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nlu.components.duckling import DucklingServer, duckling_for
from nlu.components.settings import LanguageSettings, read_language_settings
from scheduler_core.clock import FixedClock, SystemClock
from scheduler_core.errors import InvalidSetting, TemporaryFailure, UnknownZone


def test_defaults() -> None:
    assert read_language_settings({}) == LanguageSettings(
        default_zone="Europe/Berlin", default_locale="en", clock=SystemClock(), duckling_url=""
    )


def test_everything_set() -> None:
    environment = {
        "DEFAULT_ZONE": "Asia/Calcutta",
        "DEFAULT_LOCALE": "en-US",
        "TESTING": "1",
        "TEST_NOW": "2026-11-24T09:00:00Z",
        "DUCKLING_URL": "http://127.0.0.1:8000/",
    }

    assert read_language_settings(environment) == LanguageSettings(
        default_zone="Asia/Kolkata",
        default_locale="en-US",
        clock=FixedClock(datetime(2026, 11, 24, 9, tzinfo=UTC)),
        duckling_url="http://127.0.0.1:8000",
    )


@pytest.mark.parametrize(
    ("environment", "error"),
    [
        ({"TEST_NOW": "2026-11-24T09:00:00Z"}, InvalidSetting),
        ({"TESTING": "1", "TEST_NOW": "yesterday"}, InvalidSetting),
        ({"DUCKLING_URL": "duckling"}, InvalidSetting),
        ({"DEFAULT_ZONE": "Europe/Atlantis"}, UnknownZone),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(environment: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_language_settings(environment)


def test_without_library_and_server_the_start_fails_and_says_what_to_do() -> None:
    with pytest.raises(InvalidSetting, match="run its server and name its address"):
        duckling_for("")


def test_a_server_that_is_not_there_is_a_temporary_failure() -> None:
    server = duckling_for("http://127.0.0.1:1")

    assert isinstance(server, DucklingServer)
    with pytest.raises(TemporaryFailure):
        server.parse("tomorrow", wall=datetime(2026, 11, 24, 9), locale="EN_GB")  # noqa: DTZ001
