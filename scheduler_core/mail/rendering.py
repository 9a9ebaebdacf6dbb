"""Templates of mails, the built-in ones and those of one's own that stand before them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    select_autoescape,
)

BUILT_IN = Path(__file__).parent / "templates"
PARTS = ("subject.txt", "body.txt", "body.html")

log = logging.getLogger(__name__)


class Templates:
    """What a folder of one's own holds is used instead of the built-in file of the same name.

    A mail is more than its looks: where a template of one's own cannot be used, that is logged, and the whole
    mail is written by the built-in ones.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        self._built_in = _environment(BUILT_IN)
        self._chosen = self._built_in if own is None else _environment(own, BUILT_IN)

    def mail(self, name: str, values: Mapping[str, object]) -> dict[str, str]:
        """The parts of the mail, by the names of their templates."""
        try:
            return self.strictly(name, values)
        except (TemplateError, OSError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            if self.own is None:
                raise
            log.error("mail %s: %s; the built-in templates are used", name, fault(error))  # noqa: TRY400  (the line says all)
            return _rendered(self._built_in, name, values)

    def strictly(self, name: str, values: Mapping[str, object]) -> dict[str, str]:
        """The same, but a template that cannot be used is an error.

        Raises:
            TemplateError: it cannot be read, or names what there is not.

        """
        return _rendered(self._chosen, name, values)

    def text(self, name: str, values: Mapping[str, object]) -> str:
        """A single text, such as what an invitation says."""
        try:
            return self._chosen.get_template(name).render(values)
        except (TemplateError, OSError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            if self.own is None:
                raise
            log.error("%s: %s; the built-in one is used", name, fault(error))  # noqa: TRY400
            return self._built_in.get_template(name).render(values)


def fault(error: Exception) -> str:
    """What is wrong with a template, with the file and line where it was found."""
    place = _place(error)
    return f"{place}: {error}" if place else f"{type(error).__name__}: {error}"


def _place(error: Exception) -> str:
    """`confirmed/body.html, line 3`, as far as it is known; of a chain of templates the innermost."""
    name, line = getattr(error, "filename", None) or getattr(error, "name", None), getattr(error, "lineno", 0)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith((".html", ".txt")):
            name, line = file, trace.tb_lineno
        trace = trace.tb_next
    return f"{name}, line {line}" if name and line else str(name or "")


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
