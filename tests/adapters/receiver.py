"""A receiver of webhooks that believes nothing it has not verified."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from datetime import datetime, timedelta
from typing import Any

from tests.adapters.web_service import Answer, Asked, WebService

TOLERANCE = timedelta(minutes=5)
CALL = "POST /hook"


class Receiver(WebService):
    """Verifies what it is told as Standard Webhooks has it, and takes each call once."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.secret = ""
        self.called = threading.Event()
        self.calls: list[dict[str, Any]] = []
        self.ids: list[str] = []

    @property
    def told(self) -> list[tuple[str, int]]:
        """Kinds and versions of what it has taken."""
        return [(call["type"], call["data"]["version"]) for call in self.calls]

    def reply(self, asked: Asked) -> Answer | None:
        self.called.set()
        return super().reply(asked)

    def answer(self, asked: Asked) -> Answer:
        assert str(asked) == CALL
        identity, moment = asked.headers["Webhook-Id"], asked.headers["Webhook-Timestamp"]
        signed = f"{identity}.{moment}.{asked.content}".encode()
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert f"v1,{wanted}" in asked.headers["Webhook-Signature"].split(" ")
        assert abs(self.now.timestamp() - int(moment)) <= TOLERANCE.total_seconds()
        if identity not in self.ids:
            self.ids.append(identity)
            self.calls.append(json.loads(json.dumps(asked.fields)))
        return Answer(204)
