"""Writes mails into a folder on a disk that is full, and then has room again: `full_disk.py <folder>`."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

from scheduler_core.errors import TemporaryFailure
from scheduler_core.mail.folder import FolderMailer
from scheduler_core.ports import Mail
from tests.adapters.samples import NOW

MAIL = Mail(
    "appointments@example.org",
    "ann.lee@example.com",
    "<mail-of-tests@example.org>",
    NOW,
    b"Subject: One\r\n\r\n" + b"word " * 1000,
)


def main(folder: Path) -> None:
    """Says what becomes of the mail."""
    mailer = FolderMailer(folder)
    ballast = folder / "ballast"
    with suppress(OSError), ballast.open("wb") as file:
        while True:
            file.write(b"x" * 4096)
            file.flush()
    try:
        asyncio.run(mailer.send(MAIL))
    except TemporaryFailure as failure:
        sys.stdout.write(f"full: {failure.details['reason']}\nfiles: {len(list(folder.iterdir()))}\n")
    ballast.unlink()
    asyncio.run(mailer.send(MAIL))
    sys.stdout.writelines(f"then: {found.name}\n" for found in folder.iterdir())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
