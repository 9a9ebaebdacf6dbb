"""By which clocks the desk shows a person's time: browsers may not know the newest rules of a zone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from scheduler_core.model import Person
from scheduler_core.timerange import TimeRange
from webchat.api.schemas import Offset, PublicPerson

_YEARS = 3  #: shown back and ahead


class DeskPerson(PublicPerson):
    """Whose calendar the desk shows. `offsets` are those of their zone, for all that it shows."""

    offsets: list[Offset]


def desk_person(person: Person, now: datetime) -> DeskPerson:
    """The person with the offsets of years around `now`."""
    return DeskPerson(
        handle=person.handle, name=person.name, zone=person.zone, offsets=_offsets(person.zone, now.year)
    )


@lru_cache(maxsize=256)
def _offsets(zone: str, year: int) -> list[Offset]:
    first, end = (datetime(at, 1, 1, tzinfo=UTC) for at in (year - _YEARS, year + _YEARS + 1))
    return Offset.within(TimeRange(first, end), zone)
