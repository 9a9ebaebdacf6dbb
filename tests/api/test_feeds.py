"""Calendars by secret address: what they hold, who can read them, and for how long."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar, Component
from sqlalchemy import text

from scheduler_core.errors import NotAllowed
from scheduler_core.feeds import Feeds
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Slot
from scheduler_core.timerange import TimeRange
from tests.api.practice import ANN, CONSULTATION, OPERATOR, PUBLIC_URL, Practice, at
from tests.conftest import MovableClock

EVA = Actor(ActorKind.PERSON, "eva-meyer")
ANN_HERSELF = Actor(ActorKind.ATTENDEE, ANN.email)
ZOE = Attendee('Zoë Müller; "the" tall, one', "zoe@example.com", "Europe/London")


@pytest.fixture
def feeds(practice: Practice) -> Feeds:
    return practice.core.feeds


@pytest.fixture
def booking(practice: Practice) -> Booking:
    return practice.book(at(1, 9, 30))


def path(url: str) -> str:
    assert url.startswith(f"{PUBLIC_URL}/feeds/")
    return url.removeprefix(PUBLIC_URL)


async def read(client: httpx.AsyncClient, url: str) -> Calendar:
    """The one calendar object behind the address, read without leniency."""
    answer = await client.get(path(url))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "\n" not in answer.text.replace("\r\n", "")
    assert [line for line in answer.text.split("\r\n") if len(line.encode()) > 75] == []
    calendar = Calendar.from_ical(answer.text)
    assert isinstance(calendar, Calendar)
    assert [error for one in calendar.walk() for error in one.errors] == []
    return calendar


def events(calendar: Calendar) -> list[Component]:
    return list(calendar.walk("VEVENT"))


def cancel(practice: Practice, booking: Booking) -> Booking:
    return practice.core.scheduler.cancel(booking.uid, version=booking.version, key="cancel", actor=OPERATOR)


async def test_a_persons_feed_says_whom_they_meet(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds, booking: Booking
) -> None:
    practice.book(at(2, 9), attendee=ZOE)

    calendar = await read(client, feeds.open(EVA).url)

    assert [str(calendar[name]) for name in ("version", "calscale", "name", "x-wr-calname")] == [
        "2.0",
        "GREGORIAN",
        "Appointments of Dr. Eva Meyer",
        "Appointments of Dr. Eva Meyer",
    ]
    assert ("method" in calendar, calendar.refresh_interval) == (False, timedelta(minutes=15))
    first, second = events(calendar)
    assert str(first["summary"]) == "Consultation with Ann Lee"
    assert str(second["summary"]) == f"Consultation with {ZOE.name}"
    assert str(first["description"]) == (
        f"{ANN.email}\nIt's about <b>my</b> tax return.\nReference: {booking.reference}"
    )
    assert (str(first["uid"]), first["sequence"], str(first["status"])) == (
        str(booking.uid),
        0,
        "CONFIRMED",
    )
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (booking.time.start, booking.time.end)
    assert [name for name in ("organizer", "attendee", "valarm") if name in first] == []


async def test_an_attendees_feed_holds_their_own_appointments_alone(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds, booking: Booking
) -> None:
    practice.book(at(2, 9), attendee=ZOE)

    calendar = await read(client, feeds.open(ANN_HERSELF).url)

    assert str(calendar["name"]) == "Appointments with Example Practice"
    assert [str(event["uid"]) for event in events(calendar)] == [str(booking.uid)]
    assert str(events(calendar)[0]["summary"]) == "Consultation with Dr. Eva Meyer"


async def test_what_is_called_off_stands_as_cancelled_for_a_month(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds, booking: Booking, clock: MovableClock
) -> None:
    cancel(practice, booking)
    url = feeds.open(EVA).url

    (event,) = events(await read(client, url))
    clock.move(timedelta(days=31))

    assert [str(event[name]) for name in ("status", "sequence", "transp")] == [
        "CANCELLED",
        "1",
        "TRANSPARENT",
    ]
    assert events(await read(client, url)) == []


async def test_what_is_over_leaves_after_three_months(
    client: httpx.AsyncClient, feeds: Feeds, booking: Booking, clock: MovableClock
) -> None:
    url = feeds.open(EVA).url
    clock.move(booking.time.end - clock.now() + timedelta(days=89))

    before = events(await read(client, url))
    clock.move(timedelta(days=2))

    assert (len(before), events(await read(client, url))) == (1, [])


async def test_a_hold_is_in_no_feed_but_takes_time(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds
) -> None:
    slot = Slot(TimeRange.starting(at(1, 9), CONSULTATION.duration), ("eva-meyer",), CONSULTATION.handle)
    practice.core.scheduler.hold(slot, key="hold", actor=OPERATOR)
    feed = feeds.open(EVA)

    answer = await client.get(path(feed.free_busy_url))

    assert events(await read(client, feed.url)) == []
    assert "FREEBUSY;FBTYPE=BUSY;VALUE=PERIOD:20261201T090000Z/20261201T093000Z\r\n" in answer.text


@pytest.mark.usefixtures("booking")
async def test_free_busy_time_says_neither_who_nor_why(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds, clock: MovableClock
) -> None:
    cancel(practice, practice.book(at(3, 9)))

    answer = await client.get(path(feeds.open(EVA).free_busy_url))

    (busy,) = Calendar.from_ical(answer.text).walk("VFREEBUSY")
    assert "FREEBUSY;FBTYPE=BUSY;VALUE=PERIOD:20261201T093000Z/20261201T100000Z\r\n" in answer.text
    assert (busy.decoded("dtstart"), busy.decoded("dtend")) == (
        clock.now(),
        clock.now() + timedelta(days=60),
    )
    assert [word for word in ("Ann", ANN.email, "tax", "20261203") if word in answer.text] == []


@pytest.mark.usefixtures("booking")
async def test_free_busy_time_of_an_attendee_is_their_own(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds
) -> None:
    practice.book(at(2, 9), attendee=ZOE)

    answer = await client.get(path(feeds.open(ANN_HERSELF).free_busy_url))

    assert answer.text.count("/20261201T100000Z") == 1
    assert "20261202" not in answer.text.partition("FREEBUSY;")[2]


async def test_who_has_the_present_calendar_gets_it_no_second_time(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds, booking: Booking, clock: MovableClock
) -> None:
    address = path(feeds.open(EVA).url)
    first = await client.get(address)
    clock.move(timedelta(hours=5))

    same = await client.get(address, headers={"If-None-Match": f'"old", W/{first.headers["ETag"]}'})
    cancel(practice, booking)
    changed = await client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert (changed.status_code, changed.headers["ETag"] == first.headers["ETag"]) == (200, False)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"


async def test_head_answers_without_the_calendar(client: httpx.AsyncClient, feeds: Feeds) -> None:
    feed = feeds.open(EVA)

    answers = [await client.head(path(url)) for url in (feed.url, feed.free_busy_url)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"")] * 2


async def test_a_renewed_feed_has_another_address_and_the_old_one_is_dead(
    client: httpx.AsyncClient, feeds: Feeds
) -> None:
    old = feeds.open(EVA)

    new = feeds.renew(EVA)

    assert [(await client.get(path(feed.url))).status_code for feed in (old, new)] == [404, 200]
    assert (feeds.open(EVA), feeds.of(EVA)) == (new, new)


async def test_a_revoked_feed_is_none(client: httpx.AsyncClient, feeds: Feeds) -> None:
    feed = feeds.open(ANN_HERSELF)

    feeds.revoke(ANN_HERSELF)

    gone = [await client.get(path(url)) for url in (feed.url, feed.free_busy_url)]
    assert [(answer.status_code, "not shared any more" in answer.text) for answer in gone] == [
        (404, True)
    ] * 2
    assert feeds.of(ANN_HERSELF) is None


@pytest.mark.parametrize("token", ["x", "A" * 54, "é" * 20])
async def test_no_other_address_is_a_feed(client: httpx.AsyncClient, token: str) -> None:
    assert (await client.get(f"/feeds/{token}.ics")).status_code == 404


async def test_a_manage_link_is_no_feed(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds, booking: Booking
) -> None:
    token = practice.path(booking).removeprefix("/b/")
    feed = path(feeds.open(EVA).url).removeprefix("/feeds/").removesuffix(".ics")

    assert (await client.get(f"/feeds/{token}.ics")).status_code == 404
    assert (await client.get(f"/b/{feed}")).status_code == 404


def test_nobody_else_has_a_feed(feeds: Feeds) -> None:
    for actor in (OPERATOR, Actor(ActorKind.LINK, "any"), Actor(ActorKind.CONVERSATION, "web:any")):
        with pytest.raises(NotAllowed):
            feeds.open(actor)


def test_the_secret_is_not_in_the_database(practice: Practice, feeds: Feeds) -> None:
    url = feeds.open(EVA).url

    with practice.core.store.reading() as connection:
        (row,) = connection.execute(text("SELECT feed::text FROM feed")).scalars()

    assert path(url).removeprefix("/feeds/")[:20] not in row


async def test_a_feed_goes_with_the_last_booking_that_names_its_owner(
    client: httpx.AsyncClient, practice: Practice, feeds: Feeds, booking: Booking, clock: MovableClock
) -> None:
    feed = feeds.open(ANN_HERSELF)
    kept = practice.core.privacy.export(ANN.email, actor=OPERATOR)
    clock.move(booking.time.end - clock.now() + practice.core.privacy.kept().bookings)
    clock.move(timedelta(days=1))

    taken = practice.core.retention.purge()

    assert (kept.feed_since, taken["attendees"], taken["feeds"]) == (feed.created_at, 1, 1)
    assert (await client.get(path(feed.url))).status_code == 404
