"""The command line: `python -m scheduler_core <command>`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from scheduler_core.cli import accounts, mail, meetings, operation, organisation, outbox, visitors, webhooks
from scheduler_core.errors import SchedulerError
from scheduler_core.settings import read_settings

REFUSED = 2


def main(arguments: Sequence[str]) -> int:
    """Runs one command; its own exit code, or 2 with one line on the error stream if it was refused."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(read_settings(os.environ), options))
    except SchedulerError as error:
        for line in error.details.get("faults", [str(error)]):
            print(line, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scheduler_core", description="Looks after people, appointment types and bookings."
    )
    commands = parser.add_subparsers(metavar="command", required=True)
    operation.add_commands(commands)
    outbox.add_commands(commands)
    mail.add_commands(commands)
    meetings.add_commands(commands)
    organisation.add_commands(commands)
    visitors.add_commands(commands)
    accounts.add_commands(commands)
    webhooks.add_commands(commands)
    return parser
