"""What a person of the calendar may do with their own day: a plan first, then one yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from actions.context import Context, Outcome
from actions.draft import Draft, Errand, Meaning, Plan, Question
from actions.managing import whole_day
from actions.replies import Button, Lines, Part, Reply, Text, named_button, option
from nlu.windows import booking_wish
from nlu.wishes import TimeWish
from scheduler_core import wording, zones
from scheduler_core.absences import AbsencePlan, LatenessPlan
from scheduler_core.errors import InvalidTime, SlotUnavailable
from scheduler_core.model import Actor, Booking, Person
from scheduler_core.timerange import TimeRange, intersect

_HORIZON = timedelta(days=100)
_HOUR = timedelta(hours=1)
_AWAY = frozenset({Errand.BLOCK, Errand.ILL})


def tell_day(context: Context, draft: Draft, host: Actor) -> Outcome:
    """Their appointments of the day that was named, else of today."""
    person = context.hosting.person(host)
    when = draft.when if draft.when.says_when else _today(context, person)
    times = _times(context, when, person)
    window = TimeRange(times[0].start, max(one.end for one in times)) if times else None
    found = context.hosting.day(window, host) if window else []
    draft = draft.finished(booked=draft.booked)
    day = _stretch(window, person) if window else ""
    if not found:
        return Outcome(draft, (Reply("utter_host_day_empty", {"day": day}),))
    lines = Lines(tuple(_line(booking, person) for booking in found))
    return Outcome(draft, (Reply("utter_host_day", {"day": day, "lines": lines}),))


def plan(context: Context, draft: Draft, host: Actor) -> Outcome:
    """Says what being away or late would mean, and asks for the yes."""
    try:
        return (_plan_absence if draft.errand in _AWAY else _plan_lateness)(context, draft, host)
    except InvalidTime:
        return _unclear(draft)


def carry_out(context: Context, draft: Draft) -> Outcome:
    """Does what the yes was given for; the same yes again does nothing more."""
    proof, agreed = context.facts.proof, draft.plan
    host = proof.host if proof else None
    finished = draft.finished(booked=draft.booked)
    if agreed is None or host is None:
        return Outcome(finished, (Reply("utter_not_allowed"),))
    if agreed.uid is not None:
        return Outcome(finished, (_be_late(context, agreed, host),))
    if draft.errand is Errand.BLOCK:
        absence = context.hosting.block(agreed.times, key=agreed.key, actor=host, reason=draft.note)
        blocked = {"lines": _lines(absence.times, absence.person)}
        return Outcome(finished, (Reply("utter_host_blocked", blocked),))
    absence = context.hosting.be_ill(agreed.times, key=agreed.key, actor=host)
    values: dict[str, Text] = {
        "lines": _lines(absence.times, absence.person),
        "number": str(len(absence.called_off)),
    }
    return Outcome(finished, (Reply("utter_host_ill", values),))


def drop(_context: Context, draft: Draft) -> Outcome:
    """Nothing is changed."""
    return Outcome(draft.finished(booked=draft.booked), (Reply("utter_host_dropped"),))


def _plan_absence(context: Context, draft: Draft, host: Actor) -> Outcome:
    person = context.hosting.person(host)
    when = draft.when
    if draft.errand is Errand.ILL and not when.says_when:
        when = _today(context, person)
    found = context.hosting.plan_absence(_times(context, when, person), host)
    name = "block" if draft.errand is Errand.BLOCK else "ill"
    values: dict[str, Text] = {
        "times": _lines(found.times, person),
        "affected": _affected(found, name),
    }
    return _ask(draft, Plan(f"{draft.id}/{name}", times=found.times), f"utter_ask_{name}", values)


def _plan_lateness(context: Context, draft: Draft, host: Actor) -> Outcome:
    if not draft.minutes:
        return _unclear(draft)
    found = context.hosting.plan_lateness(draft.minutes, host)
    if found.booking is None:
        return Outcome(draft.finished(booked=draft.booked), (Reply("utter_host_not_late"),))
    values = _lateness(found, found.booking)
    if found.collides_with is not None:
        return Outcome(draft.finished(booked=draft.booked), (Reply("utter_host_collides", values),))
    agreed = Plan(f"{draft.id}/late", uid=found.booking.uid, minutes=found.minutes)
    return _ask(draft, agreed, "utter_ask_late", values)


def _be_late(context: Context, agreed: Plan, host: Actor) -> Reply:
    if agreed.uid is None:
        return Reply("utter_host_not_late")
    try:
        delay = context.hosting.be_late(agreed.uid, agreed.minutes, key=agreed.key, actor=host)
    except SlotUnavailable:
        return Reply("utter_host_late_taken")
    zone, locale = delay.person.zone, delay.person.locale
    return Reply("utter_host_late", {"when": wording.clock_time(delay.start, zone, locale)})


def _ask(draft: Draft, agreed: Plan, response: str, values: dict[str, Text]) -> Outcome:
    """One yes to exactly this plan."""
    draft = replace(draft, plan=agreed, asked=Question.PLAN)
    of = f"{agreed}"
    buttons = (
        Button(Part("button_plan"), option(draft, Meaning.YES, of=of)),
        named_button(option(draft, Meaning.STOP, of=of)),
    )
    return Outcome(draft, (Reply(response, values, buttons),))


def _unclear(draft: Draft) -> Outcome:
    """How to say it so that it can be done."""
    errand = draft.errand or Errand.BLOCK
    return Outcome(draft.finished(booked=draft.booked), (Reply(f"utter_host_how_{errand.value}"),))


def _times(context: Context, when: TimeWish, person: Person) -> list[TimeRange]:
    """The times that are meant, on the person's clock; of hours, those in which they work."""
    now = context.facts.now
    wish = booking_wish(when, now=now, zone=person.zone, until=now + _HORIZON)
    named = [*wish.windows, *(TimeRange.starting(start, _length(when)) for start in wish.starts[:2])]
    if not named or not any(part.timed for part in when.parts):
        return named
    around = TimeRange(min(named).start, max(one.end for one in named))
    return intersect(named, context.scheduler.calendar(person.handle, around).open) or named


def _length(when: TimeWish) -> timedelta:
    return timedelta(minutes=when.minutes) if when.minutes else _HOUR


def _today(context: Context, person: Person) -> TimeWish:
    return whole_day(zones.local_date(context.facts.now, person.zone))


def _affected(found: AbsencePlan, name: str) -> Text:
    if not found.bookings:
        return Part("no_booking_affected")
    lines = Lines(tuple(_line(booking, found.person) for booking in found.bookings))
    return Part(f"bookings_{name}", {"lines": lines})


def _lateness(found: LatenessPlan, booking: Booking) -> dict[str, Text]:
    def clock(instant: datetime | None) -> str:
        return wording.clock_time(instant, found.person.zone, found.person.locale) if instant else ""

    other = found.collides_with
    return {
        "appointment": _line(booking, found.person),
        "when": clock(found.start),
        "other": clock(other.start if other else None),
    }


def _lines(times: Sequence[TimeRange], person: Person) -> Lines:
    return Lines(tuple(_stretch(one, person) for one in times))


def _stretch(time: TimeRange, person: Person) -> str:
    """Whole days as days, all else with its hours."""
    days = zones.day_range(zones.local_date(time.start, person.zone), person.zone)
    if time.end <= days.end and (time.start, time.end) != (days.start, days.end):
        return wording.span(time, person.zone, person.locale)
    first = wording.day(time.start, person.zone, person.locale)
    last = wording.day(time.end - timedelta(seconds=1), person.zone, person.locale)
    return first if first == last else f"{first} – {last}"


def _line(booking: Booking, person: Person) -> Part:
    values: dict[str, Text] = {
        "when": wording.period(booking.time, person.zone, person.locale),
        "kind": booking.kind.name,
        "name": booking.attendee.name if booking.attendee else "",
    }
    return Part("host_line", values)
