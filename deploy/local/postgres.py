"""A PostgreSQL server of our own: made, started and stopped by its programs, reachable on 127.0.0.1 only."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Dict, List, Optional

from deploy.local import ports, process_table
from deploy.local.postgres_binaries import Binaries, choose
from deploy.local.processes import Process, wait_until
from deploy.local.say import Problem, the_end_of

USER = "scheduler"
DATABASE = "appointments"
START_SECONDS = 60.0
# An account other than 0 for the one user there is: PostgreSQL refuses to run as root.
AS_ORDINARY_USER = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
# Signals of PostgreSQL: SIGINT is a fast shutdown, which rolls back and says good-bye to its clients.
FAST_SHUTDOWN = signal.SIGINT


class Server:
    """A server over one data folder, which is made at the first start, with a database and a password.

    Without a port it takes a free one, and keeps it over restarts of this object.
    """

    def __init__(self, data: Path, log: Path, port: Optional[int] = None) -> None:
        self.data = data.absolute()
        self.port = ports.free_port() if port is None else port
        self._process = Process(
            "PostgreSQL", [], log=log.absolute(), environment=_environment(), stop_signal=FAST_SHUTDOWN
        )

    @property
    def process(self) -> Process:
        return self._process

    def url(self, database: str = "postgres") -> str:
        """The address of a database on this server, password included."""
        return f"postgresql://{USER}:{self._password()}@{ports.HOST}:{self.port}/{database}"

    def start(self) -> None:
        """Return when the server accepts connections; a ``Problem`` says why it cannot."""
        binaries = choose(self.data)
        prefix = _prefix()
        if not self.data.exists():
            _make(binaries, prefix, self.data, log=self._process.log)
        _end_orphan(self.data)
        if not ports.is_free(self.port):
            raise Problem(f"Port {self.port} is taken by another program: set POSTGRES_PORT to a free one.")
        self._process.command = [*prefix, *self._command(binaries)]
        self._process.start()
        wait_until({self._process: self.ready}, seconds=START_SECONDS)

    def ready(self) -> bool:
        """Whether the server that this object started accepts connections."""
        rows = _pid_file(self.data)
        return len(rows) > 7 and rows[0] == str(self._process.pid) and rows[7].strip() == "ready"

    def stop(self) -> None:
        """Stop the server by a fast shutdown; nothing committed is lost."""
        self._process.stop(patience=30.0)

    def kill(self) -> None:
        """End every process of the server with SIGKILL, as a power cut would."""
        if not self._process.alive():
            return
        pid = self._process.pid
        backends = process_table.children(pid)
        self._process.kill()
        for backend in backends:
            process_table.kill(backend)
        process_table.wait_until_gone(backends, seconds=10.0)

    def _password(self) -> str:
        return _password_file(self.data).read_text(encoding="ascii").strip()

    def _command(self, binaries: Binaries) -> List[str]:
        settings = {
            "listen_addresses": ports.HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "logging_collector": "off",
            "log_destination": "stderr",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [binaries.postgres, "-D", str(self.data), *options]


def _environment() -> Dict[str, str]:
    """What the server sees: no PG… variable of the user, and one locale and zone everywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _password_file(data: Path) -> Path:
    # Beside the data that it opens: both are kept, moved and removed together.
    return data / "owner.password"


def _prefix() -> List[str]:
    if os.geteuid() != 0:
        return []
    try:
        trial = subprocess.run([*AS_ORDINARY_USER, "true"], check=False, stderr=subprocess.DEVNULL)
        allowed = trial.returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        raise Problem(
            "PostgreSQL does not run as root, and this machine allows no user namespace (unshare) instead: "
            "run as an ordinary user, or set DATABASE_URL to a server elsewhere."
        )
    return AS_ORDINARY_USER


def _make(binaries: Binaries, prefix: List[str], data: Path, *, log: Path) -> None:
    """Make a cluster under another name and move it into place, so that a half-made one is never used."""
    new = data.with_name(data.name + ".new")
    shutil.rmtree(str(new), ignore_errors=True)
    new.parent.mkdir(parents=True, exist_ok=True)
    password = new.with_name(data.name + ".password")
    with open(password, "w", opener=_private, encoding="ascii") as file:
        file.write(secrets.token_urlsafe(24) + "\n")
    # C.UTF-8 knows the letters of all languages but is missing on some systems; C is everywhere.
    locales = ("C.UTF-8", "C")
    done = any(_initdb(binaries, prefix, new, password=password, locale=one, log=log) for one in locales)
    if not (done and _create_database(binaries, prefix, new, log=log)):
        password.unlink()
        raise Problem(f"PostgreSQL could not make its data folder. {the_end_of(log)}")
    password.replace(_password_file(new))
    new.replace(data)


def _initdb(
    binaries: Binaries, prefix: List[str], folder: Path, *, password: Path, locale: str, log: Path
) -> bool:
    log.parent.mkdir(parents=True, exist_ok=True)
    options = ["--encoding=UTF8", f"--locale={locale}", "--auth=scram-sha-256", f"--username={USER}"]
    command = [*prefix, binaries.initdb, "-D", str(folder), *options, f"--pwfile={password}"]
    with log.open("ab") as output:
        made = subprocess.run(
            command, check=False, env=_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    return made.returncode == 0


def _create_database(binaries: Binaries, prefix: List[str], folder: Path, *, log: Path) -> bool:
    # A server that nobody else reaches can do this without a client program, which may not be there.
    with log.open("ab") as output:
        made = subprocess.run(
            [*prefix, binaries.postgres, "--single", "-D", str(folder), "postgres"],
            check=False,
            env=_environment(),
            input=f"CREATE DATABASE {DATABASE}\n".encode(),
            stdout=output,
            stderr=output,
        )
    return made.returncode == 0


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _pid_file(data: Path) -> List[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []


def _end_orphan(data: Path) -> None:
    """Stop a server that was left on this data; disown its pid file if another program has the pid.

    PostgreSQL takes any living process of that number for a server. The file itself has to stay: it names the
    shared memory by which PostgreSQL notices that processes of the old server are still at work.
    """
    rows = _pid_file(data)
    if not rows:
        return
    pid = abs(int(rows[0]))
    if str(data) in process_table.command(pid):
        process_table.send(pid, FAST_SHUTDOWN)
        if not process_table.wait_until_gone([pid], seconds=30.0):
            raise Problem(f"Another PostgreSQL (pid {pid}) works on {data} and does not stop: stop it first.")
    elif process_table.exists(pid):
        rows[0] = str(os.getpid())
        (data / "postmaster.pid").write_text("\n".join(rows) + "\n", encoding="utf-8")
    _wait_for_backends(data)


def _wait_for_backends(data: Path) -> None:
    # Backends notice the death of their server within a second; until then a new one would refuse to start.
    deadline = time.monotonic() + 10.0
    while process_table.working_in(data) and time.monotonic() < deadline:
        time.sleep(0.1)
