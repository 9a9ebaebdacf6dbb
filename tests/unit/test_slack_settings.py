from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler_core.accounts import Slack
from scheduler_core.errors import InvalidSetting
from scheduler_core.settings import read_settings

SECRET = {"SECRET_KEY": "x" * 32}
APP = {"SLACK_BOT_TOKEN": "slack-token-of-the-tests", "SLACK_SIGNING_SECRET": "slack-s3cret"}


def test_app_is_reached_at_slack_unless_told_otherwise() -> None:
    settings = read_settings({**SECRET, **APP})
    elsewhere = read_settings({**SECRET, **APP, "SLACK_API_URL": "http://127.0.0.1:9005/api"})

    app = Slack("slack-token-of-the-tests", "slack-s3cret", "https://slack.com/api")
    assert (settings.slack, elsewhere.slack) == (app, replace(app, url="http://127.0.0.1:9005/api"))
    assert read_settings(SECRET).slack is None
    assert not any(value in repr(settings) for value in APP.values())


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"SLACK_BOT_TOKEN": "t"}, "SLACK_SIGNING_SECRET: it is needed beside SLACK_BOT_TOKEN"),
        (
            {**APP, "SLACK_API_URL": "http://slack.example.org/api"},
            "SLACK_API_URL='http://slack.example.org/api': secrets are sent there, so it begins with https://",
        ),
    ],
)
def test_half_an_app_is_none_and_secrets_stay_on_encrypted_ways(given: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        read_settings({**SECRET, **given})

    assert refused.value.details["faults"] == (fault,)
