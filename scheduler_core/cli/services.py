"""What the doctor has to say of others: Twilio, Telegram, Slack, webhooks, and who comes to the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from scheduler_core.bootstrap import Core
from scheduler_core.cli import slack, telegram
from scheduler_core.db import webhooks
from scheduler_core.errors import DeliveryError
from scheduler_core.meetings.line import Patience
from scheduler_core.settings import Settings
from scheduler_core.twilio import TwilioMessenger

Remark = tuple[bool, str]  #: whether it is well, and what it is
SECONDS = 5.0  #: that anybody may take to answer


def remarks(core: Core) -> Iterator[Remark]:
    """What was found; nothing of what is not set up."""
    if core.settings.twilio is not None:
        yield texts(core.settings)
    if core.settings.telegram is not None:
        yield telegram.remark(core.settings.telegram, core.settings.chat_url)
    if core.settings.slack is not None:
        yield slack.remark(core.settings.slack)
    yield from calls(core)
    yield desk(core.settings)


def texts(settings: Settings) -> Remark:
    """Whether Twilio lets us in; no text is sent."""
    if settings.twilio is None:
        return True, "twilio: no account, so all are reminded by mail"
    patience = Patience(connecting=SECONDS, answer=SECONDS, whole=2 * SECONDS)
    try:
        asyncio.run(TwilioMessenger(settings.twilio, settings.clock, patience).check())
    except DeliveryError as error:
        return False, f"twilio: {error.details['reason']}; see the TWILIO_… settings and docs/reminders.md"
    return True, "twilio: the account lets us in"


def calls(core: Core) -> Iterator[Remark]:
    """How many webhooks there are, and which of them do not take what they are told."""
    with core.store.reading() as connection:
        found, failing = webhooks.every(connection), webhooks.failing(connection)
    for one in found:
        if one.switched_off_at is not None:
            yield False, f"webhook: {one.url}: switched off, as it answered 410; remove it, or add it again"
        elif one.id in failing:
            untold, said = failing[one.id]
            yield False, f"webhook: {one.url}: {untold} not taken, {said}; see docs/webhooks.md"
    if found:
        yield True, f"webhooks: {len(found)}"


def desk(settings: Settings) -> Remark:
    """Who sees every calendar at the hosts' desk; persons see their own without being named."""
    if not settings.admin_emails:
        return True, "desk: nobody sees every calendar; name them in ADMIN_EMAILS, if somebody should"
    return True, f"desk: {', '.join(settings.admin_emails)} see every calendar"
