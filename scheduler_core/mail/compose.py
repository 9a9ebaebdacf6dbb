"""Mails about bookings: templates become text, HTML and an invitation in one message."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cached_property
from pathlib import Path

from email_validator import validate_email
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from scheduler_core import wording
from scheduler_core.absences import Alternative, Delay
from scheduler_core.clock import Clock
from scheduler_core.codes import Asked, code_of, grouped
from scheduler_core.ics import Invitation, Party
from scheduler_core.links import ATTENDEE, GUEST, Links
from scheduler_core.mail.letter import Guest, Letter, letter, party
from scheduler_core.mail.offers import absence, offers
from scheduler_core.model import Booking, Person
from scheduler_core.outbox import Message, Notice, Topic
from scheduler_core.personal_data import DataRequest
from scheduler_core.transcripts import Line, Speaker, Ticket

TEMPLATES = Path(__file__).parent / "templates"
_HEADER_LENGTH = 200  # a subject folded right after its colon is shown with a space before it
_ENCODED_LENGTH = 76  # of a line that holds encoded words (RFC 2047 section 2)
_WHO = {Speaker.WRITER: "They", Speaker.ASSISTANT: "Assistant"}


class _Policy(EmailPolicy):
    """Folds headers late, but those with encoded words where RFC 2047 section 2 wants it."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if self.utf8 or value.isascii():
            return EmailPolicy.fold_binary(self.clone(max_line_length=_HEADER_LENGTH), name, value)
        if name != "Subject":
            return EmailPolicy.fold_binary(self.clone(max_line_length=_ENCODED_LENGTH), name, value)
        # The policy's own folding loses spaces between the words of a text (python/cpython#92081).
        folded = Header(value, "utf-8", _ENCODED_LENGTH, name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


_PLAIN = _Policy(linesep="\r\n", cte_type="7bit")  # what every relay passes on unchanged
_INTERNATIONAL = _Policy(linesep="\r\n", utf8=True)  # RFC 6532, for addresses in other letters


@dataclass(frozen=True)
class Composer:
    """Writes mails in the name of one organisation."""

    organisation: str
    sender: str  #: the address all mail comes from
    links: Links
    clock: Clock

    def compose(
        self, message: Message, booking: Booking, alternatives: Iterable[Alternative] = ()
    ) -> EmailMessage:
        """The mail that the message asks for, to its one recipient; one that calls off names alternatives.

        A message composed twice has the same Message-ID, and its invitation the same UID and SEQUENCE.

        Raises:
            PermanentFailure: the recipient has no part in the booking.

        """
        facts = letter(booking, message.recipient)
        manage = self._manage(facts, message.recipient)
        values = self._about(facts, manage) | {
            "absence": absence(facts),
            "choice_url": f"{manage}/instead",
            "offers": offers(facts, f"{manage}/instead", alternatives),
        }
        mail = self._mail(message.topic, party(facts.reader), _key(message), values)
        mail["Reply-To"] = _address(self._who_answers(facts))
        self._thread(mail, message)
        invitation = self._invitation(facts, manage)
        calendar = invitation.text()
        mail.add_alternative(calendar, subtype="calendar", params={"method": invitation.method})
        mail.add_attachment(calendar.encode(), "application", "ics", filename="invite.ics")
        return mail

    def running_late(self, notice: Notice, delay: Delay) -> EmailMessage:
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
        mail = self._mail(notice.topic, party(reader), notice.key, values)
        mail["Reply-To"] = _address(party(delay.person))
        return mail

    def ticket(self, notice: Notice, ticket: Ticket, lines: Iterable[Line]) -> EmailMessage:
        """The mail to those who help, with what was said; an answer goes to the contact, if there is one."""
        facts = (
            ("Contact", ticket.contact or "none was given"),
            ("Channel", ticket.channel),
            ("Asked", f"{wording.moment(ticket.opened_at, 'UTC', 'en')} (UTC)"),
            ("Reference", ticket.reference),
        )
        values = {
            "ticket": ticket,
            "facts": facts,
            "quiet_until": f"{wording.clock_time(ticket.quiet_until, 'UTC', 'en')} (UTC)",
            "lines": [{"who": _WHO[line.speaker], "text": line.text} for line in lines],
        }
        mail = self._mail(notice.topic, Party("", ticket.desk), notice.key, values)
        if ticket.contact:
            mail["Reply-To"] = _address(Party("", ticket.contact))
        return mail

    def your_data(self, notice: Notice, request: DataRequest) -> EmailMessage:
        """The mail with the link to what is kept about an address."""
        life = request.expires_at - request.asked_at
        values: dict[str, object] = {
            "data_url": self.links.data(request.id),
            "life": wording.duration(life, "en"),
        }
        return self._mail(notice.topic, Party("", request.address), notice.key, values)

    def one_time_code(self, notice: Notice, asked: Asked) -> EmailMessage:
        """The mail with the code that was asked for.

        The code stands in the body alone: subjects are shown on locked screens and kept in servers' logs.
        """
        values = {
            "code": grouped(code_of(asked, self.links.secret)),
            "minutes": round((notice.until - notice.due).total_seconds() / 60),
        }
        return self._mail(notice.topic, Party("", asked.address), notice.key, values)

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
            "chat_url": chat,
        }

    def _mail(self, topic: Topic, reader: Party, key: str, values: dict[str, object]) -> EmailMessage:
        """The mail to one reader, in text and HTML; the same key gives it the same Message-ID."""
        parts = self._render(topic, values)
        is_plain = reader.address.partition("@")[0].isascii()
        mail = EmailMessage(policy=_PLAIN if is_plain else _INTERNATIONAL)
        mail["From"] = _address(Party(self.organisation, self.sender))
        mail["To"] = _address(reader)
        mail["Subject"] = " ".join(parts["subject.txt"].split())
        mail["Date"] = format_datetime(self.clock.now())
        mail["Message-ID"] = self._message_id(key)
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday notices stay quiet
        mail.set_content(parts["body.txt"])
        mail.add_alternative(parts["body.html"], subtype="html")
        return mail

    def _render(self, topic: Topic, values: dict[str, object]) -> dict[str, str]:
        """The parts of a mail by the names of their templates."""
        name = topic.value.removeprefix("mail_")
        everywhere = {"organisation": self.organisation, "home_url": self.links.public_url}
        return {
            part: self._templates.get_template(f"{name}/{part}").render(everywhere | values)
            for part in ("subject.txt", "body.txt", "body.html")
        }

    def _who_answers(self, facts: Letter) -> Party:
        """The other side: an answer goes there rather than to a machine."""
        return party(facts.booking.organizer if facts.to_attendee else facts.others[0])

    def _thread(self, mail: EmailMessage, message: Message) -> None:
        """Hangs the mail under the first one about the booking."""
        first = self._message_id(_first(message))
        if mail["Message-ID"] != first:
            mail["In-Reply-To"] = first
            mail["References"] = first

    def _message_id(self, key: str) -> str:
        domain = _address(Party(self.organisation, self.sender)).domain
        return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"

    def _invitation(self, facts: Letter, manage: str) -> Invitation:
        booking = facts.booking
        organisation = Party(self.organisation, self.sender)
        people = tuple(party(person) for person in booking.people)
        description = self._templates.get_template("invitation.txt")
        return Invitation(
            booking=booking,
            organizer=organisation if isinstance(facts.reader, Person) else people[0],
            sent_by=self.sender,
            attendees=_attendees(facts, people),
            summary=facts.what,
            description=description.render(letter=facts, manage_url=manage),
            location=facts.place.url or facts.place.words,
            url=manage,
            withdrawn=facts.uninvited,
        )

    @cached_property
    def _templates(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
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


def _address(someone: Party) -> Address:
    """One mailbox, whatever stands in the name; the domain as the wire wants it (IDNA)."""
    checked = validate_email(someone.address, check_deliverability=False)
    name = "" if someone.name == someone.address else " ".join(someone.name.split())
    return Address(name, checked.local_part, checked.ascii_domain)
