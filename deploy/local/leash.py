"""Stops the programs of a supervisor that died without stopping them itself.

Runs as a process of its own. Reads ``watch <pid> <signal>`` and ``forget <pid>`` lines; when its input ends,
it sends each process group that is still watched its signal, and kills what is left after ten seconds.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Dict, Iterable, List

PATIENCE = 10.0


def watched(lines: Iterable[str]) -> Dict[int, int]:
    """Process group and signal of everything that was watched and not forgotten when the lines ended."""
    groups: Dict[int, int] = {}
    for line in lines:
        verb, pid, *rest = line.split()
        if verb == "watch":
            groups[int(pid)] = int(rest[0])
        else:
            groups.pop(int(pid), None)
    return groups


def signal_group(group: int, number: int) -> bool:
    """Send the signal; say whether the group still had a process. Number 0 only asks."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end(groups: Dict[int, int]) -> None:
    """Send every group its signal, then kill those that are left."""
    left: List[int] = [group for group, number in groups.items() if signal_group(group, number)]
    deadline = time.monotonic() + PATIENCE
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [group for group in left if signal_group(group, 0)]
    for group in left:
        signal_group(group, signal.SIGKILL)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    end(watched(sys.stdin))
