"""Commands about those who are called when something is booked, moved or cancelled."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING
from uuid import uuid4

from scheduler_core.bootstrap import build
from scheduler_core.cli import words
from scheduler_core.db import webhooks as rows
from scheduler_core.settings import Settings
from scheduler_core.webhooks import Webhook, checked_url, new_secret

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name


def add_commands(commands: Commands) -> None:
    """Adds webhook."""
    actions = commands.add_parser("webhook", help="who is called when something is booked").add_subparsers(
        metavar="action", required=True
    )
    add = actions.add_parser("add", help="call an address from now on; its secret is shown this once")
    add.add_argument("url", help="by https, unless it is on this machine")
    add.add_argument("--with-attendee", action="store_true", help="tell name and address of who booked")
    add.set_defaults(run=_add)
    actions.add_parser("list", help="every address").set_defaults(run=_list)
    remove = actions.add_parser("remove", help="call an address no more; what waits for it is dropped")
    remove.add_argument("url")
    remove.set_defaults(run=_remove)


def _add(settings: Settings, options: argparse.Namespace) -> int:
    new = Webhook(
        id=uuid4(),
        url=checked_url(options.url),
        secret=new_secret(),
        with_attendee=options.with_attendee,
        created_at=settings.clock.now(),
    )
    with build(settings).store.transaction() as connection:
        is_new = rows.add(connection, new)
    if not is_new:
        print("that address is called already; remove it first for a new secret", file=sys.stderr)
        return 1
    print(new.secret)
    return 0


def _list(settings: Settings, _: argparse.Namespace) -> int:
    with build(settings).store.reading() as connection:
        found = rows.every(connection)
    lines = [(one.url, "yes" if one.with_attendee else "no", _state(one)) for one in found]
    print(words.table([("url", "attendee", "state"), *lines]))
    return 0


def _remove(settings: Settings, options: argparse.Namespace) -> int:
    with build(settings).store.transaction() as connection:
        is_gone = rows.remove(connection, options.url.strip())
    if not is_gone:
        print("that address is not called", file=sys.stderr)
        return 1
    return 0


def _state(webhook: Webhook) -> str:
    if webhook.switched_off_at is None:
        return "called"
    return f"switched off, as it answered 410 at {webhook.switched_off_at:%Y-%m-%d %H:%M} UTC"
