"""Confirmations told by the worker to a real mail server.

The floor is a bare loop of aiosmtplib that hands mails written beforehand to the same server, over one kept
connection, in the same run: with one connection no worker can be faster. The two take turns, so that what
else the machine does falls on both.

    .venv/bin/python bench/drain.py [mails]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time

from aiosmtplib import SMTP

from bench._mailbox import HOST, mailbox
from bench._practice import NOW, practice, run, show
from scheduler_core.clock import FixedClock
from scheduler_core.db import booking_rows, outbox
from scheduler_core.db.store import Store
from scheduler_core.handlers import Handlers
from scheduler_core.links import ATTENDEE, Links
from scheduler_core.mail.compose import Composer
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.outbox import Message, Topic
from scheduler_core.settings import Smtp
from scheduler_core.webhook_calls import Calls
from scheduler_core.worker import ATTENTION, Worker

ROUNDS = 3
SENDER = "appointments@example.org"
COMPOSER = Composer("Example Practice", SENDER, Links("x" * 32, "https://book.example.org"), FixedClock(NOW))

_BOOKINGS = """
INSERT INTO booking (uid, reference, kind, status, starts, ends, wall_start, zone, tzdata_version, version,
                     sequence, actor_kind, actor_id, channel, attendee_name, attendee_email, attendee_zone,
                     attendee_locale, phone, note, meeting_url, meeting_id, created_at, updated_at)
SELECT gen_random_uuid(), 'R' || n, 'talk', 'CONFIRMED', starts, starts + interval '30 minutes',
       starts AT TIME ZONE 'UTC', 'UTC', '2026b', 1, 0, 'operator', 'bench', 'jitsi', 'Person ' || n,
       'person' || n || '@example.com', 'Europe/Berlin', 'en', '', '', 'https://meet.example.org/' || n,
       n::text, :now, :now
  FROM generate_series(1, :mails) n,
       LATERAL (SELECT :now + interval '1 day' + n * interval '1 hour') t (starts);
INSERT INTO booking_person (uid, person_number, part, position, kind, status, starts, ends)
SELECT uid, 1, 0, 0, kind, status, starts, ends FROM booking
"""
_MESSAGES = """
DELETE FROM outbox;
INSERT INTO outbox (key, topic, uid, version, recipient, due_at)
SELECT uid::text, 'mail_confirmed', uid, version, 'attendee', :now FROM booking ORDER BY starts
"""


def main() -> None:
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    sys.setswitchinterval(ATTENTION)  # as the worker's process does
    floor, told = [], []
    with practice(1) as url, mailbox() as port:
        run(url, _BOOKINGS, mails=mails, now=NOW)
        written = _written(url)
        for _ in range(ROUNDS):
            floor.append(len(written) / asyncio.run(_bare(port, written)))
            run(url, _MESSAGES, now=NOW)
            told.append(mails / asyncio.run(_worker(url, port, mails)))
    best = statistics.median(floor)
    show(
        f"{mails} mails, the median of {ROUNDS} runs",
        ("", "a second", "of floor"),
        [
            ("floor: bare loop", round(best), "100%"),
            ("worker", round(statistics.median(told)), f"{statistics.median(told) / best:.0%}"),
        ],
    )


def _written(url: str) -> list[tuple[str, bytes]]:
    """Each mail with the address it goes to."""
    store = Store(url)
    with store.reading() as connection:
        bookings = booking_rows.found(connection)
    store.close()
    mails = []
    for one in bookings:
        message = Message(Topic.MAIL_CONFIRMED, one.uid, one.version, ATTENDEE, NOW)
        mail = COMPOSER.compose(message, one)
        mails.append((mail.recipient, mail.content))
    return mails


async def _bare(port: int, mails: list[tuple[str, bytes]]) -> float:
    """How many seconds the loop takes."""
    client = SMTP(hostname=HOST, port=port, use_tls=False, start_tls=False)
    await client.connect()
    begin = time.perf_counter()
    for address, content in mails:
        await client.sendmail(SENDER, [address], content)
    took = time.perf_counter() - begin
    await client.quit()
    return took


async def _worker(url: str, port: int, mails: int) -> float:
    """How many seconds the worker takes."""
    store, clock = Store(url), FixedClock(NOW)
    mailer = SmtpMailer(Smtp(HOST, port, "none"))
    worker = Worker(store, Handlers(store, clock, COMPOSER, mailer, {}, Calls(store, clock)), clock)
    begin = time.perf_counter()
    told = await worker.drain()
    took = time.perf_counter() - begin
    with store.reading() as connection:
        left = outbox.backlog(connection, NOW)
    store.close()
    if told != mails or left.due or left.failed:
        sys.exit(f"{told} of {mails} were told; {left}")
    return took


if __name__ == "__main__":
    main()
