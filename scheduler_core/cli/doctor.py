"""Looks over what is set up, and says in one line each what is well and what is to be done."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from scheduler_core import zones
from scheduler_core.bootstrap import Core, build
from scheduler_core.cli import video
from scheduler_core.db import migrate, outbox
from scheduler_core.errors import SchedulerError
from scheduler_core.settings import LOOPBACK, Settings

#: Older zone data has Vancouver on winter time in December 2026.
OLDEST_ZONE_DATA = "2026b"
CONNECT_SECONDS = 3.0


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
    inside = [_people(core), _outbox(core), *_video(core)] if database.well else []
    core.store.close()
    return [_settings(settings), _zone_data(), database, *inside, _mail(settings)]


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


def _outbox(core: Core) -> Finding:
    with core.store.reading() as connection:
        backlog = outbox.backlog(connection, core.settings.clock.now())
    summary = f"outbox: {backlog.due} due, {backlog.failed} given up"
    if backlog.failed:
        return Finding(False, f"{summary}; see outbox list --state failed, then outbox retry")
    return Finding(True, summary)


def _video(core: Core) -> list[Finding]:
    return [Finding(well, what) for well, what in video.remarks(core)]


def _mail(settings: Settings) -> Finding:
    if settings.smtp is None and settings.public_host not in LOOPBACK:
        return Finding(False, f"mail: nobody at {settings.public_url} gets any; set SMTP_HOST")
    if settings.smtp is None:
        return _mail_folder(settings.mail_folder)
    server = f"mail: {settings.smtp.host}:{settings.smtp.port} ({settings.smtp.security})"
    try:
        with socket.create_connection((settings.smtp.host, settings.smtp.port), timeout=CONNECT_SECONDS):
            return Finding(True, server)
    except OSError as error:
        return Finding(False, f"{server} cannot be reached: {error}")


def _mail_folder(folder: Path) -> Finding:
    """Whether mails can be written; the folder is made with the first one."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not os.access(nearest, os.W_OK):
        return Finding(False, f"mail: no SMTP_HOST, and {folder} cannot be written to; set MAIL_FOLDER")
    return Finding(True, f"mail: no SMTP_HOST, so mails are written to {folder}")
