"""What people have said they usually want: kept by proof of their address, shown, erased, dropped."""

from __future__ import annotations

import json

import pytest

from scheduler_core.db import preferences as stored
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidText, NotAllowed, UnknownZone
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind
from scheduler_core.people import People
from scheduler_core.personal_data import Preference, Reminders
from scheduler_core.preferences import Preferences
from scheduler_core.privacy import Privacy
from scheduler_core.retention import Retention
from scheduler_core.scheduler import Scheduler
from tests.adapters.smtp_server import Postbox
from tests.conftest import MovableClock
from tests.service.outbox_samples import SECRET, working
from tests.service.practice import ANN, CHAT, DAY, OPERATOR, book, open_practice, rows, slot
from tests.service.test_retention import KEEP

PROVEN = Actor(ActorKind.ATTENDEE, ANN.email)
ZOE = Actor(ActorKind.ATTENDEE, "zoe@example.com")
BERLIN = Preference("Europe/Berlin", "phone", Reminders.SMS)


@pytest.fixture
def preferences(store: Store, clock: MovableClock) -> Preferences:
    return Preferences(store, clock)


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


def keep_all(preferences: Preferences) -> Preference:
    return preferences.keep(zone="Europe/Berlin", channel="phone", reminders="sms", actor=PROVEN)


def reminded(store: Store, address: str) -> str:
    with store.reading() as connection:
        return stored.reminders_of(connection, address)


def test_what_was_said_is_kept_for_the_address_alone(preferences: Preferences) -> None:
    assert keep_all(preferences) == BERLIN
    assert (preferences.of(PROVEN), preferences.of(ZOE)) == (BERLIN, Preference())


def test_what_is_not_said_again_stays_as_it_was(preferences: Preferences) -> None:
    keep_all(preferences)

    assert preferences.keep(channel="video", actor=PROVEN) == Preference(
        "Europe/Berlin", "video", Reminders.SMS
    )
    assert preferences.keep(reminders="none", actor=PROVEN) == Preference(
        "Europe/Berlin", "video", Reminders.NONE
    )


def test_saying_it_twice_changes_nothing(preferences: Preferences, store: Store) -> None:
    keep_all(preferences)
    keep_all(preferences)

    assert [row.address for row in rows(store, "SELECT address FROM preference")] == [ANN.email]


def test_who_has_not_said_is_reminded_by_mail(preferences: Preferences, store: Store) -> None:
    preferences.keep(zone="Europe/Berlin", actor=PROVEN)

    assert (reminded(store, ANN.email), reminded(store, "zoe@example.com")) == ("mail", "mail")


@pytest.mark.parametrize("choice", list(Reminders))
def test_reminders_are_as_they_were_chosen(preferences: Preferences, store: Store, choice: Reminders) -> None:
    preferences.keep(reminders=choice.value, actor=PROVEN)

    assert reminded(store, ANN.email) == choice.value


@pytest.mark.parametrize(
    "actor",
    [CHAT, OPERATOR, Actor(ActorKind.LINK, ANN.email), Actor(ActorKind.PERSON, ANN.email)],
)
def test_nobody_keeps_or_reads_it_without_proof_of_the_address(
    preferences: Preferences, actor: Actor
) -> None:
    keep_all(preferences)

    with pytest.raises(NotAllowed):
        preferences.keep(reminders="none", actor=actor)
    with pytest.raises(NotAllowed):
        preferences.forget(actor=actor)
    assert (preferences.of(actor), preferences.of(PROVEN)) == (Preference(), BERLIN)


def test_what_cannot_be_used_is_refused(preferences: Preferences) -> None:
    with pytest.raises(UnknownZone):
        preferences.keep(zone="Europe/Nowhere", actor=PROVEN)
    with pytest.raises(InvalidText):
        preferences.keep(channel="carrier pigeon", actor=PROVEN)
    with pytest.raises(InvalidText):
        preferences.keep(reminders="shouting", actor=PROVEN)
    assert preferences.of(PROVEN) == Preference()


def test_it_can_be_forgotten(preferences: Preferences) -> None:
    keep_all(preferences)

    preferences.forget(actor=PROVEN)

    assert preferences.of(PROVEN) == Preference()


def test_it_is_part_of_what_is_kept_about_the_address(
    preferences: Preferences, store: Store, clock: MovableClock
) -> None:
    keep_all(preferences)
    data = Privacy(store, clock, Links(SECRET, "https://book.example.org"), KEEP).export(
        ANN.email, actor=OPERATOR
    )

    assert data.preference == BERLIN
    assert json.loads(data.as_json())["preferences"] == {
        "zone": "Europe/Berlin",
        "channel": "phone",
        "reminders": "sms",
    }


async def test_it_is_erased_with_everything_else(
    preferences: Preferences, store: Store, clock: MovableClock
) -> None:
    keep_all(preferences)
    privacy = Privacy(store, clock, Links(SECRET, "https://book.example.org"), KEEP)

    privacy.erase_for(ANN.email, actor=OPERATOR)
    async with working(store, clock, Postbox()) as worker:
        await worker.drain()

    assert preferences.of(PROVEN) == Preference()


def test_it_is_dropped_with_the_last_booking_that_names_the_address(
    preferences: Preferences, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    retention = Retention(store, clock, KEEP)
    book(scheduler, slot("10:00"))
    keep_all(preferences)
    preferences.keep(reminders="none", actor=Actor(ActorKind.ATTENDEE, "eva@example.org"))

    clock.move(700 * DAY)
    assert retention.purge()["preferences"] == 0
    clock.move(60 * DAY)
    assert (retention.purge()["preferences"], preferences.of(PROVEN)) == (1, Preference())
    assert reminded(store, "eva@example.org") == "none"
