"""Was this you? Who is asked, and what it takes back that somebody says no."""

from __future__ import annotations

import pytest

from scheduler_core.db.store import Store
from scheduler_core.deeds import Deed, Done
from scheduler_core.denials import Denial, Denials
from scheduler_core.errors import NotAllowed, UnknownBooking
from scheduler_core.feeds import Feeds
from scheduler_core.identity import Identity, Proof, Refusal, Why
from scheduler_core.links import ATTENDEE
from scheduler_core.model import Actor, ActorKind, Booking
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import NOW, MovableClock
from tests.service.practice import ANN, CHAT, DAY, HOUR, MINUTE, OPERATOR, at, book, new_key, rows, slot
from tests.service.practice import open_practice as opened
from tests.service.test_identity import LINKS, OTHER, WEB, code_for

PROVEN = Actor(ActorKind.ATTENDEE, ANN.email)


@pytest.fixture(autouse=True)
def booked(people: People, scheduler: Scheduler) -> Booking:
    opened(people, "eva")
    return book(scheduler, slot("10:00"))


@pytest.fixture
def identity(store: Store, clock: MovableClock) -> Identity:
    return Identity(store, clock, LINKS)


@pytest.fixture
def denials(store: Store, clock: MovableClock) -> Denials:
    return Denials(store, clock, LINKS)


def asked_whether(store: Store) -> int:
    """How many mails ask whether it was them."""
    return len(rows(store, "SELECT FROM outbox WHERE topic = 'mail_was_this_you'"))


def told_to_the_desk(store: Store) -> list[str]:
    found = rows(store, "SELECT recipient FROM outbox WHERE topic = 'mail_denied' ORDER BY id")
    return [row.recipient for row in found]


def the_code(store: Store) -> str:
    """The token of the mail about the last code that was used."""
    (newest, *_) = rows(store, "SELECT id FROM identity_code ORDER BY asked_at DESC, ended_at DESC")
    return LINKS.not_me(newest.id, "proved").rpartition("/")[2]


def the_change(booking: Booking) -> str:
    return LINKS.not_me(booking.uid, "changed").rpartition("/")[2]


def cancel(scheduler: Scheduler, booking: Booking, actor: Actor) -> Booking:
    return scheduler.cancel(booking.uid, version=booking.version, key=new_key(), actor=actor)


def test_owner_is_asked_once_for_each_chat_that_proves_the_address(
    identity: Identity, store: Store, clock: MovableClock
) -> None:
    identity.prove(code_for(identity, store), **WEB)
    clock.move(HOUR)
    identity.prove(code_for(identity, store), **WEB)
    assert asked_whether(store) == 1

    identity.prove(code_for(identity, store, **OTHER), **OTHER)
    assert asked_whether(store) == 2


def test_nobody_is_asked_about_a_wrong_code_or_an_address_that_is_unknown(
    identity: Identity, store: Store
) -> None:
    code_for(identity, store)
    identity.prove("00000000", **WEB)
    identity.ask_code("stranger@example.com", **OTHER)

    assert asked_whether(store) == 0


def test_denial_ends_every_proof_of_the_address_and_voids_its_codes(
    identity: Identity, denials: Denials, store: Store, clock: MovableClock, booked: Booking
) -> None:
    identity.prove(code_for(identity, store), **WEB)
    link = LINKS.chat(booked.uid, ATTENDEE).partition("=")[2]
    identity.prove_by_link(link, channel="web", sender="chat-3")
    token = the_code(store)
    code = code_for(identity, store, **OTHER)

    denials.deny(token)

    assert identity.proven(**WEB) is None
    assert identity.proven(channel="web", sender="chat-3") is None
    assert identity.prove(code, **OTHER) == Refusal(Why.EXPIRED)
    clock.move(MINUTE)
    assert isinstance(identity.prove(code_for(identity, store, **OTHER), **OTHER), Proof)


def test_denial_ends_the_calendar_feed_of_the_address(
    identity: Identity, denials: Denials, store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    feeds = Feeds(store, clock, LINKS, scheduler)
    feeds.open(PROVEN)
    identity.prove(code_for(identity, store), **WEB)

    denials.deny(the_code(store))

    assert feeds.of(PROVEN) is None


def test_denial_leaves_others_alone(identity: Identity, denials: Denials, store: Store) -> None:
    identity.prove(code_for(identity, store), **WEB)
    token = the_code(store)
    identity.prove(code_for(identity, store, "eva@example.org", **OTHER), **OTHER)

    denials.deny(token)

    assert identity.proven(**OTHER) is not None


def test_chat_loses_what_it_booked_for_the_address_and_the_booking_stays(
    denials: Denials, scheduler: Scheduler, booked: Booking
) -> None:
    moved = scheduler.reschedule(booked.uid, at("14:00"), version=booked.version, key=new_key(), actor=CHAT)

    denials.deny(the_change(moved))

    with pytest.raises(UnknownBooking):
        cancel(scheduler, moved, CHAT)
    assert scheduler.find(moved.uid, actor=OPERATOR).time == moved.time


def test_denial_shows_what_was_changed_since_by_the_attendees_side(
    identity: Identity, denials: Denials, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    before = book(scheduler, slot("11:00"))
    by_practice = book(scheduler, slot("12:00"))
    called_off = book(scheduler, slot("13:00"))
    cancel(scheduler, before, PROVEN)
    clock.move(MINUTE)
    identity.prove(code_for(identity, store), **WEB)
    cancel(scheduler, by_practice, OPERATOR)
    called_off = cancel(scheduler, called_off, PROVEN)

    denial = denials.deny(the_code(store))

    assert [one.uid for one in denial.changed] == [called_off.uid]


def test_change_names_the_chat_where_it_was_made(
    identity: Identity,
    denials: Denials,
    scheduler: Scheduler,
    store: Store,
    clock: MovableClock,
    booked: Booking,
) -> None:
    identity.prove(code_for(identity, store), **WEB)
    clock.move(MINUTE)
    called_off = cancel(scheduler, booked, PROVEN)
    done = Done(Deed.CHANGED, booked.uid, ANN.email, NOW + MINUTE, ActorKind.ATTENDEE, "web", called_off)

    assert denials.visit(the_change(booked)) == done
    assert denials.deny(the_change(booked)) == Denial(done, (called_off,))


@pytest.mark.parametrize("actor", [OPERATOR, Actor(ActorKind.PERSON, "eva")])
def test_change_by_the_practice_cannot_be_denied(
    denials: Denials, scheduler: Scheduler, clock: MovableClock, booked: Booking, actor: Actor
) -> None:
    clock.move(MINUTE)
    cancel(scheduler, booked, actor)

    with pytest.raises(NotAllowed):
        denials.visit(the_change(booked))


def test_those_who_help_are_told_once_of_each_deed(
    denials: Denials, scheduler: Scheduler, store: Store, booked: Booking
) -> None:
    moved = scheduler.reschedule(booked.uid, at("14:00"), version=booked.version, key=new_key(), actor=CHAT)
    for _ in range(3):
        denials.deny(the_change(moved))

    assert told_to_the_desk(store) == ["desk:changed:2"]


def test_link_works_for_a_week(
    identity: Identity, denials: Denials, store: Store, clock: MovableClock
) -> None:
    identity.prove(code_for(identity, store), **WEB)
    token = the_code(store)
    clock.move(7 * DAY - MINUTE)
    assert denials.visit(token).deed is Deed.PROVED

    clock.move(MINUTE)
    with pytest.raises(NotAllowed):
        denials.deny(token)


def test_link_for_another_purpose_is_worthless(denials: Denials, booked: Booking) -> None:
    with pytest.raises(NotAllowed):
        denials.deny(LINKS.token(booked.uid, ATTENDEE))
