"""Commands that run the system: tables, demo data, bookings, the worker and its outbox."""

from __future__ import annotations

import argparse
import asyncio
import logging
from typing import TYPE_CHECKING

from scheduler_core import demo, wording, worker
from scheduler_core.bootstrap import build
from scheduler_core.cli import doctor, words
from scheduler_core.db import migrate, outbox
from scheduler_core.db.outbox import State
from scheduler_core.model import Actor, ActorKind
from scheduler_core.settings import Settings
from scheduler_core.timerange import TimeRange
from scheduler_core.worker_bootstrap import build_worker

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name

OPERATOR = Actor(ActorKind.OPERATOR, "command line")


def add_commands(commands: Commands) -> None:
    """Adds migrate, seed, bookings, worker, purge, outbox and doctor."""
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
    _add_outbox(commands)
    commands.add_parser("doctor", help="say what is set up and what is not").set_defaults(run=_doctor)


def _add_outbox(commands: Commands) -> None:
    actions = commands.add_parser("outbox", help="what the outside is still to be told").add_subparsers(
        metavar="action", required=True
    )
    listing = actions.add_parser("list", help="the newest messages")
    listing.add_argument("--state", action="append", type=State, choices=list(State), metavar="STATE")
    listing.set_defaults(run=_list_outbox)
    retry = actions.add_parser("retry", help="try given-up messages again, all or some")
    retry.add_argument("id", nargs="*", type=int)
    retry.set_defaults(run=_retry_outbox)


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
    asyncio.run(worker.serve(build_worker(core).run_until, core.retention.run_until))
    return 0


def _purge(settings: Settings, _: argparse.Namespace) -> int:
    taken = build(settings).retention.purge()
    print(words.table([("kind", "taken away"), *taken.items()]))
    return 0


def _list_outbox(settings: Settings, options: argparse.Namespace) -> int:
    with build(settings).store.reading() as connection:
        found = outbox.listing(connection, states=options.state or tuple(State))
    rows = [
        (entry.id, entry.state.value, entry.message.key, entry.failures, entry.last_error) for entry in found
    ]
    print(words.table([("id", "state", "message", "failures", "last error"), *rows]))
    return 0


def _retry_outbox(settings: Settings, options: argparse.Namespace) -> int:
    with build(settings).store.transaction() as connection:
        revived = outbox.revive(connection, settings.clock.now(), ids=options.id or None)
    print(f"{revived} due again")
    return 0


def _doctor(settings: Settings, _: argparse.Namespace) -> int:
    findings = doctor.examine(settings)
    for finding in findings:
        print(finding)
    return 0 if all(finding.well for finding in findings) else 1
