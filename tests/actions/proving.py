"""Appointments that were made elsewhere, and the codes by which their owners reach them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from actions.conversation import Converse
from actions.services import Services
from scheduler_core.codes import code_of
from scheduler_core.db import proofs
from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind, Attendee, Booking
from scheduler_core.timerange import TimeRange
from tests.actions.samples import NOW, slot
from tests.actions.talk import Talk, entity

OPERATOR = Actor(ActorKind.OPERATOR, "test")
ALWAYS = TimeRange(NOW, NOW + timedelta(days=60))
ANN = Attendee("Ann Lee", "ann@example.com", "Europe/Berlin")
EMAIL = entity("email", "ann@example.com")


def made(services: Services, time: str, attendee: Attendee = ANN) -> Booking:
    """An appointment with Ben that was made elsewhere."""
    return services.scheduler.book(slot(time, person="ben-okafor"), attendee, key=time, actor=OPERATOR)


def stored(services: Services) -> list[Booking]:
    return services.scheduler.agenda(people=[], window=ALWAYS, actor=OPERATOR)


def mailed(store: Store) -> list[str]:
    """The codes that are to be mailed, the oldest first."""
    with store.reading() as connection:
        waiting = connection.execute(
            text("SELECT about FROM outbox WHERE topic = 'mail_one_time_code' ORDER BY id")
        ).scalars()
        asked = [proofs.asked(connection, about) for about in waiting]
    return [code_of(one, "k" * 32) for one in asked if one is not None]


def prove(talk: Talk, converse: Converse, store: Store) -> list[str]:
    return talk.say(converse, f"the code is {mailed(store)[-1]}", "inform")
