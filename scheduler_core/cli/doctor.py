"""Looks over what is set up, and says in one line each what is well and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select, text

from scheduler_core import zones
from scheduler_core.bootstrap import Core, build
from scheduler_core.cli import mail, services, surroundings, video
from scheduler_core.db import figures, migrate
from scheduler_core.errors import SchedulerError
from scheduler_core.settings import Settings

#: Older zone data has Vancouver on winter time in December 2026.
OLDEST_ZONE_DATA = "2026b"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    well: bool
    what: str

    def __str__(self) -> str:
        return f"{'ok ' if self.well else 'BAD'}  {self.what}"


def examine(settings: Settings) -> list[Finding]:
    """What was found, in the order in which things depend on each other."""
    core = build(settings)
    database = _database(core)
    inside = _inside(core) if database.well else []
    core.store.close()
    around = [
        surroundings.mail(settings),
        mail.remark(settings),
        surroundings.disk(settings),
        *surroundings.processes(settings),
    ]
    own = [_settings(settings), *_said([surroundings.secret(settings)]), _zone_data()]
    return [*own, database, *inside, *_said(around)]


def coloured(finding: Finding) -> str:
    """The finding as terminals show it: green where it is well, red where something is to be done."""
    colour = 32 if finding.well else 31
    mark, what = str(finding)[:3], str(finding)[3:]
    return f"\x1b[{colour}m{mark}\x1b[0m{what}"


def _inside(core: Core) -> list[Finding]:
    """What only the database knows."""
    around = [*video.remarks(core), *services.remarks(core)]
    return [_clock(core), _people(core), *_outbox(core), *_said(around)]


def _said(remarks: Iterable[surroundings.Remark]) -> list[Finding]:
    return [Finding(well, what) for well, what in remarks]


def _settings(settings: Settings) -> Finding:
    return Finding(
        True, f"settings: {settings.organisation_name}, {settings.default_zone}, {settings.public_url}"
    )


def _zone_data() -> Finding:
    version = zones.data_version()
    well = version >= OLDEST_ZONE_DATA
    return Finding(well, f"time zones: tzdata {version}, {OLDEST_ZONE_DATA} or newer is needed")


def _database(core: Core) -> Finding:
    try:
        with core.store.reading() as connection:
            version = connection.execute(text("SHOW server_version")).scalar_one()
        revision, head = migrate.current(core.store), migrate.head()
    except SchedulerError as error:
        return Finding(False, f"database: {error}; is DATABASE_URL right, and does the server run?")
    if revision != head:
        return Finding(False, f"database: tables at revision {revision}, not {head}; run migrate")
    return Finding(True, f"database: PostgreSQL {version}, tables at revision {revision}")


def _people(core: Core) -> Finding:
    people, kinds = core.people.all(), core.people.types()
    if not people or not kinds:
        return Finding(False, "people: nobody can be booked; use person, type and offer, or seed for a demo")
    return Finding(True, f"people: {len(people)}, appointment types: {len(kinds)}")


def _clock(core: Core) -> Finding:
    with core.store.reading() as connection:
        theirs = connection.execute(select(func.clock_timestamp())).scalar_one()
    return Finding(*surroundings.clock(theirs))


def _outbox(core: Core) -> list[Finding]:
    """What waits, and whether somebody is there to tell it."""
    with core.store.reading() as connection:
        found = figures.figures(connection, core.settings.clock.now())
    summary = f"outbox: {found.due} due, {found.failed} given up"
    advice = "; see outbox list --state failed, then outbox retry" if found.failed else ""
    return [Finding(not found.failed, summary + advice), Finding(*surroundings.worker(found.worker))]
