"""Appointment types with all their rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from scheduler_core.desk_types import Offered
from scheduler_core.errors import Conflict
from scheduler_core.model import AppointmentType, Channel
from scheduler_core.people import LONGEST_HORIZON
from webchat.api.desk.doors import GivenAdmin, GivenMember
from webchat.api.given import GivenCore
from webchat.api.openapi import failing
from webchat.api.preconditions import Seen, changed, etag
from webchat.api.problems import Refused

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60
HORIZON = LONGEST_HORIZON.days

router = APIRouter(prefix="/types")

Minutes = Annotated[int, Field(ge=0, le=DAY_MINUTES)]
Length = Annotated[int, Field(ge=1, le=DAY_MINUTES)]
Handle = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", examples=["consultation"])]


class DeskType(BaseModel):
    """What can be booked, and by which rules, in minutes. The first length and channel are the usual."""

    model_config = ConfigDict(extra="forbid")

    handle: Handle
    name: Annotated[str, Field(max_length=120, examples=["Consultation"])]
    durations: Annotated[list[Length], Field(min_length=1, max_length=12)]
    buffer_before: Minutes = 0
    buffer_after: Minutes = 0
    minimum_notice: Annotated[int, Field(ge=0, le=HORIZON * DAY_MINUTES)] = 0
    horizon_days: Annotated[int, Field(ge=1, le=HORIZON)] = 60
    interval: Length = 30
    daily_limit: Annotated[int, Field(ge=1, le=1000)] | None = None
    channels: Annotated[list[Channel], Field(min_length=1, max_length=len(Channel))]
    location: Annotated[str, Field(max_length=200)] = ""
    reminders: Annotated[
        list[Annotated[int, Field(ge=1, le=HORIZON * DAY_MINUTES)]], Field(max_length=5)
    ] = []
    people: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=500)] = []

    @classmethod
    def of(cls, offered: Offered) -> DeskType:
        kind = offered.kind
        return cls(
            handle=kind.handle,
            name=kind.name,
            durations=[one // MINUTE for one in kind.durations],
            buffer_before=kind.buffer_before // MINUTE,
            buffer_after=kind.buffer_after // MINUTE,
            minimum_notice=kind.minimum_notice // MINUTE,
            horizon_days=max(1, kind.horizon.days),
            interval=kind.interval // MINUTE,
            daily_limit=kind.daily_limit,
            channels=list(kind.channels),
            location=kind.location,
            reminders=[one // MINUTE for one in kind.reminders],
            people=list(offered.people),
        )

    def kind(self) -> AppointmentType:
        """The policy."""
        return AppointmentType(
            handle=self.handle,
            name=self.name,
            durations=tuple(dict.fromkeys(one * MINUTE for one in self.durations)),
            buffer_before=self.buffer_before * MINUTE,
            buffer_after=self.buffer_after * MINUTE,
            minimum_notice=self.minimum_notice * MINUTE,
            horizon=timedelta(days=self.horizon_days),
            interval=self.interval * MINUTE,
            daily_limit=self.daily_limit,
            channels=tuple(dict.fromkeys(self.channels)),
            location=self.location,
            reminders=tuple(sorted({one * MINUTE for one in self.reminders}, reverse=True)),
        )


@router.get("", responses=failing(401))
def listing(core: GivenCore, _: GivenMember) -> list[DeskType]:
    """Every appointment type, shortest first."""
    return [DeskType.of(offered) for offered in core.desk.types.all()]


@router.post("", status_code=201, responses=failing(400, 401, 403, 404, 409, 413, 422))
def add(wanted: DeskType, core: GivenCore, admin: GivenAdmin, response: Response) -> DeskType:
    """Adds an appointment type."""
    _check(wanted)
    try:
        added = core.desk.types.add(wanted.kind(), wanted.people, member=admin)
    except Conflict as error:
        sentence = "There is an appointment type of that handle already."
        raise Refused(409, "conflict", sentence, fields={"handle": sentence}) from error
    return _shown(added, response)


@router.get("/{handle}", responses=failing(401, 404, 422))
def find(handle: str, core: GivenCore, _: GivenMember, response: Response) -> DeskType:
    """One appointment type."""
    return _shown(core.desk.types.get(handle), response)


@router.put("/{handle}", responses=failing(400, 401, 403, 404, 412, 413, 422))
def change(
    handle: str, wanted: DeskType, core: GivenCore, admin: GivenAdmin, seen: Seen, response: Response
) -> DeskType:
    """Gives an appointment type these rules; what is booked stays booked."""
    if wanted.handle != handle:
        raise Refused(422, "invalid_input", "The handle stays.", fields={"handle": "The handle stays."})
    _check(wanted)
    try:
        kept = core.desk.types.change(wanted.kind(), wanted.people, seen=seen, member=admin)
    except Conflict as error:
        raise changed() from error
    return _shown(kept, response)


def _shown(offered: Offered, response: Response) -> DeskType:
    response.headers["ETag"] = etag(offered.version)
    return DeskType.of(offered)


def _check(wanted: DeskType) -> None:
    """Refuses rules that fit each for itself, but not together."""
    if wanted.minimum_notice > wanted.horizon_days * DAY_MINUTES:
        sentence = "The notice reaches beyond the last day that can be booked."
        raise Refused(422, "invalid_duration", sentence, fields={"minimum_notice": sentence})
