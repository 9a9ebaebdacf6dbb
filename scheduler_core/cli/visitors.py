"""Commands about those who write to the assistant: who waits for a person, what is kept about whom."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from scheduler_core import wording
from scheduler_core.bootstrap import build
from scheduler_core.cli import words
from scheduler_core.cli.operation import OPERATOR
from scheduler_core.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name


def add_commands(commands: Commands) -> None:
    """Adds tickets, export and erase."""
    actions = commands.add_parser("tickets", help="who waits for a person in the chat").add_subparsers(
        metavar="action", required=True
    )
    actions.add_parser("list", help="the oldest first").set_defaults(run=_list_tickets)
    release = actions.add_parser("release", help="let the assistant speak again in that chat")
    release.add_argument("reference", help="as it stands in the mail")
    release.set_defaults(run=_release)
    export = commands.add_parser("export", help="everything that is kept about an address, as JSON")
    export.add_argument("address")
    export.set_defaults(run=_export)
    erase = commands.add_parser("erase", help="take an address out of everything; a worker does the rest")
    erase.add_argument("address")
    erase.add_argument("--cancel", action="store_true", help="cancel the bookings to come, too")
    erase.set_defaults(run=_erase)


def _list_tickets(settings: Settings, _: argparse.Namespace) -> int:
    rows = [
        (
            ticket.reference,
            wording.moment(ticket.opened_at, settings.default_zone, settings.default_locale),
            wording.moment(ticket.quiet_until, settings.default_zone, settings.default_locale),
            ticket.channel,
            ticket.contact,
        )
        for ticket in build(settings).tickets.waiting()
    ]
    print(words.table([("reference", "asked", "quiet until", "channel", "contact"), *rows]))
    return 0


def _release(settings: Settings, options: argparse.Namespace) -> int:
    tickets = build(settings).tickets
    for ticket in tickets.waiting():
        if ticket.reference == options.reference.upper():
            tickets.release(channel=ticket.channel, sender=ticket.sender)
            print("the assistant speaks again")
            return 0
    print("nobody waits under that reference", file=sys.stderr)
    return 1


def _export(settings: Settings, options: argparse.Namespace) -> int:
    print(build(settings).privacy.export(options.address, actor=OPERATOR).as_json(), end="")
    return 0


def _erase(settings: Settings, options: argparse.Namespace) -> int:
    privacy = build(settings).privacy
    ahead = privacy.export(options.address, actor=OPERATOR).to_come(settings.clock.now())
    if ahead and not options.cancel:
        print(f"bookings to come: {len(ahead)}; --cancel cancels them, too", file=sys.stderr)
        return 1
    privacy.erase_for(options.address, actor=OPERATOR, cancelling=[booking.uid for booking in ahead])
    print(f"bookings cancelled: {len(ahead)}; the names go once everybody has heard of that")
    return 0
