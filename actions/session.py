"""The beginning of a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import draft
from actions.conversation import FIELD
from actions.draft import Draft


class SessionStart(Action):
    """A fresh draft; of the session before only who the writer is, and usually where, is kept."""

    def name(self) -> str:
        """`action_session_start`."""
        return "action_session_start"

    async def run(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Says nothing; a time that was held is given up by itself after ten minutes."""
        writer = draft.from_json(tracker.get_slot(FIELD) or {}).writer
        kept = replace(writer, zone="", usual_zone=writer.zone or writer.usual_zone)
        fresh = draft.to_json(Draft(writer=kept))
        return [SessionStarted(), SlotSet(FIELD, fresh), ActionExecuted("action_listen")]
