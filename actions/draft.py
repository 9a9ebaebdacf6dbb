"""All that is known in a conversation: one frozen value, kept as plain JSON between two messages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from actions.preferring import Preferred
from nlu.wishes import TimeWish
from scheduler_core.model import Channel, Slot
from scheduler_core.timerange import TimeRange

Groups = tuple[tuple[str, ...], ...]


class Question(StrEnum):
    """What was asked last and is still open."""

    NOTHING = "nothing"
    WISH = "wish"  #: with whom, what for and when
    PERSON = "person"  #: who of several, or somebody else
    READING = "reading"  #: which of two days, or hours
    OFFERS = "offers"  #: which of the times on offer
    CONTACT = "contact"  #: name, address, phone number
    BOOK = "book"  #: one yes to the time that is held
    CHANGE = "change"  #: what should be different
    MOVE = "move"  #: one yes to another time for a booking
    CANCEL = "cancel"  #: one yes to calling a booking off
    ADDRESS = "address"  #: to which address the code for an errand is to go
    CODE = "code"  #: the code that was mailed
    APPOINTMENT = "appointment"  #: which of several the errand is about
    REACH = "reach"  #: where a person can reach the writer
    RESUME = "resume"  #: whether to go on with what an earlier session left open
    PLAN = "plan"  #: one yes to what a person wants to do with their own day
    HERE = "here"  #: whether reminders and changes are to be told in this chat, too


class Errand(StrEnum):
    """What is done only for those who have proven who they are."""

    LIST = "list"
    MOVE = "move"
    CANCEL = "cancel"
    DELIVERY = "delivery"  #: what became of the confirmation
    COPY = "copy"  #: the confirmation is mailed again
    BLOCK = "block"  #: a person of the calendar keeps time free
    ILL = "ill"  #: a person cannot come; what is booked is called off
    LATE = "late"  #: a person comes later to the next appointment
    BACK = "back"  #: a person is there after all, so that they can be booked again
    NEXT = "next"  #: a person asks for their next appointment
    FREE = "free"  #: a person asks when they have nothing to do
    INVITE = "invite"  #: guests are invited to an appointment
    UNINVITE = "uninvite"  #: guests are taken off an appointment
    PREFER = "prefer"  #: what the writer usually wants is to be kept, told or forgotten
    DATA = "data"  #: what is stored about the writer, to see or to have erased
    HERE = "here"  #: reminders and changes are to be told in this chat, too


class Meaning(StrEnum):
    """What a button stands for."""

    START = "start"  #: `value` is the number of an offer, from 0
    PERSON = "person"  #: `value` is a handle
    READING = "reading"  #: `value` is the number of a reading, from 0
    YES = "yes"
    NO = "no"
    OTHER_TIMES = "other_times"
    SOONEST = "soonest"
    SHORTER = "shorter"  #: `value` is a length in minutes
    APPOINTMENT = "appointment"  #: `value` is the uid of a booking
    NEW_CODE = "new_code"
    MOVE_IT = "move_it"  #: the booking that is spoken of
    CANCEL_IT = "cancel_it"
    RESUME = "resume"
    AFRESH = "afresh"
    STOP = "stop"


@dataclass(frozen=True)
class Option:
    """A button that can be tapped now."""

    id: str  #: short and opaque; it means nothing outside this draft
    meaning: Meaning
    value: str = ""


@dataclass(frozen=True)
class Writer:
    """What is known of the one who writes; it outlives the draft."""

    name: str = ""
    email: str = ""
    phone: str = ""
    zone: str = ""  #: where they say they are
    usual_zone: str = ""  #: where they said they were, in an earlier session

    def in_another_session(self) -> Writer:
        """The writer at another time, when they are where they usually are."""
        return replace(self, zone="", usual_zone=self.zone or self.usual_zone)


@dataclass(frozen=True)
class Hold:
    """The time that is kept for the writer."""

    uid: UUID
    slot: Slot
    expires: datetime


@dataclass(frozen=True)
class Confirmation:
    """What one yes is asked for; the key was made before the question was put."""

    uid: UUID  #: the hold to be booked, or the booking to be moved or cancelled
    version: int
    key: str


@dataclass(frozen=True)
class Plan:
    """What a person of the calendar is asked one yes for; the key was made before the question was put."""

    key: str
    times: tuple[TimeRange, ...] = ()  #: in which they are away
    uid: UUID | None = None  #: the booking they are late for
    minutes: int = 0


@dataclass(frozen=True)
class Done:
    """What was done last, as far as it can be taken back: by its opposite."""

    errand: Errand
    times: tuple[TimeRange, ...] = ()  #: in which a person is away, or back
    guests: tuple[str, ...] = ()  #: who were invited, or taken off


@dataclass(frozen=True)
class Draft:
    """What is known of the appointment that is being arranged, and where the conversation stands."""

    id: str = ""  #: first part of every key; empty until something is arranged
    kind: str = ""  #: handle of the appointment type that was named
    minutes: int | None = None  #: the length that was named
    people: Groups = ()  #: handles; each group is needed together, the groups are alternatives
    anyone: bool = False  #: whoever is free
    when: TimeWish = field(default_factory=TimeWish)
    zone: str = ""  #: the zone named for this wish
    channel: Channel | None = None
    note: str = ""
    guests: tuple[str, ...] = ()  #: addresses of those who are to be invited too
    writer: Writer = field(default_factory=Writer)
    offers: tuple[Slot, ...] = ()
    unclear: str = ""  #: the writer's words that have several readings
    readings: tuple[TimeWish, ...] = ()
    doubtful: tuple[str, ...] = ()  #: handles, when a name fits several people
    options: tuple[Option, ...] = ()
    chosen: Slot | None = None
    hold: Hold | None = None
    confirmation: Confirmation | None = None
    asked: Question = Question.NOTHING
    misunderstood: int = 0  #: in a row
    holds: int = 0  #: how many times were held so far; part of the key of the next
    moving: UUID | None = None  #: the booking that is to be moved
    booked: UUID | None = None  #: the booking that this conversation made last
    former: Slot | None = None  #: its time before it was moved or called off
    errand: Errand | None = None  #: what waits for a proof, or for the choice of an appointment
    preferred: Preferred = field(default_factory=Preferred)  #: what they usually want, until it is kept
    listed: tuple[UUID, ...] = ()  #: the bookings to choose from
    reference: str = ""  #: of the booking that an errand is about, as it was said
    plan: Plan | None = None
    done: Done | None = None
    waiting: Draft | None = None  #: what is arranged once the errand in between is done
    handed_over: bool = False  #: whether a person was asked to take over
    zone_told: bool = False  #: whether it was said that the zone is only assumed
    begins: bool = False  #: whether a session begins with the message at hand
    paused: Question = Question.NOTHING  #: what was open in an earlier session, until it is gone on with
    counted: Question = Question.NOTHING  #: the question at which it stands in the figures of conversations
    was_offered: bool = False  #: whether a time was on offer at all

    @property
    def open(self) -> bool:
        """Whether something is being arranged."""
        return self.asked is not Question.NOTHING

    @property
    def wished(self) -> bool:
        """Whether anything is known of the appointment itself."""
        return bool(
            self.kind or self.minutes or self.people or self.anyone or self.chosen or self.when.says_when
        )

    def own(self, now: datetime) -> UUID | None:
        """The hold or booking whose time counts as free for the writer."""
        held = self.hold.uid if self.hold and self.hold.expires > now else None
        return self.moving or held

    def finished(self, *, booked: UUID | None, former: Slot | None = None) -> Draft:
        """What is left when nothing is being arranged any more."""
        return Draft(
            writer=self.writer, booked=booked, former=former, zone_told=self.zone_told, waiting=self.waiting
        )

    def without_time(self) -> Draft:
        """The draft before a time was chosen; the time that is held stays to be given up."""
        return replace(self, chosen=None, confirmation=None)


_JSON = TypeAdapter(Draft)


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft as plain JSON, without what has its default."""
    kept: dict[str, Any] = _JSON.dump_python(draft, mode="json", exclude_defaults=True)
    return kept


def from_json(value: object) -> Draft:
    """The draft that `to_json` made; an empty one where the value is none."""
    try:
        return _JSON.validate_python(value)
    except ValidationError:
        return Draft()
