"""Somebody who came by a manage link: what they may see, and the pages they get."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from scheduler_core import wording, zones
from scheduler_core.bootstrap import Core
from scheduler_core.errors import (
    InvalidDuration,
    NotAllowed,
    NotFound,
    PermanentFailure,
    UnknownBooking,
    UnknownZone,
)
from scheduler_core.links import ATTENDEE
from scheduler_core.mail import letter as letters
from scheduler_core.mail.letter import Letter
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Order, Slot, Wish
from webchat.api import manage_view
from webchat.api.forms import FormGuard, FreshForm, SentForm
from webchat.api.given import GivenCore, GivenGuard, GivenPages
from webchat.api.pages import Pages

LINK_OUTLIVES = timedelta(days=1)  #: the appointment's end; mails are found by others years later
DEAD = "This link does not work. It may be incomplete: please copy all of it from the mail."


@dataclass(frozen=True)
class Visit:
    """One request by the holder of a link that we signed."""

    request: Request
    token: str
    uid: UUID
    recipient: str
    core: Core
    pages: Pages
    guard: FormGuard
    now: datetime
    zone: str = ""  #: in which the reader wants to see times; empty for their own

    @property
    def actor(self) -> Actor:
        """By what proof the holder acts: as the person whose link it is, or by the attendee's link."""
        _, _, person = self.recipient.partition(":")
        return Actor(ActorKind.PERSON, person, via="link") if person else Actor(ActorKind.LINK, str(self.uid))

    @property
    def address(self) -> str:
        """The path of the booking's page."""
        return f"{self.pages.base}/b/{self.token}"

    def page_address(self, **said: str) -> str:
        """The same with what is said, and with the zone that the reader has chosen."""
        query = urlencode(said | ({"zone": self.zone} if self.zone else {}))
        return f"{self.address}?{query}"

    def state(self, booking: Booking) -> str:
        """Whether anything can still be changed: `open`, or why not."""
        return manage_view.state(booking, self.now)

    def read(self, *, outlives: timedelta = LINK_OUTLIVES) -> Letter:
        """The booking as its reader may see it now.

        Raises:
            HTTPException: 404, where there is none for this reader, or none any more since it was over so
                long ago; which of the reasons is not told.

        """
        try:
            found = letters.letter(self.core.scheduler.find(self.uid, actor=self.actor), self.recipient)
        except (UnknownBooking, NotAllowed, PermanentFailure) as error:
            raise HTTPException(404, DEAD) from error
        if found.booking.time.end + outlives <= self.now:
            raise HTTPException(404, DEAD)
        if self.zone and isinstance(found.reader, Attendee):
            return replace(found, reader=replace(found.reader, zone=self.zone))
        return found

    def check(self, form: SentForm) -> None:
        """Lets a form through that this browser got from us.

        Raises:
            HTTPException: 403, for any other.

        """
        self.guard.check(self.request, self.token, form.proof)

    def booking_page(
        self, letter: Letter, *, status: int = 200, notice: str = "", is_moved: bool = False
    ) -> Response:
        """The booking; with the ways to change it while it lies ahead."""
        state = self.state(letter.booking)
        values = {
            "token": self.token,
            "heading": letter.what,
            "facts": letter.facts,
            "state": state,
            "label": manage_view.LABELS[state],
            "notice": notice,
            "refused": status >= HTTPStatus.BAD_REQUEST,
            "form": self.form(letter.booking),
            "chat": self.core.links.chat(self.uid, ATTENDEE) if letter.to_attendee else "",
            "before": letter.before if is_moved and state == "open" else "",
            "present": letter.moment,
            "to_attendee": letter.to_attendee,
            **self._zones(letter),
        }
        return self.with_cookie(self.pages.page("booking.html", values, status=status))

    def choice_page(
        self, letter: Letter, *, first: date | None = None, status: int = 200, notice: str = ""
    ) -> Response:
        """The free starts, a page of days at a time."""
        reader, booking = letter.reader, letter.booking
        choice = manage_view.choice(self.free(letter, first), letter)
        values = {
            "token": self.token,
            "heading": letter.what,
            "to_attendee": letter.to_attendee,
            "present": wording.period(booking.time, reader.zone, reader.locale),
            **self._zones(letter),
            "days": choice.days,
            "following": choice.following,
            "is_first": first is None,
            "notice": notice,
            "refused": status >= HTTPStatus.BAD_REQUEST,
            "form": self.form(booking),
        }
        return self.with_cookie(self.pages.page("reschedule.html", values, status=status))

    def again_page(self, form: SentForm, action: str) -> Response:
        """The same form once more, for when nobody knows what became of the first."""
        again = FreshForm(form.proof, form.key, form.version, form.start, form.people, form.reason)
        return self.pages.page(
            "again.html", {"token": self.token, "action": action, "form": again}, status=503
        )

    def free(self, letter: Letter, first: date | None) -> list[Slot]:
        """What the booking could be moved to; nothing, where what was booked can no longer be had at all."""
        booking = letter.booking
        wish = Wish(
            windows=(manage_view.window(first, letter, self.now),),
            anyone_of=(frozenset(booking.slot.people),),
            length=booking.time.length,
            order=Order.EARLIEST,
        )
        try:
            return self.core.scheduler.open_slots(
                kind=booking.kind.handle, wish=wish, limit=manage_view.MOST_TIMES, instead_of=booking.uid
            )
        except (NotFound, InvalidDuration):
            return []

    def _zones(self, letter: Letter) -> dict[str, object]:
        """In which zone times are shown, how links keep it, and which others there are."""
        said = urlencode({"zone": self.zone}) if self.zone else ""
        return {"zone": letter.reader.zone, "said": said, "zones": sorted(zones.zone_names())}

    def form(self, booking: Booking) -> FreshForm:
        """The hidden fields of a form about the booking."""
        return self.guard.form(self.request, self.token, booking.version)

    def with_cookie(self, response: Response) -> Response:
        """The answer, by which the browser gets the cookie that its forms need."""
        self.guard.remember(self.request, response)
        return response


def _zone(name: str) -> str:
    """The zone of that name by its present one; empty where there is none."""
    try:
        return zones.canonical(name.strip().replace(" ", "_")) if name else ""
    except UnknownZone:
        return ""


def _visit(token: str, request: Request, core: GivenCore, pages: GivenPages, guard: GivenGuard) -> Visit:
    try:
        uid, recipient = core.links.read(token)
    except NotAllowed as error:
        raise HTTPException(404, DEAD) from error
    now, zone = core.settings.clock.now(), _zone(request.query_params.get("zone", ""))
    return Visit(request, token, uid, recipient, core, pages, guard, now, zone)


GivenVisit = Annotated[Visit, Depends(_visit)]
