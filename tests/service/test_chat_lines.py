"""What chats have said is kept for their pages, and what others did to their appointments is told once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduler_core.chat_lines import MOST_LINES, ChatLines
from scheduler_core.db import chat_lines as rows_of_chats
from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind, Booking
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.transcripts import ChatLine, News, Speaker
from tests.conftest import MovableClock
from tests.service.practice import ANN, DAY, HOUR, OPERATOR, book, new_key, open_practice, slot

CHAT, OTHER = "A" * 22, "B" * 22
ANNS_CHAT = Actor(ActorKind.CONVERSATION, f"web:{CHAT}")


@pytest.fixture
def lines(store: Store, clock: MovableClock) -> ChatLines:
    return ChatLines(store, clock)


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


@pytest.fixture
def booking(scheduler: Scheduler) -> Booking:
    return book(scheduler, slot("09:00"), ANNS_CHAT)


def words(news: News, booking: Booking) -> Mapping[str, Any]:
    return {"text": f"{news.value}: {booking.reference}"}


def line(clock: MovableClock, number: int, *, chat: str = CHAT, text: str = "hello") -> ChatLine:
    return ChatLine(chat, f"line-{number}", Speaker.WRITER, {"text": text}, clock.now())


def test_lines_are_kept_once_and_in_their_order(lines: ChatLines, clock: MovableClock) -> None:
    first, second = line(clock, 1), replace(line(clock, 2), speaker=Speaker.ASSISTANT)
    foreign = line(clock, 1, chat=OTHER)

    lines.keep([first])
    lines.keep([replace(first, content={"text": "something else"}), second, foreign])

    assert lines.of_chat(CHAT) == (first, second)
    assert lines.of_chat(OTHER) == (foreign,)


def test_a_chat_keeps_its_last_lines_only(lines: ChatLines, clock: MovableClock) -> None:
    said = [line(clock, number) for number in range(MOST_LINES + 3)]

    lines.keep(said)

    assert lines.of_chat(CHAT) == tuple(said[3:])


def test_lines_of_the_day_before_are_not_told_and_go(
    lines: ChatLines, store: Store, clock: MovableClock
) -> None:
    lines.keep([line(clock, 1)])
    clock.move(timedelta(hours=25))
    lines.keep([late := line(clock, 2)])

    assert lines.of_chat(CHAT) == (late,)
    with store.transaction() as connection:
        assert rows_of_chats.drop(connection, clock.now() - DAY, batch=10) == 1
        assert rows_of_chats.drop(connection, clock.now() - DAY, batch=10) == 0


def test_a_chat_is_told_once_that_the_practice_moved_its_appointment(
    lines: ChatLines, scheduler: Scheduler, booking: Booking, clock: MovableClock
) -> None:
    moved = scheduler.reschedule(
        booking.uid, booking.time.start + HOUR, version=booking.version, key=new_key(), actor=OPERATOR
    )
    assert lines.of_chat(CHAT) == ()

    told = lines.news([CHAT, OTHER], words)

    text = {"text": f"moved: {booking.reference}"}
    expected = ChatLine(CHAT, f"{moved.uid}.{moved.version}", Speaker.ASSISTANT, text, clock.now())
    assert told == (expected,)
    assert lines.of_chat(CHAT) == (expected,)
    assert lines.news([CHAT], words) == ()


def test_a_chat_is_told_of_a_cancellation_by_the_practice_alone(
    lines: ChatLines, scheduler: Scheduler, booking: Booking
) -> None:
    moved = scheduler.reschedule(
        booking.uid, booking.time.start + HOUR, version=booking.version, key=new_key(), actor=ANNS_CHAT
    )
    assert lines.news([CHAT], words) == ()

    scheduler.cancel(booking.uid, version=moved.version, key=new_key(), actor=OPERATOR)

    assert lines.news([OTHER], words) == ()
    assert [one.content for one in lines.news([CHAT], words)] == [{"text": f"cancelled: {booking.reference}"}]


def test_who_books_in_a_chat_takes_its_lines_along_and_away(
    lines: ChatLines, store: Store, booking: Booking, clock: MovableClock
) -> None:
    assert booking.attendee == ANN
    hers, naming = line(clock, 1), line(clock, 2, chat=OTHER, text=f"for {ANN.email.upper()}")
    others = line(clock, 3, chat=OTHER)
    lines.keep([hers, naming, others])

    with store.transaction() as connection:
        assert rows_of_chats.of_address(connection, ANN.email) == (hers, naming)
        rows_of_chats.erase(connection, ANN.email)

    assert lines.of_chat(CHAT) == ()
    assert lines.of_chat(OTHER) == (others,)
