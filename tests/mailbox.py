"""A real SMTP server on the loopback address that keeps what it receives; mails as their readers see them."""

from __future__ import annotations

import email
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from icalendar import Calendar

from deploy.local import ports

PATIENCE = 20.0


@dataclass(frozen=True)
class Invitation:
    """An event as calendar programs read it."""

    method: str
    uid: str
    sequence: int
    status: str
    start: datetime
    end: datetime
    organizer: str
    attendees: tuple[str, ...]
    alarms: tuple[str, ...]  #: their actions


def read_invitation(text: str) -> Invitation:
    """The one event of a calendar object."""
    calendar = Calendar.from_ical(text)
    (found,) = calendar.walk("VEVENT")
    event: Any = found  # the library's union of all property types says nothing here
    attendees = event.get("ATTENDEE", [])
    return Invitation(
        method=str(calendar["METHOD"]),
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        status=str(event["STATUS"]),
        start=event["DTSTART"].dt.astimezone(UTC),
        end=event["DTEND"].dt.astimezone(UTC),
        organizer=str(event["ORGANIZER"]),
        attendees=tuple(map(str, attendees if isinstance(attendees, list) else [attendees])),
        alarms=tuple(str(alarm["ACTION"]) for alarm in event.walk("VALARM")),
    )


@dataclass(frozen=True)
class Mail:
    """One received mail."""

    content: bytes
    recipients: tuple[str, ...]

    @cached_property
    def message(self) -> EmailMessage:
        parsed = email.message_from_bytes(self.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def to(self) -> str:
        """The address in the header."""
        return str(self.message["To"].addresses[0].addr_spec)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @cached_property
    def text(self) -> str:
        return self._content("plain")

    @cached_property
    def html(self) -> str:
        return self._content("html")

    @cached_property
    def invitation(self) -> Invitation | None:
        """What its calendar part says; None in a mail without one."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar":
                return read_invitation(part.get_content())
        return None

    @property
    def links(self) -> list[str]:
        """The addresses in its text, in their order."""
        return re.findall(r"https?://[^\s<>\"]+", self.text)

    def _content(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        return "" if part is None else str(part.get_content())


class Mailbox:
    """Everything that was sent to anybody, in the order in which it came."""

    def __init__(self) -> None:
        self.port = ports.free_port()
        self.unknown: set[str] = set()  #: addresses that are refused
        self._mails: list[Mail] = []
        self._arrival = threading.Condition()
        self._server = Controller(self, hostname=ports.HOST, port=self.port)

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (aiosmtpd's name)
        assert isinstance(envelope.content, bytes)
        with self._arrival:
            self._mails.append(Mail(envelope.content, tuple(map(str, envelope.rcpt_tos))))
            self._arrival.notify_all()
        return "250 kept"

    def matching(self, wanted: Callable[[Mail], Any]) -> list[Mail]:
        """What has come so far."""
        with self._arrival:
            return [mail for mail in self._mails if wanted(mail)]

    def wait(self, wanted: Callable[[Mail], Any], *, count: int, seconds: float = PATIENCE) -> list[Mail]:
        """The matching mails, once there are as many as expected; more or fewer in that time is an error."""
        with self._arrival:
            self._arrival.wait_for(lambda: sum(map(bool, map(wanted, self._mails))) >= count, timeout=seconds)
            found = [mail for mail in self._mails if wanted(mail)]
        if len(found) != count:
            shown = "\n".join(f"  to {mail.to}: {mail.subject}" for mail in found) or "  none"
            raise AssertionError(f"{count} mails were expected, {len(found)} came:\n{shown}")
        return found

    def latest(self, wanted: Callable[[Mail], Any], *, seconds: float = PATIENCE) -> Mail:
        """The matching mail that came last, once there is one."""
        with self._arrival:
            self._arrival.wait_for(lambda: any(map(wanted, self._mails)), timeout=seconds)
            found = [mail for mail in self._mails if wanted(mail)]
        assert found, "no such mail has come"
        return found[-1]
