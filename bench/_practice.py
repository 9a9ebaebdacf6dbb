"""A PostgreSQL for one measurement, a large practice in it, and how figures are written."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from deploy.local.postgres import Server
from scheduler_core.db import migrate
from scheduler_core.db.engine import make_engine, patience
from scheduler_core.db.store import Store
from scheduler_core.model import AppointmentType
from scheduler_core.people import People
from scheduler_core.reminders import USUAL

#: A Tuesday, nine o'clock; everybody works from nine to five UTC on every day.
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TALK = AppointmentType(
    "talk", "Talk", (30 * MINUTE,), buffer_after=5 * MINUTE, horizon=90 * DAY, reminders=USUAL
)

_PEOPLE = """
INSERT INTO person (handle, name, email, zone, locale)
SELECT 'p' || n, 'Person ' || n, 'p' || n || '@example.org', 'UTC', 'en' FROM generate_series(1, :people) n;
INSERT INTO working_hours (person_number, weekday, starts, ends)
SELECT number, day, '09:00', '17:00' FROM person, generate_series(0, 6) day;
INSERT INTO offer (person_number, kind) SELECT number, 'talk' FROM person;
"""


@dataclass(frozen=True)
class Figures:
    """How long something took, each time, in seconds."""

    times: Sequence[float]

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.times) * 1000

    @property
    def slow(self) -> float:
        """Milliseconds that 95 of 100 took at most."""
        return statistics.quantiles(self.times, n=20)[-1] * 1000

    @property
    def worst_but_one_percent(self) -> float:
        """Milliseconds that 99 of 100 took at most."""
        return sorted(self.times)[(len(self.times) * 99 - 1) // 100] * 1000


@contextmanager
def practice(people: int) -> Iterator[str]:
    """The address of a database with so many people who offer one type."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", Path(folder) / "postgres.log")
        server.start()
        try:
            migrate.upgrade(server.url())
            store = Store(server.url())
            People(store).add_type(TALK)
            store.close()
            run(server.url(), _PEOPLE, people=people)
            yield server.url()
        finally:
            server.stop()


def run(url: str, statements: str, **values: object) -> None:
    """Runs statements that may take long."""
    engine = make_engine(url, limits={})
    with patience(900), engine.begin() as connection:
        for statement in statements.strip().rstrip(";").split(";\n"):
            connection.execute(text(statement), values)
    engine.dispose()


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints a small table."""
    cells = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    print(title)
    for row in cells:
        print("  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
