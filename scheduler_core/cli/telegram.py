"""What the doctor has to say of the bot on Telegram."""

from __future__ import annotations

from typing import Any

import requests

from scheduler_core.accounts import Telegram
from scheduler_core.errors import TemporaryFailure

SECONDS = 5.0  #: that Telegram may take to answer
ADVICE = "see docs/telegram.md"


def remark(account: Telegram, chat_url: str) -> tuple[bool, str]:
    """Whether Telegram knows the bot, and whether its messages come as is set up; nothing is sent."""
    try:
        me, wired = _asked(account, "getMe"), _asked(account, "getWebhookInfo")
    except TemporaryFailure as error:
        return False, f"telegram: {error.details['reason']}; {ADVICE}"
    name, fault = f"telegram: @{me.get('username')}", _fault(account, chat_url, wired)
    if fault:
        return False, f"{name}: {fault}; {ADVICE}"
    return True, f"{name}, {'asked for its messages' if account.polls else 'sent its messages'}"


def _fault(account: Telegram, chat_url: str, wired: dict[str, Any]) -> str:
    """Why updates do not come; empty where they do."""
    wanted, address = account.address(chat_url), str(wired.get("url", ""))
    if address != wanted:
        there = address or "nowhere"
        return f"messages are sent to {there}, not to {wanted or 'nowhere'}; start Rasa anew"
    said, waiting = wired.get("last_error_message"), wired.get("pending_update_count", 0)
    return f"{waiting} wait, since {address} was not reached: {said}" if address and said and waiting else ""


def _asked(account: Telegram, method: str) -> dict[str, Any]:
    """The result of a call; no reason holds its address, as that holds the token."""
    url = f"{account.url}/bot{account.token}/{method}"
    try:
        answer = requests.post(url, json={}, timeout=SECONDS, allow_redirects=False)
        result: Any = answer.json().get("result") if answer.ok else None
    except requests.RequestException as error:
        raise TemporaryFailure(reason=f"it does not answer ({type(error).__name__})") from None
    if not isinstance(result, dict):
        raise TemporaryFailure(reason=f"the token is refused ({answer.status_code})")
    return result
