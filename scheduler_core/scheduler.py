"""Slots, holds and bookings: the use cases, each one in a transaction of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from scheduler_core import slot_search, use_cases, zones
from scheduler_core.admission import check_reach, check_window, may_touch
from scheduler_core.availability import off_ranges, opening_ranges
from scheduler_core.clock import Clock
from scheduler_core.db import booking_rows, bookings, deliveries
from scheduler_core.db import people as people_rows
from scheduler_core.db.calendars import with_busy
from scheduler_core.db.requests import Request
from scheduler_core.db.store import Store
from scheduler_core.execution import Execution
from scheduler_core.model import (
    EVERY_WAY,
    Actor,
    Attendee,
    Booking,
    Calendar,
    Channel,
    Details,
    Order,
    Reason,
    Slot,
    Status,
    Wish,
)
from scheduler_core.outbox import Delivery
from scheduler_core.ranking import Taste
from scheduler_core.timerange import TimeRange, as_utc, intersect, merge
from scheduler_core.use_cases import described, told


class Scheduler:
    """Everything that can be done with time: asking for it, holding, booking, moving and giving it back.

    Every method may also raise DatabaseUnavailable (nothing was written); those that write may raise
    OutcomeUnknown, after which the same key tells what happened. The same key and actor with the same request
    give the same booking again, with a different request KeyReused.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        ways: frozenset[Channel] = EVERY_WAY,
        *,
        ranks_offers: bool = True,
    ) -> None:
        self._ways = ways  # in which people can meet
        self._ranks_offers = ranks_offers
        self._store = store
        self._clock = clock
        self._execution = Execution(store, clock)

    def open_slots(
        self,
        *,
        kind: str,
        wish: Wish,
        limit: int | None = None,
        zone: str = "UTC",
        instead_of: UUID | None = None,
        taker: Actor | None = None,
    ) -> list[Slot]:
        """The open slots that fit the wish, by start: all, or the `limit` that its order prefers.

        Where nobody is wished for, everybody who offers the type is asked. With a limit no two slots start at
        the same time, and a spread is over days in the reader's `zone`; around its places it prefers the
        times that the `taker` usually books, then those that most attendees do. The time of the booking
        `instead_of` counts as free, since it would be moved; its own slot is not among the answers.

        Raises:
            UnknownType, UnknownPerson: there is none, or the person does not offer the type.
            InvalidDuration, InvalidTime, UnknownZone: a part of the wish cannot be used.

        """
        now = self._clock.now()
        with self._store.reading() as connection:
            search = slot_search.search_for(connection, kind, wish, now, zone=zone, instead_of=instead_of)
            if self._ranks_offers and limit is not None and limit > 1 and wish.order is Order.SPREAD:
                taste = slot_search.taste(connection, kind, taker, now, zone=search.zone)
                search = replace(search, taste=taste)
            return slot_search.find(connection, search, limit)

    def taste(self, *, kind: str, zone: str, taker: Actor | None = None) -> Taste:
        """By what a spread of offers is ranked: what the taker usually books, what most attendees do.

        Only bookings that the taker may see count as theirs. Empty where offers are not ranked.

        Raises:
            UnknownZone: there is no such zone.

        """
        if not self._ranks_offers:
            return Taste()
        now = self._clock.now()
        with self._store.reading() as connection:
            return slot_search.taste(connection, kind, taker, now, zone=zones.canonical(zone))

    def refusal(self, slot: Slot, *, instead_of: UUID | None = None) -> Reason | None:
        """Why the slot cannot be had; None if it can.

        Raises:
            UnknownType, UnknownPerson, InvalidDuration, InvalidTime: this is no slot.

        """
        now = self._clock.now()
        with self._store.reading() as connection:
            return slot_search.refusal(connection, slot, now, instead_of=instead_of)

    def hold(self, slot: Slot, *, key: str, actor: Actor, instead_of: UUID | None = None) -> Booking:
        """Keeps the slot for ten minutes. An actor has three holds at most; one more gives up the oldest.

        All conversations together have twelve holds of a person's time at most. One more pushes the oldest
        out: its time is free again before it expires, and until somebody takes it, it can still be confirmed.

        `instead_of` a hold of the same actor: that one is given up. `instead_of` a booking: this is a hold
        for moving it, for the same people; it may overlap the old time, and `reschedule` takes it.

        Raises:
            SlotUnavailable: with the `reason` and the `nearest` open slots.
            UnknownType, UnknownPerson, InvalidDuration, InvalidTime: this is no slot.
            UnknownBooking, AlreadyCancelled, BookingPast: there is nothing to move.
            BookingChanged: what is to be moved has changed at this moment.

        """
        request = Request.of(key, actor, "hold", *described(slot), instead_of)
        now = self._clock.now()
        return self._execution.carry_out(
            request, lambda connection: use_cases.hold(connection, slot, request, now, instead_of)
        )

    def confirm(
        self,
        uid: UUID,
        attendee: Attendee,
        *,
        details: Details = Details(),  # noqa: B008  # frozen
        key: str,
        actor: Actor,
    ) -> Booking:
        """Makes a booking of a hold; of an expired one too, while its time is still free.

        Raises:
            HoldExpired: the hold was given up.
            SlotUnavailable: it is no longer kept, and the time cannot be had any more.
            BookingChanged: it is a booking already.
            TooManyBookings: by conversations, an address may have five bookings to come.
            InvalidChannel: the type is not held that way, or the phone number is missing.
            UnknownBooking: there is none, or it is not theirs.

        """
        request = Request.of(key, actor, "confirm", uid, *told(attendee, details))
        now = self._clock.now()
        return self._execution.carry_out(
            request,
            lambda connection: use_cases.confirm(
                connection, uid, attendee, details, request, now, self._ways
            ),
        )

    def book(
        self,
        slot: Slot,
        attendee: Attendee,
        *,
        details: Details = Details(),  # noqa: B008  # frozen
        key: str,
        actor: Actor,
    ) -> Booking:
        """Books the slot without a hold.

        Raises:
            SlotUnavailable: with the `reason` and the `nearest` open slots.
            UnknownType, UnknownPerson, InvalidDuration, InvalidTime, InvalidChannel: this is no slot.
            TooManyBookings: by conversations, an address may have five bookings to come.

        """
        request = Request.of(key, actor, "book", *described(slot), *told(attendee, details))
        now = self._clock.now()
        return self._execution.carry_out(
            request,
            lambda connection: use_cases.book(connection, slot, attendee, details, request, now, self._ways),
        )

    def release(self, uid: UUID, *, actor: Actor) -> None:
        """Gives a hold up; nothing happens to one that is gone already, nor to a booking.

        Raises:
            UnknownBooking: there is none, or it is not theirs.

        """
        with self._store.transaction() as connection:
            if use_cases.theirs(connection, uid, actor).status is Status.TENTATIVE:
                bookings.release(connection, uid, self._clock.now())

    def reschedule(
        self,
        uid: UUID,
        start: datetime,
        *,
        version: int,
        key: str,
        actor: Actor,
        length: timedelta | None = None,
    ) -> Booking:
        """Moves the booking to another start, with its length unless another is asked for.

        Holds for moving it are given up; the old time is theirs until the new one is certain.

        Raises:
            SlotUnavailable: with the `reason` and the `nearest` open slots.
            AlreadyCancelled, BookingChanged, BookingPast, UnknownBooking: as they say.
            InvalidTime, InvalidDuration: that is no time for it.

        """
        request = Request.of(key, actor, "reschedule", uid, as_utc(start).isoformat(), version, length)
        now = self._clock.now()
        return self._execution.carry_out(
            request,
            lambda connection: use_cases.reschedule(
                connection, uid, start, length=length, version=version, request=request, now=now
            ),
        )

    def cancel(self, uid: UUID, *, version: int, key: str, actor: Actor, reason: str = "") -> Booking:
        """Calls the booking off, for a reason if one is given; its time is free at once.

        Raises:
            AlreadyCancelled, BookingChanged, BookingPast, UnknownBooking: as they say.
            InvalidText: the reason is longer than 500 characters or holds control characters.

        """
        request = Request.of(key, actor, "cancel", uid, version, *filter(None, [reason]))
        now = self._clock.now()
        return self._execution.carry_out(
            request,
            lambda connection: use_cases.cancel(connection, uid, version, request, now, reason=reason),
        )

    def invite(self, uid: UUID, guests: Collection[str], *, version: int, key: str, actor: Actor) -> Booking:
        """Adds guests, who are mailed an invitation; those who take part already change nothing.

        Raises:
            InvalidAddress, TooManyGuests: they cannot be invited.
            TooOften: its guests were mailed thirty times within a day.
            AlreadyCancelled, BookingChanged, BookingPast, UnknownBooking: as they say.

        """
        request = Request.of(key, actor, "invite", uid, version, *guests)
        now = self._clock.now()
        return self._execution.carry_out(
            request, lambda connection: use_cases.invite(connection, uid, guests, version, request, now)
        )

    def uninvite(
        self, uid: UUID, guests: Collection[str], *, version: int, key: str, actor: Actor
    ) -> Booking:
        """Takes guests off, who are told so; those who are none change nothing.

        Raises:
            TooOften: its guests were mailed thirty times within a day.
            AlreadyCancelled, BookingChanged, BookingPast, UnknownBooking: as they say.

        """
        request = Request.of(key, actor, "uninvite", uid, version, *guests)
        now = self._clock.now()
        return self._execution.carry_out(
            request, lambda connection: use_cases.uninvite(connection, uid, guests, version, request, now)
        )

    def resend(self, uid: UUID, *, key: str, actor: Actor) -> Booking:
        """Mails the attendee the booking and its invitation once more, as it is now; it stays what it is.

        Raises:
            TooOften: three times a day for a booking.
            AlreadyCancelled, BookingPast, UnknownBooking: as they say.

        """
        request, now = Request.of(key, actor, "resend", uid), self._clock.now()
        return self._execution.carry_out(
            request, lambda connection: use_cases.resend(connection, uid, request, now)
        )

    def delivery(self, uid: UUID, *, actor: Actor) -> list[Delivery]:
        """What became of the last mail about the booking to its attendee, and to each guest.

        Raises:
            UnknownBooking: there is none, or it is not theirs.

        """
        with self._store.reading() as connection:
            return deliveries.of(connection, use_cases.theirs(connection, uid, actor))

    def link_awaited(self, uid: UUID, *, actor: Actor) -> bool:
        """Whether the link to where the booking is held online is still being made.

        Raises:
            UnknownBooking: there is none, or it is not theirs.

        """
        with self._store.reading() as connection:
            return deliveries.link_awaited(connection, use_cases.theirs(connection, uid, actor))

    def find(self, uid: UUID, *, actor: Actor) -> Booking:
        """The booking or hold, whatever became of it.

        Raises:
            UnknownBooking: there is none, or it is not theirs.

        """
        with self._store.reading() as connection:
            return use_cases.theirs(connection, uid, actor)

    def agenda(self, *, people: Sequence[str], window: TimeRange, actor: Actor) -> list[Booking]:
        """The confirmed bookings that touch the window and that the actor may see, by start.

        Those with one of the people; with anybody, where no one is named.
        """
        check_reach(window.start, window.end)
        with self._store.reading() as connection:
            found = booking_rows.agenda(connection, people, window, actor)
            return [booking for booking in found if may_touch(actor, booking)]

    def bookings_of(self, actor: Actor) -> list[Booking]:
        """The confirmed bookings that the actor may see and that are not over, by start."""
        now = self._clock.now()
        with self._store.reading() as connection:
            return booking_rows.to_come(connection, actor, now)

    def calendar(self, person: str, window: TimeRange) -> Calendar:
        """When the person works and what is taken of it, without names or reasons.

        Raises:
            UnknownPerson: there is no such person.
            InvalidTime: the window is longer than a hundred days, or lies too far away.

        """
        check_window(window)
        now = self._clock.now()
        with self._store.reading() as connection:
            bare = people_rows.calendars(connection, [people_rows.known_person(connection, person)])
            (calendar,) = with_busy(connection, bare, window, now)
        hours = opening_ranges(calendar, window)
        off = intersect(hours, off_ranges(calendar, window))
        taken = intersect([window], (busy.time for busy in calendar.busy))
        return Calendar(calendar.person, tuple(hours), tuple(merge([*off, *taken])))

    def change(self) -> int:
        """The number of the last change to anything that a calendar shows."""
        with self._store.reading() as connection:
            return booking_rows.last_change(connection)
