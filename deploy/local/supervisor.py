"""Runs a stack until somebody asks for its end or a part of it dies."""

from __future__ import annotations

import time

from deploy.local.say import line
from deploy.local.signals import Stopped, watch
from deploy.local.stack import Stack

LOOK_EVERY_SECONDS = 0.25


def supervise(stack: Stack) -> None:
    """Start the stack, say where it is, and stop all of it at the end, whatever the reason.

    Raises:
        Problem: a process could not be started, or died; it names the log and shows its end.

    """
    check_that_somebody_is_there = watch()
    try:
        stack.start()
        line(f"\nOpen {stack.urls['api']}/  (Ctrl-C stops everything; logs are in {stack.folder / 'log'})")
        while True:
            stack.check()
            check_that_somebody_is_there()
            time.sleep(LOOK_EVERY_SECONDS)
    except Stopped:
        line("\nStopping ...")
    finally:
        stack.stop()
