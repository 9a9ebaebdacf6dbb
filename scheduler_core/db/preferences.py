"""What people have said they usually want, as rows. Addresses are given in lower case."""

from __future__ import annotations

from sqlalchemy import Connection, select

from scheduler_core.db.tables import preference

#: How somebody is reminded who has not said.
REMINDED_BY = "mail"


def reminders_of(connection: Connection, address: str) -> str:
    """How the address wants to be reminded: `mail`, `sms` or `none`; by mail where nothing is stored."""
    found = select(preference.c.reminders).where(preference.c.address == address)
    return connection.execute(found).scalar_one_or_none() or REMINDED_BY
