"""Requests that were carried out, so that a repeated one is harmless."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, insert, select

from scheduler_core.db.prepared import ByColumn
from scheduler_core.db.tables import request as table
from scheduler_core.errors import InvalidText, KeyReused
from scheduler_core.model import Actor
from scheduler_core.texts import checked_text

LIMIT = 200

#: The condition for the row of an earlier request under a key; its parameters are `Request.identity`.
SAME_KEY = and_(
    table.c.actor_kind == bindparam("request_actor_kind"),
    table.c.actor_id == bindparam("request_actor_id"),
    table.c.key == bindparam("request_key"),
)


@dataclass(frozen=True)
class Request:
    """Something an actor asks for under a key of their own."""

    key: str
    actor: Actor
    hash: str  #: of everything that was asked for

    @classmethod
    def of(cls, key: str, actor: Actor, *asked: object) -> Request:
        """The request to do what the values describe.

        Raises:
            InvalidText: the key or the actor's name is empty, too long or holds control characters.

        """
        for text in (key, actor.id):
            if not checked_text(text, limit=LIMIT):
                raise InvalidText(value=text)
        digest = hashlib.sha256("\x1f".join(map(str, asked)).encode(errors="backslashreplace")).hexdigest()
        return cls(key, actor, digest)

    @property
    def identity(self) -> dict[str, str]:
        """The parameters of `SAME_KEY`."""
        return {
            "request_actor_kind": self.actor.kind.value,
            "request_actor_id": self.actor.id,
            "request_key": self.key,
        }

    def done_in(self, row: ByColumn) -> UUID | None:
        """The booking that this request led to before, of a row that has all columns of `request`.

        Raises:
            KeyReused: the key was used to ask for something else.

        """
        return self.led_to(row[table.c.uid], row[table.c.hash])

    def led_to(self, uid: UUID | None, hash_: str | None) -> UUID | None:
        """The booking that a request of this key and that hash led to; None where there was no such request.

        Raises:
            KeyReused: that request was for something else.

        """
        if uid is not None and hash_ != self.hash:
            raise KeyReused(key=self.key)
        return uid

    def values(self, uid: UUID, now: datetime) -> dict[str, Any]:
        """The row that keeps the request, its names behind `request_`."""
        return {
            **self.identity,
            "request_hash": self.hash,
            "request_uid": uid,
            "request_created_at": now,
        }


def find(connection: Connection, request: Request) -> UUID | None:
    """The booking that this request led to before.

    Raises:
        KeyReused: the key was used to ask for something else.

    """
    row = connection.execute(select(table).where(SAME_KEY), request.identity).mappings().first()
    return request.done_in(row) if row else None


def keep(connection: Connection, request: Request, uid: UUID, now: datetime) -> None:
    """Keeps that the request led to the booking.

    Raises:
        Collision, by way of the store: there is one of that key by now.

    """
    columns = {name.removeprefix("request_"): value for name, value in request.values(uid, now).items()}
    connection.execute(insert(table).values(columns))
