"""Pages as a browser reads and sends them."""

from __future__ import annotations

import httpx

from scheduler_core.links import person
from tests.api.html_page import HtmlPage

EVA = person("eva-meyer")


async def get(client: httpx.AsyncClient, path: str) -> HtmlPage:
    return HtmlPage(await client.get(path, follow_redirects=True))


async def send(client: httpx.AsyncClient, page: HtmlPage, action: str, **changed: str) -> HtmlPage:
    """The page that follows when the form is sent."""
    form = page.form(action)
    answer = await client.post(form.action, data=form.fields | changed, follow_redirects=True)
    return HtmlPage(answer)
