"""A mail server that takes everything and keeps nothing, in a process of its own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class _Taker:
    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return "250 taken"


@contextmanager
def mailbox() -> Iterator[int]:
    """The port of the server, which runs for the block."""
    with subprocess.Popen([sys.executable, "-m", "bench._mailbox"], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None  # noqa: S101  # it was asked for
            yield int(process.stdout.readline())
        finally:
            process.terminate()


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(_Taker(), enable_SMTPUTF8=True), HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
