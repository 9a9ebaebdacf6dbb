"""What became of the mails about an appointment, and sending them again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from actions.asking import asks_for_link
from actions.catalogue import VIDEO
from actions.context import Context, Outcome, Then
from actions.draft import Draft
from actions.facts import Facts
from actions.managing import wants_copy
from actions.replies import Lines, Part, Reply, Text, place
from scheduler_core import wording
from scheduler_core.errors import TooOften
from scheduler_core.model import Actor, Booking
from scheduler_core.outbox import Delivered, Delivery

_YEAR = timedelta(days=365)


def about_mail(context: Context, draft: Draft) -> Outcome:
    """Sends the confirmation again, or tells what became of it, as it was asked."""
    return (send_copy if wants_copy(context.turn.text) else tell_delivery)(context, draft)


def tell_delivery(context: Context, draft: Draft) -> Outcome:
    """What became of the last mail to each of those who got one, as it is stored."""
    facts = context.facts
    if facts.booking is None:
        return Outcome(draft, (Reply("utter_unknown_booking"),), Then.COME_BACK)
    mails = context.scheduler.delivery(facts.booking.uid, actor=facts.owner or context.actor)
    lines = Lines((*(_state(mail, facts) for mail in mails), *_link(context, facts.booking)))
    values: dict[str, Text] = {"reference": facts.booking.reference, "lines": lines, "human": context.human}
    return Outcome(draft, (Reply("utter_delivery" if mails else "utter_no_mail", values),), Then.COME_BACK)


def send_copy(context: Context, draft: Draft) -> Outcome:
    """Mails the confirmation again to the address it went to."""
    booking = context.facts.booking
    if booking is None:
        return Outcome(draft, (Reply("utter_unknown_booking"),), Then.COME_BACK)
    key = f"{draft.id}/{context.turn.id}/copy"
    values: dict[str, Text] = {
        "email": booking.attendee.email if booking.attendee else "",
        "reference": booking.reference,
        "human": context.human,
    }
    try:
        context.scheduler.resend(booking.uid, key=key, actor=context.facts.owner or context.actor)
    except TooOften:
        return Outcome(draft, (Reply("utter_copy_too_often", values),), Then.COME_BACK)
    return Outcome(draft, (Reply("utter_copy_sent", values),), Then.COME_BACK)


def send_data_link(context: Context, draft: Draft, actor: Actor) -> Outcome:
    """Mails a link under which all that is kept about the proven address is shown and can be erased."""
    finished = draft.finished(booked=draft.booked)
    years = str(round(context.privacy.kept().bookings / _YEAR))
    try:
        wanted = context.privacy.request(key=f"{draft.id}/data", actor=actor)
    except TooOften:
        return Outcome(finished, (Reply("utter_data_too_often", {"human": context.human}),))
    hours = str(round((wanted.expires_at - context.facts.now).total_seconds() / 3600))
    values: dict[str, Text] = {"email": wanted.address, "hours": hours, "years": years}
    return Outcome(finished, (Reply("utter_data_link", values),))


def _link(context: Context, booking: Booking) -> Iterator[Part]:
    """What became of the link to an appointment online; of any other, only where it was asked for."""
    if booking.channel not in VIDEO:
        if asks_for_link(context.turn.text):
            yield Part("link_none", {"where": place(booking.channel, booking.kind, booking.phone)})
        return
    actor = context.facts.owner or context.actor
    if booking.meeting is not None:
        yield Part("link_there", {"link": booking.meeting.url})
    elif context.scheduler.link_awaited(booking.uid, actor=actor):
        yield Part("link_waiting")
    else:
        yield Part("link_failed", {"human": context.human})


def _state(mail: Delivery, facts: Facts) -> Part:
    values: dict[str, Text] = {"email": mail.address}
    if mail.state is Delivered.FAILED:
        trouble = mail.trouble.value if mail.trouble else "unreachable"
        return Part(f"mail_{trouble}", values)
    if mail.at is None:
        return Part("mail_waiting", values)
    return Part("mail_sent", {**values, "when": wording.moment(mail.at, facts.zone, facts.locale)})
