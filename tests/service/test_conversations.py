"""What outlives a session: kept and found again, for whoever it names to see and to have erased."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from scheduler_core.conversations import Conversations
from scheduler_core.db.store import Store
from scheduler_core.errors import DatabaseUnavailable
from scheduler_core.links import Links
from scheduler_core.personal_data import KeptConversation
from scheduler_core.privacy import Privacy
from scheduler_core.retention import Retention
from tests.conftest import NOW, MovableClock
from tests.service.outbox_samples import SECRET
from tests.service.practice import ANN, DAY, OPERATOR, rows
from tests.service.test_privacy import everything_that_names, told
from tests.service.test_retention import KEEP

KEPT = KeptConversation(
    channel="web",
    sender="ann",
    address="Ann@Example.com",
    guests=("bob@example.com",),
    version=1,
    content={"kind": "talk", "writer": {"name": "Ann Lee", "email": "Ann@Example.com"}},
    updated_at=NOW,
)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def conversations(store: Store) -> Conversations:
    return Conversations(store)


@pytest.fixture
def privacy(store: Store, clock: MovableClock) -> Privacy:
    return Privacy(store, clock, Links(SECRET, "https://book.example.org"), KEEP)


def test_what_is_kept_is_found_under_its_channel_and_sender_alone(conversations: Conversations) -> None:
    conversations.keep(KEPT)

    assert conversations.kept(channel="web", sender="ann") == KEPT
    assert conversations.kept(channel="slack", sender="ann") is None
    assert conversations.kept(channel="web", sender="bob") is None


def test_later_turn_takes_the_place_of_an_earlier_one(conversations: Conversations) -> None:
    later = replace(KEPT, address="", guests=(), version=2, content={}, updated_at=NOW + MINUTE)
    conversations.keep(KEPT)
    conversations.keep(later)

    assert conversations.kept(channel="web", sender="ann") == later


def test_turn_that_was_slow_takes_no_later_ones_place(conversations: Conversations) -> None:
    conversations.keep(KEPT)
    conversations.keep(replace(KEPT, content={"kind": "old"}, updated_at=NOW - MINUTE))

    assert conversations.kept(channel="web", sender="ann") == KEPT


def test_keeping_takes_one_statement_and_no_transaction_around_it(
    conversations: Conversations, store: Store
) -> None:
    seen: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    event.listen(store.engine, "commit", lambda _connection: seen.append("COMMIT"))

    conversations.keep(KEPT)

    assert [statement.split()[0] for statement in seen] == ["INSERT"]


def test_nothing_can_be_kept_where_the_database_is_away() -> None:
    nowhere = Conversations(Store("postgresql://127.0.0.1:9/nowhere"))

    with pytest.raises(DatabaseUnavailable):
        nowhere.keep(KEPT)


def test_who_gave_the_address_as_their_own_gets_all_of_it(
    conversations: Conversations, privacy: Privacy
) -> None:
    conversations.keep(KEPT)
    conversations.keep(replace(KEPT, sender="bob", address="bob@example.com", guests=(ANN.email,)))

    data = privacy.export(ANN.email, actor=OPERATOR)

    assert data.conversations == (KEPT,)
    assert json.loads(data.as_json())["conversations"] == [
        {"channel": "web", "changed_at": NOW.isoformat(), "content": dict(KEPT.content)}
    ]


@pytest.mark.parametrize("address", [ANN.email, "bob@example.com"])
async def test_erasure_drops_what_names_writer_or_guest(
    conversations: Conversations, privacy: Privacy, store: Store, clock: MovableClock, address: str
) -> None:
    other = replace(KEPT, sender="cyd", address="cyd@example.com", guests=())
    conversations.keep(KEPT)
    conversations.keep(replace(other, content={}))

    privacy.erase_for(address, actor=OPERATOR)
    await told(store, clock)

    assert everything_that_names(store, address) == []
    assert [row.sender for row in rows(store, "SELECT sender FROM conversation")] == ["cyd"]


def test_what_was_not_touched_for_a_week_is_taken_away(
    conversations: Conversations, store: Store, clock: MovableClock
) -> None:
    conversations.keep(KEPT)
    clock.move(6 * DAY)
    conversations.keep(replace(KEPT, sender="cyd", updated_at=clock.now()))
    clock.move(DAY + MINUTE)

    assert Retention(store, clock, KEEP).purge()["conversations"] == 1
    assert [row.sender for row in rows(store, "SELECT sender FROM conversation")] == ["cyd"]
