"""What people have said they usually want, as rows. Addresses are given in lower case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.db.tables import preference
from scheduler_core.personal_data import Preference, Reminders

#: How somebody is reminded who has not said.
REMINDED_BY = Reminders.MAIL


def find(connection: Connection, address: str) -> Preference | None:
    """What the address has said; None where it has said nothing."""
    row = connection.execute(select(preference).where(preference.c.address == address)).first()
    return Preference(row.zone or "", row.channel or "", Reminders(row.reminders)) if row else None


def put(connection: Connection, address: str, given: Preference, now: datetime) -> Preference:
    """Writes what is given over what was stored, and gives what is stored now."""
    values = {
        "zone": given.zone or None,
        "channel": given.channel or None,
        "reminders": given.reminders and given.reminders.value,
        "updated_at": now,
    }
    new = {**values, "reminders": given.reminders or REMINDED_BY}
    kept = {name: func.coalesce(value, preference.c[name]) for name, value in values.items()}
    written = (
        insert(preference)
        .values(address=address, **new)
        .on_conflict_do_update(index_elements=["address"], set_=kept)
        .returning(preference.c.zone, preference.c.channel, preference.c.reminders)
    )
    zone, channel, reminders = connection.execute(written).one()
    return Preference(zone or "", channel or "", Reminders(reminders))


def drop(connection: Connection, address: str) -> None:
    """Takes away what is stored."""
    connection.execute(delete(preference).where(preference.c.address == address))


def reminders_of(connection: Connection, address: str) -> str:
    """How the address wants to be reminded: `mail`, `sms` or `none`; by mail where nothing is stored."""
    found = select(preference.c.reminders).where(preference.c.address == address)
    return connection.execute(found).scalar_one_or_none() or REMINDED_BY


def remind_by_mail(connection: Connection, address: str, now: datetime) -> None:
    """Reminds the address by mail instead of by text."""
    by_text = preference.c.address == address, preference.c.reminders == "sms"
    connection.execute(update(preference).where(*by_text).values(reminders="mail", updated_at=now))
