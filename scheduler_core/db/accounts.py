"""By which account each person hosts video meetings."""

from __future__ import annotations

from sqlalchemy import Connection, update

from scheduler_core.db.tables import person


def set_accounts(connection: Connection, number: int, *, zoom_user: str, google_calendar: str) -> None:
    """Makes these the person's accounts."""
    connection.execute(
        update(person)
        .where(person.c.number == number)
        .values(zoom_user=zoom_user, google_calendar=google_calendar)
    )
