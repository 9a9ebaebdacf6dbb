"""Turns the signals that ask this program to end into one exception."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Callable, Optional

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """An end was asked for: by Ctrl-C, SIGTERM, SIGHUP, or the end of the ``make`` that started it."""


def raise_stopped() -> None:
    """From now on the first signal raises ``Stopped``; later ones do not disturb the orderly end."""
    for number in ENDINGS:
        signal.signal(number, _handle)


def parent_watch() -> Callable[[], None]:
    """A function that raises ``Stopped`` once the ``make`` that started this program is gone."""
    parent = os.getppid()
    under_make = "MAKELEVEL" in os.environ

    def check() -> None:
        if under_make and os.getppid() != parent:
            raise Stopped

    return check


def _handle(_number: int, _frame: Optional[FrameType]) -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise Stopped
