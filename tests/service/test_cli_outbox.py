from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler_core.db.store import Store
from scheduler_core.outbox import Topic
from tests.adapters.smtp_server import Postbox
from tests.conftest import NOW, MovableClock
from tests.service.conftest import Terminal
from tests.service.outbox_samples import Rooms, about, change, confirmation_of, put, put_booking, working

TODAY = "Tuesday 24 November 2026"
WHEN = "Tuesday 1 December 2026, 10:30–11:00 (Europe/Berlin)"


async def test_what_became_of_each_message_is_said_in_words(
    terminal: Terminal, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    booking = put_booking(store)
    put(store, *confirmation_of(booking), about(booking, Topic.MAIL_LINK, due=NOW + timedelta(hours=3)))
    postbox = Postbox()
    postbox.answers["RCPT"].extend(["451 later", "550 no such mailbox"])

    async with working(store, MovableClock(), postbox, Rooms()) as worker:
        await worker.drain()
    code, lines = terminal.run("outbox", "show", booking.reference.lower())

    assert code == 0
    assert lines == [
        f"REF0: {WHEN}, Consultation, jitsi, confirmed, version 2",
        f"  1  version 2, meeting (create): done, {TODAY}, 10:00",
        (
            "  2  version 2, mail (confirmed) to the attendee: 1 failed try, the last one: 451 later; "
            f"due {TODAY}, 10:01"
        ),
        (
            "  3  version 2, mail (confirmed) to Dr. Eva Meyer: given up, "
            f"{TODAY}, 10:00, after 1 failed try: 550 no such mailbox (to try it again: outbox retry 3)"
        ),
        f"  4  version 2, mail (link) to the attendee: due {TODAY}, 13:00",
    ]


async def test_mail_that_was_taken_and_one_that_was_dropped_are_told_apart(
    terminal: Terminal, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    booking = put_booking(store)
    put(store, about(booking, Topic.MAIL_CONFIRMED), about(booking.cancelled(), Topic.MAIL_CANCELLED))
    change(store, booking.cancelled())

    async with working(store, MovableClock(), Postbox()) as worker:
        await worker.drain()
    lines = terminal.run("outbox", "show", booking.reference)[1]

    assert lines[1:] == [
        (
            "  1  version 2, mail (confirmed) to the attendee: dropped: version 3 has messages of its own, "
            f"{TODAY}, 10:00"
        ),
        f"  2  version 3, mail (cancelled) to the attendee: accepted by the mail server, {TODAY}, 10:00",
    ]


def test_messages_of_one_booking_are_tried_again(terminal: Terminal, store: Store) -> None:
    bookings = [put_booking(store, number) for number in range(2)]
    put(store, *(about(booking, Topic.MAIL_CONFIRMED) for booking in bookings))
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE outbox SET failed_at = now()")

    assert terminal.run("outbox", "retry", "--booking", "REF1") == (0, ["1 due again"])
    assert terminal.run("outbox", "retry", "--booking", "REF1") == (0, ["0 due again"])
    assert terminal.run("outbox", "retry") == (0, ["1 due again"])


def test_booking_that_is_none_is_said_to_be(terminal: Terminal) -> None:
    assert terminal.run("outbox", "show", "nothing") == (1, ["there is no booking nothing"])
    assert terminal.run("outbox", "retry", "--booking", "nothing") == (1, ["there is no booking nothing"])
