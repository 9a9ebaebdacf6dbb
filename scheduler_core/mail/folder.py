"""Mail kept in a folder instead of being sent: what a demo shows."""

from __future__ import annotations

import asyncio
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from scheduler_core.errors import TemporaryFailure


@dataclass(frozen=True)
class FolderMailer:
    """Writes each mail to a file `<date>-<id>.eml`, so that names sort by time.

    A file is there whole or not at all. A mail that is sent again replaces its file.
    """

    folder: Path

    async def send(self, mail: EmailMessage) -> None:
        """Writes the mail.

        Raises:
            TemporaryFailure: the folder cannot be written to.

        """
        try:
            await asyncio.to_thread(self._write, mail)
        except OSError as error:
            raise TemporaryFailure(reason=str(error)) from error

    async def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, mail: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(mail.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._target(mail))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _target(self, mail: EmailMessage) -> Path:
        identity = mail["Message-ID"].strip("<>").partition("@")[0]
        for earlier in self.folder.glob(f"*-{identity}.eml"):
            return earlier
        date = parsedate_to_datetime(mail["Date"]).astimezone(UTC)
        return self.folder / f"{date:%Y%m%dT%H%M%SZ}-{identity}.eml"
