"""What Prometheus is told: what this process did, and how things stand in the database.

Labels name topics, routes and outcomes, and never a booking, a person or an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from scheduler_core.clock import Clock
from scheduler_core.db import figures
from scheduler_core.db.store import Store
from scheduler_core.errors import SchedulerError
from scheduler_core.outbox import Message, Notice
from scheduler_core.setting_values import LOOPBACK

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: By these a proxy says for whom it asks.
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SLOW = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 6 * 3600, 24 * 3600)

TOLD, DROPPED, FAILED, GIVEN_UP = "told", "dropped", "failed", "given_up"

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
TRIES = Counter(
    "appointments_outbox_tries",
    "Messages that were tried, by what came of it: told, dropped, failed (tried again) or given_up.",
    ["topic", "outcome"],
    registry=REGISTRY,
)
TRY_SECONDS = Histogram(
    "appointments_outbox_try_seconds",
    "How long the outside took for one try.",
    ["topic"],
    buckets=(*_QUICK, 30, 60, 300, 600),
    registry=REGISTRY,
)
DELAY_SECONDS = Histogram(
    "appointments_outbox_delay_seconds",
    "From when a message was due, or due again after a failure, to when it was told.",
    ["topic"],
    buckets=_SLOW,
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "appointments_http_request_seconds",
    "From a request to the first byte of its answer.",
    ["method", "route", "status"],
    buckets=_QUICK,
    registry=REGISTRY,
)


def tried(message: Message | Notice, outcome: str, now: datetime) -> None:
    """Counts what came of a message."""
    topic = message.topic.value
    TRIES.labels(topic, outcome).inc()
    if outcome == TOLD:
        DELAY_SECONDS.labels(topic).observe((now - message.due).total_seconds())


def trying(message: Message | Notice) -> AbstractContextManager[object]:
    """Takes the time of the block, in which the outside is told."""
    return TRY_SECONDS.labels(message.topic.value).time()


class _Stored(Collector):
    """How things stand in the database, asked whenever somebody looks."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def collect(self) -> Iterable[Metric]:
        now = self._clock.now()
        reachable = GaugeMetricFamily("appointments_database_up", "Whether the database can be asked.")
        try:
            with self._store.reading() as connection:
                outbox = figures.figures(connection, now)
                bookings = figures.bookings(connection, now)
        except SchedulerError:
            reachable.add_metric([], 0)
            yield reachable
            return
        reachable.add_metric([], 1)
        yield reachable
        yield from _of_outbox(outbox)
        yield from _of_bookings(bookings)


def exposition(store: Store, clock: Clock) -> bytes:
    """All of it, in Prometheus' text format."""
    stored = CollectorRegistry()
    stored.register(_Stored(store, clock))
    return generate_latest(REGISTRY) + generate_latest(stored)


def may_be_read(host: str, headers: Mapping[str, str]) -> bool:
    """Whether somebody on this machine asks for it: by its own name, and no proxy asks for another.

    The name guards against pages of other sites that lead a browser here (DNS rebinding).
    """
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name in LOOPBACK and not any(header in headers for header in _PASSED_ON)


def _of_outbox(found: figures.Figures) -> Iterable[Metric]:
    due = GaugeMetricFamily("appointments_outbox_due", "Messages due and not told.", labels=["topic"])
    oldest = GaugeMetricFamily(
        "appointments_outbox_oldest_seconds", "For how long the longest due one is so.", labels=["topic"]
    )
    failed = GaugeMetricFamily("appointments_outbox_given_up", "Messages given up.", labels=["topic"])
    for topic, queue in found.queues.items():
        due.add_metric([topic], queue.due)
        oldest.add_metric([topic], queue.oldest.total_seconds())
        failed.add_metric([topic], queue.failed)
    yield from (due, oldest, failed)
    if found.worker is not None:
        yield GaugeMetricFamily(
            "appointments_worker_seen_seconds",
            "How long ago a worker last said that it is there.",
            value=found.worker.total_seconds(),
        )


def _of_bookings(found: figures.Bookings) -> Iterable[Metric]:
    yield GaugeMetricFamily("appointments_bookings_to_come", "Confirmed bookings.", value=found.to_come)
    yield GaugeMetricFamily(
        "appointments_bookings_made_last_day", "Bookings made within a day.", value=found.made_lately
    )
    yield GaugeMetricFamily("appointments_holds", "Times held for somebody.", value=found.holds)
