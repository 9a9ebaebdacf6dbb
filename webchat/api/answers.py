"""What an error becomes outside: one table, from the class of the error to status and sentence."""

from __future__ import annotations

import logging
from datetime import datetime
from http import HTTPStatus
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from scheduler_core import errors
from scheduler_core.clock import Clock
from scheduler_core.errors import SchedulerError, SlotUnavailable, TooOften
from webchat.api import problems
from webchat.api.headers import HeaderPolicy
from webchat.api.pages import Pages

log = logging.getLogger(__name__)


class Answer(NamedTuple):
    """A status and the sentence that goes with it; neither tells what was asked for."""

    status: int
    message: str


ANSWERS: dict[type[SchedulerError], Answer] = {
    errors.InvalidInput: Answer(400, "A value cannot be used."),
    errors.InvalidTime: Answer(400, "A time cannot be used. Times look like 2026-12-01T09:30:00Z."),
    errors.UnknownZone: Answer(400, "There is no time zone of that name."),
    errors.InvalidAddress: Answer(400, "That is not one e-mail address."),
    errors.InvalidName: Answer(400, "That name cannot be used."),
    errors.InvalidText: Answer(400, "That text cannot be used."),
    errors.InvalidDuration: Answer(400, "The appointment type cannot be booked at that length."),
    errors.InvalidChannel: Answer(400, "The appointment type cannot be held that way."),
    errors.TooManyGuests: Answer(400, "There are more guests than an appointment may have."),
    errors.InvalidSetting: Answer(500, "The server is not set up properly."),
    errors.NotFound: Answer(404, "There is nothing here."),
    errors.UnknownPerson: Answer(404, "There is no such person."),
    errors.UnknownType: Answer(404, "There is no such appointment type."),
    errors.UnknownBooking: Answer(404, "There is no such appointment."),
    errors.Conflict: Answer(409, "The request does not fit what is stored."),
    errors.SlotUnavailable: Answer(409, "That time is no longer free."),
    errors.HoldExpired: Answer(409, "That time is no longer kept."),
    errors.BookingChanged: Answer(409, "The appointment has changed in the meantime."),
    errors.AlreadyCancelled: Answer(409, "The appointment is cancelled."),
    errors.BookingPast: Answer(409, "The appointment has begun, so it can no longer be changed."),
    errors.TooManyBookings: Answer(409, "That address has too many appointments to come."),
    errors.KeyReused: Answer(409, "The same request was sent before with other values."),
    errors.TooOften: Answer(429, "That was asked for too often. Please wait a while."),
    errors.NotAllowed: Answer(404, "There is nothing here."),
    errors.OutcomeUnknown: Answer(503, "The system did not answer in time. Trying again is safe."),
    errors.DatabaseUnavailable: Answer(503, "The system cannot be reached right now. Nothing was changed."),
    errors.DeliveryError: Answer(502, "An outside service did not do what was asked."),
    errors.TemporaryFailure: Answer(503, "An outside service did not do what was asked; it may work later."),
    errors.PermanentFailure: Answer(502, "An outside service refused what was asked."),
}
BROKEN = Answer(500, "Something went wrong on our side.")
UNREADABLE = Answer(422, "The request cannot be read.")
TURNED_AWAY = {
    404: Answer(404, "There is nothing here."),
    405: Answer(405, "That cannot be done here."),
    413: Answer(413, "That is too long."),
    429: Answer(429, "That was too often. Please wait a minute."),
}


#: At which field of a form an error belongs, where nobody says otherwise.
FIELDS: dict[type[SchedulerError], str] = {
    errors.UnknownZone: "zone",
    errors.InvalidAddress: "email",
    errors.InvalidName: "name",
    errors.InvalidDuration: "minutes",
    errors.InvalidChannel: "channel",
    errors.TooManyGuests: "guests",
}


def install(app: FastAPI, pages: Pages, policy: HeaderPolicy, clock: Clock) -> None:
    """Makes every error of the app an answer: problem details where programs ask, a page where people do."""

    def answered(request: Request, code: str, answer: Answer, **more: Any) -> Response:
        if _for_programs(request.url.path):
            return problems.answer(answer.status, code, answer.message, **more)
        return pages.message(answer.status, answer.message)

    def refused(request: Request, error: Exception) -> Response:
        kind = next(kind for kind in type(error).__mro__ if kind in ANSWERS)
        if ANSWERS[kind].status >= BROKEN.status:
            log.error("%s %s: %s", request.method, _route(request), error)
        response = answered(request, kind.code, ANSWERS[kind], **_more(error, ANSWERS[kind]))
        if isinstance(error, TooOften):
            response.headers["Retry-After"] = _seconds_until(error.details.get("again"), clock)
        return response

    def unreadable(request: Request, error: Exception) -> Response:
        found = error.errors() if isinstance(error, RequestValidationError) else []
        return answered(request, "invalid_input", UNREADABLE, fields=problems.unreadable_fields(found))

    def turned_away(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else BROKEN.status
        answer = _turned_away(status, getattr(error, "detail", ""))
        code = getattr(error, "code", HTTPStatus(status).name.lower())
        response = answered(request, code, answer, fields=getattr(error, "fields", None))
        response.headers.update(getattr(error, "headers", None) or {})
        return response

    def broken(request: Request, _: Exception) -> Response:
        response = answered(request, "error", BROKEN)
        # This answer goes past all middleware.
        response.headers.update(policy.headers(request.url.path, BROKEN.status))
        return response

    app.add_exception_handler(SchedulerError, refused)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(HTTPException, turned_away)
    app.add_exception_handler(Exception, broken)


def _more(error: Exception, answer: Answer) -> dict[str, Any]:
    """What a program needs beside the sentence: the field that is wrong, or what is free instead."""
    if isinstance(error, SlotUnavailable):
        nearest = [slot.time.start for slot in error.details.get("nearest", ())]
        reason = error.details.get("reason")
        return {"nearest": nearest or None, "reason": reason and reason.value}
    details = error.details if isinstance(error, SchedulerError) else {}
    field = "phone" if details.get("missing") == "phone" else details.get("field") or _field(error)
    return {"fields": {field: answer.message}} if field else {}


def _field(error: Exception) -> str | None:
    """At which field of a form the error belongs."""
    return FIELDS.get(type(error)) if isinstance(error, SchedulerError) else None


def _seconds_until(again: datetime | None, clock: Clock) -> str:
    wait = 60.0 if again is None else (again - clock.now()).total_seconds()
    return str(max(1, round(wait)))


def _turned_away(status: int, detail: str) -> Answer:
    """What was said when it was raised, unless that is only the name of the status."""
    if detail and detail != HTTPStatus(status).phrase:
        return Answer(status, detail)
    return TURNED_AWAY.get(status, Answer(status, f"{HTTPStatus(status).phrase}."))


def _for_programs(path: str) -> bool:
    return path.startswith(("/api/", "/health"))


def _route(request: Request) -> str:
    """The path as it is declared: a real one may hold the token of a link, which no log should keep."""
    return getattr(request.scope.get("route"), "path", "an unknown path")
