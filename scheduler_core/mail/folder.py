"""Mail kept in a folder instead of being sent: what a demo shows."""

from __future__ import annotations

import asyncio
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from scheduler_core.errors import TemporaryFailure
from scheduler_core.ports import Mail, Ready


@dataclass(frozen=True)
class FolderMailer:
    """Writes each mail to a file `<date>-<id>.eml`, so that names sort by time.

    A file is there whole or not at all. A mail that is sent again replaces its file.
    """

    folder: Path

    async def send(self, mail: Mail, *, ready: Ready | None = None) -> None:
        """Writes the mail, after `ready`.

        Raises:
            TemporaryFailure: the folder cannot be written to.

        """
        if ready is not None:
            await ready()
        try:
            await asyncio.to_thread(self._write, mail)
        except OSError as error:
            raise TemporaryFailure(reason=str(error)) from error

    async def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, mail: Mail) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(mail.content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._target(mail))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _target(self, mail: Mail) -> Path:
        identity = mail.id.strip("<>").partition("@")[0]
        for earlier in self.folder.glob(f"*-{identity}.eml"):
            return earlier
        return self.folder / f"{mail.date.astimezone(UTC):%Y%m%dT%H%M%SZ}-{identity}.eml"
