"""How often one caller may ask, counted in the memory of one process."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable


class RateLimit:
    """So many requests of one caller within so many seconds."""

    def __init__(self, requests: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._requests = requests
        self._seconds = seconds
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allows(self, caller: str) -> bool:
        """Whether one more request is within the limit; if so, it is counted."""
        with self._lock:
            now = self._clock()
            self._forget(now - self._seconds)
            times = deque(seen for seen in self._seen.pop(caller, ()) if seen > now - self._seconds)
            allowed = len(times) < self._requests
            if allowed:
                times.append(now)
            self._seen[caller] = times  # the caller seen last stands last
            return allowed

    def _forget(self, before: float) -> None:
        """Drops callers that no longer count: memory follows the traffic, not its history."""
        while self._seen:
            caller, times = next(iter(self._seen.items()))
            if times[-1] > before:
                return
            del self._seen[caller]
