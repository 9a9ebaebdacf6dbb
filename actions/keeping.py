"""What of a draft outlives its session: kept under channel and sender, found when the next one begins."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from actions import draft
from actions.draft import Draft, Question
from actions.progress import progress
from actions.resuming import taken_up
from actions.turn import Message
from scheduler_core.conversations import Conversations
from scheduler_core.errors import SchedulerError
from scheduler_core.personal_data import KeptConversation
from scheduler_core.texts import address_key

log = logging.getLogger(__name__)

VERSION = 1  #: of what is kept; what another version has kept is left alone
RECENT = timedelta(hours=24)  #: so long something unfinished is worth going on with


def keep(conversations: Conversations, before: Draft, after: Draft, message: Message, now: datetime) -> None:
    """Keeps what lasts of the draft, where the turn has changed it; whether that worked changes no answer."""
    lasts = lasting(after)
    if lasts == lasting(before):
        return
    kept = KeptConversation(
        channel=message.channel,
        sender=message.sender,
        address=lasts.writer.email,
        guests=tuple(map(address_key, lasts.guests)),
        version=VERSION,
        content=draft.to_json(lasts),
        updated_at=now,
    )
    try:
        conversations.keep(kept, progress(before, after))
    except SchedulerError as error:
        log.warning("a conversation was not kept: %s, message %s", error.code, message.id)


def lasting(before: Draft) -> Draft:
    """The draft without what counts in one session only, above all the yes that was asked for."""
    open_ = before.open and before.asked is not Question.HERE  # that is asked once, and not gone on with
    if not open_ and not before.handed_over:
        return replace(before.finished(booked=before.booked, former=before.former), done=before.done)
    waiting = lasting(before.waiting) if before.waiting else None
    return replace(before, begins=False, confirmation=None, misunderstood=0, waiting=waiting)


def continued(conversations: Conversations, before: Draft, message: Message, now: datetime) -> Draft:
    """The draft at a message; at the first one of a session with what was kept of those before.

    Raises:
        DatabaseUnavailable: the database cannot be used right now.

    """
    if not before.begins:
        return before
    kept = conversations.kept(channel=message.channel, sender=message.sender)
    if kept is None or kept.version != VERSION:
        return before
    is_recent = now - kept.updated_at < RECENT
    return taken_up(before, draft.from_json(kept.content), now=now, is_recent=is_recent)
