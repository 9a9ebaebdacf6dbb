"""What carrying out a step needs, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from actions.draft import Draft
from actions.facts import Facts
from actions.replies import Reply
from actions.turn import Message, Turn
from scheduler_core.chat_consents import ChatConsents
from scheduler_core.hosting import Hosting
from scheduler_core.identity import Identity
from scheduler_core.model import Actor
from scheduler_core.preferences import Preferences
from scheduler_core.privacy import Privacy
from scheduler_core.scheduler import Scheduler
from scheduler_core.tickets import Tickets


class Then(Enum):
    """What follows a step."""

    WAIT = auto()  #: the writer has to answer
    GO_ON = auto()  #: the next step
    COME_BACK = auto()  #: the question that was open is put again


@dataclass(frozen=True)
class Outcome:
    """What came of a step."""

    draft: Draft
    replies: tuple[Reply, ...] = ()
    then: Then = Then.WAIT
    facts: Facts | None = None  #: what follows relies on these, if they are others than before


@dataclass(frozen=True)
class Context:
    """One turn of one conversation."""

    scheduler: Scheduler
    identity: Identity
    hosting: Hosting
    tickets: Tickets
    privacy: Privacy
    preferences: Preferences
    consents: ChatConsents
    actor: Actor  #: the conversation
    message: Message
    facts: Facts
    turn: Turn
    organisation: str
    human: str  #: the address where a person can be reached

    def changing(self, draft: Draft) -> Actor:
        """As whom times are held and changed: for a booking that is moved, as its owner."""
        return self.facts.owner or self.actor if draft.moving else self.actor
