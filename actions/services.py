"""What the actions are given: the scheduler, the people, the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.catalogue import Catalogue
from actions.context import Context
from actions.draft import Draft
from actions.facts import Facts
from actions.introducing import vouched
from actions.returning import spoken_of
from actions.turn import Message, Turn
from scheduler_core.chat_consents import ChatConsents
from scheduler_core.conversations import Conversations
from scheduler_core.hosting import Hosting
from scheduler_core.identity import Identity, Proof
from scheduler_core.model import Actor, Booking
from scheduler_core.people import People
from scheduler_core.personal_data import Preference
from scheduler_core.preferences import Preferences
from scheduler_core.privacy import Privacy
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Settings
from scheduler_core.tickets import Tickets


@dataclass(frozen=True)
class Services:
    """The core, as far as conversations use it."""

    scheduler: Scheduler
    people: People
    identity: Identity
    hosting: Hosting
    tickets: Tickets
    privacy: Privacy
    preferences: Preferences
    consents: ChatConsents
    conversations: Conversations
    settings: Settings

    def now(self) -> datetime:
        """The time of a turn; asked once and passed on."""
        return self.settings.clock.now()

    def facts(self, draft: Draft, message: Message, now: datetime) -> Facts:
        """What a turn may rely on, looked up.

        Raises:
            DatabaseUnavailable: the database cannot be used right now.

        """
        proven = self.identity.proven(channel=message.channel, sender=message.sender)
        proof = proven or vouched(self.identity, message)
        usual = self.preferences.of(proof.actor) if proof else Preference()
        zone = zone_of(draft, message, usual)
        booking, owner = self._booking(draft, message.actor, proof, now)
        return Facts(
            catalogue=self._catalogue(),
            now=now,
            zone=zone or self.settings.default_zone,
            zone_assumed=not zone,
            locale=message.locale if message.locale.startswith("en") else "en",
            booking=booking,
            owner=owner,
            proof=proof,
            usual=usual,
            chat=message.actor,
        )

    def context(self, message: Message, turn: Turn, facts: Facts) -> Context:
        """What carrying out a step needs."""
        settings = self.settings
        return Context(
            scheduler=self.scheduler,
            identity=self.identity,
            hosting=self.hosting,
            tickets=self.tickets,
            privacy=self.privacy,
            preferences=self.preferences,
            consents=self.consents,
            actor=message.actor,
            message=message,
            facts=facts,
            turn=turn,
            organisation=settings.organisation_name,
            human=settings.support_email,
        )

    def _catalogue(self) -> Catalogue:
        types = tuple(self.people.types())
        offers = {
            (person.handle, kind.handle) for kind in types for person in self.people.people_of(kind.handle)
        }
        return Catalogue(tuple(self.people.all()), types, frozenset(offers))

    def _booking(
        self, draft: Draft, actor: Actor, proof: Proof | None, now: datetime
    ) -> tuple[Booking | None, Actor | None]:
        """The booking that is spoken of, while it can still be changed, and as whom."""
        actors = (actor, proof.actor) if proof else (actor,)
        return spoken_of(self.scheduler, draft.booked, actors, now)


def zone_of(draft: Draft, message: Message, usual: Preference) -> str:
    """Where the writer is: as they said, as the browser says, as was known before; empty if nobody knows."""
    writer = draft.writer
    return draft.zone or writer.zone or message.timezone or usual.zone or writer.usual_zone
