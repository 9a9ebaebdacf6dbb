"""Reminders and changes in the chats of other services: who is told what, and who is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from scheduler_core.chat_consents import ChatConsents
from scheduler_core.codes import code_of
from scheduler_core.db import deeds, meetings, proofs
from scheduler_core.db.store import Store
from scheduler_core.identity import Identity, Refusal
from scheduler_core.links import ATTENDEE, Links
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.meetings.line import Patience
from scheduler_core.model import Actor, ActorKind, Booking, Channel, Meeting
from scheduler_core.people import People
from scheduler_core.ports import ChatMessenger
from scheduler_core.privacy import Privacy
from scheduler_core.retention import Retention
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Smtp
from scheduler_core.slack_messages import SlackMessenger
from scheduler_core.telegram_messages import TelegramMessenger
from tests.adapters.chat_servers import SEND, SlackServer, TelegramServer, slack_account, telegram_account
from tests.adapters.smtp_server import Postbox, serving
from tests.adapters.web_service import CUT, serving_web
from tests.conftest import MovableClock
from tests.service.outbox_samples import SECRET, a_worker, entries
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    HOUR,
    MINUTE,
    OPERATOR,
    TALK,
    at,
    book,
    new_key,
    open_practice,
    rows,
    slot,
)
from tests.service.test_retention import KEEP

LINKS = Links(SECRET, "https://book.example.org")
TELEGRAM = {"channel": "telegram", "sender": "telegram:77"}
SLACK = {"channel": "slack", "sender": "slack:T1:U7"}
ON_TELEGRAM = Actor(ActorKind.CONVERSATION, "telegram:telegram:77")
ON_SLACK = Actor(ActorKind.CONVERSATION, "slack:slack:T1:U7")
QUICK = Patience(connecting=0.5, answer=0.3, whole=1, pause=0)
START = at("10:00")


@dataclass
class Services:
    """Slack and Telegram, and a worker that tells them."""

    store: Store
    clock: MovableClock
    slack: SlackServer
    telegram: TelegramServer
    chats: dict[str, ChatMessenger]

    async def told(self, when: datetime | None = None) -> list[str]:
        """What chats are told when it is that time; the mails beside it are taken."""
        self.clock.instant = when or self.clock.instant
        before = len(self.telegram.sent), len(self.slack.sent)
        async with serving(Postbox()) as smtp:
            mailer = SmtpMailer(Smtp("127.0.0.1", smtp.port, "none"))
            await a_worker(self.store, self.clock, mailer, chats=self.chats).drain()
        on_telegram, on_slack = self.telegram.sent[before[0] :], self.slack.sent[before[1] :]
        return [words for _, words in (*on_telegram, *on_slack)]


@pytest.fixture
def services(store: Store, clock: MovableClock) -> Iterator[Services]:
    slack, telegram = SlackServer(), TelegramServer()
    with serving_web(slack) as slack_url, serving_web(telegram) as telegram_url:
        chats: dict[str, ChatMessenger] = {
            "slack": SlackMessenger(slack_account(slack_url), clock, QUICK),
            "telegram": TelegramMessenger(telegram_account(telegram_url), clock, QUICK),
        }
        yield Services(store, clock, slack, telegram, chats)


@pytest.fixture
def consents(store: Store, clock: MovableClock) -> ChatConsents:
    return ChatConsents(store, clock)


@pytest.fixture
def identity(store: Store, clock: MovableClock) -> Identity:
    return Identity(store, clock, LINKS)


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", kind=replace(TALK, reminders=(DAY, HOUR)))


def prove(identity: Identity, store: Store, chat: dict[str, str] = TELEGRAM) -> None:
    """The chat types the code that was mailed to Ann."""
    identity.ask_code(ANN.email, **chat)
    with store.reading() as connection:
        asked = proofs.asked(connection, rows(store, "SELECT id FROM identity_code")[0][0])
    assert asked is not None
    assert not isinstance(identity.prove(code_of(asked, SECRET), **chat), Refusal)


def move(scheduler: Scheduler, booking: Booking, clock: str, actor: Actor = OPERATOR) -> Booking:
    return scheduler.reschedule(booking.uid, at(clock), version=booking.version, key=new_key(), actor=actor)


def cancel(scheduler: Scheduler, booking: Booking, actor: Actor = OPERATOR) -> Booking:
    return scheduler.cancel(booking.uid, version=booking.version, key=new_key(), actor=actor)


def remarks(store: Store) -> list[str]:
    """What became of what chats were to be told."""
    return [one.last_error for one in entries(store) if one.message.topic.value.startswith("chat_")]


def test_chat_is_asked_once_for_each_address(consents: ChatConsents) -> None:
    asked = [
        consents.asks(address, **TELEGRAM) for address in (ANN.email, "ANN@example.com", "b@example.com")
    ]

    assert asked == [True, False, True]
    assert consents.asks(ANN.email, **SLACK)


@pytest.mark.parametrize("channel", ["web", "rest", "cmdline", ""])
def test_chats_that_show_it_anyway_or_cannot_be_told_are_not_asked(
    consents: ChatConsents, store: Store, channel: str
) -> None:
    assert not consents.asks(ANN.email, channel=channel, sender="chat-1")
    assert rows(store, "SELECT count(*) FROM chat_consent")[0][0] == 0


async def test_chat_that_said_yes_is_told_all_of_its_booking_in_the_readers_time(
    services: Services, consents: ChatConsents, scheduler: Scheduler, store: Store
) -> None:
    booking = book(scheduler, slot("10:00"), ON_TELEGRAM)
    consents.asks(ANN.email, **TELEGRAM)
    consents.answer(ANN.email, wanted=True, **TELEGRAM)
    assert await services.told() == []
    room = rows(store, "SELECT meeting_url FROM booking")[0][0]
    manage = LINKS.manage(booking.uid, ATTENDEE)

    reminders = [await services.told(START - lead) for lead in (DAY + MINUTE, DAY, HOUR)]
    moved = move(scheduler, booking, "13:00")
    (rescheduling,) = await services.told()
    cancel(scheduler, moved)
    (cancellation,) = await services.told()

    reminder = (
        "Reminder: Talk with Dr. Eva\n"
        "Tuesday 1 December 2026, 19:00–19:30 (Asia/Tokyo, UTC+9)\n"
        f"Video call (Jitsi)\n{room}\n\n"
        f"Move or cancel it: {manage}\n"
        'To end these reminders, write "stop messages here".'
    )
    assert reminders == [[], [reminder], [reminder]]
    assert rescheduling == (
        "Example Practice has moved your appointment: Talk with Dr. Eva\n"
        "Tuesday 1 December 2026, 22:00–22:30 (Asia/Tokyo, UTC+9)\n"
        "Before: Tuesday 1 December 2026, 19:00\n"
        f"Video call (Jitsi)\n{room}\n\n"
        f"Move or cancel it: {manage}"
    )
    assert cancellation == (
        "Example Practice has cancelled your appointment. It does not take place: Talk with Dr. Eva\n"
        "Tuesday 1 December 2026, 22:00–22:30 (Asia/Tokyo, UTC+9)\n\n"
        "Book another time: https://book.example.org"
    )


async def test_chat_is_told_of_the_link_that_follows(
    services: Services, consents: ChatConsents, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00"), ON_SLACK)
    consents.want(ANN.email, **SLACK)
    await services.told()
    for room in ("one", "two"):
        with store.transaction() as connection:
            there = scheduler.find(booking.uid, actor=OPERATOR)
            new = Meeting(Channel.JITSI, f"https://rooms.example.org/{room}", room)
            meetings.keep_meeting(connection, there, new, clock.now())

    (told,) = await services.told()

    assert told.startswith("Where to meet online for your appointment: Talk with Dr. Eva\n")
    assert "https://rooms.example.org/two" in told


async def test_chat_that_did_not_say_yes_is_told_nothing(
    services: Services, consents: ChatConsents, scheduler: Scheduler
) -> None:
    unanswered, refused = (book(scheduler, slot(clock), ON_TELEGRAM) for clock in ("10:00", "11:00"))
    consents.asks(ANN.email, **TELEGRAM)
    cancel(scheduler, unanswered)
    before = await services.told(START - DAY)
    consents.answer(ANN.email, wanted=False, **TELEGRAM)
    cancel(scheduler, refused)

    assert (before, await services.told()) == ([], [])


def test_answer_counts_for_what_was_asked_alone(consents: ChatConsents, store: Store) -> None:
    consents.answer(ANN.email, wanted=True, **TELEGRAM)

    assert rows(store, "SELECT count(*) FROM chat_consent")[0][0] == 0


async def test_what_the_attendee_did_is_no_news(
    services: Services, consents: ChatConsents, scheduler: Scheduler
) -> None:
    booking = book(scheduler, slot("10:00"), ON_TELEGRAM)
    consents.want(ANN.email, **TELEGRAM)
    moved = move(scheduler, booking, "13:00", ON_TELEGRAM)
    cancel(scheduler, moved, Actor(ActorKind.ATTENDEE, ANN.email))

    assert await services.told() == []


async def test_chat_hears_of_what_was_booked_elsewhere_once_it_has_proven_the_address(
    services: Services, consents: ChatConsents, scheduler: Scheduler, identity: Identity, store: Store
) -> None:
    first, second = book(scheduler, slot("10:00")), book(scheduler, slot("11:00"))
    consents.want(ANN.email, **TELEGRAM)
    cancel(scheduler, first)
    assert await services.told() == []

    prove(identity, store)
    cancel(scheduler, second)

    (told,) = await services.told()
    assert "20:00–20:30" in told


async def test_proof_before_the_yes_counts_as_well(
    services: Services, consents: ChatConsents, scheduler: Scheduler, identity: Identity, store: Store
) -> None:
    booking = book(scheduler, slot("10:00"))
    prove(identity, store, SLACK)
    cancel(scheduler, booking)
    assert await services.told() == []  # the proof alone is no yes
    consents.want(ANN.email, **SLACK)

    cancel(scheduler, book(scheduler, slot("11:00")))

    assert len(await services.told()) == 1


async def test_address_that_the_channel_has_verified_counts_as_proof(
    services: Services, consents: ChatConsents, scheduler: Scheduler, identity: Identity
) -> None:
    booking = book(scheduler, slot("10:00"))
    consents.want(ANN.email, **SLACK)
    identity.vouch(ANN.email, **SLACK)

    cancel(scheduler, booking)

    assert len(await services.told()) == 1


async def test_link_of_a_mail_ties_the_chat_to_its_booking_alone(
    services: Services, consents: ChatConsents, scheduler: Scheduler, identity: Identity
) -> None:
    first, second = book(scheduler, slot("10:00")), book(scheduler, slot("11:00"))
    consents.want(ANN.email, **TELEGRAM)
    identity.prove_by_link(LINKS.chat(first.uid, ATTENDEE).partition("#chat=")[2], **TELEGRAM)
    for booking in (first, second):
        cancel(scheduler, booking)

    (told,) = await services.told()

    assert "19:00–19:30" in told


async def test_no_that_comes_before_it_is_told_counts(
    services: Services, consents: ChatConsents, scheduler: Scheduler, store: Store
) -> None:
    booking = book(scheduler, slot("10:00"), ON_TELEGRAM)
    consents.want(ANN.email, **TELEGRAM)
    cancel(scheduler, booking)
    consents.stop(**TELEGRAM)

    assert await services.told() == []
    assert remarks(store) == ["dropped: the chat does not want to be told of it"]


async def test_who_has_blocked_the_bot_has_said_no(
    services: Services, consents: ChatConsents, scheduler: Scheduler, store: Store
) -> None:
    booking = book(scheduler, slot("10:00"), ON_TELEGRAM)
    consents.want(ANN.email, **TELEGRAM)
    services.telegram.blocked.add(77)
    moved = move(scheduler, booking, "13:00")
    await services.told()
    services.telegram.blocked.clear()
    cancel(scheduler, moved)

    assert await services.told() == []
    assert remarks(store) == ["dropped: Telegram 403: Forbidden: bot was blocked by the user"]
    assert rows(store, "SELECT wanted FROM chat_consent") == [(False,)]


async def test_service_that_is_away_is_told_later_and_holds_up_no_other(
    services: Services, consents: ChatConsents, scheduler: Scheduler, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00"), ON_TELEGRAM)
    consents.want(ANN.email, **TELEGRAM)
    book(scheduler, slot("12:00"), ON_SLACK)
    consents.want(ANN.email, **SLACK)
    services.telegram.fail(SEND, CUT)
    cancel(scheduler, booking)
    assert await services.told() == []

    clock.move(MINUTE)

    assert len(await services.told()) == 1


async def test_reminder_that_is_late_is_dropped_for_chats_as_well(
    services: Services, consents: ChatConsents, scheduler: Scheduler
) -> None:
    book(scheduler, slot("10:00"), ON_TELEGRAM)
    consents.want(ANN.email, **TELEGRAM)
    await services.told()

    assert await services.told(START - HOUR + 20 * MINUTE) == []


async def test_chat_of_a_service_without_an_account_is_told_nothing(
    services: Services, consents: ChatConsents, scheduler: Scheduler, store: Store
) -> None:
    booking = book(scheduler, slot("10:00"), ON_SLACK)
    consents.want(ANN.email, **SLACK)
    del services.chats["slack"]
    cancel(scheduler, booking)

    assert await services.told() == []
    assert remarks(store) == ["dropped: no account is set up for slack"]


def test_who_says_that_it_was_not_them_ends_what_chats_are_told(consents: ChatConsents, store: Store) -> None:
    consents.want(ANN.email, "bob@example.com", **TELEGRAM)

    with store.transaction() as connection:
        deeds.withdraw(connection, ANN.email, at("09:00"))

    assert rows(store, "SELECT address FROM chat_consent") == [("bob@example.com",)]


async def test_what_chats_have_said_is_shown_and_erased_with_the_address(
    services: Services, consents: ChatConsents, store: Store, clock: MovableClock
) -> None:
    privacy = Privacy(store, clock, LINKS, KEEP)
    consents.want(ANN.email, **TELEGRAM)
    content = json.loads(privacy.export(ANN.email, actor=OPERATOR).as_json())
    assert content["told_in_chats"] == [
        {"channel": "telegram", "sender": "telegram:77", "wanted": True, "said_at": clock.now().isoformat()}
    ]

    privacy.erase_for(ANN.email, actor=OPERATOR)
    await services.told()

    assert rows(store, "SELECT count(*) FROM chat_consent")[0][0] == 0


def test_what_chats_have_said_goes_with_the_last_booking(
    consents: ChatConsents, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    book(scheduler, slot("10:00"), CHAT)
    consents.want(ANN.email, "bob@example.com", **TELEGRAM)
    clock.move(2 * DAY)

    taken = Retention(store, clock, KEEP).purge()

    assert taken["chat consents"] == 1
    assert rows(store, "SELECT address FROM chat_consent") == [(ANN.email,)]


def test_messages_do_not_name_the_chat(consents: ChatConsents, scheduler: Scheduler, store: Store) -> None:
    booking = book(scheduler, slot("10:00"), ON_TELEGRAM)
    consents.want(ANN.email, **TELEGRAM)
    cancel(scheduler, booking)

    (consent,) = rows(store, "SELECT id FROM chat_consent")[0]
    told = [one.message.recipient for one in entries(store) if one.message.topic.value == "chat_cancelled"]
    assert told == [f"chat:{consent}"]
