"""The commands behind ``make``."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import Callable, Dict, Iterator, Optional, Sequence

from deploy.local import checks, lanes, lock, locks, model, ports, set_up, settings
from deploy.local.places import MODEL, RASA_PYTHON, ROOT, SERVICE_PYTHON, UI, VAR
from deploy.local.processes import foreground
from deploy.local.say import Problem, line, problem
from deploy.local.signals import Stopped, raise_stopped
from deploy.local.stack import Stack
from deploy.local.supervisor import supervise

RUN_LOCK = VAR / "run.lock"
BROUGHT = ("uv", "pip", "python", "node", "postgres", "stamps", "models", "cache", "log", "screenshots")


def run() -> int:
    stack = _stack()
    with lock.only_one(RUN_LOCK, "`make run`"):
        stack.check_ports()
        set_up.everything(dev=False)
        supervise(stack)
    return 0


def test() -> int:
    set_up.everything(dev=True)
    return 0 if lanes.run([*checks.lint(), *checks.tests()], checks.conversations()) else 1


def lint() -> int:
    set_up.service(dev=True)
    return 0 if lanes.run(checks.lint()) else 1


def train() -> int:
    set_up.language()
    line(f"The model stands in {MODEL.relative_to(ROOT)}.")
    return 0


def evaluate(*options: str) -> int:
    set_up.language()
    command = [str(RASA_PYTHON), "-m", "nlu.evaluate", *options]
    return foreground(command, folder=ROOT, environment=model.environment())


def shell() -> int:
    """Talk to the assistant in the terminal; the action server is started unless ``make run`` did that."""
    set_up.everything(dev=False)
    with _parts("actions", "worker") as stack:
        place = ["-i", ports.HOST, "-p", str(ports.free_port())]
        command = model.rasa("shell", "--model", str(MODEL), "--endpoints", "endpoints.yml", *place)
        return foreground(command, folder=ROOT, environment=model.environment(stack.environment))


def core(*words: str) -> int:
    """Run a command of ``scheduler_core`` on the database that ``make run`` uses."""
    set_up.service(dev=False)
    with _parts() as stack:
        command = [str(SERVICE_PYTHON), "-m", "scheduler_core", *words]
        environment = {**stack.environment, "MODEL_FINGERPRINT": model.fingerprint()}
        return foreground(command, folder=ROOT, environment=environment)


def bench(*names: str) -> int:
    """Run the programs of ``bench/``, or those named; 1 if one failed."""
    set_up.everything(dev=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    failed = 0
    for program in sorted((ROOT / "bench").glob("[a-z]*.py")):
        if not names or program.stem in names:
            line(f"\n=== {program.stem}")
            code = foreground([str(SERVICE_PYTHON), str(program)], folder=ROOT, environment=environment)
            failed += code != 0
    return min(failed, 1)


def simulate(people: str = "500", seed: str = "1") -> int:
    """Let simulated people talk to an assistant of their own."""
    set_up.everything(dev=True)
    command = [str(SERVICE_PYTHON), "-m", "tests.simulation", people, seed]
    return foreground(command, folder=ROOT, environment=dict(os.environ))


def lock_requirements(*options: str) -> int:
    """Write the locks from ``requirements/*.in``; ``--upgrade`` takes newer versions."""
    locks.write(*options)
    return 0


def clean() -> int:
    """Remove what the set-up brought or built; bookings, mails and secrets stay."""
    with lock.only_one(RUN_LOCK, "`make run`"):
        folders = [VAR / name for name in BROUGHT]
        folders += [ROOT / ".venv", ROOT / ".venv-rasa", ROOT / ".rasa", UI / "node_modules", UI / "dist"]
        for folder in folders:
            shutil.rmtree(str(folder), ignore_errors=True)
    line("Removed. The database, mails and secrets under var/ stay; delete that folder to begin anew.")
    return 0


def _stack() -> Stack:
    return Stack(VAR, {"TESTING": "0", **settings.read(ROOT)})


@contextmanager
def _parts(*names: str) -> Iterator[Stack]:
    """The stack that ``make run`` has started; without one, database and named processes for the block."""
    stack = _stack()
    if lock.is_held(RUN_LOCK):
        stack.join()
        yield stack
        return
    with lock.only_one(RUN_LOCK, "`make run`"):
        try:
            stack.start_database()
            if names:
                stack.prepare_database()
                stack.start_parts(*names)
            yield stack
        finally:
            stack.stop()


COMMANDS: Dict[str, Callable[..., int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "train": train,
    "evaluate": evaluate,
    "shell": shell,
    "bench": bench,
    "simulate": simulate,
    "core": core,
    "lock": lock_requirements,
    "clean": clean,
}


def main(words: Sequence[str]) -> int:
    """Carry out the command that the first word names, with the others as its arguments."""
    if not words or words[0] not in COMMANDS:
        problem(f"Say one of: {', '.join(COMMANDS)}.")
        return 2
    return guarded(lambda: COMMANDS[words[0]](*words[1:]))


def guarded(command: Callable[[], Optional[int]]) -> int:
    """The exit code of the command; a problem or a wish to end becomes one message."""
    raise_stopped()
    try:
        return command() or 0
    except Problem as trouble:
        problem(str(trouble))
        return 1
    except Stopped:
        problem("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
