"""Times to choose from in a mail, each with the link that takes it; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlencode

from scheduler_core import wording
from scheduler_core.absences import Alternative
from scheduler_core.mail.letter import Letter


@dataclass(frozen=True)
class Offer:
    """One time, as the reader of a mail sees it."""

    words: str
    url: str


def offers(facts: Letter, choice_url: str, alternatives: Iterable[Alternative]) -> tuple[Offer, ...]:
    """The alternatives in the reader's zone; who it is with is said where it is somebody else."""
    return tuple(_offer(facts, choice_url, one) for one in alternatives)


def absence(facts: Letter) -> str:
    """Why it cannot take place, as far as the reader is told; never the reason for it."""
    people = facts.booking.people
    return f"{people[0].name} cannot be there" if len(people) == 1 else "not everybody can be there"


def _offer(facts: Letter, choice_url: str, one: Alternative) -> Offer:
    words = wording.period(one.time, facts.reader.zone, facts.reader.locale)
    if set(one.people) != set(facts.booking.people):
        words = f"{words}, with {' and '.join(person.name for person in one.people)}"
    query = [("start", f"{one.time.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")]
    query += [("with", person.handle) for person in one.people]
    return Offer(words, f"{choice_url}?{urlencode(query)}")
