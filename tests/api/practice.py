"""A small practice, and the addresses it is known by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from http import HTTPStatus

from scheduler_core.bootstrap import Core
from scheduler_core.links import ATTENDEE
from scheduler_core.model import (
    Actor,
    ActorKind,
    AppointmentType,
    Attendee,
    Booking,
    Channel,
    Details,
    Slot,
    WorkingHours,
)
from scheduler_core.timerange import TimeRange

PUBLIC_URL = "http://127.0.0.1:8080"
WIDGET_ORIGIN = "https://www.example.org"
OPERATOR = Actor(ActorKind.OPERATOR, "tests")
ANN = Attendee("Ann Lee", "ann.lee@example.com", "Asia/Kolkata")

INTRO = AppointmentType("intro", "Intro", (timedelta(minutes=15),), channels=(Channel.JITSI, Channel.PHONE))
CONSULTATION = AppointmentType(
    "consultation",
    "Consultation",
    (timedelta(minutes=30), timedelta(minutes=60)),
    channels=(Channel.IN_PERSON, Channel.PHONE),
    location="4 Linden Street, Berlin",
)


def problem(status: int, code: str, detail: str, **more: object) -> dict[str, object]:
    """Problem details as the API gives them."""
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, **more}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant in December 2026, when clocks in Berlin are an hour ahead."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True)
class Practice:
    """Dr. Meyer in Berlin, who offers everything, and Ben in London, who offers the intro."""

    core: Core

    def fill(self) -> None:
        people = self.core.people
        people.add_person("eva-meyer", "Dr. Eva Meyer", "eva.meyer@example.org", "Europe/Berlin")
        people.add_person("ben-okafor", "Ben Okafor", "ben.okafor@example.org", "Europe/London", "en-GB")
        people.set_hours("eva-meyer", [WorkingHours(day, time(9), time(17)) for day in range(5)])
        people.set_hours("ben-okafor", [WorkingHours(1, time(10), time(12))])
        for kind in (INTRO, CONSULTATION):
            people.add_type(kind)
            people.offer("eva-meyer", kind.handle)
        people.offer("ben-okafor", "intro")

    def book(
        self, start: datetime, *, kind: AppointmentType = CONSULTATION, attendee: Attendee = ANN
    ) -> Booking:
        """A confirmed booking with Dr. Meyer."""
        slot = Slot(TimeRange.starting(start, kind.duration), ("eva-meyer",), kind.handle)
        details = Details(note="It's about <b>my</b> tax return.")
        return self.core.scheduler.book(
            slot, attendee, details=details, key=f"{start} {kind.handle}", actor=OPERATOR
        )

    def find(self, booking: Booking) -> Booking:
        return self.core.scheduler.find(booking.uid, actor=OPERATOR)

    def path(self, booking: Booking, recipient: str = ATTENDEE) -> str:
        """Where the recipient manages the booking."""
        return "/b/" + self.core.links.token(booking.uid, recipient)
