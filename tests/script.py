"""Dialogues as text files: who says what, and what must come of it.

    == a name                       begins a dialogue
    zone: Europe/London             where the writer's browser is; London unless said otherwise
    > Consultation with Ben         what the writer says; `{code}` is the code it asked for last
    tap: Other times                the button with these words
    < Ben Okafor | Dr. Meyer        the answer holds one of these
    <! Zoe                          the answer does not hold this
    offers: 10:00 10:30             exactly these times are on offer; `offers: 3` so many; `offers: none`
    days: 27 28                     all offers lie on these days of the month
    hours: 12-18                    all offers begin in these hours
    held: 2026-11-04 10:30          what is kept for the writer; `held: none`
    row: ben-okafor 2026-11-04 10:30 minutes=30 email=ann@example.com    one confirmed booking; `row: none`
    mail: ann@example.com Confirmed a mail to that address that holds the words
    clock: 2026-11-04 10:00         the time is that in the writer's zone; `clock: +11 minutes`
    as: Zoe                         another writer, in a conversation of their own, until the next `as:`

Answers are compared without regard to case. A line that begins with `#` says something to readers only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.chat import Conversation
from tests.dialogue import local, moments, offered, rows_of, wall
from tests.mailbox import Mail
from tests.rows import Row
from tests.stack import Assistant

LONDON = "Europe/London"
_LINE = re.compile(r"(>|<!|<|[a-z]+:) ?(.*)")
_CODE = re.compile(r"\b(\d{4}) ?(\d{4})\b")


@dataclass(frozen=True)
class Line:
    """One thing that is said, done or looked at."""

    number: int
    sign: str
    words: str


@dataclass(frozen=True)
class Script:
    """One dialogue."""

    name: str
    lines: tuple[Line, ...]


def scripts_in(folder: Path) -> list[Script]:
    """All dialogues of a folder, named by their file and title."""
    return [script for file in sorted(folder.glob("*.txt")) for script in _scripts_of(file)]


def _scripts_of(file: Path) -> Iterator[Script]:
    name, lines = "", list[Line]()
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if text.startswith("== "):
            if name:
                yield Script(name, tuple(lines))
            name, lines = f"{file.stem}: {text[3:]}", []
        elif text and not text.startswith("#"):
            found = _LINE.fullmatch(text)
            if found is None or not name:
                raise ValueError(f"{file.name}:{number} is no line of a dialogue: {text}")
            lines.append(Line(number, *found.groups()))
    yield Script(name, tuple(lines))


def split_at(script: Script, sign: str) -> tuple[Script, Script]:
    """What is said before the only line with that sign, and what afterwards."""
    (place,) = [place for place, line in enumerate(script.lines) if line.sign == sign]
    return Script(script.name, script.lines[:place]), Script(script.name, script.lines[place + 1 :])


class Play:
    """A dialogue as it is performed."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._zone = LONDON
        self._writers: dict[str, Conversation] = {}
        self._writer = ""
        self._old_mails = assistant.mailbox.matching(lambda _mail: True)

    def perform(self, script: Script) -> None:
        """Say and do everything, and look at what comes of it.

        Raises:
            AssertionError: something else came of it; the message names the line.

        """
        for line in script.lines:
            try:
                _SIGNS[line.sign](self, line.words)
            except AssertionError as error:
                raise AssertionError(f"line {line.number}: {line.sign} {line.words}\n{error}") from error

    @property
    def chat(self) -> Conversation:
        if self._writer not in self._writers:
            self._writers[self._writer] = self._assistant.chat(zone=self._zone)
        return self._writers[self._writer]

    def zone(self, words: str) -> None:
        self._zone = words

    def become(self, words: str) -> None:
        self._writer = words

    def say(self, words: str) -> None:
        text = words.replace("{code}", self._code()) if "{code}" in words else words
        reply = self.chat.say(text.replace("\\n", "\n"))
        assert reply.text, "nothing was answered"

    def tap(self, words: str) -> None:
        assert self.chat.pick(words).text, "nothing was answered"

    def holds(self, words: str) -> None:
        answer = self._answer()
        assert any(part.strip().casefold() in answer for part in words.split(" | ")), answer

    def lacks(self, words: str) -> None:
        answer = self._answer()
        assert words.casefold() not in answer, answer

    def offers(self, words: str) -> None:
        if words == "none":
            assert not [moments(title, self._zone) for title in self.chat.last.titles if ":" in title]
            return
        times = [f"{start:%H:%M}" for start in self._offered()]
        assert len(times) == int(words) if words.isdigit() else times == words.split(), times

    def days(self, words: str) -> None:
        found = {start.day for start in self._offered()}
        assert found <= {int(day) for day in words.split()}, found

    def hours(self, words: str) -> None:
        first, end = map(int, words.split("-"))
        starts = self._offered()
        assert all(first <= start.hour < end for start in starts), starts

    def held(self, words: str) -> None:
        expected = [] if words == "none" else [wall(self._zone, words)]
        now = self._assistant.clock.now()
        kept = [row.starts for row in self._rows("TENTATIVE") if row.hold_expires and row.hold_expires > now]
        assert kept == expected, kept

    def row(self, words: str) -> None:
        rows = self._rows("CONFIRMED")
        if words == "none":
            assert rows == []
            return
        assert any(self._is(row, words) for row in rows), rows

    def mail(self, words: str) -> None:
        address, _, text = words.partition(" ")
        self._assistant.mailbox.latest(
            lambda mail: self._is_new(mail) and mail.to == address and _holds(mail, text)
        )

    def clock(self, words: str) -> None:
        clock = self._assistant.clock
        if words.startswith("+"):
            number, unit = words[1:].split()
            clock.set(clock.now() + timedelta(**{unit: int(number)}))
        else:
            clock.set(wall(self._zone, words))

    def _answer(self) -> str:
        return "\n".join([self.chat.last.text, *self.chat.last.titles]).casefold()

    def _offered(self) -> list[datetime]:
        return local(offered(self.chat.last, self._zone), self._zone)

    def _rows(self, status: str) -> list[Row]:
        return [row for row in rows_of(self._assistant, self.chat) if row.status == status]

    def _is(self, row: Row, words: str) -> bool:
        people, day, time, *facts = words.split()
        wanted = (people.split("+"), wall(self._zone, f"{day} {time}"))
        named = dict(fact.split("=", 1) for fact in facts)
        known = {
            "minutes": str(row.minutes),
            "email": row.attendee_email,
            "name": row.attendee_name,
            "channel": row.channel,
            "kind": row.kind,
            "phone": row.phone.replace(" ", ""),
            "note": row.note,
        }
        return (row.people, row.starts) == wanted and all(
            value.replace("_", " ") in (known[name] or "").replace("_", " ") for name, value in named.items()
        )

    def _is_new(self, mail: Mail) -> bool:
        return all(mail is not old for old in self._old_mails)

    def _code(self) -> str:
        """The code that this chat asked for last, from its own mail and no earlier one."""
        wanted = self._assistant.rows.code_message(self.chat.sender)
        mail = self._assistant.mailbox.latest(lambda one: wanted in str(one.message["Message-ID"]))
        found = _CODE.search(mail.text)
        assert found is not None, mail.text
        return "".join(found.groups())


def _holds(mail: Mail, words: str) -> bool:
    return words.casefold() in f"{mail.subject}\n{mail.text}".casefold()


_SIGNS: dict[str, Callable[[Play, str], None]] = {
    ">": Play.say,
    "<": Play.holds,
    "<!": Play.lacks,
    "tap:": Play.tap,
    "offers:": Play.offers,
    "days:": Play.days,
    "hours:": Play.hours,
    "held:": Play.held,
    "row:": Play.row,
    "mail:": Play.mail,
    "clock:": Play.clock,
    "zone:": Play.zone,
    "as:": Play.become,
}
