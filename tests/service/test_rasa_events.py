"""What Rasa keeps of conversations goes with its age, and with whom it names."""

from __future__ import annotations

from scheduler_core.db import rasa_events
from scheduler_core.db.store import Store
from scheduler_core.db.tables import rasa_event
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind
from scheduler_core.people import People
from scheduler_core.privacy import Privacy
from scheduler_core.scheduler import Scheduler
from tests.adapters.smtp_server import Postbox
from tests.conftest import MovableClock
from tests.service.outbox_samples import SECRET, working
from tests.service.practice import ANN, DAY, OPERATOR, book, open_practice, rows, slot
from tests.service.test_retention import KEEP


def keep(store: Store, clock: MovableClock, sender: str, *said: str) -> None:
    """Writes as Rasa does."""
    with store.transaction() as connection:
        for number, data in enumerate(said):
            row = {"sender": sender, "number": number, "begins_session": number == 0, "data": data}
            connection.execute(rasa_event.insert().values(**row, kept_at=clock.now()))


def kept(store: Store) -> list[tuple[str, int]]:
    found = rows(store, "SELECT sender, number FROM rasa.event ORDER BY sender, number")
    return [(sender, number) for sender, number in found]


def test_events_go_once_they_are_old(store: Store, clock: MovableClock) -> None:
    keep(store, clock, "old", "{}", "{}")
    clock.move(DAY)
    keep(store, clock, "young", "{}")

    with store.transaction() as connection:
        taken = [rasa_events.drop(connection, clock.now() - DAY / 2, batch=1) for _ in range(3)]

    assert (taken, kept(store)) == ([1, 1, 0], [("young", 0)])


def test_an_erasure_takes_conversations_of_the_address_and_those_that_name_it(
    store: Store, clock: MovableClock, people: People, scheduler: Scheduler
) -> None:
    open_practice(people, "eva")
    chat = Actor(ActorKind.CONVERSATION, "web:hers")
    cancelled = book(scheduler, slot("09:00"), chat)
    scheduler.cancel(cancelled.uid, version=cancelled.version, key="off", actor=OPERATOR)
    keep(store, clock, "hers", '{"text": "I am ill"}')
    keep(store, clock, "named", '{"text": "hi"}', f'{{"text": "write to {ANN.email.upper()}"}}')
    keep(store, clock, "nobody's", '{"text": "ann"}')

    with store.transaction() as connection:
        rasa_events.erase(connection, ANN.email.lower())

    assert kept(store) == [("nobody's", 0)]


async def test_an_erasure_that_is_asked_for_reaches_them(store: Store, clock: MovableClock) -> None:
    keep(store, clock, "named", f'{{"text": "{ANN.email}"}}')
    privacy = Privacy(store, clock, Links(SECRET, "https://book.example.org"), KEEP)

    privacy.erase_for(ANN.email, actor=OPERATOR)
    async with working(store, clock, Postbox()) as worker:
        await worker.drain()

    assert kept(store) == []
