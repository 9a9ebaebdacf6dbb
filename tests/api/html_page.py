"""A page as its reader meets it: words, links and forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

SILENT = {"style", "script", "head"}
INLINE = {"a", "b", "code", "span", "strong"}


@dataclass
class Form:
    """A form that changes something, and what its fields hold; of radio buttons every value."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: list[str] = field(default_factory=list)


class HtmlPage(HTMLParser):
    """A parsed answer."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.status = answer.status_code
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._words: list[str] = []
        self._silent = 0
        self._asks = False
        self.feed(answer.text)

    @property
    def text(self) -> str:
        """Everything to be read, with single spaces."""
        return " ".join("".join(self._words).split())

    def form(self, end: str) -> Form:
        """The one form whose action ends so."""
        (form,) = (form for form in self.forms if form.action.endswith(end))
        return form

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._silent += tag in SILENT
        self._part(tag)
        if tag == "a":
            self.links.append(given["href"])
        elif tag == "form":
            self._asks = given["method"] == "get"
            self.forms += [] if self._asks else [Form(given["action"])]
        elif tag == "input" and (self._asks or "name" not in given):
            return
        elif tag == "input" and given["type"] == "radio":
            self.forms[-1].choices.append(given["value"])
        elif tag == "input":
            self.forms[-1].fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT
        self._asks = self._asks and tag != "form"
        self._part(tag)

    def _part(self, tag: str) -> None:
        if tag not in INLINE:
            self._words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)
