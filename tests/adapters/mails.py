"""Mails about the booking of the samples, taken apart."""

from __future__ import annotations

from email.message import EmailMessage
from html.parser import HTMLParser

from icalendar import Calendar, Event

from scheduler_core.model import Booking
from scheduler_core.outbox import Topic
from tests.adapters.samples import COMPOSER, a_booking, a_message, read

NOTICES = {
    Topic.MAIL_DENIED,
    Topic.MAIL_DESK_CODE,
    Topic.MAIL_ONE_TIME_CODE,
    Topic.MAIL_RUNNING_LATE,
    Topic.MAIL_TICKET,
    Topic.MAIL_WAS_THIS_YOU,
    Topic.MAIL_YOUR_DATA,
}
EVERY_MAIL = [topic for topic in Topic if topic.value.startswith("mail_") and topic not in NOTICES]


def compose(
    topic: Topic = Topic.MAIL_CONFIRMED, recipient: str = "attendee", booking: Booking | None = None
) -> EmailMessage:
    booking = booking or a_booking()
    return read(COMPOSER.compose(a_message(topic, recipient, booking.version), booking))


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def calendar_of(mail: EmailMessage) -> Calendar:
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_content())


def event_of(mail: EmailMessage) -> Event:
    (event,) = calendar_of(mail).walk("VEVENT")
    assert isinstance(event, Event)
    return event


class Page(HTMLParser):
    """The words, links and tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links.extend(value or "" for name, value in attrs if name in {"href", "src"})

    def handle_data(self, data: str) -> None:
        self.words += data
