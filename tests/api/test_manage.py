from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from scheduler_core.links import ATTENDEE, Links, person
from scheduler_core.model import Booking, Reason, Slot, Status
from scheduler_core.timerange import TimeRange
from tests.api.conftest import browser
from tests.api.html_page import HtmlPage
from tests.api.practice import ANN, OPERATOR, PUBLIC_URL, Practice, at
from tests.conftest import MovableClock
from webchat.api.manage_view import REFUSALS

EVA = person("eva-meyer")
DEAD = "This link does not work It may be incomplete: please copy all of it from the mail."


@pytest.fixture
def booking(practice: Practice) -> Booking:
    """Ann, who is in Kolkata, has a consultation with Dr. Meyer at half past ten in Berlin."""
    return practice.book(at(1, 9, 30))


@pytest.fixture
def path(practice: Practice, booking: Booking) -> str:
    return practice.path(booking)


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Another browser."""
    async with browser(app) as client:
        yield client


async def get(client: httpx.AsyncClient, path: str) -> HtmlPage:
    return HtmlPage(await client.get(path, follow_redirects=True))


async def send(client: httpx.AsyncClient, page: HtmlPage, action: str, **changed: str) -> HtmlPage:
    """The page that follows when the form is sent."""
    form = page.form(action)
    answer = await client.post(form.action, data=form.fields | changed, follow_redirects=True)
    return HtmlPage(answer)


async def test_page_shows_the_booking_in_the_zone_of_the_attendee(
    client: httpx.AsyncClient, booking: Booking, path: str
) -> None:
    page = await get(client, path)

    assert page.status == 200
    assert page.text == (
        "Skip to the content Example Practice Schedule Mails "
        "Confirmed Consultation with Dr. Eva Meyer "
        "When Tuesday 1 December 2026, 15:00–15:30 Asia/Kolkata, UTC+5:30 "
        "10:30–11:00 for Dr. Eva Meyer (Europe/Berlin) "
        "What Consultation, 30 minutes With Dr. Eva Meyer Where 4 Linden Street, Berlin "
        f"Note It's about <b>my</b> tax return. Reference {booking.reference} "
        "Choose another time Continue in the chat Cancel the appointment "
        "Cancel this appointment? The time becomes free at once, and both sides get a mail. Yes, cancel it"
    )


async def test_page_shows_the_booking_in_the_zone_of_the_person(
    client: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    page = await get(client, practice.path(booking, EVA))

    assert page.status == 200
    assert "Consultation with Ann Lee When Tuesday 1 December 2026, 10:30–11:00 Europe/Berlin" in page.text
    assert [link for link in page.links if "#chat=" in link] == []


async def test_page_leads_the_attendee_into_the_chat_while_something_can_be_changed(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    before = await get(client, path)
    after = await send(client, before, "/cancel")

    link = practice.core.links.chat(booking.uid, ATTENDEE)
    assert [link in page.links for page in (before, after)] == [True, False]


async def test_cancelling_frees_the_time_and_says_so(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    page = await send(client, await get(client, path), "/cancel")

    assert practice.find(booking).status is Status.CANCELLED
    assert page.status == 200
    assert "The appointment is cancelled. Both sides get a mail. Cancelled Consultation" in page.text
    assert page.forms == []


async def test_person_can_cancel_by_a_link_of_their_own(
    client: httpx.AsyncClient, practice: Practice, booking: Booking
) -> None:
    await send(client, await get(client, practice.path(booking, EVA)), "/cancel")

    assert practice.find(booking).status is Status.CANCELLED


async def test_form_sent_twice_does_it_once(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    form = await get(client, path)

    pages = [await send(client, form, "/cancel") for _ in range(2)]

    assert [page.status for page in pages] == [200, 200]
    assert pages[0].text == pages[1].text
    assert practice.find(booking).version == booking.version + 1


async def test_second_page_of_a_cancelled_booking_explains_itself(
    client: httpx.AsyncClient, path: str
) -> None:
    first, second = await get(client, path), await get(client, path)
    await send(client, first, "/cancel")

    page = await send(client, second, "/cancel")

    assert page.status == 409
    assert "The appointment is cancelled. Cancelled Consultation with Dr. Eva Meyer" in page.text
    assert page.forms == []


async def test_reschedule_page_offers_the_free_starts_by_day_of_the_reader(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    practice.book(at(1, 8, 30))

    page = await get(client, path + "/reschedule?from=2026-12-01")

    assert page.status == 200
    assert "Consultation with Dr. Eva Meyer is on Tuesday 1 December 2026, 15:00–15:30." in page.text
    assert "Times are shown in Asia/Kolkata. Tuesday 1 December 2026 13:30 14:30 15:30 16:00" in page.text
    choices = page.form("/reschedule").choices
    assert choices[:4] == [f"2026-12-01T{time}:00+00:00" for time in ("08:00", "09:00", "10:00", "10:30")]
    assert [choice[:10] for choice in choices if choice.endswith("T08:00:00+00:00")] == [
        f"2026-12-0{day}" for day in (1, 2, 3, 4, 7, 8)
    ]


async def test_reschedule_page_begins_with_the_first_that_can_be_had(
    client: httpx.AsyncClient, path: str
) -> None:
    page = await get(client, path + "/reschedule")

    choices = page.form("/reschedule").choices
    assert choices[0] == "2026-11-24T09:00:00+00:00"
    assert len({choice[:10] for choice in choices}) == 6


async def test_pages_of_free_days_lead_to_each_other_until_the_last(
    client: httpx.AsyncClient, path: str
) -> None:
    seen: list[str] = []
    following: list[str] = [path + "/reschedule"]
    while following:
        page = await get(client, following[0])
        seen += page.form("/reschedule").choices
        following = [link for link in page.links if "?from=" in link]

    assert seen == sorted(set(seen))
    days = sorted({choice[:10] for choice in seen})
    assert (days[0], days[-1], len(days)) == ("2026-11-24", "2027-01-22", 44)


async def test_days_without_anything_free_say_so(client: httpx.AsyncClient, path: str) -> None:
    page = await get(client, path + "/reschedule?from=2027-06-01")

    assert page.status == 200
    assert "No time is free after that day." in page.text
    assert page.forms == []


@pytest.mark.parametrize("day", ["9999-12-31", "2027-01-23", "2027-01-24"])
async def test_days_beyond_the_last_are_empty(client: httpx.AsyncClient, path: str, day: str) -> None:
    page = await get(client, f"{path}/reschedule?from={day}")

    assert (page.status, page.forms) == (200, [])


@pytest.mark.parametrize("day", ["0001-01-01", "2026-11-24", "someday", ""])
async def test_days_before_the_first_begin_with_it(client: httpx.AsyncClient, path: str, day: str) -> None:
    page = await get(client, f"{path}/reschedule?from={day}")

    assert page.form("/reschedule").choices[0] == "2026-11-24T09:00:00+00:00"


async def test_booking_that_nobody_offers_any_more_has_no_other_time(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    with practice.core.store.transaction() as connection:
        connection.execute(text("DELETE FROM offer WHERE kind = 'consultation'"))

    page = await get(client, path + "/reschedule")

    assert (page.status, page.forms) == (200, [])
    assert "No time is free in the days ahead." in page.text


def test_every_reason_has_its_sentence() -> None:
    assert set(REFUSALS) == set(Reason)


async def test_moving_keeps_the_booking_and_says_where_it_is_now(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    form = await get(client, path + "/reschedule?from=2026-12-01")

    page = await send(client, form, "/reschedule", start="2026-12-02T10:00:00+00:00")

    moved = practice.find(booking)
    assert (moved.status, moved.time) == (
        Status.CONFIRMED,
        TimeRange.starting(at(2, 10), timedelta(minutes=30)),
    )
    assert page.status == 200
    assert (
        "The appointment has been moved. New invitations are on their way. Confirmed "
        "Consultation with Dr. Eva Meyer When Wednesday 2 December 2026, 15:30–16:00" in page.text
    )


async def test_booking_can_be_moved_into_its_own_time(client: httpx.AsyncClient, practice: Practice) -> None:
    slot = Slot(TimeRange.starting(at(3, 9), timedelta(hours=1)), ("eva-meyer",), "consultation")
    hour = practice.core.scheduler.book(slot, ANN, key="an hour", actor=OPERATOR)
    form = await get(client, practice.path(hour) + "/reschedule?from=2026-12-03")
    assert "2026-12-03T09:30:00+00:00" in form.form("/reschedule").choices

    await send(client, form, "/reschedule", start="2026-12-03T09:30:00+00:00")

    assert practice.find(hour).time == TimeRange.starting(at(3, 9, 30), timedelta(hours=1))


async def test_time_taken_meanwhile_is_refused_with_what_is_still_free(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    form = await get(client, path + "/reschedule?from=2026-12-01")
    practice.book(at(2, 10))

    page = await send(client, form, "/reschedule", start="2026-12-02T10:00:00+00:00")

    assert page.status == 409
    assert "That time has just been taken." in page.text
    assert page.form("/reschedule").choices[:2] == ["2026-12-02T08:00:00+00:00", "2026-12-02T08:30:00+00:00"]
    assert practice.find(booking) == booking


@pytest.mark.parametrize(
    ("start", "status", "sentence"),
    [
        ("", 400, "Please choose one of these times."),
        ("soon", 400, "Please choose one of these times."),
        ("2026-12-02T10:00:00", 400, "Please choose one of these times."),
        ("2026-11-20T10:00:00Z", 409, "That time is over."),
        ("2026-12-02T03:00:00Z", 409, "That time lies outside the working hours."),
        ("2026-12-02T10:07:00Z", 409, "Appointments do not begin at that time."),
        ("2027-06-02T10:00:00Z", 409, "That time is too far ahead."),
    ],
)
async def test_start_that_cannot_be_had_is_refused_with_its_reason(
    client: httpx.AsyncClient,
    practice: Practice,
    booking: Booking,
    path: str,
    start: str,
    status: int,
    sentence: str,
) -> None:
    form = await get(client, path + "/reschedule")

    page = await send(client, form, "/reschedule", start=start)

    assert page.status == status
    assert sentence in page.text
    assert practice.find(booking) == booking


async def test_form_of_an_older_state_changes_nothing_and_shows_the_present_one(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str
) -> None:
    old = await get(client, path)
    form = await get(client, path + "/reschedule?from=2026-12-01")
    await send(client, form, "/reschedule", start="2026-12-02T10:00:00+00:00")

    page = await send(client, old, "/cancel")

    assert page.status == 409
    assert "The appointment has changed in the meantime." in page.text
    assert "Wednesday 2 December 2026, 15:30–16:00" in page.text
    assert practice.find(booking).status is Status.CONFIRMED
    await send(client, page, "/cancel")
    assert practice.find(booking).status is Status.CANCELLED


@pytest.mark.parametrize(
    ("later", "label"), [(timedelta(minutes=10), "Under way"), (timedelta(hours=2), "Over")]
)
async def test_begun_appointment_can_be_seen_but_not_changed(
    client: httpx.AsyncClient,
    practice: Practice,
    booking: Booking,
    path: str,
    clock: MovableClock,
    later: timedelta,
    label: str,
) -> None:
    form = await get(client, path)
    clock.move(booking.time.start + later - clock.now())

    page = await get(client, path)
    choice = await get(client, path + "/reschedule")
    refused = await send(client, form, "/cancel")

    assert f"Mails {label} Consultation with Dr. Eva Meyer" in page.text
    assert (page.forms, choice.forms) == ([], [])
    assert refused.status == 409
    assert "The appointment has begun, so it can no longer be changed." in refused.text
    assert practice.find(booking) == booking


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_following_every_link_changes_nothing(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str, method: str
) -> None:
    pages = [
        path,
        path + "/reschedule",
        practice.path(booking, EVA),
        practice.path(booking, EVA) + "/reschedule",
    ]
    links = {link for page in pages for link in (await get(client, page)).links if link.startswith("/b/")}

    answers = [await client.request(method, link) for link in {*pages, *links}]
    answers += [await client.request(method, page + "/cancel") for page in pages[::2]]

    assert {answer.status_code for answer in answers} == {200, 405}
    assert practice.find(booking) == booking


@pytest.mark.parametrize("action", ["/cancel", "/reschedule"])
async def test_form_of_another_site_does_nothing(
    client: httpx.AsyncClient,
    stranger: httpx.AsyncClient,
    practice: Practice,
    booking: Booking,
    path: str,
    action: str,
) -> None:
    page = path if action == "/cancel" else path + action
    fields = (await get(client, page)).form(action).fields | {"start": "2026-12-02T10:00:00+00:00"}
    foreign = (await get(stranger, page)).form(action).fields | {"start": "2026-12-02T10:00:00+00:00"}
    without = {name: value for name, value in fields.items() if name != "proof"}

    statuses = [
        (await client.post(path + action, data=data)).status_code
        for data in (without, fields | {"proof": ""}, fields | {"proof": "x" * 43}, foreign)
    ]
    client.cookies.clear()
    statuses.append((await client.post(path + action, data=fields)).status_code)

    assert statuses == [403] * 5
    assert practice.find(booking) == booking


async def test_proof_of_one_link_is_none_for_another(
    client: httpx.AsyncClient, practice: Practice, path: str
) -> None:
    other = practice.book(at(2, 9))
    fields = (await get(client, path)).form("/cancel").fields

    answer = await client.post(practice.path(other) + "/cancel", data=fields)

    assert answer.status_code == 403
    assert practice.find(other) == other


async def test_cookie_stays_with_the_pages_of_links(client: httpx.AsyncClient, path: str) -> None:
    first = await client.get(path)
    second = await client.get(path)

    name, *attributes = first.headers["Set-Cookie"].split("; ")
    assert name.startswith("form=")
    assert attributes == ["HttpOnly", "Path=/b", "SameSite=lax"]
    assert "Set-Cookie" not in second.headers


@pytest.mark.parametrize("ending", ["", "/reschedule"])
async def test_links_that_lead_nowhere_all_look_the_same(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str, ending: str
) -> None:
    slot = Slot(TimeRange.starting(at(3, 9), timedelta(minutes=30)), ("eva-meyer",), "consultation")
    hold = practice.core.scheduler.hold(slot, key="a hold", actor=OPERATOR)
    forger = Links("another secret than the one of the tests", PUBLIC_URL)
    tokens = [
        "x",
        path.removeprefix("/b/")[:-2],
        ("B" if path.startswith("/b/A") else "A") + path.removeprefix("/b/")[1:],
        forger.token(booking.uid, ATTENDEE),
        practice.core.links.token(hold.uid, ATTENDEE),
        practice.core.links.token(booking.uid, person("ben-okafor")),
        practice.core.links.token(type(booking.uid)(int=1), ATTENDEE),
    ]

    answers = [await client.get(f"/b/{token}{ending}") for token in tokens]

    assert DEAD in HtmlPage(answers[0]).text
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}


async def test_link_dies_a_day_after_the_end(
    client: httpx.AsyncClient, booking: Booking, path: str, clock: MovableClock
) -> None:
    fields = (await get(client, path)).form("/cancel").fields
    unknown = await client.get("/b/xyz")
    clock.instant = booking.time.end + timedelta(days=1, seconds=-1)
    last_day = await client.get(path)
    clock.move(timedelta(seconds=1))

    answers = [
        await client.get(path),
        await client.get(f"{path}/reschedule"),
        await client.post(f"{path}/cancel", data=fields),
    ]

    assert last_day.status_code == 200
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, unknown.text)}


async def test_form_for_a_link_that_leads_nowhere_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    fields = (await get(client, path)).form("/cancel").fields

    answer = await client.post("/b/xyz/cancel", data=fields)

    assert answer.status_code == 404


@pytest.mark.parametrize("changed", [{"version": "soon"}, {"version": "-1"}, {"key": ""}, {"key": "x" * 101}])
async def test_form_that_cannot_be_read_is_refused_by_a_page(
    client: httpx.AsyncClient, practice: Practice, booking: Booking, path: str, changed: dict[str, str]
) -> None:
    page = await send(client, await get(client, path), "/cancel", **changed)

    assert (page.status, "The request cannot be read" in page.text) == (422, True)
    assert practice.find(booking) == booking


async def test_address_cannot_make_the_page_say_what_is_not_so(client: httpx.AsyncClient, path: str) -> None:
    pages = [await get(client, f"{path}?done={done}") for done in ("cancelled", "rescheduled", "<b>")]

    plain = await get(client, path)
    assert [page.text for page in pages] == [plain.text] * 3
