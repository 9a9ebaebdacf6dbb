"""The command that compares the meetings that services hold with the bookings."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from scheduler_core.bootstrap import build
from scheduler_core.cli import words
from scheduler_core.settings import Settings
from scheduler_core.worker_bootstrap import build_reconciliation

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name


def add_commands(commands: Commands) -> None:
    """Adds meetings reconcile."""
    actions = commands.add_parser("meetings", help="the video meetings of bookings").add_subparsers(
        metavar="action", required=True
    )
    again = actions.add_parser("reconcile", help="set right those that differ; workers do so once a day")
    again.add_argument("--dry-run", action="store_true", help="only say which")
    again.set_defaults(run=_reconcile)


def _reconcile(settings: Settings, options: argparse.Namespace) -> int:
    """Says what differs and has it set right; exit code 1 where a service did not say what it holds."""
    reconciliation = build_reconciliation(build(settings))
    findings = asyncio.run(reconciliation.look())
    rows = [
        (one.booking.reference, one.booking.channel.value, one.fault.value) for one in findings.differences
    ]
    if rows:
        print(words.table([("booking", "channel", "its meeting"), *rows]))
    repaired = 0 if options.dry_run else reconciliation.repair(findings.differences)
    print(f"meetings that differ: {len(rows)}; on their way to being set right: {repaired}")
    for reason in findings.unseen:
        print(f"not looked at: {reason}", file=sys.stderr)
    return 1 if findings.unseen else 0
