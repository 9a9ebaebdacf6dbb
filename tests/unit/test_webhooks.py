from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from deploy.local.node import environment
from scheduler_core import webhooks
from scheduler_core.outbox import Message, Topic
from scheduler_core.webhooks import Webhook
from tests.unit.calendars import NOW
from tests.unit.test_model import ANN, BOOKED

GUIDE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WEBHOOK = Webhook(UUID(int=7), "https://hooks.example.org/", SECRET, with_attendee=False, created_at=NOW)
CALL = Message(
    topic=Topic.WEBHOOK_MOVED,
    booking=BOOKED.uid,
    version=BOOKED.version,
    recipient=f"webhook:{WEBHOOK.id}",
    due=NOW,
    content=webhooks.event(BOOKED, Topic.WEBHOOK_MOVED, NOW),
)
BODY = webhooks.body(WEBHOOK, CALL, ANN)
Verify = Callable[[Mapping[str, str], bytes, float], bool]


def block(language: str) -> str:
    """The example in that language, as it stands in the guide."""
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found[1]


def by_python(headers: Mapping[str, str], body: bytes, now: float) -> bool:
    names: dict[str, Any] = {}
    exec(block("python"), names)  # noqa: S102  # it is ours
    names["time"] = type("Time", (), {"time": staticmethod(lambda: now)})
    return bool(names["verified"](SECRET, headers, body))


def by_javascript(headers: Mapping[str, str], body: bytes, now: float) -> bool:
    found = environment()
    call = f"verified({json.dumps(SECRET)}, {json.dumps(headers)}, Buffer.from({json.dumps(body.decode())}))"
    program = f"Date.now = () => {now * 1000};\n{block('javascript')}\nconsole.log({call});"
    run = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True, env=found)
    return {"true": True, "false": False}[run.stdout.strip()]


def test_signature_is_that_of_the_standard() -> None:
    signed = webhooks.signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("verify", [by_python, by_javascript])
def test_examples_of_the_guide_tell_our_calls_from_others(verify: Verify) -> None:
    headers, now = webhooks.headers(WEBHOOK, CALL, BODY, NOW), NOW.timestamp()
    several = {**headers, "webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}
    other = {**headers, "webhook-id": "msg_other"}
    later = {**headers, "webhook-timestamp": str(int(now) + 1)}

    assert [
        verify(headers, BODY, now),
        verify(several, BODY, now + 299),
        verify(headers, BODY + b" ", now),
        verify(other, BODY, now),
        verify(later, BODY, now),
        verify(headers, BODY, now + 301),
        verify({**headers, "webhook-signature": "v1,"}, BODY, now),
    ] == [True, True, False, False, False, False, False]


def test_call_keeps_its_identity_and_gets_a_new_time() -> None:
    first, second = (
        webhooks.headers(WEBHOOK, CALL, BODY, NOW + later) for later in (timedelta(), timedelta(minutes=5))
    )

    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 300


def test_guide_shows_the_fields_that_are_told() -> None:
    shown, told = json.loads(block("json")), json.loads(BODY)

    assert [*shown, *shown["data"]] == [*told, *told["data"]]


def test_new_secrets_differ_and_are_not_shown() -> None:
    assert webhooks.new_secret() != webhooks.new_secret()
    assert SECRET not in repr(WEBHOOK)
