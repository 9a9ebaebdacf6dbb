"""The first page: what this is, what to write, who works here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from scheduler_core import wording
from scheduler_core.model import AppointmentType, Channel, Person
from webchat.api.assets import is_built
from webchat.api.given import GivenCore, GivenPages

CHANNELS = {
    Channel.IN_PERSON: "in person",
    Channel.PHONE: "by phone",
    Channel.ZOOM: "Zoom",
    Channel.GOOGLE_MEET: "Google Meet",
    Channel.JITSI: "Jitsi",
}


@dataclass(frozen=True)
class ShownPerson:
    """A person as the page shows them."""

    handle: str
    name: str
    initials: str
    kinds: str
    zone: str
    clock: str  #: what clocks show there now


@dataclass(frozen=True)
class ShownKind:
    """An appointment type as the page shows it."""

    name: str
    length: str
    channels: str


def routes(build: Path) -> APIRouter:
    """The first page, which holds the chat where `build` has it."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/", methods=["GET", "HEAD"])
    def first_page(core: GivenCore, pages: GivenPages) -> Response:
        offers = [(person, core.people.types_of(person.handle)) for person in core.people.all()]
        now, locale = core.settings.clock.now(), core.settings.default_locale
        values = {
            "is_built": is_built(build),
            "public_url": core.settings.public_url,
            "sentences": suggestions(offers),
            "people": [_person(person, kinds, now, locale) for person, kinds in offers],
            "kinds": [_kind(kind, locale) for kind in core.people.types()],
        }
        return pages.page("demo.html", values)

    return router


def suggestions(offers: Sequence[tuple[Person, Sequence[AppointmentType]]]) -> list[str]:
    """Sentences that this organisation's assistant understands; none where nobody can be booked yet."""
    bookable = [(person, kinds) for person, kinds in offers if kinds]
    if not bookable:
        return []
    versatile, kinds = max(bookable, key=lambda offer: len(offer[1]))
    usual, shortest = kinds[len(kinds) // 2], kinds[0]
    length = wording.duration(usual.duration, "en").capitalize()
    return [
        f"{length} with {versatile.name} next Tuesday afternoon? I'm Ann Lee, ann@example.com",
        f"The first free {shortest.name.lower()}, with anyone",
        f"A {usual.name.lower()} on Tuesday or Thursday between 2 and 5, but not at 3",
        f"When does {bookable[0][0].name} have time next week?",
    ]


def _person(person: Person, kinds: Sequence[AppointmentType], now: datetime, locale: str) -> ShownPerson:
    words = [word for word in person.name.split() if not word.endswith(".")] or person.name.split()
    return ShownPerson(
        handle=person.handle,
        name=person.name,
        initials="".join(word[0] for word in (words[0], *words[1:][-1:])),
        kinds=", ".join(kind.name for kind in kinds),
        zone=person.zone,
        clock=wording.clock_time(now, person.zone, locale),
    )


def _kind(kind: AppointmentType, locale: str) -> ShownKind:
    usual, *others = (wording.duration(length, locale) for length in kind.durations)
    return ShownKind(
        name=kind.name,
        length=usual + (f", or {' or '.join(others)}" if others else ""),
        channels=", ".join(CHANNELS[channel] for channel in kind.channels),
    )
