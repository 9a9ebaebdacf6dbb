"""What those who have proven their address have said they usually want. Nothing here is inferred."""

from __future__ import annotations

from scheduler_core import zones
from scheduler_core.clock import Clock
from scheduler_core.db import preferences
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidText, NotAllowed
from scheduler_core.model import Actor, ActorKind, Channel
from scheduler_core.personal_data import ANY_VIDEO, Preference, Reminders

_WAYS = frozenset({ANY_VIDEO, *(channel.value for channel in Channel)})


class Preferences:
    """Preferences by address. Every method may also raise DatabaseUnavailable or OutcomeUnknown."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def of(self, actor: Actor) -> Preference:
        """What is stored for the address that the actor has proven; nothing for everybody else."""
        if actor.kind is not ActorKind.ATTENDEE:
            return Preference()
        with self._store.reading() as connection:
            return preferences.find(connection, actor.id) or Preference()

    def keep(self, *, zone: str = "", channel: str = "", reminders: str = "", actor: Actor) -> Preference:
        """Keeps what is given and leaves the rest as it was; what is now stored. Twice is once.

        Raises:
            NotAllowed: the actor has not proven an address.
            UnknownZone, InvalidText: a part of it cannot be used.

        """
        _check_proven(actor)
        if channel and channel not in _WAYS:
            raise InvalidText(value=channel)
        if reminders and reminders not in set(Reminders):
            raise InvalidText(value=reminders)
        given = Preference(
            zone=zones.canonical(zone) if zone else "",
            channel=channel,
            reminders=Reminders(reminders) if reminders else None,
        )
        with self._store.transaction() as connection:
            return preferences.put(connection, actor.id, given, self._clock.now())

    def forget(self, *, actor: Actor) -> None:
        """Forgets all of it.

        Raises:
            NotAllowed: the actor has not proven an address.

        """
        _check_proven(actor)
        with self._store.transaction() as connection:
            preferences.drop(connection, actor.id)


def _check_proven(actor: Actor) -> None:
    if actor.kind is not ActorKind.ATTENDEE:
        raise NotAllowed(actor=actor.kind.value)
