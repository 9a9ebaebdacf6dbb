"""By which account each person hosts video meetings."""

from __future__ import annotations

import re

from scheduler_core.db import accounts
from scheduler_core.db import people as rows
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidName

#: Accounts become parts of addresses that are called, so they hold nothing that divides those.
_ACCOUNT = re.compile(r"[\w.!$&'*+=^`{|}~@-]{1,254}", re.ASCII)


def set_accounts(
    store: Store, person: str, *, zoom_user: str | None = None, google_calendar: str | None = None
) -> None:
    """Changes the person's accounts; empty for what their address leads to, None for what it was.

    Meetings that are made already stay where they are.

    Raises:
        UnknownPerson, InvalidName: there is no such person, or no account has such a name.

    """
    with store.transaction() as connection:
        known = rows.known_person(connection, person)
        accounts.set_accounts(
            connection,
            known.number,
            zoom_user=known.zoom_user if zoom_user is None else _checked(zoom_user),
            google_calendar=known.google_calendar if google_calendar is None else _checked(google_calendar),
        )


def _checked(account: str) -> str:
    """The account without spaces around it."""
    bare = account.strip()
    if bare and not _ACCOUNT.fullmatch(bare):
        raise InvalidName(reason="account", value=bare[:60])
    return bare
