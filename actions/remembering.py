"""What those who have proven their address usually want: kept, told, forgotten."""

from __future__ import annotations

from dataclasses import replace

from actions.context import Context, Outcome
from actions.draft import Draft
from actions.replies import Listing, Part, Reply, Text, way
from scheduler_core.identity import Proof
from scheduler_core.personal_data import Preference, Reminders


def remember(context: Context, draft: Draft, proof: Proof) -> Outcome:
    """Does with the preferences what was asked; what is now stored counts at once."""
    said, finished = draft.preferred, draft.finished(booked=draft.booked)
    email = proof.address or draft.writer.email
    if said.forget:
        context.preferences.forget(actor=proof.actor)
        facts = replace(context.facts, usual=Preference())
        return Outcome(finished, (Reply("utter_preferences_forgotten", {"email": email}),), facts=facts)
    if said.tell:
        return Outcome(finished, (_told(email, context.preferences.of(proof.actor)),))
    if not (said.is_detail or said.reminders):
        return Outcome(finished, (Reply("utter_preferences_zone"),))
    stored = context.preferences.keep(
        zone=said.zone, channel=said.channel, reminders=said.reminders, actor=proof.actor
    )
    new = Preference(said.zone, said.channel, Reminders(said.reminders) if said.reminders else None)
    replies = [Reply("utter_preferences_kept", {"email": email, "what": _words(new)})]
    if new.reminders is Reminders.SMS:
        replies.append(Reply("utter_reminders_by_text"))
    return Outcome(finished, tuple(replies), facts=replace(context.facts, usual=stored))


def _told(email: str, stored: Preference) -> Reply:
    if stored == Preference():
        return Reply("utter_no_preferences", {"email": email})
    return Reply("utter_preferences", {"email": email, "what": _words(stored)})


def _words(preference: Preference) -> Listing:
    parts: list[Text] = []
    if preference.zone:
        parts.append(Part("usual_zone", {"zone": preference.zone}))
    if preference.channel:
        parts.append(Part("usual_way", {"way": way(preference.channel)}))
    if preference.reminders is not None:
        parts.append(Part(f"reminders_{preference.reminders.value}"))
    return Listing(tuple(parts))
