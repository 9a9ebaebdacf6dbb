"""What people have said they usually want, as rows. Addresses are given in lower case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from scheduler_core.db.tables import preference

#: How somebody is reminded who has not said.
REMINDED_BY = "mail"


def reminders_of(connection: Connection, address: str) -> str:
    """How the address wants to be reminded: `mail`, `sms` or `none`; by mail where nothing is stored."""
    found = select(preference.c.reminders).where(preference.c.address == address)
    return connection.execute(found).scalar_one_or_none() or REMINDED_BY


def remind_by_mail(connection: Connection, address: str, now: datetime) -> None:
    """Reminds the address by mail instead of by text."""
    by_text = preference.c.address == address, preference.c.reminders == "sms"
    connection.execute(update(preference).where(*by_text).values(reminders="mail", updated_at=now))
