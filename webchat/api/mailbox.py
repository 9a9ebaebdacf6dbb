"""Mails kept in a folder, for a machine that has no mail server; reads only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from pathlib import Path

from icalendar import Calendar

MOST_MAILS = 200
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,200}\.eml")
_SHOWN = ("SUMMARY", "DTSTART", "DTEND", "ORGANIZER", "ATTENDEE", "STATUS", "UID", "SEQUENCE")


@dataclass(frozen=True)
class Envelope:
    """What a list of mails says of one."""

    name: str  #: of the file
    sender: str
    recipient: str
    subject: str
    date: datetime  #: in UTC


@dataclass(frozen=True)
class Invitation:
    """The calendar part of a mail."""

    text: str
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Mail:
    """A mail taken apart; a part that it lacks is empty."""

    envelope: Envelope
    raw: bytes
    text: str
    html: str
    invitation: Invitation | None


class Mailbox:
    """The `.eml` files of a folder that need not be there yet; their names begin with the time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self) -> list[Envelope]:
        """The last 200 mails, newest first."""
        names = (path.name for path in self._folder.glob("*.eml"))
        newest = sorted(filter(_NAME.fullmatch, names), reverse=True)[:MOST_MAILS]
        return [_envelope(name, self._parsed(name)) for name in newest]

    def mail(self, name: str) -> Mail | None:
        """The mail of that name; None where there is none."""
        if not _NAME.fullmatch(name) or not (self._folder / name).is_file():
            return None
        parsed = self._parsed(name)
        return Mail(
            envelope=_envelope(name, parsed),
            raw=(self._folder / name).read_bytes(),
            text=_body(parsed, "plain"),
            html=_body(parsed, "html"),
            invitation=_invitation(parsed),
        )

    def _parsed(self, name: str) -> EmailMessage:
        return message_from_bytes((self._folder / name).read_bytes(), EmailMessage, policy=SMTP)


def _envelope(name: str, mail: EmailMessage) -> Envelope:
    sender, recipient, subject = (str(mail.get(header, "")) for header in ("From", "To", "Subject"))
    date = parsedate_to_datetime(str(mail["Date"])).astimezone(UTC)
    return Envelope(name, sender, recipient, subject, date)


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return "" if part is None else str(part.get_content())


def _invitation(mail: EmailMessage) -> Invitation | None:
    for part in mail.walk():
        if part.get_content_type() == "text/calendar" and isinstance(part, EmailMessage):
            text = str(part.get_content())
            return Invitation(text, tuple(_properties(text)))
    return None


def _properties(text: str) -> Iterator[tuple[str, str]]:
    """The lines of an invitation that a person wants to see, as they stand in it."""
    calendar = Calendar.from_ical(text)
    yield "METHOD", str(calendar["METHOD"])
    for event in calendar.walk("VEVENT"):
        for line in event.content_lines():
            name = re.split("[;:]", line, maxsplit=1)[0]
            if name in _SHOWN:
                yield name, line[len(name) + 1 :]
