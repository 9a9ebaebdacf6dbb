"""What a person of the calendar may do with their own day: be away, back, late; a plan, then one yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from actions.context import Context, Outcome
from actions.draft import Done, Draft, Errand, Meaning, Plan, Question
from actions.hostdays import ahead, host_line, stretches, times_of, today
from actions.replies import Button, Lines, Part, Reply, Text, named_button, numbered, option
from scheduler_core import wording
from scheduler_core.absences import Absence, AbsencePlan, LatenessPlan
from scheduler_core.errors import InvalidTime, SlotUnavailable
from scheduler_core.model import Actor, Booking, Person
from scheduler_core.timerange import TimeRange

_MOST_BUTTONS = 4


def plan(context: Context, draft: Draft, host: Actor) -> Outcome:
    """Says what being away, back or late would mean, and asks for the yes."""
    try:
        return _PLANS[draft.errand or Errand.BLOCK](context, draft, host)
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
    errand = draft.errand or Errand.BLOCK
    reply = _CARRIED_OUT[errand](context, draft, agreed, host)
    return Outcome(replace(finished, done=Done(errand, times=agreed.times)), (reply,))


def drop(_context: Context, draft: Draft) -> Outcome:
    """Nothing is changed."""
    return Outcome(draft.finished(booked=draft.booked), (Reply("utter_host_dropped"),))


def _block(context: Context, draft: Draft, agreed: Plan, host: Actor) -> Reply:
    absence = context.hosting.block(agreed.times, key=agreed.key, actor=host, reason=draft.note)
    return Reply("utter_host_blocked", {"lines": stretches(absence.times, absence.person)})


def _be_ill(context: Context, _draft: Draft, agreed: Plan, host: Actor) -> Reply:
    absence = context.hosting.be_ill(agreed.times, key=agreed.key, actor=host)
    values: dict[str, Text] = {
        "lines": stretches(absence.times, absence.person),
        "number": str(len(absence.called_off)),
    }
    return Reply("utter_host_ill", values)


def _come_back(context: Context, _draft: Draft, agreed: Plan, host: Actor) -> Reply:
    back = context.hosting.come_back(agreed.times, actor=host)
    return Reply("utter_host_back", {"lines": stretches(agreed.times, back.person)})


def _plan_absence(context: Context, draft: Draft, host: Actor) -> Outcome:
    person = context.hosting.person(host)
    found = context.hosting.plan_absence(_away(context, draft, person), host)
    name = "block" if draft.errand is Errand.BLOCK else "ill"
    values: dict[str, Text] = {
        "times": stretches(found.times, person),
        "affected": _affected(found, name),
    }
    return _ask(draft, Plan(f"{draft.id}/{name}", times=found.times), f"utter_ask_{name}", values)


def _away(context: Context, draft: Draft, person: Person) -> tuple[TimeRange, ...]:
    """When they want to be away: as planned before, as they say, today where they are ill and say nothing."""
    if draft.plan is not None:
        return draft.plan.times
    ill = draft.errand is Errand.ILL and not draft.when.says_when
    return tuple(times_of(context, today(context, person) if ill else draft.when, person))


def _plan_return(context: Context, draft: Draft, host: Actor) -> Outcome:
    """What was blocked by their own word and is open again if they are back."""
    person = context.hosting.person(host)
    times = _there(context, draft, person)
    if not times:
        found = context.hosting.absences(ahead(context), host)
        chosen = _chosen(context, draft, found)
        if len(chosen) > 1:
            return _which(draft, chosen, person)
        times = tuple(time for absence in chosen for time in absence.times)
    if not times:
        return _nothing_blocked(draft, person, ())
    back = context.hosting.plan_return(times, host)
    if not back.times:
        return _nothing_blocked(draft, person, times)
    lost = Lines(tuple(host_line(booking, person) for booking in back.called_off))
    values: dict[str, Text] = {
        "times": stretches(back.times, person),
        "affected": Part("bookings_back", {"lines": lost}) if back.called_off else Part("no_booking_back"),
    }
    return _ask(draft, Plan(f"{draft.id}/back", times=back.times), "utter_ask_back", values)


def _there(context: Context, draft: Draft, person: Person) -> tuple[TimeRange, ...]:
    """When they are there after all, as planned before or as they say; nothing where they do not say it."""
    if draft.plan is not None:
        return draft.plan.times
    said = context.turn.when if draft.asked is Question.APPOINTMENT else draft.when
    return tuple(times_of(context, said, person)) if said.says_when else ()


def _chosen(context: Context, draft: Draft, found: list[Absence]) -> list[Absence]:
    """The absences that may be meant: by a tap or a number; where nothing tells, all."""
    listed = [absence for absence in found if absence.id in draft.listed]
    choice = context.turn.choice
    if draft.asked is Question.APPOINTMENT and isinstance(choice, int) and choice <= len(listed):
        return [listed[choice - 1]]
    return listed or found


def _which(draft: Draft, found: list[Absence], person: Person) -> Outcome:
    """Asks which of several times blocked it is, each with a button."""
    draft = replace(draft, asked=Question.APPOINTMENT, listed=tuple(one.id for one in found))
    lines = [stretches(absence.times[:1], person) for absence in found]
    buttons = tuple(
        Button(line, option(draft, Meaning.APPOINTMENT, str(absence.id)))
        for line, absence in list(zip(lines, found, strict=True))[:_MOST_BUTTONS]
    )
    return Outcome(draft, (Reply("utter_ask_absence", {"lines": numbered(lines)}, buttons),))


def _nothing_blocked(draft: Draft, person: Person, times: tuple[TimeRange, ...]) -> Outcome:
    reply = Reply("utter_host_nothing_blocked", {"lines": stretches(times, person)})
    if not times:
        reply = Reply("utter_host_never_blocked")
    return Outcome(draft.finished(booked=draft.booked), (reply,))


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


def _affected(found: AbsencePlan, name: str) -> Text:
    if not found.bookings:
        return Part("no_booking_affected")
    lines = Lines(tuple(host_line(booking, found.person) for booking in found.bookings))
    return Part(f"bookings_{name}", {"lines": lines})


def _lateness(found: LatenessPlan, booking: Booking) -> dict[str, Text]:
    def clock(instant: datetime | None) -> str:
        return wording.clock_time(instant, found.person.zone, found.person.locale) if instant else ""

    other = found.collides_with
    return {
        "appointment": host_line(booking, found.person),
        "when": clock(found.start),
        "other": clock(other.start if other else None),
    }


_PLANS: dict[Errand, Callable[[Context, Draft, Actor], Outcome]] = {
    Errand.BLOCK: _plan_absence,
    Errand.ILL: _plan_absence,
    Errand.LATE: _plan_lateness,
    Errand.BACK: _plan_return,
}
_CARRIED_OUT: dict[Errand, Callable[[Context, Draft, Plan, Actor], Reply]] = {
    Errand.BLOCK: _block,
    Errand.ILL: _be_ill,
    Errand.BACK: _come_back,
}
