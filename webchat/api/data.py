"""What is kept about somebody, behind the signed link of a mail: GET shows it, POST acts."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from scheduler_core import ics, wording
from scheduler_core.bootstrap import Core
from scheduler_core.errors import BookingChanged, DatabaseUnavailable, NotAllowed, OutcomeUnknown
from scheduler_core.model import Booking
from scheduler_core.personal_data import DataRequest, PersonalData, Preference
from webchat.api.forms import FormGuard
from webchat.api.given import GivenCore, GivenPages
from webchat.api.pages import Pages

DEAD = "This link does not work. It may be incomplete or too old: please ask for a new one in the chat."
UNSEEN = "You have appointments to come. Please say that they are to be cancelled."
BUSY = "The system did not answer in time. Trying again is safe."

router = APIRouter(prefix="/d/{token}", include_in_schema=False)


class SentWish(BaseModel):
    """What came back; nothing in it is trusted before the guard has looked at it."""

    proof: Annotated[str, Field(max_length=100)] = ""
    seen: Annotated[str, Field(max_length=4000)] = ""  #: uids of the bookings that are to be cancelled
    cancel: Annotated[str, Field(max_length=10)] = ""


SentForm = Annotated[SentWish, Form()]


@dataclass(frozen=True)
class Visit:
    """One request by the holder of a link that we signed."""

    request: Request
    token: str
    found: DataRequest
    core: Core
    pages: Pages
    guard: FormGuard
    now: datetime

    def check(self, form: SentWish) -> None:
        """Lets a form through that this browser got from us.

        Raises:
            HTTPException: 403, for any other.

        """
        self.guard.check(self.request, self.token, form.proof)

    def page(self, *, status: int = 200, notice: str = "") -> Response:
        """What is kept; or that it is being erased."""
        data = self.core.privacy.kept_about(self.token)
        ahead = data.to_come(self.now)
        values = {
            "token": self.token,
            "address": data.address,
            "is_erased": self.found.erase_asked_at is not None,
            "facts": self._facts(data),
            "ahead": [self._words(booking) for booking in ahead],
            "seen": ",".join(str(booking.uid) for booking in ahead),
            "days": self.core.privacy.kept().bookings.days,
            "notice": notice,
            "form": self.guard.form(self.request, self.token, 0),
        }
        answer = self.pages.page("data.html", values, status=status)
        self.guard.remember(self.request, answer)
        return answer

    def _facts(self, data: PersonalData) -> list[tuple[str, int]]:
        """How much there is of each kind."""
        return [
            ("Appointments made for this address", len(data.bookings)),
            ("Appointments it is or was invited to", len(data.invitations)),
            ("Requests for a person", len(data.tickets)),
            ("Chats that are kept for going on", len(data.conversations)),
            ("Lines of chats of the last day", len(data.chat_lines)),
            ("Things it usually wants, as it has said", _said(data.preference)),
            ("Calendar addresses, by which its appointments can be read", int(data.feed_since is not None)),
            ("Chats in which it is proven at present", data.proofs),
            ("One-time codes of this week", data.codes),
            *_at_the_desk(data),
        ]

    def _words(self, booking: Booking) -> str:
        zone, locale = self.core.settings.default_zone, self.core.settings.default_locale
        if booking.attendee is not None:
            zone, locale = booking.attendee.zone, booking.attendee.locale
        people = ", ".join(person.name for person in booking.people)
        return f"{booking.kind.name} with {people}, {wording.span(booking.time, zone, locale)}"


def _at_the_desk(data: PersonalData) -> list[tuple[str, int]]:
    """What is kept of hosts; nothing about anybody else."""
    if not data.desk_changes and not data.desk_sessions:
        return []
    return [
        ("Changes it made at the hosts' desk", len(data.desk_changes)),
        ("Browsers in which it is signed in there", data.desk_sessions),
    ]


def _said(preference: Preference | None) -> int:
    """How much it has said."""
    return 0 if preference is None else sum(map(bool, astuple(preference)))


def _visit(token: str, request: Request, core: GivenCore, pages: GivenPages) -> Visit:
    try:
        found = core.privacy.visit(token)
    except NotAllowed as error:
        raise HTTPException(404, DEAD) from error
    guard: FormGuard = request.app.state.data_guard
    return Visit(request, token, found, core, pages, guard, core.settings.clock.now())


GivenVisit = Annotated[Visit, Depends(_visit)]


@router.api_route("", methods=["GET", "HEAD"])
def show(visit: GivenVisit) -> Response:
    """What is kept."""
    return visit.page()


@router.post("/data.json")
def as_json(visit: GivenVisit, form: SentForm) -> Response:
    """All of it, for programs."""
    visit.check(form)
    content = visit.core.privacy.kept_about(visit.token).as_json()
    return _file(content, "application/json", "data.json")


@router.post("/appointments.ics")
def as_calendar(visit: GivenVisit, form: SentForm) -> Response:
    """The appointments, for calendars."""
    visit.check(form)
    data = visit.core.privacy.kept_about(visit.token)
    return _file(ics.published(data.bookings), "text/calendar", "appointments.ics")


@router.post("/erase")
def erase(visit: GivenVisit, form: SentForm) -> Response:
    """Has everything erased, and cancels the appointments to come, if that was said."""
    visit.check(form)
    try:
        visit.core.privacy.erase(visit.token, cancelling=_uids(form.seen) if form.cancel else ())
    except BookingChanged:
        return visit.page(status=409, notice=UNSEEN)
    except (OutcomeUnknown, DatabaseUnavailable):
        return visit.page(status=503, notice=BUSY)
    return RedirectResponse(f"{visit.pages.base}/d/{visit.token}", status_code=303)


def _uids(text: str) -> list[UUID]:
    """The uids in a hidden field; what is none is left out."""
    found = []
    for part in text.split(","):
        try:
            found.append(UUID(part))
        except ValueError:
            continue
    return found


def _file(content: str, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
