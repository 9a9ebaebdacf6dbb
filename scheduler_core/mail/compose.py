"""Mails about bookings, each with the invitation that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler_core import wording
from scheduler_core.absences import Alternative, Delay
from scheduler_core.deeds import Done
from scheduler_core.ics import Invitation, Party
from scheduler_core.links import ATTENDEE, GUEST
from scheduler_core.mail.letter import Guest, Letter, letter, party
from scheduler_core.mail.notes import NoteWriter
from scheduler_core.mail.offers import absence, offers
from scheduler_core.mail.writing import Writing
from scheduler_core.model import Booking, Person
from scheduler_core.outbox import Message, Notice, Topic
from scheduler_core.ports import Mail


@dataclass(frozen=True)
class Circumstances:
    """What a mail about a booking may have to say that the booking itself does not."""

    alternatives: tuple[Alternative, ...] = ()  #: what is free instead of what was called off
    was_this_you: bool = False  #: whether a stranger may have booked under an address that we know
    trouble: str = ""  #: why no link to meet by could be made
    done: Done | None = None  #: what a chat, or the holder of a link, did to it in the attendee's name


@dataclass(frozen=True)
class Composer(NoteWriter):
    """Writes all mails of one organisation."""

    def compose(self, message: Message, booking: Booking, circumstances: Circumstances | None = None) -> Mail:
        """The mail that the message asks for, to its one recipient.

        A message composed twice has the same Message-ID, and its invitation the same UID and SEQUENCE.

        Raises:
            PermanentFailure: the recipient has no part in the booking.

        """
        more, link_comes = circumstances or Circumstances(), message.topic is not Topic.MAIL_LINK_MISSING
        facts = replace(letter(booking, message.recipient), link_comes=link_comes)
        manage = self._manage(facts, message.recipient)
        values = self._about(facts, manage) | {
            "absence": absence(facts),
            "choice_url": f"{manage}/instead",
            "offers": offers(facts, f"{manage}/instead", more.alternatives),
            "was_this_you": more.was_this_you,
            "trouble": more.trouble,
            "done": self._to_be_denied(facts, more.done),
        }
        return self.written(
            Writing(
                message.topic,
                party(facts.reader),
                _key(message),
                values,
                answers_to=self._who_answers(facts),
                first=self.message_id(_first(message)),
                invitation=self._invitation(facts, manage),
            )
        )

    def reminder(self, message: Message, booking: Booking) -> Mail:
        """The mail that reminds of a booking; it asks no calendar for anything.

        Raises:
            PermanentFailure: the recipient has no part in the booking.

        """
        facts = letter(booking, message.recipient)
        values = self._about(facts, self._manage(facts, message.recipient))
        return self.written(
            Writing(
                message.topic,
                party(facts.reader),
                message.key,
                values,
                answers_to=self._who_answers(facts),
                first=self.message_id(_first(message)),
            )
        )

    def reminding_text(self, message: Message, booking: Booking) -> str:
        """The same in the few words that a text message has room for.

        Raises:
            PermanentFailure: the recipient has no part in the booking.

        """
        facts = letter(booking, message.recipient)
        values = self._about(facts, self._manage(facts, message.recipient))
        words = self.templates.text("reminder/text.txt", {"organisation": self.organisation, **values})
        return " ".join(words.split())

    def chat_message(self, message: Message, booking: Booking) -> str:
        """What a chat of another service is told of the attendee's booking, as plain text."""
        facts = letter(booking, ATTENDEE)
        values = self._about(facts, self._manage(facts, ATTENDEE)) | {
            "organisation": self.organisation,
            "home_url": self.links.public_url,
            "topic": message.topic.value,
        }
        return self.templates.text("chat.txt", values).strip()

    def running_late(self, notice: Notice, delay: Delay) -> Mail:
        """The mail by which one of those who take part hears of a delay.

        Raises:
            PermanentFailure: the recipient has no part in the booking.

        """
        facts = letter(delay.booking, notice.recipient)
        reader = facts.reader
        values = self._about(facts, self._manage(facts, notice.recipient)) | {
            "host": delay.person.name,
            "later": wording.duration(delay.start - delay.booking.time.start, reader.locale),
            "start": wording.clock_time(delay.start, reader.zone, reader.locale),
        }
        answers_to = party(delay.person)
        return self.written(Writing(notice.topic, party(reader), notice.key, values, answers_to))

    def _to_be_denied(self, facts: Letter, done: Done | None) -> dict[str, str] | None:
        """What the attendee alone may say was not them."""
        if done is None or not facts.to_attendee:
            return None
        return self.denial(done, facts.reader.zone, facts.reader.locale)

    def _manage(self, facts: Letter, recipient: str) -> str:
        """Where the reader sees the booking; guests have no such place."""
        return "" if facts.to_guest else self.links.manage(facts.booking.uid, recipient)

    def _about(self, facts: Letter, manage: str) -> dict[str, object]:
        """What every mail about a booking shows; to go on in the chat is for the attendee alone."""
        chat = self.links.chat(facts.booking.uid, ATTENDEE) if facts.to_attendee else ""
        return {
            "letter": facts,
            "manage_url": manage,
            "reschedule_url": f"{manage}/reschedule",
            "calendar_url": f"{self.links.public_url}/schedule",
            "chat_url": chat,
        }

    def _who_answers(self, facts: Letter) -> Party:
        """The other side: an answer goes there rather than to a machine."""
        return party(facts.booking.organizer if facts.to_attendee else facts.others[0])

    def _invitation(self, facts: Letter, manage: str) -> Invitation:
        booking = facts.booking
        organisation = Party(self.organisation, self.sender)
        people = tuple(party(person) for person in booking.people)
        return Invitation(
            booking=booking,
            organizer=organisation if isinstance(facts.reader, Person) else people[0],
            sent_by=self.sender,
            attendees=_attendees(facts, people),
            summary=facts.what,
            description=self.templates.text("invitation.txt", {"letter": facts, "manage_url": manage}),
            location=facts.place.url or facts.place.words,
            url=manage,
            withdrawn=facts.uninvited,
        )


def _attendees(facts: Letter, people: tuple[Party, ...]) -> tuple[Party, ...]:
    """Who takes part, as the reader's calendar is to know: a guest's knows of nobody but the organizer.

    Whoever meets the guests sees their addresses; they themselves see none, neither each other's nor that of
    the one who invited them.
    """
    if isinstance(facts.reader, Guest):
        return (_guest(facts.reader.email),)
    guests = map(_guest, facts.guests)
    return (facts.attendee, *(people[1:] if facts.to_attendee else people), *guests)


def _guest(address: str) -> Party:
    return Party(address, address, agreed=False)


def _key(message: Message) -> str:
    """What names the mail: the message's key, but for the one confirmation that attendee and people get.

    Guests may be invited, taken off and invited again, so a confirmation to them is not the only one.
    """
    is_the_one = message.topic is Topic.MAIL_CONFIRMED and not message.recipient.startswith(GUEST)
    return _first(message) if is_the_one else message.key


def _first(message: Message) -> str:
    """What names the mail that all others to this recipient about the booking hang under."""
    return f"{message.booking}:{message.recipient}"
