"""The real supervisor over a real PostgreSQL; small servers stand in for the assistant, which is slow."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from deploy.local.__main__ import guarded
from deploy.local.stack import Stack
from deploy.local.supervisor import supervise

SERVER = Path(__file__).with_name("fine_server.py")


class SmallStack(Stack):
    """A stack whose programs are as small as they can be."""

    def command(self, name: str) -> list[str]:
        if name == "worker":
            return ["sh", "-c", "sleep 600 & wait"]
        return [sys.executable, str(SERVER), str(self.ports[name])]

    def prepare_database(self) -> None:
        """Nobody here reads a table."""


if __name__ == "__main__":
    # Tests that run under `nohup` inherit that a lost terminal is not heeded.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    sys.exit(guarded(lambda: supervise(SmallStack(Path(sys.argv[1]), {}))))
