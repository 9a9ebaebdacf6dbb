"""A wire to the database that can be cut in various ways while it is in use."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import URL


@dataclass
class Wire:
    """Passes bytes on, unless told otherwise."""

    server: tuple[str, int]
    #: Once the client has sent this, nothing comes back to it any more.
    mute_after: bytes | None = None
    #: Once the client has sent this, neither that nor anything else gets through.
    swallow: bytes | None = None
    delay: float = 0  #: seconds that each packet takes, in either direction
    silent: bool = False  #: nothing gets through in either direction
    muted: bool = False
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def mend(self) -> None:
        """Lets everything through again; connections that were cut stay cut."""
        self.mute_after = self.swallow = None
        self.silent = self.muted = False
        self.delay = 0

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.server)
            for source, target in ((client, server), (server, client)):
                threading.Thread(
                    target=self._pass, args=(source, target, source is client), daemon=True
                ).start()

    def _pass(self, source: socket.socket, target: socket.socket, from_client: bool) -> None:  # noqa: FBT001
        cut = False
        with suppress(OSError):
            while data := source.recv(65536):
                if from_client:
                    self.silent |= self.swallow is not None and self.swallow in data
                    self.muted |= self.mute_after is not None and self.mute_after in data
                cut |= self.silent or (self.muted and not from_client)
                time.sleep(self.delay)
                if not cut:
                    target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def wire_to(url: URL) -> Iterator[tuple[Wire, URL]]:
    """A wire to the database, and the address at its near end."""
    assert url.host is not None
    wire = Wire((url.host, url.port or 5432))
    thread = threading.Thread(target=wire.serve, daemon=True)
    thread.start()
    try:
        yield wire, url.set(host="127.0.0.1", port=wire.port)
    finally:
        wire.listener.shutdown(socket.SHUT_RDWR)
        wire.listener.close()
        thread.join(timeout=5)
