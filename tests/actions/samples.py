"""A small practice, and the values that tests of the conversation are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from actions.catalogue import Catalogue
from actions.draft import Draft, Hold, Question, Writer
from actions.facts import Facts
from actions.turn import Named, Turn
from nlu.timephrases import wish_from
from scheduler_core.model import AppointmentType, Channel, Person, Slot
from scheduler_core.timerange import TimeRange

#: A Tuesday, ten o'clock in Berlin.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"

EVA = Person(1, "eva-meyer", "Dr. Eva Meyer", "eva@example.org", BERLIN)
BEN = Person(2, "ben-okafor", "Ben Okafor", "ben@example.org", "Europe/London")
ANA = Person(3, "ana-souza", "Ana Souza", "ana@example.org", "America/Sao_Paulo")

MINUTES = timedelta(minutes=1)
INTRO = AppointmentType("intro", "Intro", (15 * MINUTES,), channels=(Channel.JITSI, Channel.PHONE))
CONSULTATION = AppointmentType(
    "consultation",
    "Consultation",
    (30 * MINUTES, 45 * MINUTES, 60 * MINUTES),
    channels=(Channel.JITSI, Channel.PHONE, Channel.IN_PERSON),
    location="Room 4",
)
EXAMINATION = AppointmentType(
    "examination", "Examination", (60 * MINUTES,), channels=(Channel.IN_PERSON,), location="Room 1"
)
PRACTICE = Catalogue(
    people=(ANA, BEN, EVA),
    types=(INTRO, CONSULTATION, EXAMINATION),
    offers=frozenset(
        {(person.handle, kind.handle) for person in (ANA, BEN, EVA) for kind in (INTRO, CONSULTATION)}
        | {("eva-meyer", "examination")}
    ),
)
FACTS = Facts(PRACTICE, NOW, BERLIN)
ANN = Writer("Ann Lee", "ann@example.com")


def at(text: str) -> datetime:
    """An instant by its UTC time in November and December 2026, such as `12-01 13:00`."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def slot(text: str, *, person: str = "eva-meyer", minutes: int = 30, kind: str = "consultation") -> Slot:
    return Slot(TimeRange.starting(at(text), timedelta(minutes=minutes)), (person,), kind)


#: Three times of one afternoon with Dr. Meyer: 13:00, 14:30 and 16:30 in Berlin.
AFTERNOON = (slot("12-01 12:00"), slot("12-01 13:30"), slot("12-01 15:30"))


def says(
    text: str = "",
    intent: str = "inform",
    *,
    people: tuple[str, ...] = (),
    dates: tuple[tuple[str, str], ...] = (),
    **details: Any,
) -> Turn:
    """A message as it is understood; `dates` are words of the text and the day they mean."""
    entities = [_date(text, words, day) for words, day in dates]
    when = wish_from(text, entities, now=NOW, zone=BERLIN)
    named = tuple(Named(words, PRACTICE.named(words)) for words in people)
    return replace(Turn("m2", intent, text, people=named, when=when, minutes=when.minutes), **details)


def _date(text: str, words: str, day: str) -> dict[str, Any]:
    start = text.index(words)
    following = (datetime.fromisoformat(day) + timedelta(days=1)).date().isoformat()
    return {
        "entity": "date",
        "start": start,
        "end": start + len(words),
        "value": {"from": day, "to": following},
        "additional_info": {"text": words, "grain": "day"},
    }


def chosen(time: Slot = AFTERNOON[0], **changes: Any) -> Draft:
    """A draft in which a time was chosen from three, and is held."""
    held = Hold(UUID(int=7), time, NOW + timedelta(minutes=10))
    draft = Draft(
        id="m1",
        people=(time.people,),
        offers=AFTERNOON,
        chosen=time,
        hold=held,
        asked=Question.CONTACT,
        holds=1,
    )
    return replace(draft, **changes)
