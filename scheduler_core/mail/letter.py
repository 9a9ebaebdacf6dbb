"""What a mail about a booking says to one reader, before it becomes text; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scheduler_core import links, wording, zones
from scheduler_core.errors import PermanentFailure
from scheduler_core.ics import Party
from scheduler_core.meetings.jitsi import host_signs_in
from scheduler_core.model import Attendee, Booking, Channel, Person, Status


@dataclass(frozen=True)
class Guest:
    """Somebody invited by the attendee, of whom nothing is known but the address."""

    email: str
    zone: str  #: the attendee's, as the best guess
    locale: str

    @property
    def name(self) -> str:
        """What stands for the name."""
        return self.email


Participant = Attendee | Person | Guest

_ONLINE = {
    Channel.JITSI: "Video call (Jitsi)",
    Channel.ZOOM: "Video call (Zoom)",
    Channel.GOOGLE_MEET: "Video call (Google Meet)",
}
#: Where one address serves all, and who signs in as the host is it.
_HOSTED = {Channel.ZOOM: "Zoom", Channel.GOOGLE_MEET: "Google"}


@dataclass(frozen=True)
class Place:
    """Where the reader has to be."""

    words: str
    url: str = ""
    hint: str = ""

    @property
    def below(self) -> tuple[str, ...]:
        """What follows the words, for those who read plain text."""
        return tuple(filter(None, (self.url, self.hint)))


@dataclass(frozen=True)
class Fact:
    """One line of a mail's table: a label and what it stands for, with lines of less weight below."""

    label: str
    text: str
    url: str = ""
    more: tuple[str, ...] = ()

    @property
    def below(self) -> tuple[str, ...]:
        """Everything below the first line, for those who read plain text."""
        return tuple(filter(None, (self.url, *self.more)))


@dataclass(frozen=True)
class Letter:
    """The facts of a booking in its reader's zone and locale."""

    booking: Booking
    reader: Participant
    others: tuple[Participant, ...]  #: whom the reader meets; nobody is told of guests but as `guests`
    link_comes: bool = True  #: whether a link that is not there yet is on its way
    uninvited: bool = False  #: whether the reader was a guest and is none any more

    @property
    def to_attendee(self) -> bool:
        """Whether the reader is the one who booked."""
        return isinstance(self.reader, Attendee)

    @property
    def to_person(self) -> bool:
        """Whether the reader's calendar is kept here."""
        return isinstance(self.reader, Person)

    @property
    def to_guest(self) -> bool:
        """Whether the reader was invited by the one who booked.

        Guests see when, where, who invited them and whom to ask, but no note, phone number or other address.
        """
        return isinstance(self.reader, Guest)

    @property
    def greeting(self) -> str:
        """How the mail begins."""
        return "Hello," if self.to_guest else f"Hello {self.reader.name},"

    @property
    def guests(self) -> tuple[str, ...]:
        """The addresses of the guests, for those who meet them."""
        return () if self.to_guest else self.booking.guests

    @property
    def note(self) -> str:
        """What the attendee wrote, for those who meet them."""
        return "" if self.to_guest else self.booking.note

    @property
    def reason(self) -> str:
        """Why it was called off, in the words of who did, for those who were to meet."""
        return "" if self.to_guest else self.booking.cancel_reason

    @cached_property
    def what(self) -> str:
        """`Consultation with Dr. Eva Meyer`."""
        return f"{self.booking.kind.name} with {self.with_whom}"

    @cached_property
    def with_whom(self) -> str:
        """The names of those whom the reader meets."""
        names = [other.name for other in self.others]
        return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))

    @cached_property
    def moment(self) -> str:
        """When it starts, without the zone, for a subject line."""
        return wording.moment(self.booking.time.start, self.reader.zone, self.reader.locale)

    @property
    def before(self) -> str:
        """When it was to start before it moved, day and time; empty where it has not."""
        then = self.booking.moved_from
        return "" if then is None else wording.moment(then, self.reader.zone, self.reader.locale)

    @property
    def attendee(self) -> Party:
        """Who booked."""
        return party(_attendee(self.booking))

    @cached_property
    def place(self) -> Place:
        """Where it takes place, as the reader has to know it."""
        booking = self.booking
        if booking.channel is Channel.IN_PERSON:
            return Place(booking.kind.location or "In person")
        if booking.channel is Channel.PHONE:
            number = "" if self.to_guest else f" at {booking.phone}"
            return Place(f"By phone: {self._call()}{number}")
        words = _ONLINE[booking.channel]
        if booking.status is Status.CANCELLED or self.uninvited:
            return Place(words)
        if booking.meeting is None:
            follows = "The link follows in a mail of its own."
            return Place(words, hint=follows if self.link_comes else "There is no link.")
        return Place(words, booking.meeting.url, self._door(booking.meeting.url))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The table of the mail, from the most to the least needed."""
        return tuple(self._facts())

    def _facts(self) -> Iterator[Fact]:
        booking, reader = self.booking, self.reader
        yield Fact(
            "When",
            wording.period(booking.time, reader.zone, reader.locale),
            more=(wording.zone_label(booking.time.start, reader.zone, reader.locale), *self._elsewhere()),
        )
        yield Fact(
            "What",
            f"{booking.kind.name}, {wording.duration(booking.time.length, reader.locale)}",
        )
        yield Fact("With", self.with_whom, more=self._contact())
        yield Fact("Where", self.place.words, self.place.url, (self.place.hint,) if self.place.hint else ())
        if self.guests:
            yield Fact("Guests", self.guests[0], more=self.guests[1:])
        if self.note:
            yield Fact("Note", self.note)
        if self.reason:
            yield Fact("Reason", self.reason)
        yield Fact("Reference", booking.reference)

    def _contact(self) -> tuple[str, ...]:
        """Whom to write to, for those who cannot change anything by a link of their own."""
        if self.to_attendee:
            return ()
        return (self.booking.organizer.email if self.to_guest else self.attendee.address,)

    def _elsewhere(self) -> Iterator[str]:
        """The same time for those whose clocks show another one."""
        time, here = self.booking.time, self.reader.zone
        for other in self.others:
            if zones.offset(time.start, other.zone) == zones.offset(time.start, here):
                continue
            same_day = zones.local_date(time.start, other.zone) == zones.local_date(time.start, here)
            say = wording.hours if same_day else wording.period
            yield f"{say(time, other.zone, self.reader.locale)} for {other.name} ({other.zone})"

    def _call(self) -> str:
        """Who rings whom: the organizer the attendee."""
        callee = "you" if self.to_attendee else self.attendee.name
        if self.reader == self.booking.organizer:
            return f"you call {callee}"
        return f"{self.booking.organizer.name} calls {callee}"

    def _door(self, url: str) -> str:
        """Who opens a room that does not open by itself."""
        service = _HOSTED.get(self.booking.channel)
        if service and self.reader == self.booking.organizer:
            return f"You are its host: open it signed in to {service} as yourself."
        if not host_signs_in(url):
            return ""
        if not isinstance(self.reader, Person):
            return f"{self.booking.organizer.name} opens the room; you can wait at its door."
        return "To open the room, one of you has to sign in there once; the guest waits until then."


def letter(booking: Booking, recipient: str) -> Letter:
    """What is to be said about the booking to `attendee`, `person:<handle>` or `guest:<digest>`.

    Raises:
        PermanentFailure: the recipient has no part in the booking.

    """
    attendee = _attendee(booking)
    if recipient == links.ATTENDEE:
        return Letter(booking, attendee, booking.people)
    for person in booking.people:
        if recipient == links.person(person.handle):
            colleagues = tuple(other for other in booking.people if other is not person)
            return Letter(booking, person, (attendee, *colleagues))
    for address in (*booking.guests, *booking.uninvited):
        if recipient == links.guest(booking.uid, address):
            guest = Guest(address, attendee.zone, attendee.locale)
            uninvited = address not in booking.guests
            return Letter(booking, guest, (*booking.people, attendee), uninvited=uninvited)
    raise PermanentFailure(recipient=recipient, booking=booking.uid)


def party(participant: Participant) -> Party:
    """Somebody as mail and calendars name them."""
    return Party(participant.name, participant.email)


def _attendee(booking: Booking) -> Attendee:
    if booking.attendee is None:
        raise PermanentFailure(reason="a hold has nobody to write to", booking=booking.uid)
    return booking.attendee
