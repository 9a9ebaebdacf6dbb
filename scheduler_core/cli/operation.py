"""Commands that run the system: tables, demo data, bookings, the worker, the doctor."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from typing import TYPE_CHECKING

from scheduler_core import demo, wording, worker
from scheduler_core.bootstrap import build
from scheduler_core.cli import doctor, words
from scheduler_core.db import migrate
from scheduler_core.heartbeat import Heartbeat
from scheduler_core.metrics_server import MetricsServer
from scheduler_core.model import Actor, ActorKind
from scheduler_core.settings import Settings
from scheduler_core.timerange import TimeRange
from scheduler_core.worker_bootstrap import build_reconciliation, build_workers

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name

OPERATOR = Actor(ActorKind.OPERATOR, "command line")


def add_commands(commands: Commands) -> None:
    """Adds migrate, seed, bookings, worker, purge and doctor."""
    commands.add_parser("migrate", help="bring the tables up to date").set_defaults(run=_migrate)
    commands.add_parser("seed", help="fill in the demo organisation").set_defaults(run=_seed)
    agenda = commands.add_parser("bookings", help="what is booked from now on")
    agenda.add_argument("--person", action="append", default=[], help="only theirs; may be repeated")
    agenda.add_argument("--days", type=words.days, default=words.days("30"), metavar="NUMBER")
    agenda.set_defaults(run=_bookings)
    commands.add_parser("worker", help="tell the outside what has changed, until stopped").set_defaults(
        run=_worker
    )
    commands.add_parser("purge", help="take away what is kept no longer; workers do so hourly").set_defaults(
        run=_purge
    )
    commands.add_parser("doctor", help="say what is set up and what is not").set_defaults(run=_doctor)


def _migrate(settings: Settings, _: argparse.Namespace) -> int:
    migrate.upgrade(settings.database_url)
    print(f"tables at revision {migrate.head()}")
    return 0


def _seed(settings: Settings, _: argparse.Namespace) -> int:
    added = demo.seed(build(settings).store, settings.clock)
    print(f"added {', '.join(added)}" if added else "the demo organisation is there already")
    return 0


def _bookings(settings: Settings, options: argparse.Namespace) -> int:
    core = build(settings)
    now = settings.clock.now()
    window = TimeRange(now, now + options.days)
    found = core.scheduler.agenda(people=options.person, window=window, actor=OPERATOR)
    rows = [
        (
            booking.reference,
            wording.span(booking.time, booking.organizer.zone, settings.default_locale),
            booking.kind.name,
            " + ".join(person.name for person in booking.people),
            booking.attendee.name if booking.attendee else "",
            booking.channel.value,
        )
        for booking in found
    ]
    print(words.table([("reference", "when", "what", "with", "for", "channel"), *rows]))
    return 0


def _worker(settings: Settings, _: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    core = build(settings)
    work = [one.run_until for one in build_workers(core)]
    work += [core.retention.run_until, build_reconciliation(core).run_until, Heartbeat(core.store).run_until]
    if settings.metrics_port is not None:
        work.append(MetricsServer(core.store, settings.clock, settings.metrics_port).run_until)
    asyncio.run(worker.serve(*work))
    return 0


def _purge(settings: Settings, _: argparse.Namespace) -> int:
    taken = build(settings).retention.purge()
    print(words.table([("kind", "taken away"), *taken.items()]))
    return 0


def _doctor(settings: Settings, _: argparse.Namespace) -> int:
    findings = doctor.examine(settings)
    show = doctor.coloured if sys.stdout.isatty() else str
    for finding in findings:
        print(show(finding))
    return 0 if all(finding.well for finding in findings) else 1
