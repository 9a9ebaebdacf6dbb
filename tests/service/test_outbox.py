from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy import Connection

from scheduler_core.db import outbox, telling
from scheduler_core.db.outbox import Backlog, Claim, State
from scheduler_core.db.store import Store
from scheduler_core.outbox import Message, Topic
from tests.adapters.samples import NOW
from tests.service.outbox_samples import about, confirmation_of, end_leases, entries, put, put_booking

ME, ANOTHER = UUID(int=1), UUID(int=2)
LATER = NOW + timedelta(hours=1)


def ask[Answer](store: Store, question: Callable[[Connection], Answer]) -> Answer:
    with store.transaction() as connection:
        return question(connection)


def claim(store: Store, who: UUID = ME, *, hours: int = 0, limit: int = 20) -> list[Claim]:
    now = NOW + timedelta(hours=hours)
    return ask(store, lambda connection: outbox.claim(connection, lease_by=who, now=now, limit=limit))


def done(store: Store, claimed: Claim) -> bool:
    """Marks it as told; whether it is that now."""
    ask(store, lambda connection: telling.done(connection, claimed, NOW, remark=None, following=None))
    return any(entry.id == claimed.id and entry.state is State.DONE for entry in entries(store))


def postpone(store: Store, claimed: Claim) -> bool:
    return ask(store, lambda connection: outbox.postpone(connection, claimed, LATER, "451 later"))


def topics(claims: list[Claim]) -> list[tuple[Topic, int]]:
    return [(claimed.message.topic, claimed.message.version) for claimed in claims]


def test_message_comes_back_as_it_was_put_in(store: Store) -> None:
    message = about(put_booking(store), Topic.MAIL_CONFIRMED)
    put(store, message)

    (claimed,) = claim(store)

    assert (claimed.message, claimed.failures, claimed.lease_by) == (message, 0, ME)


def test_message_of_a_known_key_is_put_in_once(store: Store) -> None:
    message = about(put_booking(store), Topic.MAIL_CONFIRMED)
    put(store, message, message)
    put(store, message)

    assert [entry.message for entry in entries(store)] == [message]


def test_message_of_a_transaction_that_fails_is_never_there(store: Store) -> None:
    message = about(put_booking(store), Topic.MAIL_CONFIRMED)
    with store.engine.connect() as connection:
        outbox.enqueue(connection, [message])
        connection.rollback()

    assert entries(store) == []


def test_message_that_is_not_due_waits(store: Store) -> None:
    booking = put_booking(store)
    put(store, about(booking, Topic.MAIL_CONFIRMED, due=NOW + timedelta(seconds=1)))

    assert claim(store) == []
    assert len(claim(store, hours=1)) == 1


def test_longest_due_comes_first_and_no_more_than_asked_for(store: Store) -> None:
    messages = [
        about(put_booking(store, number), Topic.MAIL_CONFIRMED, due=NOW - timedelta(minutes=number))
        for number in range(4)
    ]
    put(store, *messages)

    assert [claimed.message for claimed in claim(store, limit=3)] == [messages[3], messages[2], messages[1]]


def test_message_is_claimed_by_one_alone(store: Store) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))

    (claimed,) = claim(store)

    assert claim(store, ANOTHER) == []
    assert done(store, claimed)
    assert [entry.state for entry in entries(store)] == [State.DONE]
    assert claim(store, ANOTHER) == []


def test_every_message_is_claimed_once_by_many_at_once(store: Store) -> None:
    put(store, *(about(put_booking(store, number), Topic.MAIL_CONFIRMED) for number in range(60)))
    start, taken = threading.Barrier(6), list[int]()

    def work() -> None:
        name = uuid4()
        start.wait()
        while claims := claim(store, name, limit=5):
            taken.extend(claimed.id for claimed in claims)
            for claimed in claims:
                done(store, claimed)

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(taken) == [entry.id for entry in entries(store)]


def test_lease_that_ran_out_gives_the_message_to_another(store: Store) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    (lost,) = claim(store)
    end_leases(store)

    (taken_over,) = claim(store, ANOTHER)

    assert taken_over.message == lost.message
    assert not done(store, lost)
    assert not postpone(store, lost)
    assert done(store, taken_over)


def test_lease_that_is_renewed_is_kept(store: Store) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    claims = claim(store)
    end_leases(store)
    ask(store, lambda connection: outbox.renew(connection, claims))

    assert claim(store, ANOTHER) == []


def test_claim_whose_answer_was_lost_is_given_again_to_the_same_worker(store: Store) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))

    assert topics(claim(store)) == topics(claim(store)) == [(Topic.MAIL_CONFIRMED, 2)]


def test_claim_that_is_given_back_is_there_for_the_next(store: Store) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    claims = claim(store)
    ask(store, lambda connection: outbox.give_back(connection, claims))

    assert [(claimed.lease_by, claimed.failures) for claimed in claim(store, ANOTHER)] == [(ANOTHER, 0)]


def test_failure_is_counted_and_tried_again_when_due(store: Store) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    (claimed,) = claim(store)

    assert postpone(store, claimed)

    (entry,) = entries(store)
    assert (entry.state, entry.failures, entry.last_error) == (State.WAITING, 1, "451 later")
    assert claim(store) == []
    assert [again.failures for again in claim(store, hours=1)] == [1]


def test_message_given_up_stays_and_can_be_revived(store: Store) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    (claimed,) = claim(store)
    assert ask(store, lambda connection: outbox.give_up(connection, claimed, NOW, "550 unknown"))

    assert claim(store, hours=100) == []
    (entry,) = entries(store)
    assert (entry.state, entry.failures, entry.last_error) == (State.FAILED, 1, "550 unknown")
    assert ask(store, lambda connection: outbox.backlog(connection, NOW)) == Backlog(due=0, failed=1)

    assert ask(store, lambda connection: outbox.revive(connection, NOW, ids=[claimed.id + 1])) == 0
    assert ask(store, lambda connection: outbox.revive(connection, NOW)) == 1
    assert [again.failures for again in claim(store)] == [0]


def test_backlog_counts_what_is_due(store: Store) -> None:
    booking = put_booking(store)
    put(store, *confirmation_of(booking), about(booking, Topic.MAIL_LINK, due=LATER))
    done(store, claim(store)[0])

    assert ask(store, lambda connection: outbox.backlog(connection, NOW)) == Backlog(due=2, failed=0)


def test_listing_can_be_of_one_booking_and_some_states(store: Store) -> None:
    first, second = put_booking(store, 0), put_booking(store, 1)
    put(store, about(first, Topic.MAIL_CONFIRMED), about(second, Topic.MAIL_CONFIRMED))
    done(store, claim(store, limit=1)[0])

    def listed(**filters: object) -> list[UUID]:
        found = ask(store, lambda connection: outbox.listing(connection, **filters))  # type: ignore[arg-type]  # by name
        return [entry.message.booking for entry in found]

    assert listed() == [second.uid, first.uid]
    assert listed(states=[State.WAITING]) == [second.uid]
    assert listed(booking=first.uid) == [first.uid]
    assert listed(limit=1) == [second.uid]


def test_mail_waits_for_the_meeting_of_its_version(store: Store) -> None:
    put(store, *confirmation_of(put_booking(store)))

    (meeting,) = claim(store)

    assert meeting.message.topic is Topic.MEETING_CREATE
    assert claim(store, ANOTHER) == []
    done(store, meeting)
    assert topics(claim(store, ANOTHER)) == [(Topic.MAIL_CONFIRMED, 2), (Topic.MAIL_CONFIRMED, 2)]


def test_mail_waits_for_three_failures_of_the_meeting_and_no_more(store: Store) -> None:
    put(store, *confirmation_of(put_booking(store)))

    for hour in range(3):
        (meeting,) = claim(store, hours=hour)
        due = NOW + timedelta(hours=hour + 1)
        ask(store, partial(outbox.postpone, claimed=meeting, due=due, error="down"))

    assert topics(claim(store, hours=2)) == [(Topic.MAIL_CONFIRMED, 2), (Topic.MAIL_CONFIRMED, 2)]


def test_mail_does_not_wait_for_a_meeting_that_was_given_up(store: Store) -> None:
    put(store, *confirmation_of(put_booking(store)))
    (meeting,) = claim(store)
    ask(store, lambda connection: outbox.give_up(connection, meeting, NOW, "no account"))

    assert len(claim(store)) == 2


def test_cancellation_does_not_overtake_the_confirmation_on_its_way(store: Store) -> None:
    booking = put_booking(store)
    put(store, about(booking, Topic.MAIL_CONFIRMED), about(booking.cancelled(), Topic.MAIL_CANCELLED))
    (confirmation,) = claim(store, limit=1)

    assert claim(store, ANOTHER) == []
    done(store, confirmation)
    assert topics(claim(store, ANOTHER)) == [(Topic.MAIL_CANCELLED, 3)]


def test_cancellation_does_not_wait_for_a_confirmation_that_will_be_dropped(store: Store) -> None:
    booking = put_booking(store)
    put(store, about(booking, Topic.MAIL_CONFIRMED), about(booking.cancelled(), Topic.MAIL_CANCELLED))
    postpone(store, claim(store, limit=1)[0])

    assert topics(claim(store)) == [(Topic.MAIL_CANCELLED, 3)]


def test_messages_of_one_version_and_recipient_keep_their_order(store: Store) -> None:
    booking = put_booking(store)
    first, second = about(booking, Topic.MAIL_CONFIRMED), about(booking, Topic.MAIL_LINK)
    other = about(booking, Topic.MAIL_LINK, "person:eva-meyer")
    put(store, first, second, other)

    def names(claims: list[Claim]) -> list[Message]:
        return [claimed.message for claimed in claims]

    claims = claim(store)
    assert names(claims) == [first, other]
    for claimed in claims:
        postpone(store, claimed)
    assert claim(store) == []
    (again, _other) = claim(store, hours=1)
    done(store, again)
    assert names(claim(store, ANOTHER, hours=1)) == [second]


def test_message_for_later_holds_nothing_up(store: Store) -> None:
    booking = put_booking(store)
    put(store, about(booking, Topic.MAIL_LINK, due=LATER), about(booking, Topic.MAIL_CONFIRMED))

    assert topics(claim(store)) == [(Topic.MAIL_CONFIRMED, 2)]
