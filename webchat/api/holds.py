"""Keeping a time and booking it, from the pages: what one browser holds, nobody else can touch."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from scheduler_core import chat_tokens
from scheduler_core.admission import check_reach
from scheduler_core.bootstrap import Core
from scheduler_core.errors import HoldExpired, NotAllowed
from scheduler_core.links import ATTENDEE
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Channel, Details, Slot, Status
from scheduler_core.timerange import TimeRange
from webchat.api.desk.doors import same_origin
from webchat.api.given import ClientAddress, GivenCore, GivenHoldLimit
from webchat.api.openapi import failing
from webchat.api.preconditions import Key
from webchat.api.problems import Refused
from webchat.api.schemas import Stretch

COOKIE = "visitor"
CHANNEL = "schedule"  #: how what was booked on the page is told from what was booked in a chat


@dataclass(frozen=True)
class Visitor:
    """One browser, known by a signed cookie of a day."""

    core: Core
    session: chat_tokens.ChatSession

    @property
    def actor(self) -> Actor:
        """As whom it holds and books; it is bound by the limits of chats."""
        return Actor(ActorKind.CONVERSATION, f"{CHANNEL}:{self.session.id}")

    def remember(self, response: Response) -> None:
        """Has the browser keep its cookie."""
        response.set_cookie(
            COOKIE,
            chat_tokens.sign(self.session, _secret(self.core)),
            max_age=int(chat_tokens.LIFETIME.total_seconds()),
            path="/",
            secure=self.core.settings.public_url.startswith("https:"),
            httponly=True,
            samesite="strict",
        )


def _visitor(request: Request, core: GivenCore) -> Visitor:
    now = core.settings.clock.now()
    try:
        known = chat_tokens.read(request.cookies.get(COOKIE, ""), _secret(core), now)
    except NotAllowed:
        return Visitor(core, chat_tokens.new_session(now))
    return Visitor(core, chat_tokens.renewed(known, now))


def _secret(core: Core) -> str:
    """Another one than that of chats: a token for one is worth nothing for the other."""
    return f"schedule-visitor\0{core.settings.secret_key}"


def _limited(limit: GivenHoldLimit, address: ClientAddress) -> None:
    if not limit.allows(address):
        raise Refused(
            429, "too_often", "That was too often. Please wait a minute.", headers={"Retry-After": "60"}
        )


GivenVisitor = Annotated[Visitor, Depends(_visitor)]
Limited = Depends(_limited)
router = APIRouter(prefix="/api/holds", tags=["holds"], dependencies=[Depends(same_origin)])


class WantedTime(BaseModel):
    """A time with a person; `minutes` is the type's usual length where it is missing."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Field(max_length=60, examples=["consultation"])]
    person: Annotated[str, Field(max_length=60, examples=["eva-meyer"])]
    start: Annotated[AwareDatetime, Field(examples=["2026-12-01T09:30:00Z"])]
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None


class Hold(Stretch):
    """A time that is kept."""

    id: UUID
    type: str
    people: list[str]
    expires_at: datetime

    @classmethod
    def of_booking(cls, held: Booking) -> Hold:
        return cls(
            id=held.uid,
            type=held.kind.handle,
            people=list(held.slot.people),
            start=held.time.start,
            end=held.time.end,
            expires_at=held.hold_expires or held.time.start,
        )


class WhoBooks(BaseModel):
    """For whom a kept time is booked, and how they are to be met."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=200, examples=["Ann Lee"])]
    email: Annotated[str, Field(max_length=254, examples=["ann.lee@example.com"])]
    phone: Annotated[str, Field(max_length=40)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    zone: Annotated[str, Field(max_length=80, examples=["Europe/Berlin"])]
    locale: Annotated[str, Field(max_length=40, examples=["en"])] = "en"
    channel: Channel | None = None
    guests: Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=10)] = []


class Booked(Stretch):
    """What was booked."""

    uid: UUID
    reference: str
    status: Status
    type: str
    people: list[str]
    channel: Channel
    manage_url: str

    @classmethod
    def of_booking(cls, core: Core, booking: Booking) -> Booked:
        return cls(
            uid=booking.uid,
            reference=booking.reference,
            status=booking.status,
            type=booking.kind.handle,
            people=list(booking.slot.people),
            start=booking.time.start,
            end=booking.time.end,
            channel=booking.channel,
            manage_url=core.links.manage(booking.uid, ATTENDEE),
        )


@router.post(
    "", status_code=201, dependencies=[Limited], responses=failing(400, 403, 404, 409, 413, 422, 429)
)
def hold(wanted: WantedTime, visitor: GivenVisitor, response: Response, key: Key = None) -> Hold:
    """Keeps the time for ten minutes; 409 says why that cannot be, and what is free nearby."""
    held = _held(visitor, wanted, key)
    visitor.remember(response)
    return Hold.of_booking(held)


@router.put("/{hold_id}", dependencies=[Limited], responses=failing(400, 403, 404, 409, 413, 422, 429))
def change(
    hold_id: UUID, wanted: WantedTime, visitor: GivenVisitor, response: Response, key: Key = None
) -> Hold:
    """Keeps another time instead; the answer has an id of its own, and nothing is lost where it fails."""
    held = _held(visitor, wanted, key, instead_of=hold_id)
    visitor.remember(response)
    return Hold.of_booking(held)


@router.delete("/{hold_id}", status_code=204, responses=failing(403, 404, 422))
def release(hold_id: UUID, visitor: GivenVisitor) -> None:
    """Gives the time back; one that is gone already stays so."""
    visitor.core.scheduler.release(hold_id, actor=visitor.actor)


@router.post(
    "/{hold_id}/confirm",
    status_code=201,
    dependencies=[Limited],
    responses=failing(400, 403, 404, 409, 413, 422, 429),
)
def confirm(
    hold_id: UUID, who: WhoBooks, visitor: GivenVisitor, response: Response, key: Key = None
) -> Booked:
    """Books the kept time; the invitation goes out by mail."""
    booked = visitor.core.scheduler.confirm(
        hold_id,
        Attendee(who.name, who.email, who.zone, who.locale),
        details=Details(who.channel, who.phone, who.note, tuple(who.guests)),
        key=key or f"confirm {hold_id}",
        actor=visitor.actor,
    )
    visitor.remember(response)
    return Booked.of_booking(visitor.core, booked)


def _held(visitor: Visitor, wanted: WantedTime, key: str | None, instead_of: UUID | None = None) -> Booking:
    core = visitor.core
    check_reach(wanted.start)
    length = core.people.type(wanted.type).duration
    if wanted.minutes is not None:
        length = timedelta(minutes=wanted.minutes)
    slot = Slot(TimeRange.starting(wanted.start, length), (wanted.person,), wanted.type)
    held = core.scheduler.hold(
        slot, key=key or secrets.token_urlsafe(12), actor=visitor.actor, instead_of=instead_of
    )
    if held.status is not Status.TENTATIVE:
        raise HoldExpired(uid=held.uid)
    return held
