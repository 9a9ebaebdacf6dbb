"""The running assistant: which processes it is made of, in which order they start, and when each is ready."""

from __future__ import annotations

import http.client
from pathlib import Path
from typing import Callable, Dict, List, Mapping

from deploy.local import model, ports, processes, settings
from deploy.local.places import MODEL, ROOT, SERVICE_PYTHON
from deploy.local.postgres import DATABASE, Server
from deploy.local.processes import Process
from deploy.local.say import Problem, step, the_end_of

START_SECONDS = 180.0
TITLES = {
    "postgres": "PostgreSQL",
    "rasa": "Rasa",
    "actions": "Action server",
    "api": "Web server",
    "worker": "Worker",
}
PORT_NAMES = {
    "postgres": "POSTGRES_PORT",
    "actions": "ACTIONS_PORT",
    "rasa": "RASA_PORT",
    "api": "API_PORT",
}
# Rasa serves on without a model, and answers nothing, when it cannot load the one it was given.
WITHOUT_MODEL = ("Could not load model", "No valid model found", "Agent loaded with no model")


class Stack:
    """PostgreSQL, Rasa, action server, web API and worker, with their data and logs in one folder.

    What the environment leaves open is chosen as tests need it: free ports, ``TESTING=1``, own secrets,
    and an embedded PostgreSQL unless ``DATABASE_URL`` names a server.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder.absolute()
        given = {"TESTING": "1", "MAIL_FOLDER": str(self.folder / "mail"), **environment}
        complete = settings.with_secrets(settings.with_free_ports(given), self.folder / "secrets")
        self._given = settings.with_addresses(complete)
        self.ports: Dict[str, int] = {name: int(self._given[port]) for name, port in PORT_NAMES.items()}
        self.logs: Dict[str, Path] = {name: self.folder / "log" / f"{name}.log" for name in TITLES}
        self.urls: Dict[str, str] = {
            name: f"http://{ports.HOST}:{self.ports[name]}" for name in ("actions", "rasa", "api")
        }
        self.embedded = not self._given.get("DATABASE_URL")
        self.database = Server(self.folder / "postgres-data", self.logs["postgres"], self.ports["postgres"])
        self.processes: Dict[str, Process] = {}

    @property
    def environment(self) -> Dict[str, str]:
        """What every process of the assistant sees; complete once PostgreSQL has been started."""
        return {**settings.inherited(), **self._given, "PYTHONUNBUFFERED": "1"}

    def start(self) -> None:
        """Return when everything answers; whatever goes wrong, nothing is left running."""
        try:
            self.start_database()
            # Rasa takes by far the longest, and needs the tables only at its first message.
            self._start("rasa")
            self.prepare_database()
            self.start_parts("actions", "api", "worker")
        except BaseException:
            self.stop()
            raise

    def start_database(self) -> None:
        """Start the embedded PostgreSQL, unless the settings name another server."""
        if self.embedded:
            with step("PostgreSQL"):
                self.database.start()
            self._given["DATABASE_URL"] = self.database.url(DATABASE)
        self.urls["database"] = self._given["DATABASE_URL"]

    def prepare_database(self) -> None:
        """Bring the tables up to date, and fill in the demo organisation where it belongs."""
        with step("Tables and demo data"):
            self._run_core("migrate")
            if self.embedded or self._given.get("SEED_DEMO") == "1":
                self._run_core("seed")

    def start_parts(self, *names: str) -> None:
        """Start the named processes; return when these and all started before answer."""
        for name in names:
            self._start(name)
        with step(", ".join(TITLES[name] for name in self.processes)):
            self._wait_for(list(self.processes))

    def join(self) -> None:
        """Use the database that another stack in this folder has started."""
        if self.embedded and not self.database.data.exists():
            raise Problem("The assistant is still being set up in this folder: try again when it is ready.")
        if self.embedded:
            self._given["DATABASE_URL"] = self.database.url(DATABASE)

    def check_ports(self) -> None:
        """Raise a ``Problem`` that names the setting if a port is taken by another program."""
        for name, port in self.ports.items():
            if (name != "postgres" or self.embedded) and not ports.is_free(port):
                raise busy_port(PORT_NAMES[name], port)

    def check(self) -> None:
        """Raise a ``Problem`` if a process has died."""
        if self.embedded:
            self.database.process.check()
        for process in self.processes.values():
            process.check()

    def stop(self) -> None:
        """Stop everything: those that use the database first, the database last."""
        processes.stop_all(self.processes.values())
        self.processes.clear()
        self.database.stop()

    def restart(self, name: str) -> None:
        """Stop a process if it runs, start it again and return when it answers."""
        self.stop_process(name)
        if name == "postgres":
            self.database.start()
            return
        self._start(name)
        self._wait_for([name])

    def stop_process(self, name: str) -> None:
        if name == "postgres":
            self.database.stop()
        elif name in self.processes:
            self.processes.pop(name).stop()

    def kill_process(self, name: str) -> None:
        """End a process, and all it started, with SIGKILL."""
        if name == "postgres":
            self.database.kill()
        elif name in self.processes:
            self.processes.pop(name).kill()

    def _start(self, name: str) -> None:
        if name in self.ports and not ports.is_free(self.ports[name]):
            raise busy_port(PORT_NAMES[name], self.ports[name])
        process = Process(
            TITLES[name],
            self.command(name),
            log=self.logs[name],
            folder=ROOT,
            environment=self._environment_of_rasa() if name == "rasa" else self.environment,
        )
        self.processes[name] = process
        process.start()

    def command(self, name: str) -> List[str]:
        """The words that start a process of the assistant in the project's folder."""
        python = str(SERVICE_PYTHON)
        files = ["--model", str(MODEL), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
        commands = {
            "actions": [python, "-m", "actions"],
            "rasa": model.rasa("run", *files, "-i", ports.HOST, "-p", str(self.ports["rasa"])),
            "api": [python, "-m", "webchat.api"],
            "worker": [python, "-m", "scheduler_core", "worker"],
        }
        return commands[name]

    def _wait_for(self, names: List[str]) -> None:
        processes.wait_until(
            {self.processes[name]: self._check(name) for name in names}, seconds=START_SECONDS
        )

    def _check(self, name: str) -> Callable[[], bool]:
        checks: Dict[str, Callable[[], bool]] = {
            "actions": lambda: answers(self.ports["actions"], "/health"),
            "rasa": self._rasa_is_ready,
            "api": lambda: answers(self.ports["api"], "/health"),
        }
        return checks.get(name, self.processes[name].alive)

    def _rasa_is_ready(self) -> bool:
        if not answers(self.ports["rasa"], "/"):
            return False
        log = self.logs["rasa"]
        text = log.read_text(encoding="utf-8", errors="replace")
        if any(words in text for words in WITHOUT_MODEL):
            raise Problem(f"Rasa could not load {MODEL}. {the_end_of(log)}")
        return True

    def _environment_of_rasa(self) -> Dict[str, str]:
        return {**model.environment(self.environment), "MODEL_FINGERPRINT": model.trained_from()}

    def _run_core(self, command: str) -> None:
        processes.run(
            Process(
                f"scheduler_core {command}",
                [str(SERVICE_PYTHON), "-m", "scheduler_core", command],
                log=self.folder / "log" / f"{command}.log",
                folder=ROOT,
                environment=self.environment,
            )
        )


def busy_port(variable: str, port: int) -> Problem:
    """What to say about a port that another program listens on."""
    return Problem(f"Port {port} is taken by another program: stop it, or set {variable} to a free port.")


def answers(port: int, path: str) -> bool:
    """Whether the server on the port answers the path with success."""
    connection = http.client.HTTPConnection(ports.HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
