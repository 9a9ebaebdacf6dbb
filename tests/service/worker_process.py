"""A worker in a process of its own, for tests that kill it: `worker_process.py <database> <SMTP port>`."""

from __future__ import annotations

import asyncio
import sys

from scheduler_core.clock import FixedClock
from scheduler_core.db.store import Store
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.settings import Smtp
from scheduler_core.worker import serve
from tests.adapters.samples import NOW
from tests.service.outbox_samples import a_worker

if __name__ == "__main__":
    store = Store(sys.argv[1])
    mailer = SmtpMailer(Smtp("127.0.0.1", int(sys.argv[2]), "none"))
    asyncio.run(serve(a_worker(store, FixedClock(NOW), mailer).run_until))
