"""Whether the service can do its work, for those who run it and for what restarts it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from scheduler_core import heartbeat
from scheduler_core.bootstrap import Core
from scheduler_core.db import figures, revision
from scheduler_core.db.figures import Figures
from scheduler_core.errors import SchedulerError
from webchat.api.given import GivenCore

log = logging.getLogger(__name__)

router = APIRouter(tags=["health"])

#: A message that is due for longer is stuck: the mail server is away, or the worker stands still.
LATE = timedelta(minutes=15)

Status = Literal["ok", "degraded", "down"]


class Life(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Backlog(BaseModel):
    """Messages that the outside has not heard yet: due by now, for how long, and given up."""

    due: int
    oldest_seconds: int
    failed: int


class Health(BaseModel):
    """`degraded` means that bookings work, but not everybody hears of theirs."""

    status: Status
    database: bool
    tables: bool  #: whether they are those that this version needs
    worker_seen_seconds: int | None  #: ago; null if no worker was ever there
    outbox: Backlog | None


@router.get("/health/live")
def live() -> Life:
    """200 while the process answers; to be restarted where it does not."""
    return Life()


@router.get("/health", responses={503: {"model": Health}})
def health(core: GivenCore, response: Response) -> Health:
    """200 while appointments can be booked, 503 otherwise."""
    found = _look(core)
    if found.status == "down":
        response.status_code = 503
    return found


def _look(core: Core) -> Health:
    try:
        with core.store.reading() as connection:
            tables = revision.is_current(connection)
            found = figures.figures(connection, core.settings.clock.now())
    except SchedulerError as error:
        log.warning("the database cannot be asked: %s", error)
        return Health(status="down", database=False, tables=False, worker_seen_seconds=None, outbox=None)
    return Health(
        status=_status(found) if tables else "down",
        database=True,
        tables=tables,
        worker_seen_seconds=None if found.worker is None else int(found.worker.total_seconds()),
        outbox=Backlog(due=found.due, oldest_seconds=int(found.oldest.total_seconds()), failed=found.failed),
    )


def _status(found: Figures) -> Status:
    """Whether a worker is there, and everybody hears of theirs in time."""
    works = found.worker is not None and found.worker <= heartbeat.SILENCE
    return "ok" if works and not found.failed and found.oldest <= LATE else "degraded"
