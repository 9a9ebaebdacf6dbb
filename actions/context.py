"""What carrying out a step needs, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from actions.draft import Draft
from actions.facts import Facts
from actions.replies import Reply
from actions.turn import Turn
from scheduler_core.model import Actor
from scheduler_core.scheduler import Scheduler


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


@dataclass(frozen=True)
class Context:
    """One turn of one conversation."""

    scheduler: Scheduler
    actor: Actor
    facts: Facts
    turn: Turn
    organisation: str
    human: str  #: the address where a person can be reached
