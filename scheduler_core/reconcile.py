"""Once a day: whether the meetings that services hold are those that bookings ask for.

Messages bring meetings in line as bookings change. What they cannot know of is what happens between: a
message that was given up, a host who deletes or moves a meeting by hand. What differs is set right by
messages of the same kind.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from scheduler_core.clock import Clock
from scheduler_core.db import chores, meetings
from scheduler_core.db.store import Store
from scheduler_core.errors import DatabaseUnavailable, DeliveryError, OutcomeUnknown
from scheduler_core.model import Booking, Channel, Status
from scheduler_core.outbox import Topic
from scheduler_core.ports import HeldMeeting, MeetingRegister

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
PAUSE = timedelta(hours=1)  #: between two looks whether it is due
MOST_BOOKINGS = 2000  #: that are looked at; the next ones to come
MOST_REPAIRS = 50  #: of one run: Zoom allows each host a hundred changes a day


class Fault(StrEnum):
    """How a meeting differs from its booking."""

    NO_LINK = "has no link"  #: none ever came
    MISSING = "is not held any more"
    WRONG_TIME = "is held at another time"
    LEFT_OVER = "is held, but cancelled"


_REMEDY = {
    Fault.NO_LINK: Topic.MEETING_CREATE,
    Fault.MISSING: Topic.MEETING_MOVE,
    Fault.WRONG_TIME: Topic.MEETING_MOVE,
    Fault.LEFT_OVER: Topic.MEETING_DELETE,
}


@dataclass(frozen=True)
class Difference:
    """One booking whose meeting is not as it should be."""

    booking: Booking
    fault: Fault


@dataclass(frozen=True)
class Findings:
    """What was found."""

    differences: tuple[Difference, ...]
    unseen: tuple[str, ...]  #: whose meetings could not be looked at, and why


def differences(bookings: Sequence[Booking], held: Mapping[UUID, HeldMeeting]) -> list[Difference]:
    """How the meetings that a service holds differ from the bookings with it; pure."""
    found = ((booking, _fault(booking, held.get(booking.uid))) for booking in bookings)
    return [Difference(booking, fault) for booking, fault in found if fault is not None]


def _fault(booking: Booking, meeting: HeldMeeting | None) -> Fault | None:
    if booking.status is Status.CANCELLED:
        return None if meeting is None else Fault.LEFT_OVER
    if booking.meeting is None:
        return Fault.NO_LINK
    if meeting is None:
        return Fault.MISSING
    return None if meeting.time == booking.time else Fault.WRONG_TIME


class Reconciliation:
    """Compares meetings with bookings, and sets right what differs."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        ways: frozenset[Channel],
        registers: Mapping[Channel, MeetingRegister],
    ) -> None:
        self._store = store
        self._clock = clock
        self._ways = ways  #: channels that an account is set up for
        self._registers = registers  #: a room on Jitsi is held nowhere, so nobody can be asked for it

    async def run_until(self, stop: asyncio.Event) -> None:
        """Reconciles once a day, if no other worker has, until the event is set."""
        while not stop.is_set():
            try:
                if await asyncio.to_thread(self._take_on):
                    await self._reconcile()
            except (DatabaseUnavailable, OutcomeUnknown) as error:
                log.warning("reconcile: %s", error)
            except Exception:
                log.exception("reconcile")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE.total_seconds())

    async def look(self) -> Findings:
        """What differs now. Bookings with messages about their meeting on the way are left to these.

        Raises:
            DatabaseUnavailable: the bookings cannot be read.

        """
        begun = self._clock.now()
        found: list[Difference] = []
        unseen: list[str] = []
        bookings = await asyncio.to_thread(self._bookings, begun)
        for (channel, host), theirs in _by_host(bookings).items():
            try:
                found += await self._compare(channel, theirs, begun)
            except DeliveryError as error:
                unseen.append(f"{channel.value} of {host}: {error.details.get('reason', error)}")
        return Findings(tuple(found), tuple(unseen))

    def repair(self, found: Sequence[Difference]) -> int:
        """Puts messages into the outbox that set right what differs; says how many.

        Raises:
            DatabaseUnavailable, OutcomeUnknown: the rest is left for the next time.

        """
        repaired = 0
        for one in found[:MOST_REPAIRS]:
            with self._store.transaction() as connection:
                topic, now = _REMEDY[one.fault], self._clock.now()
                repaired += meetings.align_again(connection, one.booking, topic, now)
        return repaired

    async def _reconcile(self) -> None:
        findings = await self.look()
        for reason in findings.unseen:
            log.warning("reconcile: %s", reason)
        for one in findings.differences:
            log.warning("reconcile: the meeting of %s %s", one.booking.uid, one.fault.value)
        repaired = await asyncio.to_thread(self.repair, findings.differences)
        log.info("reconcile: %d meetings differ, %d are set right", len(findings.differences), repaired)

    async def _compare(
        self, channel: Channel, bookings: Sequence[Booking], begun: datetime
    ) -> list[Difference]:
        """What differs at one host.

        The service is asked before the bookings are read again, so that what changes meanwhile is left out.
        """
        register = self._registers.get(channel)
        if register is None:
            return [
                Difference(one, Fault.NO_LINK)
                for one in bookings
                if one.meeting is None and one.status is Status.CONFIRMED
            ]
        held = {meeting.booking: meeting for meeting in await register.held(bookings)}
        wanted = [booking.uid for booking in bookings]
        present = await asyncio.to_thread(self._bookings, begun, wanted)
        return differences(present, held)

    def _bookings(self, before: datetime, only: Sequence[UUID] | None = None) -> list[Booking]:
        with self._store.reading() as connection:
            return meetings.settled(
                connection, self._ways, now=self._clock.now(), before=before, only=only, limit=MOST_BOOKINGS
            )

    def _take_on(self) -> bool:
        with self._store.transaction() as connection:
            return chores.take_on(connection, chores.RECONCILING, EVERY)


def _by_host(bookings: Sequence[Booking]) -> dict[tuple[Channel, str], list[Booking]]:
    hosts: defaultdict[tuple[Channel, str], list[Booking]] = defaultdict(list)
    for booking in bookings:
        hosts[booking.channel, booking.organizer.handle].append(booking)
    return dict(hosts)
