"""The answer to whether, when and how somebody is reminded. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from actions.facts import Facts
from actions.replies import Lines, Listing, Part, Text, length
from scheduler_core.model import AppointmentType, Booking
from scheduler_core.personal_data import Reminders

_BY = {
    None: Part("reminded"),
    Reminders.MAIL: Part("reminded_mail"),
    Reminders.SMS: Part("reminded_sms"),
}


def answer(
    facts: Facts, kind: AppointmentType | None, booking: Booking | None
) -> tuple[str, dict[str, Text]]:
    """What is true for the booking; else for the type; else for each type.

    What somebody has said they want is known of those alone who have proven who they are.
    """
    if facts.usual.reminders is Reminders.NONE:
        return "utter_about_reminders_off", {}
    if booking is not None:
        return _of(facts, booking.kind, _to_come(facts, booking))
    if kind is not None:
        return _of(facts, kind, kind.reminders)
    return "utter_about_reminders_each", {
        "lines": Lines(tuple(_line(one, facts) for one in facts.catalogue.types))
    }


def _to_come(facts: Facts, booking: Booking) -> tuple[timedelta, ...]:
    return tuple(lead for lead in booking.kind.reminders if booking.time.start - lead > facts.now)


def _of(facts: Facts, kind: AppointmentType, leads: Sequence[timedelta]) -> tuple[str, dict[str, Text]]:
    if not kind.reminders:
        return "utter_about_reminders_none", {"kind": kind.name}
    if not leads:
        return "utter_about_reminders_over", {}
    return "utter_about_reminders", {
        "leads": _leads(leads, facts),
        "by": _BY[facts.usual.reminders],
    }


def _line(kind: AppointmentType, facts: Facts) -> Part:
    if not kind.reminders:
        return Part("kind_not_reminded", {"kind": kind.name})
    return Part("kind_reminded", {"kind": kind.name, "leads": _leads(kind.reminders, facts)})


def _leads(leads: Sequence[timedelta], facts: Facts) -> Listing:
    return Listing(tuple(length(lead, facts) for lead in sorted(leads, reverse=True)))
