"""The command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from scheduler_core.db import migrate
from scheduler_core.errors import SchedulerError
from scheduler_core.settings import read_settings


def main(arguments: Sequence[str]) -> int:
    """Runs one command; 0 if it succeeded, 2 if it was refused."""
    parser = argparse.ArgumentParser(prog="python -m scheduler_core")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the tables up to date")
    parser.parse_args(arguments)
    try:
        migrate.upgrade(read_settings(os.environ).database_url)
    except SchedulerError as error:
        print(error, file=sys.stderr)
        return 2
    return 0
