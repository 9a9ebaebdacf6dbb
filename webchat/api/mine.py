"""One's own appointments on the schedule page, after a code that is mailed to their address."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from scheduler_core.identity import Proof, Refusal, Why
from scheduler_core.links import ATTENDEE
from scheduler_core.model import Booking
from webchat.api.desk.doors import same_origin
from webchat.api.holds import CHANNEL, GivenVisitor, Limited, Visitor
from webchat.api.openapi import failing
from webchat.api.problems import Refused
from webchat.api.schemas import Stretch

#: What to say of a code that was not taken.
WHY = {
    Why.WRONG: "That is not the code.",
    Why.EXPIRED: "That code is no longer valid. Please ask for a new one.",
    Why.TOO_MANY: "That were too many tries. Please ask for a new code.",
}

router = APIRouter(prefix="/api/mine", tags=["holds"], dependencies=[Depends(same_origin)])


class WantedCode(BaseModel):
    """To which address a code is to be mailed."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, Field(max_length=254, examples=["ann.lee@example.com"])]


class TypedCode(BaseModel):
    """The code from the mail; its digits may be grouped."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(max_length=40, examples=["1234 5678"])]


class OwnBooking(Stretch):
    """An appointment to come, for whom it was made."""

    reference: str
    title: str
    where: str
    manage_url: str

    @classmethod
    def of_booking(cls, visitor: Visitor, booking: Booking) -> OwnBooking:
        people = ", ".join(person.name for person in booking.people)
        return cls(
            reference=booking.reference,
            title=f"{booking.kind.name} with {people}",
            where=booking.channel.value,
            start=booking.time.start,
            end=booking.time.end,
            manage_url=visitor.core.links.manage(booking.uid, ATTENDEE),
        )


class OwnBookings(BaseModel):
    """Everything to come that was booked for the proven address, by start."""

    email: str | None = Field(description="The proven address; null where none is, and so nothing is shown.")
    until: datetime | None = Field(description="When the proof ends, unless it is used before.")
    bookings: list[OwnBooking]


def _own(visitor: Visitor, proof: Proof | None) -> OwnBookings:
    if proof is None or proof.address is None:
        return OwnBookings(email=None, until=None, bookings=[])
    found = visitor.core.scheduler.bookings_of(proof.actor)
    return OwnBookings(
        email=proof.address,
        until=proof.until,
        bookings=[OwnBooking.of_booking(visitor, one) for one in found if one.attendee is not None],
    )


@router.get("", responses=failing())
def mine(visitor: GivenVisitor) -> OwnBookings:
    """What is booked for the address that this browser has proven."""
    proof = visitor.core.identity.proven(channel=CHANNEL, sender=visitor.session.id)
    return _own(visitor, proof)


@router.post("/code", status_code=202, dependencies=[Limited], responses=failing(400, 403, 413, 422, 429))
def ask_code(wanted: WantedCode, visitor: GivenVisitor) -> Response:
    """Mails a code, if something was booked for the address; the answer never tells."""
    visitor.core.identity.ask_code(wanted.email, channel=CHANNEL, sender=visitor.session.id)
    answer = Response(status_code=202)
    visitor.remember(answer)
    return answer


@router.post("", dependencies=[Limited], responses=failing(401, 403, 413, 422, 429))
def prove(typed: TypedCode, visitor: GivenVisitor, response: Response) -> OwnBookings:
    """Proves the address by the code, and shows what is booked for it."""
    proof = visitor.core.identity.prove(typed.code, channel=CHANNEL, sender=visitor.session.id)
    if isinstance(proof, Refusal):
        fields = {"code": WHY[proof.reason]}
        raise Refused(401, f"code_{proof.reason.value}", WHY[proof.reason], fields=fields)
    visitor.remember(response)
    return _own(visitor, proof)


@router.delete("", status_code=204, responses=failing(403))
def forget(visitor: GivenVisitor) -> None:
    """Takes the proof back."""
    visitor.core.identity.forget(channel=CHANNEL, sender=visitor.session.id)
