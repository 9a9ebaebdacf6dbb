"""A person's bookings: listed, moved, called off, marked, told again."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from scheduler_core import zones
from scheduler_core.admission import check_reach
from scheduler_core.db.desk_bookings import Asked
from scheduler_core.errors import BookingChanged
from scheduler_core.model import Booking, Person, Status
from scheduler_core.timerange import as_utc
from webchat.api.desk.booking_shapes import BookingDetail, DeskBooking, detail
from webchat.api.desk.doors import GivenMember, GivenPerson
from webchat.api.given import GivenCore
from webchat.api.instants import read_instant
from webchat.api.openapi import failing
from webchat.api.preconditions import Key, SeenNumber, changed, etag
from webchat.api.problems import Refused

PAGE, MOST = 25, 100
MOST_ROWS = 20_000  #: of one CSV file
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which spreadsheets let a formula begin

router = APIRouter()
_of_person = APIRouter(prefix="/people/{handle}/bookings")
_of_person_as_csv = APIRouter(prefix="/people/{handle}/bookings.csv")

Instant = Annotated[str, Query(max_length=40)]


class BookingPage(BaseModel):
    """Some bookings by start; `next` is the cursor of those that follow."""

    items: list[DeskBooking]
    next: str | None


class Move(BaseModel):
    """Another start, and another length if there are `minutes`."""

    model_config = ConfigDict(extra="forbid")

    start: Annotated[AwareDatetime, Field(examples=["2026-12-01T09:30:00Z"])]
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None


class Cancellation(BaseModel):
    """Why it is called off; the attendee reads it."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(max_length=500)] = ""


class Mark(BaseModel):
    """Whether nobody came."""

    model_config = ConfigDict(extra="forbid")

    no_show: bool


def _asked(
    since: Annotated[str, Query(alias="from", max_length=40)] = "",
    until: Annotated[str, Query(alias="to", max_length=40)] = "",
    words: Annotated[str, Query(alias="q", max_length=100)] = "",
    status: Literal["CONFIRMED", "CANCELLED"] | None = None,
) -> Asked:
    """Which bookings are asked for."""
    return Asked(
        since=_instant(since),
        until=_instant(until),
        words=words,
        status=None if status is None else Status(status),
    )


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    instant = read_instant(text)
    check_reach(instant)
    return instant


GivenAsked = Annotated[Asked, Depends(_asked)]


@_of_person.get("", responses=failing(400, 401, 404, 422))
def listing(
    person: GivenPerson,
    asked: GivenAsked,
    core: GivenCore,
    cursor: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = PAGE,
) -> BookingPage:
    """The person's bookings that touch the time, by start; `q` looks in name, address and reference."""
    page = core.desk.bookings.page(person, asked, cursor=cursor, limit=limit)
    return BookingPage(items=[DeskBooking.about(booking) for booking in page.bookings], next=page.next)


@_of_person_as_csv.get(
    "",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}, **failing(400, 401, 404, 422)},
)
def as_csv(person: GivenPerson, asked: GivenAsked, core: GivenCore) -> Response:
    """The same as a table for spreadsheets, by the person's clocks."""
    page = core.desk.bookings.page(person, asked, limit=MOST_ROWS)
    text = io.StringIO()
    csv.writer(text).writerows(_rows(page.bookings, person))
    headers = {"Content-Disposition": f'attachment; filename="bookings-{person.handle}.csv"'}
    # The mark at the beginning tells spreadsheets that names are in UTF-8.
    return Response("\ufeff" + text.getvalue(), media_type="text/csv", headers=headers)


router.include_router(_of_person)
router.include_router(_of_person_as_csv)


@router.get("/bookings/{uid}", responses=failing(401, 404, 422))
def find(uid: UUID, core: GivenCore, member: GivenMember, response: Response) -> BookingDetail:
    """One booking, who changed it when and through what, and what became of the mails about it."""
    booking = core.desk.bookings.find(uid, member=member)
    response.headers["ETag"] = etag(booking.version)
    return detail(core, booking)


@router.post("/bookings/{uid}/move", responses=failing(400, 401, 403, 404, 409, 412, 413, 422))
def move(
    uid: UUID,
    wanted: Move,
    core: GivenCore,
    member: GivenMember,
    seen: SeenNumber,
    response: Response,
    key: Key = None,
) -> DeskBooking:
    """Moves a booking, and everybody who takes part is mailed; 409 names free starts nearby."""
    check_reach(as_utc(wanted.start))
    length = None if wanted.minutes is None else timedelta(minutes=wanted.minutes)
    try:
        moved = core.desk.bookings.move(
            uid, wanted.start, length=length, version=seen, key=_key(key), member=member
        )
    except BookingChanged as error:
        raise changed() from error
    return _shown(moved, response)


@router.post("/bookings/{uid}/cancel", responses=failing(400, 401, 403, 404, 409, 412, 413, 422))
def cancel(
    uid: UUID,
    wanted: Cancellation,
    core: GivenCore,
    member: GivenMember,
    seen: SeenNumber,
    response: Response,
    key: Key = None,
) -> DeskBooking:
    """Calls a booking off, and everybody who takes part is mailed; the time is free at once."""
    try:
        cancelled = core.desk.bookings.cancel(uid, wanted.reason, version=seen, key=_key(key), member=member)
    except BookingChanged as error:
        raise changed() from error
    return _shown(cancelled, response)


@router.post("/bookings/{uid}/no-show", responses=failing(400, 401, 403, 404, 409, 413, 422))
def no_show(uid: UUID, wanted: Mark, core: GivenCore, member: GivenMember, response: Response) -> DeskBooking:
    """Marks a booking that has begun as one to which nobody came, or takes that back."""
    booking = core.desk.bookings.find(uid, member=member)
    if booking.status is not Status.CONFIRMED or booking.time.start > core.settings.clock.now():
        raise Refused(409, "not_begun", "The appointment has not begun, so nobody can have missed it.")
    marked = core.desk.bookings.mark(uid, no_show=wanted.no_show, member=member)
    return _shown(marked, response)


@router.post("/deliveries/{number}/retry", status_code=204, responses=failing(401, 403, 404, 422))
def retry(number: Annotated[int, Path(ge=1, le=2**63 - 1)], core: GivenCore, member: GivenMember) -> None:
    """Has a mail that was given up sent once more."""
    core.desk.bookings.retry(number, member=member)


def _shown(booking: Booking, response: Response) -> DeskBooking:
    response.headers["ETag"] = etag(booking.version)
    return DeskBooking.about(booking)


def _key(key: str | None) -> str:
    return key or secrets.token_urlsafe(12)


def _rows(bookings: tuple[Booking, ...], person: Person) -> Iterator[list[str]]:
    yield [
        *("Reference", "Status", "Type", "Date", "From", "Until", "Time zone", "Name", "E-mail", "Phone"),
        *("Channel", "Note", "Nobody came"),
    ]
    for booking in bookings:
        start = zones.to_wall(booking.time.start, person.zone)
        end = zones.to_wall(booking.time.end, person.zone)
        attendee = booking.attendee
        row = [
            *(booking.reference, booking.status.value, booking.kind.name),
            *(f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%H:%M}", person.zone),
            *((attendee.name, attendee.email) if attendee else ("", "")),
            *(booking.phone, booking.channel.value, booking.note, "yes" if booking.no_show else ""),
        ]
        yield [_harmless(cell) for cell in row]


def _harmless(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
