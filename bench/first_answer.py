"""Seconds from `make run` to the first answer in the chat, on a machine where everything is set up.

The floor is what Python takes to import Rasa alone: nothing that runs Rasa can answer sooner.

    make bench ARGS=first_answer
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from deploy.local import model, ports
from deploy.local.places import RASA_PYTHON, ROOT

PORTS = ("POSTGRES_PORT", "ACTIONS_PORT", "RASA_PORT", "API_PORT")
PATIENCE = 600.0


def main() -> None:
    restarts = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    seconds_to_answer()  # brings what is missing and warms the caches
    answers = [seconds_to_answer() for _ in range(restarts)]
    floor = min(seconds_to_import() for _ in range(restarts))
    usual, worst = statistics.median(answers), max(answers)
    print(f"first answer after a restart  {usual:6.1f} s (worst {worst:.1f} s)")
    print(f"floor: import of Rasa alone   {floor:6.1f} s")


def seconds_to_answer() -> float:
    """From the start of the command to the words that answer a greeting."""
    chosen = {name: str(ports.free_port()) for name in PORTS}
    began = time.monotonic()
    with running({**os.environ, **chosen}) as process:
        while not answer(chosen["RASA_PORT"]):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                sys.exit("The assistant does not start: `make run` tells why.")
            time.sleep(0.1)
        return time.monotonic() - began


@contextmanager
def running(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """What `make run` starts, stopped as Ctrl-C stops it."""
    command = [sys.executable, "-m", "deploy.local", "run"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def answer(port: str) -> str:
    """What the assistant says to a greeting; nothing while it cannot."""
    body = {"sender": uuid.uuid4().hex, "message": "hi", "metadata": {}}
    try:
        reply = httpx.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", json=body, timeout=PATIENCE)
    except httpx.TransportError:
        return ""
    return "".join(message.get("text", "") for message in reply.json()) if reply.is_success else ""


def seconds_to_import() -> float:
    began = time.monotonic()
    words = [str(RASA_PYTHON), "-c", "import rasa.core.agent"]
    subprocess.run(words, check=True, cwd=ROOT, env=model.environment(), stderr=subprocess.DEVNULL)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
