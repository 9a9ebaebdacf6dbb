"""Mails that are about no booking as such: codes, tickets, data, and whether it was you."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler_core import wording
from scheduler_core.codes import Asked, code_of, grouped
from scheduler_core.deeds import Deed, Done
from scheduler_core.ics import Party
from scheduler_core.mail.done import in_a_row, what, where
from scheduler_core.mail.writing import Writer, Writing
from scheduler_core.outbox import Notice
from scheduler_core.personal_data import DataRequest
from scheduler_core.ports import Mail
from scheduler_core.transcripts import Line, Speaker, Ticket

_WHO = {Speaker.WRITER: "They", Speaker.ASSISTANT: "Assistant"}


@dataclass(frozen=True)
class NoteWriter(Writer):
    """Writes what notices ask for."""

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
        return self.written(Writing(notice.topic, Party("", ticket.desk), notice.key, values, answers_to))

    def your_data(self, notice: Notice, request: DataRequest) -> Mail:
        """The mail with the link to what is kept about an address."""
        life = request.expires_at - request.asked_at
        values: dict[str, object] = {
            "data_url": self.links.data(request.id),
            "life": wording.duration(life, "en"),
        }
        return self.written(Writing(notice.topic, Party("", request.address), notice.key, values))

    def one_time_code(self, notice: Notice, asked: Asked) -> Mail:
        """The mail with the code that was asked for.

        The code stands in the body alone: subjects are shown on locked screens and kept in servers' logs.
        """
        values: dict[str, object] = {
            "code": grouped(code_of(asked, self.links.secret)),
            "minutes": round((notice.until - notice.due).total_seconds() / 60),
            "not_me_url": self.links.not_me(asked.id, Deed.ASKED.value),
        }
        return self.written(Writing(notice.topic, Party("", asked.address), notice.key, values))

    def was_this_you(self, notice: Notice, done: Done) -> Mail:
        """The mail that tells the owner of an address that it was proven in a chat."""
        values: dict[str, object] = {"done": self.denial(done, self.zone, self.locale)}
        return self.written(Writing(notice.topic, Party("", done.address), notice.key, values))

    def denied(self, notice: Notice, done: Done) -> Mail:
        """The mail to those who help that somebody says it was not them; an answer goes to the address."""
        when = f"{wording.moment(done.at, self.zone, self.locale)} ({self.zone})"
        facts = [
            ("Address", done.address),
            ("What", what(done)),
            ("Where", in_a_row(where(done))),
            ("When", when),
        ]
        if done.booking is not None:
            facts.append(("Reference", done.booking.reference))
        values: dict[str, object] = {"facts": facts, "address": done.address}
        reader, answers_to = Party("", self.desk or self.sender), Party("", done.address)
        return self.written(Writing(notice.topic, reader, notice.key, values, answers_to))

    def desk_code(self, notice: Notice, asked: Asked) -> Mail:
        """The mail with the code for the hosts' desk, and a link that holds it."""
        code = code_of(asked, self.links.secret)
        values: dict[str, object] = {
            "code": grouped(code),
            "desk_url": self.links.desk(asked.address, asked.id),
            "minutes": round((notice.until - notice.due).total_seconds() / 60),
        }
        return self.written(Writing(notice.topic, Party("", asked.address), notice.key, values))

    def denial(self, done: Done, zone: str, locale: str) -> dict[str, str]:
        """What was done, for its reader to say that it was not them."""
        return {
            "where": where(done),
            "when": f"{wording.moment(done.at, zone, locale)} ({zone})",
            "url": self.links.not_me(done.about, done.deed.value),
        }
