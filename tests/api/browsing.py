"""Pages as a browser reads and sends them."""

from __future__ import annotations

import httpx
from sqlalchemy import text

from scheduler_core import codes
from scheduler_core.codes import Asked
from scheduler_core.links import person
from tests.api.html_page import HtmlPage
from tests.api.practice import Practice

EVA = person("eva-meyer")


async def get(client: httpx.AsyncClient, path: str) -> HtmlPage:
    return HtmlPage(await client.get(path, follow_redirects=True))


async def send(client: httpx.AsyncClient, page: HtmlPage, action: str, **changed: str) -> HtmlPage:
    """The page that follows when the form is sent."""
    form = page.form(action)
    answer = await client.post(form.action, data=form.fields | changed, follow_redirects=True)
    return HtmlPage(answer)


def mailed_code(practice: Practice) -> str:
    """The code that was asked for last, as its mail says it."""
    with practice.core.store.reading() as connection:
        row = connection.execute(text("SELECT * FROM identity_code ORDER BY asked_at DESC")).first()
    assert row is not None
    asked = Asked(row.id, row.address, row.channel, row.sender, row.expires_at)
    return codes.grouped(codes.code_of(asked, practice.core.settings.secret_key))
