"""The pages behind the signed link of a mail: GET shows, POST acts, both say what is no longer possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from scheduler_core import ics, zones
from scheduler_core.errors import (
    Conflict,
    DatabaseUnavailable,
    InvalidText,
    InvalidTime,
    OutcomeUnknown,
    SlotUnavailable,
)
from scheduler_core.model import Booking, Status
from webchat.api.answers import ANSWERS
from webchat.api.forms import Sent, SentForm
from webchat.api.instants import read_day, read_instant
from webchat.api.manage_view import REFUSALS
from webchat.api.visits import GivenVisit, Visit

CHOOSE = "Please choose one of these times."

router = APIRouter(prefix="/b/{token}", include_in_schema=False)


@router.api_route("", methods=["GET", "HEAD"])
def show(visit: GivenVisit, done: Annotated[str, Query(max_length=20)] = "") -> Response:
    """The booking, and what can still be done about it."""
    letter = visit.read()
    return visit.booking_page(letter, notice=_done(done, letter.booking), is_moved=done == "rescheduled")


@router.api_route("/reschedule", methods=["GET", "HEAD"])
def choose(visit: GivenVisit, first: Annotated[str, Query(alias="from", max_length=10)] = "") -> Response:
    """The free starts by day, from that day of the reader's on."""
    letter = visit.read()
    if visit.state(letter.booking) != "open":
        return visit.booking_page(letter)
    return visit.choice_page(letter, first=read_day(first))


@router.api_route("/appointment.ics", methods=["GET", "HEAD"])
def entry(visit: GivenVisit) -> Response:
    """The booking for the reader's own calendar; what changes later is in the mails and in the feed."""
    content = ics.published([visit.read().booking])
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return Response(content, media_type="text/calendar", headers=headers)


@router.post("/cancel")
def cancel(visit: GivenVisit, form: Sent) -> Response:
    """Calls the booking off."""

    def change() -> Booking:
        return visit.core.scheduler.cancel(
            visit.uid, version=form.version, key=form.key, actor=visit.actor, reason=form.reason.strip()
        )

    return _acted(visit, form, "cancel", "cancelled", change)


@router.post("/reschedule")
def reschedule(visit: GivenVisit, form: Sent) -> Response:
    """Moves the booking to the chosen start."""

    def change() -> Booking:
        return visit.core.scheduler.reschedule(
            visit.uid, read_instant(form.start), version=form.version, key=form.key, actor=visit.actor
        )

    return _acted(visit, form, "reschedule", "rescheduled", change)


def _acted(visit: Visit, form: SentForm, action: str, done: str, change: Callable[[], Booking]) -> Response:
    """The booking's page once the change is made; else the page from which to go on."""
    visit.check(form)
    letter = visit.read()
    try:
        change()
    except SlotUnavailable as error:
        near = zones.local_date(error.details["slot"].time.start, letter.reader.zone)
        return visit.choice_page(letter, first=near, status=409, notice=REFUSALS[error.details["reason"]])
    except InvalidText:
        return visit.booking_page(letter, status=400, notice=ANSWERS[InvalidText].message)
    except InvalidTime:
        return visit.choice_page(letter, status=400, notice=CHOOSE)
    except Conflict as error:
        return visit.booking_page(visit.read(), status=409, notice=ANSWERS[type(error)].message)
    except (OutcomeUnknown, DatabaseUnavailable):
        return visit.again_page(form, action)
    return RedirectResponse(visit.page_address(done=done), status_code=303)


def _done(done: str, booking: Booking) -> str:
    """What has just been done, if the booking bears it out: anybody can write an address."""
    if done == "cancelled" and booking.status is Status.CANCELLED:
        return "The appointment is cancelled. Both sides get a mail."
    if done == "rescheduled" and booking.status is Status.CONFIRMED and booking.sequence:
        return "The appointment has been moved. New invitations are on their way."
    if done == "taken" and booking.status is Status.CONFIRMED:
        return "This time is yours now. The invitation is on its way."
    if done == "chosen" and booking.status is Status.CONFIRMED:
        return "You have chosen this time already."
    return ""
