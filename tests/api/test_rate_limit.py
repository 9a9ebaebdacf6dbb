from __future__ import annotations

from dataclasses import dataclass

from scheduler_core.rate_limit import RateLimit


@dataclass
class Seconds:
    """A clock that a test sets."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_limit_allows_so_many_and_no_more() -> None:
    limit = RateLimit(3, 60, Seconds())

    assert [limit.allows("ann") for _ in range(5)] == [True, True, True, False, False]


def test_limit_counts_each_caller_alone() -> None:
    limit = RateLimit(1, 60, Seconds())

    assert [limit.allows(caller) for caller in ("ann", "ben", "ann")] == [True, True, False]


def test_limit_forgets_what_lies_longer_back() -> None:
    seconds = Seconds()
    limit = RateLimit(2, 60, seconds)
    answers = []

    for now in (0, 30, 59, 60, 61, 89, 90):
        seconds.now = now
        answers.append(limit.allows("ann"))

    assert answers == [True, True, False, True, False, False, True]


def test_refused_requests_do_not_count() -> None:
    seconds = Seconds()
    limit = RateLimit(1, 60, seconds)
    limit.allows("ann")

    seconds.now = 59
    assert not limit.allows("ann")
    seconds.now = 61
    assert limit.allows("ann")


def test_callers_are_forgotten_when_they_no_longer_count() -> None:
    seconds = Seconds()
    limit = RateLimit(1, 60, seconds)
    for number in range(1000):
        limit.allows(f"caller {number}")

    seconds.now = 60
    limit.allows("ann")

    assert list(limit._seen) == ["ann"]  # noqa: SLF001  (that memory is freed has no other sign)
