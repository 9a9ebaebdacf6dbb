"""Mails about bookings: templates become text, HTML and an invitation in one message."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.headerregistry import Address
from email.utils import format_datetime
from functools import cached_property, lru_cache

from email_validator import validate_email

from scheduler_core import wording
from scheduler_core.absences import Alternative, Delay
from scheduler_core.clock import Clock
from scheduler_core.codes import Asked, code_of, grouped
from scheduler_core.deeds import Deed, Done
from scheduler_core.ics import Invitation, Party
from scheduler_core.links import ATTENDEE, GUEST, Links
from scheduler_core.mail import mime
from scheduler_core.mail.done import what, where
from scheduler_core.mail.letter import Guest, Letter, letter, party
from scheduler_core.mail.mime import Part
from scheduler_core.mail.offers import absence, offers
from scheduler_core.mail.rendering import Templates
from scheduler_core.model import Booking, Person
from scheduler_core.outbox import Message, Notice, Topic
from scheduler_core.personal_data import DataRequest
from scheduler_core.ports import Mail
from scheduler_core.transcripts import Line, Speaker, Ticket

_WHO = {Speaker.WRITER: "They", Speaker.ASSISTANT: "Assistant"}


@dataclass(frozen=True)
class Circumstances:
    """What a mail about a booking may have to say that the booking itself does not."""

    alternatives: tuple[Alternative, ...] = ()  #: what is free instead of what was called off
    was_this_you: bool = False  #: whether a stranger may have booked under an address that we know
    trouble: str = ""  #: why no link to meet by could be made
    done: Done | None = None  #: what a chat, or the holder of a link, did to it in the attendee's name


@dataclass(frozen=True)
class _Writing:
    """A mail on its way to becoming bytes."""

    topic: Topic
    reader: Party
    key: str  #: a mail of the same key has the same Message-ID
    values: dict[str, object]
    answers_to: Party | None = None
    first: str = ""  #: the Message-ID of the mail that this one hangs under
    invitation: Invitation | None = None


@dataclass(frozen=True)
class Composer:
    """Writes mails in the name of one organisation."""

    organisation: str
    sender: str  #: the address all mail comes from
    links: Links
    clock: Clock
    zone: str = "UTC"  #: the organisation's, for mails to readers of whom no zone is known
    locale: str = "en"  #: likewise
    desk: str = ""  #: the address of those who help; the sender's, where there is none of their own
    templates: Templates = field(default_factory=Templates)

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
            "done": more.done and self._denial(more.done, facts.reader.zone, facts.reader.locale),
        }
        return self._written(
            _Writing(
                message.topic,
                party(facts.reader),
                _key(message),
                values,
                answers_to=self._who_answers(facts),
                first=self._message_id(_first(message)),
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
        return self._written(
            _Writing(
                message.topic,
                party(facts.reader),
                message.key,
                values,
                answers_to=self._who_answers(facts),
                first=self._message_id(_first(message)),
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
        return self._written(_Writing(notice.topic, party(reader), notice.key, values, answers_to))

    def ticket(self, notice: Notice, ticket: Ticket, lines: Iterable[Line]) -> Mail:
        """The mail to those who help, with what was said; an answer goes to the contact, if there is one."""
        quiet_until = wording.clock_time(ticket.quiet_until, self.zone, self.locale)
        facts = (
            ("Contact", ticket.contact or "none was given"),
            ("Channel", ticket.channel),
            ("Asked", f"{wording.moment(ticket.opened_at, self.zone, self.locale)} ({self.zone})"),
            ("Reference", ticket.reference),
        )
        values = {
            "ticket": ticket,
            "facts": facts,
            "quiet_until": f"{quiet_until} ({self.zone})",
            "lines": [{"who": _WHO[line.speaker], "text": line.text} for line in lines],
        }
        answers_to = Party("", ticket.contact) if ticket.contact else None
        return self._written(_Writing(notice.topic, Party("", ticket.desk), notice.key, values, answers_to))

    def your_data(self, notice: Notice, request: DataRequest) -> Mail:
        """The mail with the link to what is kept about an address."""
        life = request.expires_at - request.asked_at
        values: dict[str, object] = {
            "data_url": self.links.data(request.id),
            "life": wording.duration(life, "en"),
        }
        return self._written(_Writing(notice.topic, Party("", request.address), notice.key, values))

    def one_time_code(self, notice: Notice, asked: Asked) -> Mail:
        """The mail with the code that was asked for.

        The code stands in the body alone: subjects are shown on locked screens and kept in servers' logs.
        """
        values: dict[str, object] = {
            "code": grouped(code_of(asked, self.links.secret)),
            "minutes": round((notice.until - notice.due).total_seconds() / 60),
            "not_me_url": self.links.not_me(asked.id, Deed.ASKED.value),
        }
        return self._written(_Writing(notice.topic, Party("", asked.address), notice.key, values))

    def was_this_you(self, notice: Notice, done: Done) -> Mail:
        """The mail that tells the owner of an address that it was proven in a chat."""
        values: dict[str, object] = {"done": self._denial(done, self.zone, self.locale)}
        return self._written(_Writing(notice.topic, Party("", done.address), notice.key, values))

    def denied(self, notice: Notice, done: Done) -> Mail:
        """The mail to those who help that somebody says it was not them; an answer goes to the address."""
        when = f"{wording.moment(done.at, self.zone, self.locale)} ({self.zone})"
        facts = [("Address", done.address), ("What", what(done)), ("Where", where(done)), ("When", when)]
        if done.booking is not None:
            facts.append(("Reference", done.booking.reference))
        values: dict[str, object] = {"facts": facts, "address": done.address}
        return self._written(
            _Writing(
                notice.topic,
                Party("", self.desk or self.sender),
                notice.key,
                values,
                answers_to=Party("", done.address),
            )
        )

    def desk_code(self, notice: Notice, asked: Asked) -> Mail:
        """The mail with the code for the hosts' desk, and a link that holds it."""
        code = code_of(asked, self.links.secret)
        values: dict[str, object] = {
            "code": grouped(code),
            "desk_url": self.links.desk(asked.address, code),
            "minutes": round((notice.until - notice.due).total_seconds() / 60),
        }
        return self._written(_Writing(notice.topic, Party("", asked.address), notice.key, values))

    def _denial(self, done: Done, zone: str, locale: str) -> dict[str, str]:
        """What was done, for its reader to say that it was not them."""
        return {
            "where": where(done),
            "when": f"{wording.moment(done.at, zone, locale)} ({zone})",
            "url": self.links.not_me(done.about, done.deed.value),
        }

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

    def _written(self, writing: _Writing) -> Mail:
        """The mail in text and HTML, with what calendars need where it is about a booking."""
        everywhere = {"organisation": self.organisation, "home_url": self.links.public_url}
        parts = self.templates.mail(writing.topic.value.removeprefix("mail_"), everywhere | writing.values)
        identity, reader = self._message_id(writing.key), _address(writing.reader)
        mail = Mail(
            sender=self._sender.addr_spec,
            recipient=reader.addr_spec,
            id=identity,
            date=self.clock.now(),
            content=b"",
        )
        international = not reader.addr_spec.isascii()
        headers = (
            mime.header(name, value, international=international)
            for name, value in self._headers(mail, reader, parts["subject.txt"], writing)
        )
        return replace(mail, content=b"".join(headers) + _body(parts, writing.invitation))

    def _headers(
        self, mail: Mail, reader: Address, subject: str, writing: _Writing
    ) -> Iterator[tuple[str, str | Address]]:
        yield "From", self._sender
        yield "To", reader
        if writing.answers_to is not None:
            yield "Reply-To", _address(writing.answers_to)
        yield "Subject", " ".join(subject.split())
        yield "Date", format_datetime(mail.date)
        yield "Message-ID", mail.id
        if writing.first not in {"", mail.id}:
            yield "In-Reply-To", writing.first
            yield "References", writing.first
        yield "List-Id", f"<appointments.{self._sender.domain}>"  # RFC 2919: what filters sort by
        yield "Auto-Submitted", "auto-generated"  # RFC 3834: holiday notices stay quiet

    def _who_answers(self, facts: Letter) -> Party:
        """The other side: an answer goes there rather than to a machine."""
        return party(facts.booking.organizer if facts.to_attendee else facts.others[0])

    def _message_id(self, key: str) -> str:
        return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{self._sender.domain}>"

    @cached_property
    def _sender(self) -> Address:
        return _address(Party(self.organisation, self.sender))

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


def _body(parts: Mapping[str, str], invitation: Invitation | None) -> bytes:
    """The parts of a mail; the invitation stands among them, and beside them for programs that look there."""
    shown = [
        Part("text/plain; charset=utf-8", parts["body.txt"]),
        Part("text/html; charset=utf-8", parts["body.html"]),
    ]
    if invitation is None:
        return mime.body(shown)
    calendar = invitation.text()
    offered = Part(f"text/calendar; charset=utf-8; method={invitation.method}", calendar)
    file = Part("application/ics", calendar, attached_as="invite.ics")
    return mime.body([*shown, offered], [file])


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


def _address(someone: Party) -> Address:
    """One mailbox, whatever stands in the name; the domain as the wire wants it (IDNA)."""
    name = "" if someone.name == someone.address else " ".join(someone.name.split())
    return Address(name, *_mailbox(someone.address))


@lru_cache(maxsize=512)  # the same people get mail and answers all day
def _mailbox(address: str) -> tuple[str, str]:
    checked = validate_email(address, check_deliverability=False)
    return checked.local_part, str(checked.ascii_domain)
