"""The own days of a person of the calendar: what is booked, what is free, what their phrases mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from actions.context import Context, Outcome
from actions.draft import Draft, Errand
from actions.managing import whole_day
from actions.replies import Lines, Part, Reply, Text
from nlu.windows import booking_wish
from nlu.wishes import TimeWish
from scheduler_core import wording, zones
from scheduler_core.model import Actor, Booking, Person
from scheduler_core.timerange import TimeRange, intersect, subtract

_HORIZON = timedelta(days=100)
_HOUR = timedelta(hours=1)


def tell(context: Context, draft: Draft, host: Actor) -> Outcome:
    """What they ask about their own days."""
    reply = _TOLD[draft.errand or Errand.LIST](context, draft, host)
    return Outcome(draft.finished(booked=draft.booked), (reply,))


def ahead(context: Context) -> TimeRange:
    """As far as is looked ahead where nothing is said."""
    return TimeRange(context.facts.now, context.facts.now + _HORIZON)


def times_of(context: Context, when: TimeWish, person: Person) -> list[TimeRange]:
    """The times that are meant, on the person's clock; of hours, those in which they work."""
    now = context.facts.now
    wish = booking_wish(when, now=now, zone=person.zone, until=now + _HORIZON)
    named = [*wish.windows, *(TimeRange.starting(start, _length(when)) for start in wish.starts[:2])]
    if not named or not any(part.timed for part in when.parts):
        return named
    hours = context.scheduler.calendar(person.handle, _around(named)).open
    return intersect(named, hours) or named


def today(context: Context, person: Person) -> TimeWish:
    """The wish for the day that it is where the person is."""
    return whole_day(zones.local_date(context.facts.now, person.zone))


def stretches(times: Sequence[TimeRange], person: Person) -> Lines:
    """The times in words, one below the other."""
    return Lines(tuple(_stretch(one, person) for one in times))


def host_line(booking: Booking, person: Person) -> Part:
    """The booking in one line, as its host sees it."""
    values: dict[str, Text] = {
        "when": wording.period(booking.time, person.zone, person.locale),
        "kind": booking.kind.name,
        "name": booking.attendee.name if booking.attendee else "",
    }
    return Part("host_line", values)


def _booked(context: Context, draft: Draft, host: Actor) -> Reply:
    """Their appointments of the days that were named, else of today."""
    person = context.hosting.person(host)
    times = _asked(context, draft, person)
    found = context.hosting.day(_around(times), host) if times else []
    day = _stretch(_around(times), person) if times else ""
    if not found:
        return Reply("utter_host_day_empty", {"day": day})
    lines = Lines(tuple(host_line(booking, person) for booking in found))
    return Reply("utter_host_day", {"day": day, "lines": lines})


def _next(context: Context, _draft: Draft, host: Actor) -> Reply:
    """Their next appointment that has not begun."""
    person, now = context.hosting.person(host), context.facts.now
    found = [booking for booking in context.hosting.day(ahead(context), host) if booking.time.start >= now]
    if not found:
        return Reply("utter_host_none_to_come")
    return Reply("utter_host_next", {"appointment": host_line(found[0], person)})


def _free(context: Context, draft: Draft, host: Actor) -> Reply:
    """When they work on the days that were named, else today, and have nothing to do."""
    person = context.hosting.person(host)
    times = _asked(context, draft, person)
    if not times:
        return Reply("utter_host_full", {"day": ""})
    calendar = context.scheduler.calendar(person.handle, _around(times))
    free = intersect(times, subtract(calendar.open, calendar.busy), [ahead(context)])
    day = _stretch(_around(times), person)
    if not free:
        return Reply("utter_host_full", {"day": day})
    return Reply("utter_host_free", {"day": day, "lines": stretches(free, person)})


def _asked(context: Context, draft: Draft, person: Person) -> list[TimeRange]:
    when = draft.when if draft.when.says_when else today(context, person)
    return times_of(context, when, person)


def _around(times: Sequence[TimeRange]) -> TimeRange:
    return TimeRange(min(times).start, max(one.end for one in times))


def _length(when: TimeWish) -> timedelta:
    return timedelta(minutes=when.minutes) if when.minutes else _HOUR


def _stretch(time: TimeRange, person: Person) -> str:
    """Whole days as days, all else with its hours."""
    days = zones.day_range(zones.local_date(time.start, person.zone), person.zone)
    if time.end <= days.end and (time.start, time.end) != (days.start, days.end):
        return wording.span(time, person.zone, person.locale)
    first = wording.day(time.start, person.zone, person.locale)
    last = wording.day(time.end - timedelta(seconds=1), person.zone, person.locale)
    return first if first == last else f"{first} – {last}"


_TOLD: dict[Errand, Callable[[Context, Draft, Actor], Reply]] = {
    Errand.LIST: _booked,
    Errand.NEXT: _next,
    Errand.FREE: _free,
}
