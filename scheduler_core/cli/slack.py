"""What the doctor has to say of the app on Slack."""

from __future__ import annotations

from typing import Any

import requests

from scheduler_core.accounts import Slack

SECONDS = 5.0  #: that Slack may take to answer
ADVICE = "see docs/slack.md"
#: What the channel and the messages need; docs/slack-manifest.yml asks for the same.
SCOPES = frozenset(
    {"app_mentions:read", "chat:write", "im:history", "im:write", "users:read", "users:read.email"}
)


def remark(account: Slack) -> tuple[bool, str]:
    """Whether Slack takes the token, and whether it may do all that is needed; nothing is sent."""
    try:
        said, granted = _asked(account)
    except requests.RequestException as error:
        return False, f"slack: it does not answer ({type(error).__name__}); {ADVICE}"
    if said.get("ok") is not True:
        return False, f"slack: the token is refused ({said.get('error')}); {ADVICE}"
    missing = ", ".join(sorted(SCOPES - granted))
    if missing:
        return False, f"slack: {said.get('team')} has not granted {missing}; install the app anew, {ADVICE}"
    return True, f"slack: @{said.get('user')} in {said.get('team')}"


def _asked(account: Slack) -> tuple[dict[str, Any], frozenset[str]]:
    """What `auth.test` says, and the scopes of the token."""
    answer = requests.post(
        f"{account.url}/auth.test",
        headers={"Authorization": f"Bearer {account.bot_token}"},
        json={},
        timeout=SECONDS,
        allow_redirects=False,
    )
    answer.raise_for_status()
    said = answer.json()
    scopes = answer.headers.get("x-oauth-scopes", "").split(",")
    return said if isinstance(said, dict) else {}, frozenset(scope.strip() for scope in scopes)
