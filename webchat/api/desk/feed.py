"""The secret addresses by which other programs read a person's calendar."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from scheduler_core.feeds import Feed
from scheduler_core.model import Actor, ActorKind, Person
from webchat.api.desk.doors import GivenPerson
from webchat.api.given import GivenCore
from webchat.api.openapi import failing

router = APIRouter(prefix="/people/{handle}/feed")


class ShownFeed(BaseModel):
    """The secret addresses by which other programs read a person's calendar."""

    url: str
    free_busy_url: str
    created_at: datetime


@router.get("", responses=failing(401, 404, 422))
def feed(person: GivenPerson, core: GivenCore) -> ShownFeed | None:
    """The person's calendar feed; null where none has been made."""
    found = core.feeds.of(_owner(person))
    return None if found is None else _shown(found)


@router.post("/renew", status_code=201, responses=failing(401, 403, 404, 422))
def renew(person: GivenPerson, core: GivenCore) -> ShownFeed:
    """A feed under a new address; an old one leads nowhere from now on."""
    return _shown(core.feeds.renew(_owner(person)))


def _owner(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.handle)


def _shown(found: Feed) -> ShownFeed:
    return ShownFeed(url=found.url, free_busy_url=found.free_busy_url, created_at=found.created_at)
