"""Commands about what the outside is told: what became of it, in words, and trying it again."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from scheduler_core import links, wording
from scheduler_core.announcements import ONLINE
from scheduler_core.bootstrap import build
from scheduler_core.cli import words
from scheduler_core.db import deliveries, outbox
from scheduler_core.db.outbox import Entry, State
from scheduler_core.model import Booking
from scheduler_core.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name


def add_commands(commands: Commands) -> None:
    """Adds outbox list, show and retry."""
    actions = commands.add_parser("outbox", help="what the outside is still to be told").add_subparsers(
        metavar="action", required=True
    )
    listing = actions.add_parser("list", help="the newest messages")
    listing.add_argument("--state", action="append", type=State, choices=list(State), metavar="STATE")
    listing.set_defaults(run=_list)
    show = actions.add_parser("show", help="what became of each message about one booking, in words")
    show.add_argument("reference", help="of the booking")
    show.set_defaults(run=_show)
    retry = actions.add_parser("retry", help="try given-up messages again, all or some")
    retry.add_argument("id", nargs="*", type=int)
    retry.add_argument("--booking", metavar="REFERENCE", help="only those about one booking")
    retry.set_defaults(run=_retry)


def _list(settings: Settings, options: argparse.Namespace) -> int:
    with build(settings).store.reading() as connection:
        found = outbox.listing(connection, states=options.state or tuple(State))
    rows = [
        (entry.id, entry.state.value, entry.message.key, entry.failures, entry.last_error) for entry in found
    ]
    print(words.table([("id", "state", "message", "failures", "last error"), *rows]))
    return 0


def _show(settings: Settings, options: argparse.Namespace) -> int:
    with build(settings).store.reading() as connection:
        booking = deliveries.booking_named(connection, options.reference)
        if booking is None:
            return _unknown(options.reference)
        entries = outbox.listing(connection, booking=booking.uid)
    print(_headline(booking, settings))
    for entry in reversed(entries):
        print(f"  {entry.id}  {_subject(entry, booking)}: {_account(entry, settings)}")
    return 0


def _retry(settings: Settings, options: argparse.Namespace) -> int:
    ids = set(options.id)
    with build(settings).store.transaction() as connection:
        if options.booking is not None:
            booking = deliveries.booking_named(connection, options.booking)
            if booking is None:
                return _unknown(options.booking)
            ids |= {entry.id for entry in outbox.listing(connection, booking=booking.uid)}
        chosen = ids if ids or options.booking is not None else None
        revived = outbox.revive(connection, settings.clock.now(), ids=chosen)
    print(f"{revived} due again")
    return 0


def _unknown(reference: str) -> int:
    print(f"there is no booking {reference}", file=sys.stderr)
    return 1


def _headline(booking: Booking, settings: Settings) -> str:
    when = wording.span(booking.time, booking.organizer.zone, settings.default_locale)
    link = " (no link yet)" if booking.channel in ONLINE and booking.meeting is None else ""
    parts = (when, booking.kind.name, f"{booking.channel.value}{link}", booking.status.value.lower())
    return f"{booking.reference}: {', '.join(parts)}, version {booking.version}"


def _subject(entry: Entry, booking: Booking) -> str:
    """What the message is, about which version, and for whom."""
    kind, _, what = entry.message.topic.value.partition("_")
    version = getattr(entry.message, "version", booking.version)
    name = f"{kind} ({what.replace('_', ' ')})" if what else kind
    recipient = _recipient(entry.message.recipient, booking)
    return f"version {version}, {name}" + (f" to {recipient}" if recipient else "")


def _recipient(name: str, booking: Booking) -> str:
    known = {links.ATTENDEE: "the attendee"}
    known |= {links.person(person.handle): person.name for person in booking.people}
    known |= {links.guest(booking.uid, guest): f"the guest {guest}" for guest in booking.guests}
    return known.get(name, "somebody who was a guest" if name.startswith(links.GUEST) else name)


def _account(entry: Entry, settings: Settings) -> str:
    """What became of the message."""
    failed = f"{entry.failures} failed {'try' if entry.failures == 1 else 'tries'}"
    tries = f", after {failed}" if entry.failures else ""
    if entry.state is State.DONE:
        at = _moment(entry.finished_at, settings)
        return f"{entry.last_error or _done(entry, settings)}, {at}{tries}"
    if entry.state is State.FAILED:
        at = _moment(entry.finished_at, settings)
        return f"given up, {at}{tries}: {entry.last_error} (to try it again: outbox retry {entry.id})"
    if entry.state is State.LEASED:
        return f"being told by a worker right now{tries}"
    trouble = f"{failed}, the last one: {entry.last_error}; " if entry.failures else ""
    verb = "waits for a worker since" if entry.message.due <= settings.clock.now() else "due"
    return f"{trouble}{verb} {_moment(entry.message.due, settings)}"


def _done(entry: Entry, settings: Settings) -> str:
    if not entry.message.topic.value.startswith("mail_"):
        return "done"
    if settings.smtp is None:
        return "written as a file"
    return "accepted by the mail server"


def _moment(instant: datetime | None, settings: Settings) -> str:
    if instant is None:
        return ""
    return wording.moment(instant, settings.default_zone, settings.default_locale)
