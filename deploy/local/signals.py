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
        # `nohup` has the closing of the terminal ignored, which is then what is wanted.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _handle)


def watch() -> Callable[[], None]:
    """A function that raises ``Stopped`` once the ``make`` or the terminal that started this program is gone.

    A closed terminal tells only the program that leads its session, and ``make`` then waits for its children.
    """
    parent = os.getppid()
    under_make = "MAKELEVEL" in os.environ
    at_terminal = _at_terminal()

    def check() -> None:
        if (under_make and os.getppid() != parent) or (at_terminal and not _at_terminal()):
            raise Stopped

    return check


def _at_terminal() -> bool:
    try:
        os.tcgetpgrp(0)
    except OSError:
        return False
    return True


def _handle(_number: int, _frame: Optional[FrameType]) -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise Stopped
