"""What is kept about an address: asked for, listed, taken out."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from scheduler_core.db.store import Store
from scheduler_core.errors import BookingChanged, InvalidText, NotAllowed, TooOften
from scheduler_core.identity import Identity
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Details, Status
from scheduler_core.people import People
from scheduler_core.personal_data import DataRequest
from scheduler_core.privacy import REQUESTS_A_DAY, Privacy
from scheduler_core.scheduler import Scheduler
from scheduler_core.tickets import Desk, Tickets
from tests.adapters.smtp_server import Postbox
from tests.conftest import MovableClock
from tests.service.outbox_samples import SECRET, states, working
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    HOUR,
    OPERATOR,
    at,
    book,
    new_key,
    open_practice,
    rows,
    slot,
)
from tests.service.test_retention import KEEP

LINKS = Links(SECRET, "https://book.example.org")
ACTOR = Actor(ActorKind.ATTENDEE, ANN.email)
BOB = Attendee("Bob Ray", "Bob.Ray@example.com", "UTC")


@pytest.fixture
def privacy(store: Store, clock: MovableClock) -> Privacy:
    return Privacy(store, clock, LINKS, KEEP)


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


def token_of(wanted: DataRequest) -> str:
    return LINKS.data(wanted.id).rpartition("/")[2]


def ask(privacy: Privacy, key: str = "ask", actor: Actor = ACTOR) -> str:
    """The token in the mail."""
    return token_of(privacy.request(key=key, actor=actor))


def everything_that_names(store: Store, words: str) -> list[str]:
    """The tables with a row that holds the words, capitals or not."""
    tables = rows(store, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    found = []
    for (table,) in tables:
        statement = f'SELECT count(*) FROM "{table}" AS one WHERE one::text ILIKE :words'  # noqa: S608
        if rows(store, statement, words=f"%{words}%")[0][0]:
            found.append(table)
    return sorted(found)


async def told(store: Store, clock: MovableClock, postbox: Postbox | None = None) -> Postbox:
    """Lets a worker do what is due."""
    postbox = postbox or Postbox()
    async with working(store, clock, postbox) as worker:
        await worker.drain()
    return postbox


@pytest.mark.parametrize("kind", [kind for kind in ActorKind if kind is not ActorKind.ATTENDEE])
def test_nothing_goes_out_without_a_proven_address(privacy: Privacy, store: Store, kind: ActorKind) -> None:
    with pytest.raises(NotAllowed):
        privacy.request(key="ask", actor=Actor(kind, ANN.email))

    assert states(store) == []


async def test_link_is_mailed_to_the_address_as_it_is_known(
    privacy: Privacy, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    scheduler.book(slot("10:00"), BOB, key=new_key(), actor=CHAT)
    await told(store, clock)
    wanted = privacy.request(key="ask", actor=Actor(ActorKind.ATTENDEE, "bob.ray@example.com"))
    postbox = await told(store, clock)

    (mail,) = (received.mail for received in postbox.received)
    assert mail["To"] == "Bob.Ray@example.com"
    assert mail["Subject"] == "What Example Practice keeps about you"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert LINKS.data(wanted.id) in body.get_content()
        assert "24 hours" in body.get_content()


def test_same_key_mails_once(privacy: Privacy, store: Store) -> None:
    assert ask(privacy) == ask(privacy)

    assert states(store) == [("mail_your_data", "waiting")]


def test_address_asks_three_times_a_day(privacy: Privacy, clock: MovableClock) -> None:
    first = clock.now()
    for number in range(REQUESTS_A_DAY):
        ask(privacy, str(number))
        clock.move(HOUR)

    with pytest.raises(TooOften) as refused:
        ask(privacy, "one more")

    assert refused.value.details["again"] == first + DAY
    ask(privacy, "another", Actor(ActorKind.ATTENDEE, "bob@example.com"))


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_key_that_cannot_be_kept_is_refused(privacy: Privacy, key: str) -> None:
    with pytest.raises(InvalidText):
        ask(privacy, key)


def test_tokens_hold_for_a_day_and_for_nothing_else(
    privacy: Privacy, scheduler: Scheduler, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00"))
    token = ask(privacy)
    assert privacy.visit(token).address == ANN.email

    for worthless in ("", "x", token[:-1], LINKS.token(booking.uid, "attendee")):
        with pytest.raises(NotAllowed):
            privacy.visit(worthless)
    clock.move(timedelta(hours=24))
    with pytest.raises(NotAllowed):
        privacy.kept_about(token)


def test_everything_about_the_address_is_listed_and_nothing_else(
    privacy: Privacy, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    own = scheduler.book(
        slot("10:00"), ANN, details=Details(note="About my results"), key=new_key(), actor=CHAT
    )
    invited = scheduler.book(
        slot("11:00"),
        BOB,
        details=Details(note="Private", guests=("ANN@example.com",)),
        key=new_key(),
        actor=CHAT,
    )
    scheduler.book(slot("12:00"), BOB, key=new_key(), actor=CHAT)
    ticket = Tickets(store, clock, Desk("help@example.org", pause=HOUR)).open(
        (), channel="web", sender="ann", key="one", contact=ANN.email
    )
    Identity(store, clock, LINKS).ask_code(ANN.email, channel="web", sender="ann")

    data = privacy.kept_about(ask(privacy))

    assert (data.address, data.bookings, data.invitations) == (ANN.email, (own,), (invited,))
    assert (data.tickets, data.proofs, data.codes) == ((ticket,), 0, 1)
    content = json.loads(data.as_json())
    assert content["appointments"][0]["note"] == "About my results"
    assert content["invitations"] == [
        {
            "id": str(invited.uid),
            "status": "CONFIRMED",
            "type": "Talk",
            "with": ["Dr. Eva"],
            "start": "2026-12-01T11:00:00+00:00",
            "end": "2026-12-01T11:30:00+00:00",
        }
    ]
    assert "Private" not in data.as_json()
    assert "Bob" not in data.as_json()


async def test_erasure_leaves_no_trace_but_when_and_with_whom(
    privacy: Privacy, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    identity = Identity(store, clock, LINKS)
    details = Details(phone="+49 30 1234", note="About my results", guests=("bob@example.com",))
    own = scheduler.book(slot("10:00"), ANN, details=details, key=new_key(), actor=CHAT)
    theirs = scheduler.book(
        slot("11:00"), BOB, details=Details(guests=(ANN.email,)), key=new_key(), actor=CHAT
    )
    Tickets(store, clock, Desk("help@example.org", pause=HOUR)).open(
        (), channel="web", sender="ann", key="one", contact=ANN.email
    )
    identity.ask_code(ANN.email, channel="web", sender="ann")
    await told(store, clock)
    clock.instant = at("13:00")
    token = ask(privacy)

    privacy.erase(token)
    await told(store, clock)

    assert everything_that_names(store, ANN.email) == []
    assert everything_that_names(store, "Ann Lee") == []
    assert everything_that_names(store, "my results") == []
    erased = scheduler.find(own.uid, actor=OPERATOR)
    assert (erased.time, erased.people, erased.status) == (own.time, own.people, Status.CONFIRMED)
    other = scheduler.find(theirs.uid, actor=OPERATOR)
    assert (other.attendee, other.guests) == (BOB, ())
    assert privacy.visit(token).done_at == clock.now()


def test_appointments_to_come_have_to_be_named(privacy: Privacy, scheduler: Scheduler, store: Store) -> None:
    first, second = book(scheduler, slot("10:00")), book(scheduler, slot("11:00"))
    token = ask(privacy)
    before = states(store)

    for named in ((), (first.uid,)):
        with pytest.raises(BookingChanged):
            privacy.erase(token, cancelling=named)

    assert [scheduler.find(one.uid, actor=OPERATOR) for one in (first, second)] == [first, second]
    assert states(store) == before


async def test_names_go_once_everybody_has_heard_of_the_cancellation(
    privacy: Privacy, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00"))
    await told(store, clock)
    token = ask(privacy)
    privacy.erase(token, cancelling=[booking.uid])
    postbox = Postbox()
    postbox.answers["RCPT"].extend(["451 not now"] * 2)
    await told(store, clock, postbox)
    assert scheduler.find(booking.uid, actor=OPERATOR).attendee == ANN

    clock.move(5 * timedelta(minutes=1))
    await told(store, clock, postbox)
    clock.move(5 * timedelta(minutes=1))
    await told(store, clock, postbox)

    recipients = [str(received.mail["To"]) for received in postbox.received]
    assert sum("ann@example.com" in one for one in recipients) == 1
    assert sum("eva@example.org" in one for one in recipients) == 1
    assert everything_that_names(store, ANN.email) == []


async def test_names_go_after_half_a_day_whoever_has_not_heard(
    privacy: Privacy, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00"))
    await told(store, clock)
    privacy.erase(ask(privacy), cancelling=[booking.uid])
    with store.transaction() as connection:
        connection.execute(
            text("UPDATE outbox SET due_at = due_at + interval '1 day' WHERE topic LIKE 'mail%'")
        )

    await told(store, clock)
    assert everything_that_names(store, ANN.email) != []
    clock.move(12 * HOUR)
    postbox = await told(store, clock)
    clock.move(DAY)
    await told(store, clock, postbox)

    assert everything_that_names(store, ANN.email) == []
    assert postbox.received == []  # nobody is written to in the place of somebody who is not named any more


def test_erased_twice_is_erased_once(privacy: Privacy, scheduler: Scheduler, store: Store) -> None:
    booking = book(scheduler, slot("10:00"))
    token = ask(privacy)
    first = privacy.erase(token, cancelling=[booking.uid])

    assert privacy.erase(token) == first
    assert [topic for topic, _ in states(store)].count("erasure") == 1


async def test_what_is_booked_after_that_is_kept(
    privacy: Privacy, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    old: Booking = book(scheduler, slot("10:00"))
    await told(store, clock)
    clock.instant = at("13:00")
    privacy.erase(ask(privacy))
    clock.move(timedelta(seconds=1))
    new = book(scheduler, slot("15:00"))
    await told(store, clock)

    assert scheduler.find(new.uid, actor=OPERATOR).attendee == ANN
    assert scheduler.find(old.uid, actor=OPERATOR).attendee != ANN


@pytest.mark.parametrize("kind", [kind for kind in ActorKind if kind is not ActorKind.OPERATOR])
def test_nobody_but_an_operator_names_an_address(privacy: Privacy, kind: ActorKind) -> None:
    stranger = Actor(kind, ANN.email)

    with pytest.raises(NotAllowed):
        privacy.export(ANN.email, actor=stranger)
    with pytest.raises(NotAllowed):
        privacy.erase_for(ANN.email, actor=stranger)


async def test_operator_erases_for_somebody(
    privacy: Privacy, scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00"))
    with pytest.raises(BookingChanged):
        privacy.erase_for(ANN.email, actor=OPERATOR)

    privacy.erase_for(ANN.email, actor=OPERATOR, cancelling=[booking.uid])
    await told(store, clock)
    clock.move(HOUR)
    await told(store, clock)

    assert everything_that_names(store, ANN.email) == []


def test_for_how_long_things_are_kept_comes_from_the_settings(privacy: Privacy) -> None:
    assert privacy.kept() == KEEP
