"""What Rasa works with, for those who look after it: `GET /webhooks/health/`, on this machine only."""

from __future__ import annotations

import os
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.guard import Handler
from scheduler_core.settings import read_settings


class HealthChannel(InputChannel):
    """No channel to talk by: it says which model answers, and what that was trained from.

    Rasa's own `/status` belongs to its API, which can also exchange the model, and stays closed.
    """

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint

    @classmethod
    def name(cls) -> str:
        """`health`."""
        return "health"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> HealthChannel:  # noqa: ARG003  (Rasa's signature)
        """The channel as the environment sets it up.

        Raises:
            InvalidSetting: the environment is no good.

        """
        return cls(read_settings(os.environ).model_fingerprint)

    def blueprint(self, on_new_message: Handler) -> Blueprint:  # noqa: ARG002  (nothing is said here)
        """The one route: 200 with the model, or 503 while there is none."""
        webhook = Blueprint("health_webhook", __name__)

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"status": "no model"}, status=503)
            return response.json({"status": "ok", "model": self._model(agent.processor)})

        return webhook

    def _model(self, processor: Any) -> dict[str, str]:
        return {
            "name": processor.model_filename,
            "trained_at": f"{processor.model_metadata.trained_at.isoformat()}Z",
            "fingerprint": self._fingerprint,
        }
