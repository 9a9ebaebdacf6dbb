"""Trains the Rasa model when something that goes into it has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List, Mapping, Optional

from deploy.local import processes, settings
from deploy.local.places import MODEL, RASA_PYTHON, REQUIREMENTS, ROOT, VAR
from deploy.local.say import step
from deploy.local.stamps import Stamp, digest, files_in

# The value files of the core that the pipeline parts import; the others cannot change what is learned.
CORE_VALUES = ("timerange", "zones", "clock", "errors", "model", "wording")
# Importing sanic brings back the warnings about libraries that are kept at old versions on purpose.
RASA = """
import sanic, warnings
warnings.simplefilter("ignore", DeprecationWarning)
from rasa.__main__ import main
main()
"""
RASA_SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_CACHE_DIRECTORY": str(VAR / "cache" / "rasa"),
    "MPLCONFIGDIR": str(VAR / "cache" / "matplotlib"),
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONUNBUFFERED": "1",
    # Threads of the linear algebra that wait for each other cost more than they bring on a busy machine.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # An open chat window must not hold up the end.
    "SANIC_GRACEFUL_SHUTDOWN_TIMEOUT": "1",
}


def inputs() -> List[Path]:
    """The files that decide what the model knows."""
    listed = [ROOT / "config.yml", ROOT / "domain.yml", REQUIREMENTS / "rasa.txt"]
    listed += [ROOT / "scheduler_core" / f"{name}.py" for name in CORE_VALUES]
    return [*listed, *files_in(ROOT / "data"), *files_in(ROOT / "nlu")]


def train() -> None:
    """Train ``var/models/assistant.tar.gz`` unless it was made from these very inputs."""
    stamp = Stamp("model")
    wanted = fingerprint()
    if MODEL.exists() and stamp.text() == wanted:
        return
    stamp.remove()
    new = MODEL.parent / "new"
    command = rasa("train", "--fixed-model-name", "assistant", "--out", str(new))
    with step("Training of the language model"):
        processes.run(
            processes.Process(
                "rasa train", command, log=VAR / "log" / "train.log", folder=ROOT, environment=environment()
            )
        )
        (new / MODEL.name).replace(MODEL)
    stamp.write(wanted)


def fingerprint() -> str:
    """What tells the files that a model would be trained from now from any others."""
    return digest(inputs())


def trained_from() -> str:
    """The fingerprint of those that the present model was trained from; empty where that is not known."""
    return Stamp("model").text()


def rasa(*words: str) -> List[str]:
    """The words that run a command of Rasa."""
    return [str(RASA_PYTHON), "-c", RASA, *words]


def environment(base: Optional[Mapping[str, str]] = None) -> Dict[str, str]:
    """What a Rasa process sees beside the base, which is what this program sees where none is given.

    No telemetry, no graphics card, one thread for numbers, caches under ``var/``.
    """
    return {**(settings.inherited() if base is None else base), **RASA_SETTINGS}
