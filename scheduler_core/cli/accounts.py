"""Commands about the accounts by which video meetings are made."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from scheduler_core.bootstrap import build
from scheduler_core.errors import InvalidSetting
from scheduler_core.host_accounts import set_accounts
from scheduler_core.meetings.google_login import Login, keep
from scheduler_core.meetings.line import Line, Patience
from scheduler_core.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name


def add_commands(commands: Commands) -> None:
    """Adds google-login."""
    login = commands.add_parser("google-login", help="let a Google account make the Meet links")
    login.set_defaults(run=_google_login)


def add_person_command(actions: Commands) -> None:
    """Adds `person set`."""
    change = actions.add_parser("set", help="by which accounts a person hosts video meetings")
    change.add_argument("person")
    change.add_argument("--zoom-user", metavar="USER", help="address or id at Zoom; '' for their address")
    change.add_argument("--google-calendar", metavar="CALENDAR", help="its id; '' for the account's own")
    change.set_defaults(run=_set_accounts)


def _set_accounts(settings: Settings, options: argparse.Namespace) -> int:
    set_accounts(
        build(settings).store,
        options.person,
        zoom_user=options.zoom_user,
        google_calendar=options.google_calendar,
    )
    return 0


def _google_login(settings: Settings, _: argparse.Namespace) -> int:
    account = settings.google
    if account is None or not account.client_id:
        raise InvalidSetting(faults=("GOOGLE_CLIENT_ID: it and GOOGLE_CLIENT_SECRET are needed to sign in",))
    login = Login(account)
    print("Open this address in a browser, choose the account and allow the access:\n")
    print(f"  {login.url}\n")
    print("The browser then shows an address that cannot be reached. Paste all of it here:")
    code = login.code_in(input())
    line = Line("Google", Patience())
    keep(asyncio.run(line.call(lambda: login.refresh_token(code, line))), account.token_file)
    print(f"The sign-in is kept in {account.token_file}.")
    return 0
