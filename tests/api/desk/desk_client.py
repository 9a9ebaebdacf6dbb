"""Somebody at the desk: a browser that is signed in, by a code that was mailed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import httpx
from fastapi import FastAPI
from sqlalchemy import select

from scheduler_core.bootstrap import Core
from scheduler_core.codes import Asked, code_of
from scheduler_core.db.tables import identity_code, outbox
from tests.api.practice import PUBLIC_URL

EVA, BEN, ADMIN = "eva.meyer@example.org", "ben.okafor@example.org", "office@example.org"


def browser(app: FastAPI, address: str = "192.0.2.1") -> httpx.AsyncClient:
    """A browser at a page of ours, whose connection comes from that address."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=(address, 50000)),
        base_url=PUBLIC_URL,
        headers={"Origin": PUBLIC_URL},
    )


def mailed_code(core: Core) -> str | None:
    """The code in the last mail for the desk; None where none goes out."""
    asked = _last_asked(core)
    return None if asked is None else code_of(asked, core.settings.secret_key)


def mailed_link(core: Core) -> str:
    """What the link in the last mail for the desk holds."""
    asked = _last_asked(core)
    assert asked is not None
    return parse_qs(urlsplit(core.links.desk(asked.address, asked.id)).fragment)["code"][0]


def _last_asked(core: Core) -> Asked | None:
    wanted = (
        select(identity_code)
        .join(outbox, outbox.c.about == identity_code.c.id)
        .where(outbox.c.topic == "mail_desk_code")
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    with core.store.reading() as connection:
        row = connection.execute(wanted).first()
    return row and Asked(row.id, row.address, row.channel, row.sender, row.expires_at)


@asynccontextmanager
async def signed_in(app: FastAPI, core: Core, email: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which somebody has signed in."""
    async with browser(app) as client:
        await client.post("/api/desk/sign-in", json={"email": email})
        await client.post("/api/desk/session", json={"email": email, "code": mailed_code(core)})
        yield client
