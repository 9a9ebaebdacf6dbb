"""Brings everything that running and testing need; what is there and unchanged is left alone."""

from __future__ import annotations

from deploy.local import environments, lock, model, node, postgres_binaries
from deploy.local.places import VAR


def everything(*, dev: bool) -> None:
    """Environments, PostgreSQL, web pages and the language model."""
    with lock.in_turn(VAR / "setup.lock", "set-up"):
        environments.bring(environments.RASA, dev=dev)
        environments.bring(environments.SERVICE, dev=dev)
        _postgres()
        node.build_ui()
        model.train()


def service(*, dev: bool) -> None:
    """What the commands of the core and the checks of the code need."""
    with lock.in_turn(VAR / "setup.lock", "set-up"):
        environments.bring(environments.SERVICE, dev=dev)
        _postgres()


def language() -> None:
    """What training needs, and the model."""
    with lock.in_turn(VAR / "setup.lock", "set-up"):
        environments.bring(environments.RASA)
        model.train()


def _postgres() -> None:
    """Bring a PostgreSQL where none is installed, or none that can read the data of this folder."""
    if not postgres_binaries.fitting(VAR / "postgres-data"):
        environments.bring(environments.POSTGRES)
