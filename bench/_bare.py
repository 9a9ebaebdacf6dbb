"""A bare Rasa assistant whose one action returns at once: what every turn costs at least."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from deploy.local import model, ports, processes
from deploy.local.places import ROOT
from deploy.local.processes import Process

_FILES = {
    "config.yml": """\
recipe: default.v1
language: en
assistant_id: bare
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: LogisticRegressionClassifier
policies:
  - name: RulePolicy
""",
    "domain.yml": """\
version: "3.1"
intents: [say, leave]
actions: [action_bare]
""",
    "data.yml": """\
version: "3.1"
nlu:
  - intent: say
    examples: |
      - an appointment on Friday
      - with Ben at ten
      - yes please
      - the second one
  - intent: leave
    examples: |
      - goodbye
      - see you
rules:
  - rule: say
    steps: [{intent: say}, {action: action_bare}]
  - rule: leave
    steps: [{intent: leave}, {action: action_bare}]
""",
    "credentials.yml": "rest:\n",
}


class Bare(Action):  # type: ignore[misc]  # rasa-sdk has no types
    """Says one word."""

    def name(self) -> str:
        """`action_bare`."""
        return "action_bare"

    async def run(
        self, dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Returns at once."""
        dispatcher.utter_message(text="Yes.")
        return []


@contextmanager
def bare_assistant(folder: Path) -> Iterator[str]:
    """The address of Rasa with that action behind it, trained and running for the block."""
    actions, rasa = ports.free_port(), ports.free_port()
    for name, text in _FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://{ports.HOST}:{actions}/webhook\n")
    environment = model.environment()
    train = model.rasa("train", "--data", "data.yml", "--fixed-model-name", "bare", "--out", str(folder))
    processes.run(Process("train", train, log=folder / "train.log", folder=folder, environment=environment))
    run = model.rasa("run", "--model", "bare.tar.gz", "--endpoints", "endpoints.yml")
    run += ["--credentials", "credentials.yml", "-i", ports.HOST, "-p", str(rasa)]
    serve = [sys.executable, "-m", "bench._bare", str(actions)]
    started = {
        Process("actions", serve, log=folder / "actions.log", folder=ROOT): actions,
        Process("rasa", run, log=folder / "rasa.log", folder=folder, environment=environment): rasa,
    }
    with ExitStack() as stack:
        for process in started:
            process.start()
            stack.callback(process.stop)
        waiting = {process: partial(_listens, port) for process, port in started.items()}
        processes.wait_until(waiting, seconds=180)
        yield f"http://{ports.HOST}:{rasa}"


def _listens(port: int) -> bool:
    """Whether anything is answered: Rasa opens its port when it has loaded its model."""
    with suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection(ports.HOST, port, timeout=1)
        connection.request("GET", "/")
        return connection.getresponse().status > 0
    return False


if __name__ == "__main__":
    executor = ActionExecutor()
    executor.register_action(Bare())
    create_app(executor).run(ports.HOST, int(sys.argv[1]), single_process=True, motd=False, access_log=False)
