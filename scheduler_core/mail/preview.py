"""Every kind of mail as files, to be looked at before anybody gets one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from jinja2 import Environment

from scheduler_core.mail.compose import Composer
from scheduler_core.mail.rendering import TemplateFault
from scheduler_core.mail.samples import samples, texts
from scheduler_core.ports import Mail

_INDEX = Environment(autoescape=True).from_string(Path(__file__).with_suffix(".html").read_text("utf-8"))


@dataclass(frozen=True)
class Page:
    """A mail that was written for a look."""

    name: str
    subject: str
    recipient: str


def write(composer: Composer, folder: Path) -> tuple[list[Page], list[str]]:
    """Writes each mail as text, HTML and `.eml`, with an index; says what was written and what is wrong.

    The folder is made where it is missing. Nothing else in it is touched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages, faults = [], []
    for name, mail in _written(composer):
        if isinstance(mail, TemplateFault):
            faults.append(str(mail))
        else:
            pages.append(_keep(folder, name, mail))
    (folder / "index.html").write_text(_INDEX.render(pages=pages), encoding="utf-8")
    return pages, _once([*faults, *_said(composer)])


def faults(composer: Composer) -> list[str]:
    """What is wrong with the templates, each thing once; nothing is written."""
    broken = (str(mail) for _, mail in _written(composer) if isinstance(mail, TemplateFault))
    return _once([*broken, *_said(composer)])


def _written(composer: Composer) -> Iterator[tuple[str, Mail | TemplateFault]]:
    for sample in samples():
        try:
            yield sample.name, sample.write(composer)
        except TemplateFault as fault:
            yield sample.name, fault


def _said(composer: Composer) -> Iterator[str]:
    """Faults of what is no mail: the text for phones, and files that nothing uses."""
    try:
        texts(composer)
    except TemplateFault as fault:
        yield str(fault)
    for name in composer.templates.strangers():
        yield f"{name}: no mail uses a template of that name"


def _keep(folder: Path, name: str, mail: Mail) -> Page:
    message = message_from_bytes(mail.content, policy=default)
    (folder / f"{name}.eml").write_bytes(mail.content)
    for kind, ending in (("plain", "txt"), ("html", "html")):
        (folder / f"{name}.{ending}").write_text(_body(message, kind), encoding="utf-8")
    return Page(name, str(message["Subject"]), mail.recipient)


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def _once(lines: list[str]) -> list[str]:
    return list(dict.fromkeys(lines))
