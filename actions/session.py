"""The beginning of a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import draft
from actions.conversation import FIELD
from actions.draft import Draft


class SessionStart(Action):
    """A fresh draft that knows who the writer is; at the first message it is looked up what was left open."""

    def name(self) -> str:
        """`action_session_start`."""
        return "action_session_start"

    async def run(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Says nothing; a time that was held is given up by itself after ten minutes."""
        writer = draft.from_json(tracker.get_slot(FIELD) or {}).writer
        fresh = Draft(writer=writer.in_another_session(), begins=True)
        return [SessionStarted(), SlotSet(FIELD, draft.to_json(fresh)), ActionExecuted("action_listen")]
