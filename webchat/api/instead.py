"""The pages behind the links of a mail that calls an appointment off: another time with one press."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from scheduler_core import wording, zones
from scheduler_core.absences import INSTEAD
from scheduler_core.errors import (
    DatabaseUnavailable,
    InvalidInput,
    InvalidTime,
    KeyReused,
    NotFound,
    OutcomeUnknown,
    SlotUnavailable,
)
from scheduler_core.links import ATTENDEE
from scheduler_core.mail.letter import Letter
from scheduler_core.model import Booking, Reason, Slot, Status
from scheduler_core.timerange import TimeRange
from webchat.api import manage_view
from webchat.api.forms import Sent
from webchat.api.instants import read_day, read_instant
from webchat.api.manage import CHOOSE
from webchat.api.manage_view import REFUSALS
from webchat.api.visits import GivenVisit, Visit

#: So long after the time that was called off its link still leads to another one.
OUTLIVES = timedelta(days=30)

router = APIRouter(prefix="/b/{token}/instead", include_in_schema=False)


@router.api_route("", methods=["GET", "HEAD"])
def show(
    visit: GivenVisit,
    start: Annotated[str, Query(max_length=40)] = "",
    people: Annotated[list[str] | None, Query(alias="with", max_length=20)] = None,
    first: Annotated[str, Query(alias="from", max_length=10)] = "",
) -> Response:
    """The one time, if it can be had, or else all that can."""
    letter = visit.read(outlives=OUTLIVES)
    elsewhere = _elsewhere(visit, letter)
    if elsewhere is not None:
        return elsewhere
    if not start:
        return _choice_page(visit, letter, first=read_day(first))
    try:
        wanted = _slot(letter.booking, start, people or [])
        reason = visit.core.scheduler.refusal(wanted)
    except (InvalidInput, NotFound):
        return _choice_page(visit, letter, status=400, notice=CHOOSE)
    if reason is not None:
        return _refused(visit, letter, wanted, reason)
    return _offer_page(visit, letter, wanted)


@router.post("")
def take(visit: GivenVisit, form: Sent) -> Response:
    """Books the time for the same attendee; there is one booking instead of another, whatever is pressed."""
    visit.check(form)
    letter = visit.read(outlives=OUTLIVES)
    elsewhere = _elsewhere(visit, letter)
    if elsewhere is not None:
        return elsewhere
    try:
        taken = _book(visit, letter.booking, _slot(letter.booking, form.start, form.people.split(",")))
    except SlotUnavailable as error:
        return _refused(visit, letter, error.details["slot"], error.details["reason"])
    except (InvalidInput, NotFound):
        return _choice_page(visit, letter, status=400, notice=CHOOSE)
    except KeyReused:
        return _elsewhere(visit, letter) or _choice_page(visit, letter, status=409)
    except (OutcomeUnknown, DatabaseUnavailable):
        return visit.again_page(form, "instead")
    return _to(visit, taken, "taken")


def _elsewhere(visit: Visit, letter: Letter) -> Response | None:
    """Where to go on if there is nothing to choose here: it takes place, or another time has been taken."""
    if letter.booking.status is not Status.CANCELLED or not letter.to_attendee:
        return RedirectResponse(visit.address, status_code=303)
    taken = visit.core.hosting.taken_instead(visit.uid)
    return None if taken is None else _to(visit, taken, "chosen")


def _to(visit: Visit, taken: Booking, done: str) -> Response:
    """The page of the booking that was made instead."""
    token = visit.core.links.token(taken.uid, ATTENDEE)
    return RedirectResponse(f"{visit.pages.base}/b/{token}?done={done}", status_code=303)


def _slot(booking: Booking, start: str, people: list[str]) -> Slot:
    """What somebody wants instead of the booking.

    Raises:
        InvalidTime: the start is no time.

    """
    length = booking.time.length
    handles = tuple(sorted(set(people))) or booking.slot.people
    try:
        time = TimeRange.starting(read_instant(start), length)
    except OverflowError as error:
        raise InvalidTime(reason="beyond", value=start) from error
    return Slot(time, handles, booking.kind.handle)


def _book(visit: Visit, booking: Booking, wanted: Slot) -> Booking:
    if booking.attendee is None:
        raise InvalidInput(reason="a hold has nobody to book for")
    return visit.core.scheduler.book(
        wanted, booking.attendee, details=booking.details, key=INSTEAD, actor=visit.actor
    )


def _refused(visit: Visit, letter: Letter, wanted: Slot, reason: Reason) -> Response:
    """What is free from the day on that cannot be had."""
    near = zones.local_date(wanted.time.start, letter.reader.zone)
    return _choice_page(visit, letter, first=near, status=409, notice=REFUSALS[reason])


def _offer_page(visit: Visit, letter: Letter, wanted: Slot) -> Response:
    """The one time, with the button that takes it."""
    people = tuple(visit.core.people.get(handle) for handle in wanted.people)
    offered = replace(letter.booking, time=wanted.time, people=people)
    shown = replace(letter, booking=offered, others=people)
    values = {
        "token": visit.token,
        "heading": shown.what,
        "facts": [fact for fact in shown.facts if fact.label != "Reference"],
        "start": wanted.time.start.isoformat(),
        "people": ",".join(wanted.people),
        "form": visit.form(letter.booking),
    }
    return visit.with_cookie(visit.pages.page("offer.html", values))


def _choice_page(
    visit: Visit, letter: Letter, *, first: date | None = None, status: int = 200, notice: str = ""
) -> Response:
    """The free starts with the same people, a page of days at a time."""
    reader, booking = letter.reader, letter.booking
    choice = manage_view.choice(visit.free(letter, first), letter)
    values = {
        "token": visit.token,
        "heading": letter.what,
        "former": wording.period(booking.time, reader.zone, reader.locale),
        "zone": reader.zone,
        "people": ",".join(booking.slot.people),
        "days": choice.days,
        "following": choice.following,
        "is_first": first is None,
        "notice": notice,
        "refused": status >= 400,
        "form": visit.form(booking),
    }
    return visit.with_cookie(visit.pages.page("instead.html", values, status=status))
