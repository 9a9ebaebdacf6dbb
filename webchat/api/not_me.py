"""Was this you? Behind the signed link of a mail: GET says what was done, POST says that it was not them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from scheduler_core import wording
from scheduler_core.bootstrap import Core
from scheduler_core.deeds import Done
from scheduler_core.errors import DatabaseUnavailable, NotAllowed, OutcomeUnknown
from scheduler_core.links import ATTENDEE
from scheduler_core.mail.done import in_a_row, what, where
from scheduler_core.model import Booking, Status
from webchat.api.forms import FormGuard
from webchat.api.given import GivenCore, GivenPages
from webchat.api.manage_view import state
from webchat.api.pages import Pages

DEAD = "This link does not work any more. Please tell us by an answer to the mail instead."
BUSY = "The system did not answer in time. Trying again is safe."

router = APIRouter(prefix="/n/{token}", include_in_schema=False)


class SentDenial(BaseModel):
    """What came back; nothing in it is trusted before the guard has looked at it."""

    proof: Annotated[str, Field(max_length=100)] = ""


@dataclass(frozen=True)
class Changed:
    """A booking that may have to be put back."""

    words: str
    state: str
    label: str  #: which of the pages' labels it has
    url: str  #: where that is done; empty where nothing can be done any more
    action: str


@dataclass(frozen=True)
class Visit:
    """One request by the holder of a link that we signed."""

    request: Request
    token: str
    done: Done
    core: Core
    pages: Pages
    guard: FormGuard

    def page(self, *, status: int = 200, notice: str = "") -> Response:
        """What was done, with the button that denies it."""
        zone, locale = self.core.settings.default_zone, self.core.settings.default_locale
        values = {
            "token": self.token,
            "facts": [
                ("What", what(self.done)),
                ("Address", self.done.address),
                ("Where", in_a_row(where(self.done))),
                ("When", f"{wording.moment(self.done.at, zone, locale)} ({zone})"),
            ],
            "changed": [self._changed(self.done.booking)] if self.done.booking else [],
            "notice": notice,
            "form": self.guard.form(self.request, self.token, 0),
        }
        answer = self.pages.page("not_me.html", values, status=status)
        self.guard.remember(self.request, answer)
        return answer

    def deny(self) -> Response:
        """What came of it, with the bookings that may have to be put back."""
        denial = self.core.denials.deny(self.token)
        values = {
            "address": denial.done.address,
            "changed": [self._changed(booking) for booking in denial.changed],
        }
        return self.pages.page("denied.html", values)

    def _changed(self, booking: Booking) -> Changed:
        zone, locale = self.core.settings.default_zone, self.core.settings.default_locale
        if booking.attendee is not None:
            zone, locale = booking.attendee.zone, booking.attendee.locale
        people = ", ".join(person.name for person in booking.people)
        when = wording.span(booking.time, zone, locale)
        moved = booking.moved_from and booking.status is Status.CONFIRMED
        before = wording.moment(booking.moved_from, zone, locale) if moved and booking.moved_from else ""
        return Changed(
            f"{booking.kind.name} with {people}, {when}",
            f"moved; it was {before}" if before else booking.status.value.lower(),
            state(booking, self.core.settings.clock.now()),
            *self._way_back(booking),
        )

    def _way_back(self, booking: Booking) -> tuple[str, str]:
        """Where the booking can be put back, and what is done there."""
        manage = f"{self.pages.base}/b/{self.core.links.token(booking.uid, ATTENDEE)}"
        if booking.status is Status.CANCELLED:
            wanted = {"start": booking.time.start.isoformat(), "with": booking.slot.people}
            return f"{manage}/instead?{urlencode(wanted, doseq=True)}", "Book this time again"
        if state(booking, self.core.settings.clock.now()) == "open":
            return f"{manage}/reschedule", "Move it back"
        return manage, "See it"


def _visit(token: str, request: Request, core: GivenCore, pages: GivenPages) -> Visit:
    try:
        done = core.denials.visit(token)
    except NotAllowed as error:
        raise HTTPException(404, DEAD) from error
    guard: FormGuard = request.app.state.not_me_guard
    return Visit(request, token, done, core, pages, guard)


GivenVisit = Annotated[Visit, Depends(_visit)]


@router.api_route("", methods=["GET", "HEAD"])
def show(visit: GivenVisit) -> Response:
    """What was done."""
    return visit.page()


@router.post("")
def deny(visit: GivenVisit, form: Annotated[SentDenial, Form()]) -> Response:
    """Takes back what was shown about the address, and has those told who help."""
    visit.guard.check(visit.request, visit.token, form.proof)
    try:
        return visit.deny()
    except (OutcomeUnknown, DatabaseUnavailable):
        return visit.page(status=503, notice=BUSY)
