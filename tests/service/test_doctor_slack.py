from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

from scheduler_core.cli.slack import SCOPES, remark
from tests.adapters.web_service import CUT, serving_web
from tests.rasa.slack_server import SlackServer, account


def test_doctor_tries_the_token_and_names_what_it_may_not_do() -> None:
    server = SlackServer()
    with serving_web(server) as url:
        well = remark(account(url))
        server.scopes = "chat:write,im:write, users:read"
        narrow = remark(account(url))
        refused = remark(account(url, token="old"))
        server.fail("POST /api/auth.test", CUT)
        silent = remark(account(url))

    missing = "app_mentions:read, im:history, users:read.email"
    assert [well, narrow, refused, silent] == [
        (True, "slack: @assistant in Practice"),
        (False, f"slack: Practice has not granted {missing}; install the app anew, see docs/slack.md"),
        (False, "slack: the token is refused (invalid_auth); see docs/slack.md"),
        (False, "slack: it does not answer (ConnectionError); see docs/slack.md"),
    ]


def test_manifest_asks_for_what_the_doctor_looks_for() -> None:
    bot = YAML(typ="safe").load(Path("docs/slack-manifest.yml").read_text(encoding="utf-8"))["oauth_config"]

    assert bot["scopes"]["bot"] == sorted(SCOPES)
