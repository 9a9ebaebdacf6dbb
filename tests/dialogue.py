"""What several dialogues do or look for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx

from tests.chat import Conversation, Reply
from tests.clockwork import START
from tests.mailbox import Invitation, Mail
from tests.rows import Row
from tests.stack import Assistant

ANN = ("Ann Lee", "ann@example.com")
I_AM_ANN = "I'm Ann Lee, ann@example.com"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOMENT = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.?(?: (\d{4}))?,? (?:at )?(\d{1,2}):(\d{2})")


def wall(zone: str, text: str) -> datetime:
    """The instant at which clocks in the zone show the text, such as `2026-11-04 10:30`; in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def moments(text: str, zone: str) -> list[datetime]:
    """The days with times in a text, read as wall time of the zone; in UTC."""
    return [_moment(zone, *match.groups()) for match in _MOMENT.finditer(text)]


def _moment(zone: str, day: str, month: str, year: str | None, hour: str, minute: str) -> datetime:
    number = _MONTHS.index(month.lower()) + 1
    assumed = int(year) if year else START.year + (number < START.month)
    local = datetime(assumed, number, int(day), int(hour), int(minute), tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)


def offered(reply: Reply, zone: str) -> list[datetime]:
    """The starts on the buttons; the text names the same ones in the same order."""
    starts = [start for title in reply.titles for start in moments(title, zone)[:1]]
    numbered = "\n".join(re.findall(r"^ *\d[.)] .*$", reply.text, re.MULTILINE))
    listed = [start for line in numbered.splitlines() for start in moments(line, zone)[:1]]
    assert starts, f"no times were offered: {reply}"
    assert listed == starts, f"buttons and text differ: {reply}"
    return starts


def local(starts: list[datetime], zone: str) -> list[datetime]:
    """The same instants as clocks in the zone show them."""
    return [start.astimezone(ZoneInfo(zone)) for start in starts]


def missing(text: str, *words: str) -> list[str]:
    """Those of the words that the text does not hold."""
    return [word for word in words if word not in text]


def open_starts(assistant: Assistant, kind: str, person: str, day: str, zone: str) -> list[datetime]:
    """What the public page shows as free on a local day."""
    begin = wall(zone, f"{day} 00:00")
    query = {
        "type": kind,
        "person": person,
        "from": begin.isoformat(),
        "to": (begin + timedelta(days=1)).isoformat(),
    }
    answer = httpx.get(f"{assistant.api}/api/slots", params=query)
    answer.raise_for_status()
    return [datetime.fromisoformat(slot["start"]) for slot in answer.json()["slots"]]


def only_row(assistant: Assistant, chat: Conversation) -> Row:
    """The one booking or hold of the conversation."""
    rows = assistant.rows.of_conversation(chat.sender)
    assert len(rows) == 1, rows
    return rows[0]


def rows_of(assistant: Assistant, chat: Conversation) -> list[Row]:
    return assistant.rows.of_conversation(chat.sender)


def held(assistant: Assistant, chat: Conversation) -> list[datetime]:
    """The starts that are kept for the conversation."""
    return [row.starts for row in rows_of(assistant, chat) if row.status == "TENTATIVE"]


def booked(assistant: Assistant, chat: Conversation) -> Row:
    """The one confirmed booking of the conversation."""
    rows = [row for row in rows_of(assistant, chat) if row.status == "CONFIRMED"]
    assert len(rows) == 1, rows_of(assistant, chat)
    return rows[0]


def book(assistant: Assistant, chat: Conversation, wish: str) -> Row:
    """Book one exact free time in two messages."""
    chat.say(f"{wish}. {I_AM_ANN}")
    chat.say("yes")
    return booked(assistant, chat)


@dataclass(frozen=True)
class Received:
    """The mails about one state of a booking."""

    attendee: Mail
    people: tuple[Mail, ...]

    @property
    def all(self) -> tuple[Mail, ...]:
        return (self.attendee, *self.people)

    @property
    def invitations(self) -> list[Invitation]:
        return [mail.invitation for mail in self.all if mail.invitation]


def received(assistant: Assistant, row: Row, *, method: str = "REQUEST") -> Received:
    """The mails about the booking as its row is now: one to the attendee and one to each person."""

    def wanted(mail: Mail) -> bool:
        found = mail.invitation
        state = found and (found.uid, found.method, found.sequence, found.start)
        return state == (str(row.uid), method, row.sequence, row.starts)

    mails = assistant.mailbox.wait(wanted, count=1 + len(row.people))
    people = assistant.rows.select("SELECT email FROM person WHERE handle = ANY(:people)", people=row.people)
    (attendee,) = [mail for mail in mails if mail.to == row.attendee_email]
    others = tuple(mail for mail in mails if mail is not attendee)
    assert sorted(mail.to for mail in others) == sorted(person["email"] for person in people)
    return Received(attendee, others)


def manage_link(mail: Mail) -> str:
    """The address of the page that shows the booking."""
    links = [link.removesuffix("/reschedule") for link in mail.links if "/b/" in link]
    assert len(set(links)) == 1, mail.text
    return links[0]


def form_fields(page: str) -> dict[str, str]:
    """The hidden fields of the first form on a page."""
    form = page[page.index("<form") : page.index("</form>")]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
