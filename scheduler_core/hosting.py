"""What persons do to their own days: look at them, be away, back, late. Each method is one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from random import SystemRandom
from uuid import UUID

from sqlalchemy import Connection

from scheduler_core import absences, alternatives, host_use_cases
from scheduler_core.absences import Absence, AbsencePlan, Alternative, Delay, LatenessPlan, Return, What
from scheduler_core.admission import check_window
from scheduler_core.clock import Clock
from scheduler_core.db import booking_rows, host_changes
from scheduler_core.db.requests import Request
from scheduler_core.db.store import Collision, Store
from scheduler_core.errors import DatabaseUnavailable
from scheduler_core.host_use_cases import Asking, whoever
from scheduler_core.model import Actor, ActorKind, Booking, Person
from scheduler_core.texts import checked_text
from scheduler_core.timerange import TimeRange

REASON_LIMIT = 200
TRIES = 3
PAUSE = 0.05  #: seconds at most before another try
_random = SystemRandom()


class Hosting:
    """A person's own calendar; the actor has to be that person.

    Every method raises NotAllowed for any other actor, UnknownPerson where the person is gone, and may raise
    DatabaseUnavailable (nothing was written); those that write may raise OutcomeUnknown, after which the same
    key tells what happened. The same key with the same request gives the same answer again, with a different
    request KeyReused; the same once more under another key changes nothing more either.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def person(self, actor: Actor) -> Person:
        """Who asks; their zone is that of all they say about days and hours."""
        with self._store.reading() as connection:
            return whoever(connection, actor)

    def day(self, window: TimeRange, actor: Actor) -> list[Booking]:
        """Their confirmed bookings that touch the window, by start.

        Raises:
            InvalidTime: the window is longer than a hundred days, or lies too far away.

        """
        check_window(window)
        with self._store.reading() as connection:
            return host_use_cases.agenda(connection, [whoever(connection, actor)], window)

    def absences(self, window: TimeRange, actor: Actor) -> list[Absence]:
        """What they have blocked by their own word and not taken back, as far as it touches the window."""
        check_window(window)
        with self._store.reading() as connection:
            return host_changes.absences(connection, whoever(connection, actor), window)

    def plan_absence(self, times: Iterable[TimeRange], actor: Actor) -> AbsencePlan:
        """What lies in the times they want to be away; nothing is written.

        Raises:
            InvalidTime: there are no times or more than sixty, they are over, or reach over more than a year.

        """
        now = self._clock.now()
        wanted = absences.checked_times(times, now)
        with self._store.reading() as connection:
            person = whoever(connection, actor)
            return AbsencePlan(person, wanted, host_use_cases.inside(connection, person, wanted, now))

    def block(self, times: Iterable[TimeRange], *, key: str, actor: Actor, reason: str = "") -> Absence:
        """Keeps them from being booked then; what is booked already stays booked.

        Raises:
            InvalidTime: as for `plan_absence`.
            InvalidText: the reason is longer than 200 characters or holds control characters.

        """
        return self._be_away(What.BLOCK, times, checked_text(reason, limit=REASON_LIMIT), key, actor)

    def be_ill(self, times: Iterable[TimeRange], *, key: str, actor: Actor) -> Absence:
        """Blocks the time and calls off every booking in it that has not begun.

        Each attendee is mailed times to choose from instead; everybody else who takes part hears that it is
        called off. A booking that was made while this ran is called off a little later.

        Raises:
            InvalidTime: as for `plan_absence`.

        """
        return self._be_away(What.ILLNESS, times, "", key, actor)

    def plan_return(self, times: Iterable[TimeRange], actor: Actor) -> Return:
        """What being back at these times would open again; nothing is written.

        Only what they have blocked by their own word: working hours and other time off stay.

        Raises:
            InvalidTime: as for `plan_absence`.

        """
        wanted = absences.checked_times(times, self._clock.now())
        with self._store.reading() as connection:
            person = whoever(connection, actor)
            found = host_changes.absences(connection, person, TimeRange(wanted[0].start, wanted[-1].end))
            return absences.coming_back(person, found, wanted)

    def come_back(self, times: Iterable[TimeRange], *, actor: Actor) -> Return:
        """Lets them be booked again at these times; bookings that were called off stay so.

        What is left of an absence before and after stays. The times of the answer are those that were
        opened right now: none where that was done before.

        Raises:
            InvalidTime: as for `plan_absence`.

        """
        wanted = absences.checked_times(times, self._clock.now())
        return self._carry_out(
            wanted,
            "come back",
            actor,
            lambda connection, asking: host_use_cases.come_back(connection, wanted, asking),
        )

    def plan_lateness(self, minutes: int, actor: Actor) -> LatenessPlan:
        """Which appointment of today they are late for, and whether the late one would reach into another.

        Raises:
            InvalidTime: it is not one minute up to three hours.

        """
        absences.checked_delay(minutes)
        now = self._clock.now()
        with self._store.reading() as connection:
            return host_use_cases.plan_lateness(connection, whoever(connection, actor), minutes, now)

    def be_late(self, uid: UUID, minutes: int, *, key: str, actor: Actor) -> Delay:
        """Tells everybody else who takes part in the booking that it begins so much later.

        The calendar keeps the agreed time. Of the same delay nobody is told twice.

        Raises:
            InvalidTime: it is not one minute up to three hours, or would be over by now.
            UnknownBooking: they have no such confirmed booking.
            SlotUnavailable: it would reach into another appointment; `slot` is the late time.

        """
        absences.checked_delay(minutes)
        return self._carry_out(
            ("late", uid, minutes),
            key,
            actor,
            lambda connection, asking: host_use_cases.be_late(connection, uid, minutes, asking),
        )

    def alternatives(self, uid: UUID) -> tuple[Alternative, ...]:
        """Up to three open times near a booking, for who is to choose another; none where it is gone."""
        now = self._clock.now()
        with self._store.reading() as connection:
            booking = booking_rows.find(connection, uid)
            return () if booking is None else alternatives.instead_of(connection, booking, now)

    def taken_instead(self, uid: UUID) -> Booking | None:
        """What the attendee has booked by the link of a called-off booking, whatever became of it."""
        with self._store.reading() as connection:
            return host_changes.taken_instead(connection, uid)

    def call_off_latecomers(self, absence: UUID) -> None:
        """Calls off what was booked into an illness by somebody who had read the calendar before it."""
        with self._store.reading() as connection:
            found = host_changes.find_absence(connection, absence)
        if found is None or found.what is not What.ILLNESS or found.undone_at is not None:
            return
        self._carry_out(
            (absence,),
            f"latecomers {absence}",
            Actor(ActorKind.PERSON, found.person.handle),
            lambda connection, asking: host_use_cases.call_off_latecomers(connection, found, asking),
        )

    def _be_away(
        self, what: What, times: Iterable[TimeRange], reason: str, key: str, actor: Actor
    ) -> Absence:
        wanted = absences.checked_times(times, self._clock.now())
        return self._carry_out(
            (what.value, reason, *(f"{one.start.isoformat()}/{one.end.isoformat()}" for one in wanted)),
            key,
            actor,
            lambda connection, asking: host_use_cases.be_away(connection, what, wanted, reason, asking),
        )

    def _carry_out[Answer](
        self, asked: Sequence[object], key: str, actor: Actor, change: Callable[[Connection, Asking], Answer]
    ) -> Answer:
        """Makes the change in a transaction, again where another one was in the way."""
        absences.own_handle(actor)
        request, now = Request.of(key, actor, *asked), self._clock.now()
        for _ in range(TRIES):
            try:
                with self._store.transaction() as connection:
                    return change(connection, Asking(whoever(connection, actor), request, now))
            except Collision:
                time.sleep(_random.uniform(0, PAUSE))
        raise DatabaseUnavailable(reason="busy")
