"""What becomes of each message that is about no version of a booking."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from scheduler_core import denials, erasure
from scheduler_core.clock import Clock
from scheduler_core.db import host_changes, privacy, proofs, tickets
from scheduler_core.db.store import Store
from scheduler_core.deeds import Deed
from scheduler_core.hosting import Hosting
from scheduler_core.mail.compose import Composer
from scheduler_core.outbox import Notice, Topic
from scheduler_core.ports import Mail


@dataclass(frozen=True)
class Notices:
    """Writes the mails that notices ask for."""

    store: Store
    clock: Clock
    composer: Composer

    def mail(self, notice: Notice) -> Mail | None:
        """The mail to send; None where there is none, or none any more. Work inside is done at once.

        Raises:
            PermanentFailure: the recipient has no part in what it is about.
            DatabaseUnavailable, OutcomeUnknown: what it is about could not be read or changed.

        """
        if notice.topic is Topic.LATECOMERS:
            Hosting(self.store, self.clock).call_off_latecomers(notice.about)
            return None
        if notice.topic is Topic.ERASURE:
            with self.store.transaction() as connection:
                erasure.finish(connection, notice.about, self.clock.now())
            return None
        with self.store.reading() as connection:
            return self._written(connection, notice)

    def sent(self, notice: Notice) -> None:
        """Forgets what nobody needs once the mail has been taken."""
        if notice.topic is Topic.MAIL_TICKET:
            with self.store.transaction() as connection:
                tickets.delivered(connection, notice.about)

    def _written(self, connection: Connection, notice: Notice) -> Mail | None:
        write = {
            Topic.MAIL_RUNNING_LATE: self._running_late,
            Topic.MAIL_TICKET: self._ticket,
            Topic.MAIL_YOUR_DATA: self._your_data,
            Topic.MAIL_ONE_TIME_CODE: self._one_time_code,
            Topic.MAIL_DESK_CODE: self._desk_code,
            Topic.MAIL_WAS_THIS_YOU: self._was_this_you,
            Topic.MAIL_DENIED: self._denied,
        }
        return write[notice.topic](connection, notice)

    def _running_late(self, connection: Connection, notice: Notice) -> Mail | None:
        delay = host_changes.find_delay(connection, notice.about)
        return None if delay is None else self.composer.running_late(notice, delay)

    def _ticket(self, connection: Connection, notice: Notice) -> Mail | None:
        wanted = tickets.undelivered(connection, notice.about)
        return None if wanted is None else self.composer.ticket(notice, *wanted)

    def _your_data(self, connection: Connection, notice: Notice) -> Mail | None:
        request = privacy.find(connection, notice.about)
        if request is None or request.erase_asked_at is not None:
            return None
        return self.composer.your_data(notice, request)

    def _one_time_code(self, connection: Connection, notice: Notice) -> Mail | None:
        asked = proofs.asked(connection, notice.about)
        return None if asked is None else self.composer.one_time_code(notice, asked)

    def _desk_code(self, connection: Connection, notice: Notice) -> Mail | None:
        asked = proofs.asked(connection, notice.about)
        return None if asked is None else self.composer.desk_code(notice, asked)

    def _was_this_you(self, connection: Connection, notice: Notice) -> Mail | None:
        done = denials.found(connection, notice.about, Deed.PROVED)
        return None if done is None else self.composer.was_this_you(notice, done)

    def _denied(self, connection: Connection, notice: Notice) -> Mail | None:
        done = denials.found(connection, notice.about, Deed(notice.recipient.split(":")[1]))
        return None if done is None else self.composer.denied(notice, done)
