"""The ways in which a session ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.session import SessionStart
from tests.actions.talk import Talk

HOUR = timedelta(hours=1)


def expire(talk: Talk) -> None:
    """The session is over: Rasa begins another one, and carries its fields over."""
    talk.run(SessionStart(), talk.tracker())


def restart(talk: Talk) -> None:
    """Rasa has forgotten everything, and begins a session."""
    talk.fields = {}
    expire(talk)


def lose(talk: Talk) -> None:
    """Rasa has forgotten everything, and the beginning of the session did not reach the actions either."""
    talk.fields = {}


ENDS = pytest.mark.parametrize("end", [expire, restart, lose])
