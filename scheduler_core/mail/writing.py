"""What all mails have in common: templates become text, HTML and headers, and one message of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.headerregistry import Address
from email.utils import format_datetime
from functools import cached_property

from scheduler_core.clock import Clock
from scheduler_core.ics import Invitation, Party
from scheduler_core.links import Links
from scheduler_core.mail import mime
from scheduler_core.mail.mime import Part
from scheduler_core.mail.rendering import Templates
from scheduler_core.outbox import Topic
from scheduler_core.ports import Mail
from scheduler_core.texts import mailbox


@dataclass(frozen=True)
class Writing:
    """A mail on its way to becoming bytes."""

    topic: Topic
    reader: Party
    key: str  #: a mail of the same key has the same Message-ID
    values: dict[str, object]
    answers_to: Party | None = None
    first: str = ""  #: the Message-ID of the mail that this one hangs under
    invitation: Invitation | None = None


@dataclass(frozen=True)
class Writer:
    """Writes mails in the name of one organisation."""

    organisation: str
    sender: str  #: the address all mail comes from
    links: Links
    clock: Clock
    zone: str = "UTC"  #: the organisation's, for mails to readers of whom no zone is known
    locale: str = "en"  #: likewise
    desk: str = ""  #: the address of those who help; the sender's, where there is none of their own
    templates: Templates = field(default_factory=Templates)

    def written(self, writing: Writing) -> Mail:
        """The mail in text and HTML, with what calendars need where it is about a booking."""
        everywhere = {"organisation": self.organisation, "home_url": self.links.public_url}
        parts = self.templates.mail(writing.topic.value.removeprefix("mail_"), everywhere | writing.values)
        identity, reader = self.message_id(writing.key), _address(writing.reader)
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
        self, mail: Mail, reader: Address, subject: str, writing: Writing
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

    def message_id(self, key: str) -> str:
        """The same for the same key."""
        return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{self._sender.domain}>"

    @cached_property
    def _sender(self) -> Address:
        return _address(Party(self.organisation, self.sender))


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


def _address(someone: Party) -> Address:
    """One mailbox, whatever stands in the name; the domain as the wire wants it (IDNA)."""
    name = "" if someone.name == someone.address else " ".join(someone.name.split())
    return Address(name, *mailbox(someone.address))
