"""Appointment types as administrators set them at the desk. Each method is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from scheduler_core.clock import Clock
from scheduler_core.db import desk
from scheduler_core.db import people as rows
from scheduler_core.db.store import Store
from scheduler_core.errors import Conflict, UnknownType
from scheduler_core.model import AppointmentType
from scheduler_core.people import check_type
from scheduler_core.signing_in import Member


@dataclass(frozen=True)
class Offered:
    """An appointment type, and the handles of those who offer it, sorted."""

    kind: AppointmentType
    people: tuple[str, ...]

    @property
    def version(self) -> str:
        """Another one for every other content."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


class DeskTypes:
    """Appointment types. May also raise DatabaseUnavailable or OutcomeUnknown."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def all(self) -> list[Offered]:
        """Every type, shortest first."""
        with self._store.reading() as connection:
            return [_offered(connection, kind) for kind in rows.all_types(connection)]

    def get(self, handle: str) -> Offered:
        """The type of that handle.

        Raises:
            UnknownType: there is none.

        """
        with self._store.reading() as connection:
            return _offered(connection, rows.known_type(connection, handle))

    def add(self, kind: AppointmentType, people: Sequence[str], *, member: Member) -> Offered:
        """Adds the type.

        Raises:
            Conflict: there is one of that handle.
            InvalidName, InvalidText, InvalidDuration, InvalidChannel: a part of it cannot be used.
            UnknownPerson: there is no such person.

        """
        check_type(kind)
        with self._store.transaction() as connection:
            if _exists(connection, kind.handle):
                raise Conflict(type=kind.handle)
            return self._put(connection, kind, people, member)

    def change(
        self, kind: AppointmentType, people: Sequence[str], *, seen: str | None, member: Member
    ) -> Offered:
        """Gives the type this policy, if what was `seen` is still there; bookings stay as they are.

        Raises:
            UnknownType: there is none of that handle.
            Conflict: somebody has changed it in between.
            InvalidName, InvalidText, InvalidDuration, InvalidChannel: a part of it cannot be used.
            UnknownPerson: there is no such person.

        """
        check_type(kind)
        with self._store.transaction() as connection:
            rows.lock_type(connection, kind.handle)
            present = _offered(connection, rows.known_type(connection, kind.handle))
            if seen is not None and seen != present.version:
                raise Conflict(seen=seen)
            return self._put(connection, kind, people, member)

    def _put(
        self, connection: Connection, kind: AppointmentType, people: Sequence[str], member: Member
    ) -> Offered:
        numbers = [rows.known_person(connection, handle).number for handle in sorted(set(people))]
        rows.put_type(connection, kind)
        rows.replace_offers(connection, kind.handle, numbers)
        desk.write_down(connection, member.address, None, "appointment type", kind.handle, self._clock.now())
        return _offered(connection, kind)


def _exists(connection: Connection, handle: str) -> bool:
    try:
        rows.known_type(connection, handle)
    except UnknownType:
        return False
    return True


def _offered(connection: Connection, kind: AppointmentType) -> Offered:
    people = rows.people_offering(connection, kind.handle)
    return Offered(kind, tuple(sorted(person.handle for person in people)))
