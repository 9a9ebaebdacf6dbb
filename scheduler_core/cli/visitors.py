"""Commands about those who write to the assistant: who waits for a person."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from scheduler_core import wording
from scheduler_core.bootstrap import build
from scheduler_core.cli import words
from scheduler_core.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name


def add_commands(commands: Commands) -> None:
    """Adds tickets."""
    actions = commands.add_parser("tickets", help="who waits for a person in the chat").add_subparsers(
        metavar="action", required=True
    )
    actions.add_parser("list", help="the oldest first").set_defaults(run=_list_tickets)
    release = actions.add_parser("release", help="let the assistant speak again in that chat")
    release.add_argument("reference", help="as it stands in the mail")
    release.set_defaults(run=_release)


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
