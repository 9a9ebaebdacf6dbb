"""What is said, as the names of responses and the values that fill them. Pure; no sentence stands here."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from actions.draft import Draft, Meaning, Option
from actions.facts import Facts
from scheduler_core import wording, zones
from scheduler_core.model import AppointmentType, Booking, Channel, Slot
from scheduler_core.timerange import TimeRange

_ID_LENGTH = 6
MANY = 8  #: names that can be read at one glance


@dataclass(frozen=True)
class Part:
    """A phrase of the domain, `utter_part_<name>`, with its values."""

    name: str
    values: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Lines:
    """Texts under each other."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Listing:
    """Texts as a sentence lists them: `A, B and C`, or with the style `or`: `A, B or C`."""

    items: tuple[Text, ...]
    style: Literal["standard", "or"] = "standard"


type Text = str | Part | Lines | Listing
"""What fills a response: text as it is, or what the domain's phrases make of it."""


@dataclass(frozen=True)
class Button:
    """An option with what stands on it."""

    title: Text
    option: Option


@dataclass(frozen=True)
class Reply:
    """One message."""

    response: str
    values: Mapping[str, Text] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    card: Mapping[str, Any] | None = None


def option(draft: Draft, meaning: Meaning, value: str = "", *, of: str = "") -> Option:
    """An option whose id says nothing, and counts only for this draft and what it is an option `of`."""
    seed = f"{draft.id}/{meaning.value}/{value}/{of}"
    digest = base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode()
    return Option(digest[:_ID_LENGTH].lower(), meaning, value)


def named_button(choice: Option) -> Button:
    """A button for an option that is called the same everywhere."""
    return Button(Part(f"button_{choice.meaning.value}"), choice)


def some(names: Sequence[str]) -> Listing:
    """The names; of many only the first, and that there are more."""
    shown = tuple(names[:MANY])
    return Listing((*shown, Part("more", {"number": str(len(names) - MANY)})) if len(names) > MANY else shown)


def numbered(items: Iterable[Text]) -> Lines:
    """The texts as lines with their numbers, as they can be named in an answer."""
    return Lines(
        tuple(Part("line", {"number": str(place), "item": item}) for place, item in enumerate(items, start=1))
    )


def who(handles: Sequence[str], facts: Facts) -> Listing:
    """The people's names."""
    return Listing(tuple(facts.catalogue.person(handle).name for handle in handles))


def length(time: timedelta, facts: Facts) -> str:
    """A length in words."""
    return wording.duration(time, facts.locale)


def moment(slot: Slot, facts: Facts) -> Text:
    """Day and time for the reader, and the time of the others where their clocks differ."""
    here = wording.moment(slot.time.start, facts.zone, facts.locale)
    theirs = tuple(
        Part("moment_there", {"there": _clock_there(slot.time.start, zone, facts), "zone": zone})
        for zone in _other_zones(slot, facts)
    )
    return Part("moment_both", {"here": here, "theirs": Listing(theirs)}) if theirs else here


def span(slot: Slot, facts: Facts) -> Text:
    """Day, hours and zone for the reader, and the hours of the others where their clocks differ."""
    here = wording.span(slot.time, facts.zone, facts.locale)
    theirs = tuple(
        Part(
            "span_there",
            {"there": _hours_there(slot.time, zone, facts), "zone": zone, "who": who(people, facts)},
        )
        for zone, people in _other_zones(slot, facts).items()
    )
    return Part("span_both", {"here": here, "theirs": Listing(theirs)}) if theirs else here


def place(channel: Channel, kind: AppointmentType, phone: str) -> Part:
    """How and where they meet."""
    if channel is Channel.IN_PERSON and kind.location:
        return Part("place", {"location": kind.location})
    return Part("call", {"phone": phone}) if channel is Channel.PHONE and phone else way(channel.value)


def way(channel: str) -> Part:
    """How people meet; `video` where it is all the same by which program."""
    return Part(f"way_{channel}")


def appointment(booking: Booking, facts: Facts) -> dict[str, Text]:
    """What every sentence about a stored booking may need, from its row."""
    attendee = booking.attendee
    return {
        "kind": booking.kind.name,
        "length": length(booking.time.length, facts),
        "who": Listing(tuple(person.name for person in booking.people)),
        "when": span(booking.slot, facts),
        "where": place(booking.channel, booking.kind, booking.phone),
        "name": attendee.name if attendee else "",
        "email": attendee.email if attendee else "",
        "reference": booking.reference,
    }


def booking_card(booking: Booking, facts: Facts) -> dict[str, Any]:
    """The booking as the widget shows it; beside it the text says only what is not in it."""
    return {
        "type": "booking",
        "status": booking.status.value,
        "reference": booking.reference,
        "title": booking.kind.name,
        "person": Listing(tuple(person.name for person in booking.people)),
        "attendee": booking.attendee.name if booking.attendee else "",
        "start": booking.time.start.isoformat().replace("+00:00", "Z"),
        "end": booking.time.end.isoformat().replace("+00:00", "Z"),
        "zone": facts.zone,
        "when": span(booking.slot, facts),
        "where": place(booking.channel, booking.kind, booking.phone),
        "link": booking.meeting.url if booking.meeting else None,
        "uid": str(booking.uid),
        "sequence": booking.sequence,
    }


def times_card(
    slots: Sequence[Slot], options: Sequence[Option], facts: Facts, *, alike: bool
) -> dict[str, Any]:
    """Times on offer as pages show them beside their text, and by what they find other days."""
    first = slots[0]
    return {
        "type": "times",
        "kind": first.kind,
        "people": list(first.people) if alike else [],
        "minutes": first.time.length // timedelta(minutes=1),
        "zone": facts.zone,
        "times": [
            {
                "payload": payload(choice),
                "day": wording.day(slot.time.start, facts.zone, facts.locale),
                "hours": wording.clock_time(slot.time.start, facts.zone, facts.locale),
                "who": "" if alike else ", ".join(facts.catalogue.person(one).name for one in slot.people),
            }
            for slot, choice in zip(slots, options, strict=True)
        ],
    }


def payload(choice: Option) -> str:
    """What a button of the option sends."""
    return f'/pick{{"option":"{choice.id}"}}'


def _other_zones(slot: Slot, facts: Facts) -> dict[str, tuple[str, ...]]:
    """The zones of the people whose clocks differ from the reader's, and who they are."""
    zones_there: dict[str, tuple[str, ...]] = {}
    for handle in slot.people:
        zone = facts.catalogue.person(handle).zone
        if zones.offset(slot.time.start, zone) != zones.offset(slot.time.start, facts.zone):
            zones_there[zone] = (*zones_there.get(zone, ()), handle)
    return zones_there


def _clock_there(start: datetime, zone: str, facts: Facts) -> str:
    """The time in another zone, with its day where that is not the reader's."""
    same_day = zones.local_date(start, zone) == zones.local_date(start, facts.zone)
    return (wording.clock_time if same_day else wording.moment)(start, zone, facts.locale)


def _hours_there(time: TimeRange, zone: str, facts: Facts) -> str:
    """The hours in another zone, with their day where that is not the reader's."""
    same_day = zones.local_date(time.start, zone) == zones.local_date(time.start, facts.zone)
    return (wording.hours if same_day else wording.period)(time, zone, facts.locale)
