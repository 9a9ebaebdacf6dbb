"""What the actions are given: the scheduler, the people, the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.catalogue import Catalogue
from actions.context import Context
from actions.draft import Draft
from actions.facts import Facts
from actions.turn import Message, Turn
from scheduler_core.errors import UnknownBooking
from scheduler_core.model import Actor, Booking, Status
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Settings


@dataclass(frozen=True)
class Services:
    """The core, as far as conversations use it."""

    scheduler: Scheduler
    people: People
    settings: Settings

    def now(self) -> datetime:
        """The time of a turn; asked once and passed on."""
        return self.settings.clock.now()

    def facts(self, draft: Draft, message: Message, now: datetime) -> Facts:
        """What a turn may rely on, looked up.

        Raises:
            DatabaseUnavailable: the database cannot be used right now.

        """
        zone = zone_of(draft, message)
        return Facts(
            catalogue=self._catalogue(),
            now=now,
            zone=zone or self.settings.default_zone,
            zone_assumed=not zone,
            locale=message.locale if message.locale.startswith("en") else "en",
            booking=self._booking(draft, message.actor, now),
        )

    def context(self, message: Message, turn: Turn, facts: Facts) -> Context:
        """What carrying out a step needs."""
        settings = self.settings
        return Context(
            self.scheduler, message.actor, facts, turn, settings.organisation_name, settings.mail_from
        )

    def _catalogue(self) -> Catalogue:
        types = tuple(self.people.types())
        offers = {
            (person.handle, kind.handle) for kind in types for person in self.people.people_of(kind.handle)
        }
        return Catalogue(tuple(self.people.all()), types, frozenset(offers))

    def _booking(self, draft: Draft, actor: Actor, now: datetime) -> Booking | None:
        """The booking that this conversation made, while it can still be changed."""
        if draft.booked is None:
            return None
        try:
            booking = self.scheduler.find(draft.booked, actor=actor)
        except UnknownBooking:
            return None
        return booking if booking.status is Status.CONFIRMED and booking.time.start > now else None


def zone_of(draft: Draft, message: Message) -> str:
    """Where the writer is: as they said, as the browser says, as was known before; empty if nobody knows."""
    return draft.zone or draft.writer.zone or message.timezone or draft.writer.usual_zone
