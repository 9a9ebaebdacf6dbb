"""Whether the service can do its work, for those who run it."""

from __future__ import annotations

import logging
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from scheduler_core.bootstrap import Core
from scheduler_core.db import outbox
from scheduler_core.errors import SchedulerError
from webchat.api.given import GivenCore

log = logging.getLogger(__name__)

router = APIRouter()


class Backlog(BaseModel):
    """Messages that the outside has not heard yet: due by now, and given up."""

    due: int
    failed: int


class Health(BaseModel):
    """`degraded` means that bookings work, but not everybody hears of theirs."""

    status: Literal["ok", "degraded", "down"]
    database: bool
    outbox: Backlog | None


@router.get("/health")
def health(core: GivenCore, response: Response) -> Health:
    """200 while appointments can be booked, 503 otherwise."""
    backlog = _backlog(core)
    if backlog is None:
        response.status_code = 503
        return Health(status="down", database=False, outbox=None)
    return Health(status="degraded" if backlog.failed else "ok", database=True, outbox=backlog)


def _backlog(core: Core) -> Backlog | None:
    """What waits in the outbox; None where the database cannot be asked."""
    try:
        with core.store.reading() as connection:
            found = outbox.backlog(connection, core.settings.clock.now())
    except SchedulerError as error:
        log.warning("the database cannot be asked: %s", error)
        return None
    return Backlog(due=found.due, failed=found.failed)
