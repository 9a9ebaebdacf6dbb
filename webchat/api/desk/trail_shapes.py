"""What became of a booking, as the desk shows it: who, when, through what, before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel

from scheduler_core.model import Actor, ActorKind, Booking, Status
from scheduler_core.texts import address_key
from scheduler_core.trail import State, Step, What
from webchat.api.holds import CHANNEL
from webchat.api.schemas import Stretch

Through = Literal["desk", "mail", "schedule", "chat", "slack", "telegram", "proof", "system"]

_CHATS: dict[str, Through] = {CHANNEL: "schedule", "slack": "slack", "telegram": "telegram"}
_KINDS: dict[ActorKind, Through] = {
    ActorKind.LINK: "mail",
    ActorKind.ATTENDEE: "proof",
    ActorKind.PERSON: "chat",
    ActorKind.OPERATOR: "system",
}
_FACES: dict[str, Through] = {"desk": "desk", "link": "mail"}
_NOBODY = "Somebody"  #: whose name is not kept any more


class BookedState(Stretch):
    """What a booking was at some time."""

    status: Status
    guests: int
    no_show: bool

    @classmethod
    def of_state(cls, state: State) -> Self:
        """The state in this shape."""
        return cls(
            start=state.time.start,
            end=state.time.end,
            status=state.status,
            guests=state.guests,
            no_show=state.no_show,
        )


class TrailStep(BaseModel):
    """One change, or the booking itself, before which there was nothing."""

    what: What
    at: datetime
    who: str
    through: Through
    before: BookedState | None
    after: BookedState

    @classmethod
    def of_step(cls, step: Step, booking: Booking) -> Self:
        """The step in this shape."""
        return cls(
            what=step.what,
            at=step.at,
            who=_who(step.actor, booking),
            through=_through(step.actor),
            before=None if step.before is None else BookedState.of_state(step.before),
            after=BookedState.of_state(step.after),
        )


def _who(actor: Actor, booking: Booking) -> str:
    by_address = {address_key(person.email): person.name for person in booking.people}
    by_handle = {person.handle: person.name for person in booking.people}
    if actor.address:
        return by_address.get(address_key(actor.address), actor.address)
    if actor.kind is ActorKind.PERSON:
        return by_handle.get(actor.id, actor.id)
    if actor.kind is ActorKind.OPERATOR:
        return _NOBODY if actor.id in {"erased", "desk"} else actor.id.capitalize()
    return booking.attendee.name if booking.attendee else _NOBODY


def _through(actor: Actor) -> Through:
    if actor.via:
        return _FACES.get(actor.via, "system")
    if actor.kind is ActorKind.CONVERSATION:
        return _CHATS.get(actor.id.partition(":")[0], "chat")
    return _KINDS[actor.kind]
