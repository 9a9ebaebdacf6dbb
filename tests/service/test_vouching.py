"""Addresses that a channel vouches for are proven, for its sender alone and as long as a code's would be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidAddress
from scheduler_core.identity import IDLE, Identity, Proof
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind
from scheduler_core.people import People
from tests.conftest import NOW, MovableClock
from tests.service.practice import open_practice

ANN = {"channel": "slack", "sender": "T1:U1"}
OTHERS = ({"channel": "slack", "sender": "T1:U2"}, {"channel": "telegram", "sender": "T1:U1"})


@pytest.fixture
def identity(store: Store, clock: MovableClock) -> Identity:
    return Identity(
        store, clock, Links("a secret that only the tests know, long enough", "https://example.org")
    )


def test_vouched_address_is_proven_for_its_sender_alone(identity: Identity) -> None:
    proof = identity.vouch("Ann@example.com", **ANN)

    assert proof == Proof("Ann@example.com", booking=None, person=None, until=NOW + IDLE)
    assert proof.actor == Actor(ActorKind.ATTENDEE, "ann@example.com")
    assert identity.proven(**ANN) == proof
    assert [identity.proven(**one) for one in OTHERS] == [None, None]


def test_vouched_address_of_a_host_leads_to_their_calendar(identity: Identity, people: People) -> None:
    open_practice(people, "eva", "ben")

    assert identity.vouch("eva@example.org", **ANN).host == Actor(ActorKind.PERSON, "eva")


def test_word_of_a_channel_ends_as_a_code_does(identity: Identity, clock: MovableClock) -> None:
    identity.vouch("ann@example.com", **ANN)
    clock.move(IDLE + timedelta(seconds=1))

    assert identity.proven(**ANN) is None


def test_what_is_no_address_is_not_vouched_for(identity: Identity) -> None:
    with pytest.raises(InvalidAddress):
        identity.vouch("ann", **ANN)
