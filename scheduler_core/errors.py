"""Everything the core raises on purpose.

    SchedulerError
    ├── InvalidInput
    │   ├── InvalidTime            invalid_time
    │   ├── UnknownZone            unknown_zone
    │   ├── InvalidAddress         invalid_address
    │   ├── InvalidName            invalid_name
    │   ├── InvalidText            invalid_text
    │   ├── InvalidDuration        invalid_duration
    │   ├── InvalidChannel         invalid_channel
    │   ├── TooManyGuests          too_many_guests
    │   └── InvalidSetting         invalid_setting
    ├── NotFound
    │   ├── UnknownPerson          unknown_person
    │   ├── UnknownType            unknown_type
    │   └── UnknownBooking         unknown_booking
    ├── Conflict
    │   ├── SlotUnavailable        slot_unavailable
    │   ├── HoldExpired            hold_expired
    │   ├── BookingChanged         booking_changed
    │   ├── AlreadyCancelled       already_cancelled
    │   ├── BookingPast            booking_past
    │   ├── TooManyBookings        too_many_bookings
    │   └── KeyReused              key_reused
    ├── TooOften                   too_often
    ├── NotAllowed                 not_allowed
    ├── OutcomeUnknown             outcome_unknown
    ├── DatabaseUnavailable        database_unavailable
    └── DeliveryError
        ├── TemporaryFailure       temporary_failure
        └── PermanentFailure       permanent_failure

Each class has a stable `code`; the values a reply needs stand in `details`.
"""

from __future__ import annotations

from typing import Any, ClassVar


class SchedulerError(Exception):
    """Something was refused or failed."""

    code: ClassVar[str] = "error"

    def __init__(self, **details: Any) -> None:
        self.details = details
        values = ", ".join(f"{name}={str(value)[:120]!r}" for name, value in details.items())
        message = " ".join((type(self).__doc__ or "").split())
        super().__init__(f"{message} ({values})" if values else message)


class InvalidInput(SchedulerError):
    """A value cannot be used."""

    code = "invalid_input"


class InvalidTime(InvalidInput):
    """A time cannot be used: it is naive, ends before it starts, or lies where no booking can be."""

    code = "invalid_time"


class UnknownZone(InvalidInput):
    """There is no time zone of that name."""

    code = "unknown_zone"


class InvalidAddress(InvalidInput):
    """That is not one e-mail address."""

    code = "invalid_address"


class InvalidName(InvalidInput):
    """A name is empty, too long, holds control characters, or more than a name."""

    code = "invalid_name"


class InvalidText(InvalidInput):
    """A text is too long or holds control characters."""

    code = "invalid_text"


class InvalidDuration(InvalidInput):
    """The appointment type cannot be booked at that length."""

    code = "invalid_duration"


class InvalidChannel(InvalidInput):
    """The appointment type cannot be held that way, or the phone number it needs is missing."""

    code = "invalid_channel"


class TooManyGuests(InvalidInput):
    """More guests than a booking may have; `details` hold `limit`."""

    code = "too_many_guests"


class InvalidSetting(InvalidInput):
    """A setting cannot be used."""

    code = "invalid_setting"


class NotFound(SchedulerError):
    """There is nothing of that name."""

    code = "not_found"


class UnknownPerson(NotFound):
    """There is no such person."""

    code = "unknown_person"


class UnknownType(NotFound):
    """There is no such appointment type."""

    code = "unknown_type"


class UnknownBooking(NotFound):
    """There is no such booking."""

    code = "unknown_booking"


class Conflict(SchedulerError):
    """The request does not fit what is stored."""

    code = "conflict"


class SlotUnavailable(Conflict):
    """The time cannot be had; `details` hold `reason` (a Reason) and `nearest` (a tuple of Slot)."""

    code = "slot_unavailable"


class HoldExpired(Conflict):
    """The hold is no longer kept."""

    code = "hold_expired"


class BookingChanged(Conflict):
    """The booking has changed since it was read."""

    code = "booking_changed"


class AlreadyCancelled(Conflict):
    """The booking is cancelled."""

    code = "already_cancelled"


class BookingPast(Conflict):
    """The appointment has begun, so it can no longer be changed."""

    code = "booking_past"


class TooManyBookings(Conflict):
    """The address has as many appointments to come as one may book by chat."""

    code = "too_many_bookings"


class KeyReused(Conflict):
    """The same key was used for a different request."""

    code = "key_reused"


class TooOften(SchedulerError):
    """That was asked for as often as it may be; `details` hold `again` (when it may be asked for again)."""

    code = "too_often"


class NotAllowed(SchedulerError):
    """The actor has not proven that this is theirs to see or change."""

    code = "not_allowed"


class OutcomeUnknown(SchedulerError):
    """The database did not answer in time; the same key will tell what happened."""

    code = "outcome_unknown"


class DatabaseUnavailable(SchedulerError):
    """The database cannot be reached; nothing was written."""

    code = "database_unavailable"


class DeliveryError(SchedulerError):
    """An outside service did not do what was asked."""

    code = "delivery_error"


class TemporaryFailure(DeliveryError):
    """It may work later; `details` may hold `retry_after` (seconds)."""

    code = "temporary_failure"


class PermanentFailure(DeliveryError):
    """It will never work as it is."""

    code = "permanent_failure"
