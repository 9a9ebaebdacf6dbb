"""Pages made on the server: plain HTML that works without scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
STATIC_FOLDER = HERE / "static"
TEMPLATE_FOLDER = HERE / "templates"


@dataclass(frozen=True)
class Pages:
    """Renders the templates; every value is escaped."""

    organisation: str
    base: str  #: the path below which all addresses lie, without a slash at its end; mostly empty
    shows_mails: bool  #: whether there is a page with the mails that were written

    def page(self, template: str, values: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
        """The rendered template as an answer."""
        text = self._environment.get_template(template).render(values)
        return HTMLResponse(text, status)

    def message(self, status: int, sentences: str) -> HTMLResponse:
        """A page that says one thing; the first sentence becomes its title."""
        title, _, text = sentences.partition(". ")
        return self.page("message.html", {"title": title.rstrip("."), "text": text}, status=status)

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATE_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            organisation=self.organisation,
            base=self.base,
            shows_mails=self.shows_mails,
            style=_versioned("pages.css"),
        )
        return environment


def _versioned(name: str) -> str:
    """The address of a static file, which changes with its content."""
    content = (STATIC_FOLDER / name).read_bytes()
    return f"/assets/{name}?{hashlib.sha256(content).hexdigest()[:8]}"
