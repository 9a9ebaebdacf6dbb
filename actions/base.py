"""The base of every action: it answers in time, whatever happens."""

from __future__ import annotations

import asyncio
import logging
import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import voice
from actions.replies import Reply
from actions.services import Services
from scheduler_core.errors import OutcomeUnknown, SchedulerError

log = logging.getLogger(__name__)

DEADLINE = 8.0  #: seconds, which is less than the channel waits


@dataclass(frozen=True)
class Result:
    """What an action says and what Rasa is to keep."""

    replies: tuple[Reply, ...]
    events: tuple[dict[str, Any], ...] = ()


class SafeAction(Action, ABC):
    """An action whose failure is a sentence, never silence; then Rasa's fields stay as they were."""

    def __init__(self, services: Services, *, deadline: float = DEADLINE) -> None:
        self._services = services
        self._deadline = deadline

    @abstractmethod
    def name(self) -> str:
        """The name in `domain.yml`."""

    @abstractmethod
    def work(self, tracker: Tracker) -> Result:
        """The action itself; it runs in a thread of its own and may raise."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Says what `work` returns, or what went wrong."""
        try:
            result = await asyncio.wait_for(asyncio.to_thread(self.work, tracker), self._deadline)
            _say(dispatcher, result.replies, domain, channel=tracker.get_latest_input_channel() or "")
        except Exception as error:  # noqa: BLE001  (silence would be worse than any answer)
            return self._failed(dispatcher, tracker, domain, error)
        return list(result.events)

    def failed_events(self) -> tuple[dict[str, Any], ...]:
        """What Rasa has to be told even when the action failed."""
        return ()

    def _failed(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any], error: Exception
    ) -> list[dict[str, Any]]:
        incident = uuid.uuid4().hex[:8]
        known = isinstance(error, SchedulerError | TimeoutError)
        name = error.code if isinstance(error, SchedulerError) else type(error).__name__
        log.error(
            "%s failed: %s, incident %s, message %s",
            self.name(), name, incident, tracker.latest_message.get("message_id"),
            exc_info=None if known else error,
        )  # fmt: skip
        reply = Reply(f"utter_{_code(error)}", {"incident": incident})
        dispatcher.messages.clear()
        _say(dispatcher, (reply,), domain, channel="")
        return list(self.failed_events())


def _code(error: Exception) -> str:
    """The part of a response's name that says what went wrong."""
    if isinstance(error, TimeoutError):
        return OutcomeUnknown.code
    return error.code if isinstance(error, SchedulerError) else "backend_down"


def _say(
    dispatcher: CollectingDispatcher, replies: tuple[Reply, ...], domain: Mapping[str, Any], *, channel: str
) -> None:
    for reply in replies:
        dispatcher.utter_message(**voice.message(reply, domain))
        card = voice.card(reply, domain, channel=channel)
        if card is not None:
            dispatcher.utter_message(json_message=card)
