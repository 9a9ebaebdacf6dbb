"""Templates of mails, the built-in ones and those of one's own that stand before them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

BUILT_IN = Path(__file__).parent / "templates"
PARTS = ("subject.txt", "body.txt", "body.html")
_ENDINGS = (".html", ".txt")

log = logging.getLogger(__name__)


class TemplateFault(Exception):
    """A template cannot be used; the words name the file, the line and what is wrong there."""


class Templates:
    """What a folder of one's own holds is used instead of the built-in file of the same name.

    A mail is more than its looks: where a template of one's own cannot be used, that is logged, and the whole
    mail is written by the built-in ones; unless `strict`, for those who look before they send.
    """

    def __init__(self, own: Path | None = None, *, strict: bool = False) -> None:
        self.own = own
        self._strict = strict or own is None
        self._built_in = _environment(BUILT_IN)
        self._chosen = self._built_in if own is None else _environment(own, BUILT_IN)

    def mail(self, name: str, values: Mapping[str, object]) -> dict[str, str]:
        """The parts of the mail, by the names of their templates.

        Raises:
            TemplateFault: a template cannot be used.

        """
        return self._tried(lambda templates: _rendered(templates, name, values))

    def text(self, name: str, values: Mapping[str, object]) -> str:
        """A single text, such as what an invitation says.

        Raises:
            TemplateFault: the template cannot be used.

        """
        return self._tried(lambda templates: templates.get_template(name).render(values))

    def strangers(self) -> list[str]:
        """Files of one's own that no mail uses, such as those with a slip in their name."""
        if self.own is None:
            return []
        known = set(self._built_in.list_templates())
        mine = (file.relative_to(self.own).as_posix() for file in self.own.rglob("*") if file.is_file())
        return sorted(name for name in mine if name not in known)

    def _tried[Result](self, render: Callable[[Environment], Result]) -> Result:
        try:
            return render(self._chosen)
        except Exception as error:  # templates can do whatever Python can
            if self._strict:
                raise TemplateFault(fault(error)) from error
            log.error("mail templates: %s; the built-in ones are used", fault(error))  # noqa: TRY400  (the line says all)
            return render(self._built_in)


def fault(error: Exception) -> str:
    """What is wrong with a template, with the file and line where it was found."""
    place, words = _place(error), str(error) or type(error).__name__
    return f"{place}: {words}" if place else words


def _place(error: Exception) -> str:
    """`confirmed/body.html, line 3`, as far as it is known; of a chain of templates the innermost."""
    file, line = str(getattr(error, "filename", None) or ""), int(getattr(error, "lineno", 0) or 0)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(_ENDINGS):
            file, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return f"{file}, line {line}" if file else ""


def _rendered(environment: Environment, name: str, values: Mapping[str, object]) -> dict[str, str]:
    return {part: environment.get_template(f"{name}/{part}").render(values) for part in PARTS}


@lru_cache(maxsize=8)
def _environment(*folders: Path) -> Environment:
    """Templates are compiled once: who changes one starts the worker again."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
