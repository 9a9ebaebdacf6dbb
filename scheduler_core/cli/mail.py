"""Commands about mails: what they look like."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler_core.clock import FixedClock
from scheduler_core.errors import InvalidSetting
from scheduler_core.links import Links
from scheduler_core.mail import preview
from scheduler_core.mail.compose import Composer
from scheduler_core.mail.rendering import Templates
from scheduler_core.mail.samples import NOW
from scheduler_core.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name

#: Links in a preview lead nowhere: nobody should hold the real key for something to look at.
_NO_SECRET = "preview" * 5


def add_commands(commands: Commands) -> None:
    """Adds mail preview."""
    actions = commands.add_parser("mail", help="what mails look like").add_subparsers(
        metavar="action", required=True
    )
    look = actions.add_parser("preview", help="write every kind of mail to files, with invented facts")
    look.add_argument("--templates", type=Path, metavar="FOLDER", help="instead of MAIL_TEMPLATES")
    look.add_argument("--to", type=Path, default=Path("var/mail-preview"), metavar="FOLDER")
    look.set_defaults(run=_preview)


def composer(settings: Settings, templates: Path | None) -> Composer:
    """One that takes a fault in a template for an error."""
    return Composer(
        settings.organisation_name,
        settings.mail_from,
        Links(_NO_SECRET, settings.public_url),
        FixedClock(NOW),
        zone=settings.default_zone,
        locale=settings.default_locale,
        templates=Templates(templates, strict=True),
    )


def remark(settings: Settings) -> tuple[bool, str]:
    """What is to be said of the templates, and whether it is well."""
    if settings.mail_templates is None:
        return True, "mail templates: the built-in ones"
    faults = preview.faults(composer(settings, settings.mail_templates))
    if faults:
        return False, f"mail templates: {'; '.join(faults)}; see mail preview"
    return True, f"mail templates: those in {settings.mail_templates} before the built-in ones"


def _preview(settings: Settings, options: argparse.Namespace) -> int:
    templates = options.templates or settings.mail_templates
    if templates is not None and not templates.is_dir():
        raise InvalidSetting(faults=(f"{templates}: there is no such folder",))
    pages, faults = preview.write(composer(settings, templates), options.to)
    print(f"{len(pages)} mails: {options.to / 'index.html'}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0
