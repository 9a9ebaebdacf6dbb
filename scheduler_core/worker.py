"""The loop that tells the outside what the outbox holds."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy import Connection

from scheduler_core import metrics
from scheduler_core.announcements import of_missing_link
from scheduler_core.clock import Clock
from scheduler_core.db import outbox, telling
from scheduler_core.db.outbox import Claim
from scheduler_core.db.store import Line, Store
from scheduler_core.errors import DeliveryError, TemporaryFailure
from scheduler_core.handlers import Handlers
from scheduler_core.outbox import Dropped, Message, Topic, next_try
from scheduler_core.ports import Ready
from scheduler_core.preparing import OUTAGES, Changed, Preparation, Prepared

log = logging.getLogger(__name__)

#: Seconds after which the thread that writes mails lets the one go on that a server has answered.
ATTENTION = 0.0005
_BATCH = 20
_POLL = timedelta(milliseconds=250)
_OUTAGE_PAUSE = timedelta(seconds=1)
_FRESH = 1.0  # seconds for which what was read of a booking is told


class Worker:
    """Tells one message after the other. Several workers may run at once, each in its own process.

    Messages are claimed in batches and marked one by one: when a worker is killed none is lost, and at
    most one is told twice. One with topics of its own tells those alone.
    """

    def __init__(
        self, store: Store, handlers: Handlers, clock: Clock, topics: frozenset[Topic] = frozenset(Topic)
    ) -> None:
        self._store = store
        self._line = Line(store)
        self._handlers = handlers
        self._clock = clock
        self._topics = topics
        self._name = uuid4()
        self._stop = asyncio.Event()
        self._preparation = Preparation(store, handlers, clock)

    async def run_until(self, stop: asyncio.Event) -> None:
        """Works until the event is set, and then finishes the message at hand."""
        self._stop = stop
        log.info("worker %s: ready", self._name)
        try:
            while not stop.is_set():
                await self._round_and_rest()
        finally:
            await self._handlers.close()
            log.info("worker %s: stopped", self._name)

    async def _round_and_rest(self) -> None:
        """One round; a rest after one that found nothing, or no database."""
        try:
            if not await self._round():
                await self._pause(_POLL)
        except OUTAGES:
            log.warning("worker %s: the database is away", self._name)
            await self._pause(_OUTAGE_PAUSE)

    async def drain(self) -> int:
        """Tells everything that is due now, and what becomes due by that; says how many messages it was."""
        self._stop = asyncio.Event()
        told = 0
        try:
            while handled := await self._round():
                told += handled
        finally:
            await self._handlers.close()
        return told

    async def _round(self) -> int:
        """Claims a batch and works it off; says how many messages it held."""
        claims = await self._ask(self._claim)
        waiting = list(claims)
        try:
            async with self._leases(waiting):
                if waiting:
                    await self._work_off(waiting)
        finally:
            self._line.close()
        if waiting:
            await self._ask(lambda connection: outbox.give_back(connection, waiting))
        return len(claims)

    async def _work_off(self, waiting: list[Claim]) -> None:
        """Tells one claim after the other and takes it from the list.

        While the outside thinks about one message the next is written, and what came of the last is stored
        while the mail server is told who writes to whom. What cannot be taken back waits for that to be
        stored, so that a kill repeats one message at most, and for the answer that the booking is still as it
        was read. An erasure is not even begun before.
        """
        stored: asyncio.Task[str | None] | None = None
        coming = self._preparing(waiting[0])
        try:
            while waiting and not self._stop.is_set():
                prepared = await self._fresh(coming)
                following = waiting[1] if len(waiting) > 1 else None
                if following is not None and not _looks_back(following):
                    coming = self._preparing(following)
                prepared, outcome = await self._tell_as_it_is(prepared, stored)
                await _finished(stored)
                stored = asyncio.create_task(self._store_outcome(prepared, outcome, _about(following)))
                waiting.pop(0)
                if following is not None and _looks_back(following):
                    await _finished(stored)
                    coming = self._preparing(following)
        finally:
            coming.cancel()
            await asyncio.wait({coming})
            await _finished(stored)

    def _preparing(self, claim: Claim) -> asyncio.Task[Prepared]:
        return asyncio.create_task(self._repeated(partial(self._preparation.prepare, claim)))

    async def _fresh(self, coming: asyncio.Task[Prepared]) -> Prepared:
        """What was written a moment ago: free times and the like change while the outside takes its time."""
        prepared = await coming
        if time.monotonic() - prepared.read_at < _FRESH:
            return prepared
        return await self._anew(prepared)

    async def _anew(self, prepared: Prepared) -> Prepared:
        self._preparation.forget(prepared)
        return await self._repeated(partial(self._preparation.prepare, prepared.claim))

    async def _tell_as_it_is(
        self, prepared: Prepared, stored: asyncio.Task[str | None] | None
    ) -> tuple[Prepared, Dropped | DeliveryError | None]:
        """Tells one message, once more from the start where its booking has changed since it was read."""
        try:
            return prepared, await self._tell(prepared, partial(_unchanged, prepared, stored))
        except Changed:
            anew = await self._anew(prepared)
            return anew, await self._tell(anew, partial(_finished, stored))

    async def _tell(self, prepared: Prepared, ready: Ready) -> Dropped | DeliveryError | None:
        """Tells one message; what no adapter foresaw counts as a failure that may pass."""
        claim = prepared.claim
        try:
            await self._told(prepared, ready)
        except Changed:
            raise
        except (Dropped, DeliveryError) as outcome:
            return outcome
        except OUTAGES as error:
            return TemporaryFailure(reason=str(error))
        except Exception as error:
            if claim.failures == 0:
                log.exception("outbox %d: %s", claim.id, claim.message.key)
            return TemporaryFailure(reason=repr(error))
        return None

    async def _told(self, prepared: Prepared, ready: Ready) -> None:
        if prepared.obstacle is not None:
            raise prepared.obstacle
        message = prepared.claim.message
        with metrics.trying(message):
            await self._handlers.tell(message, prepared.booking, prepared.mail, ready)

    async def _store_outcome(
        self, prepared: Prepared, outcome: Dropped | DeliveryError | None, following: UUID | None
    ) -> str | None:
        """Stores what came of a message; the state of the booking that the following one is about."""
        if isinstance(outcome, DeliveryError):
            await self._put_off(prepared, outcome)
            return await self._ask(partial(telling.state, uid=following))
        came_of_it = metrics.TOLD if outcome is None else metrics.DROPPED
        metrics.tried(prepared.claim.message, came_of_it, self._clock.now())
        remark = None if outcome is None else f"dropped: {outcome}"
        return await self._repeated(partial(self._done, prepared.claim, remark, following))

    def _done(self, claim: Claim, remark: str | None, following: UUID | None) -> str | None:
        with self._line.statement() as connection:
            return telling.done(connection, claim, self._clock.now(), remark=remark, following=following)

    async def _put_off(self, prepared: Prepared, failure: DeliveryError) -> None:
        """Sets the next try, or gives the message up."""
        claim, now = prepared.claim, self._clock.now()
        tries = claim.failures + 1
        due = next_try(claim.message.topic, tries, failure, now=now, deadline=prepared.deadline)
        reason = str(failure.details.get("reason", failure))
        metrics.tried(claim.message, metrics.GIVEN_UP if due is None else metrics.FAILED, now)
        if due is None:
            log.error("outbox %d: %s given up after %d tries: %s", claim.id, claim.message.key, tries, reason)
            await self._ask(partial(_give_up, prepared=prepared, now=now, reason=reason))
        else:
            log.warning("outbox %d: %s failed, again at %s: %s", claim.id, claim.message.key, due, reason)
            await self._ask(lambda connection: outbox.postpone(connection, claim, due, reason))

    def _claim(self, connection: Connection) -> list[Claim]:
        now = self._clock.now()
        claims = outbox.claim(connection, lease_by=self._name, now=now, limit=_BATCH, topics=self._topics)
        self._preparation.read(connection, claims)
        return claims

    @asynccontextmanager
    async def _leases(self, claims: list[Claim]) -> AsyncIterator[None]:
        """Keeps the leases of those still in the list, however long a call to the outside takes."""
        renewing = asyncio.create_task(self._renew(claims))
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing

    async def _renew(self, claims: list[Claim]) -> None:
        while True:
            await asyncio.sleep(outbox.LEASE.total_seconds() / 3)
            with suppress(*OUTAGES):
                await asyncio.to_thread(self._in_transaction, partial(outbox.renew, claims=list(claims)))

    async def _ask[Answer](self, question: Callable[[Connection], Answer]) -> Answer:
        """The database's answer to what is one transaction."""
        return await self._repeated(partial(self._in_transaction, question))

    async def _repeated[Answer](self, work: Callable[[], Answer]) -> Answer:
        """What the work returns; while the database is away it is done again, unless the worker is to stop.

        Everything may be asked twice: a claim whose answer is lost is given to the same worker again, and
        the outcome of a message is only written under its lease.
        """
        while True:
            try:
                return await asyncio.to_thread(work)
            except OUTAGES:
                if self._stop.is_set():
                    raise
                await self._pause(_OUTAGE_PAUSE)

    def _in_transaction[Answer](self, question: Callable[[Connection], Answer]) -> Answer:
        with self._store.transaction() as connection:
            return question(connection)

    async def _pause(self, length: timedelta) -> None:
        """Waits, but not for longer than until it is told to stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), length.total_seconds())


def _give_up(connection: Connection, prepared: Prepared, now: datetime, reason: str) -> None:
    """Lets the message rest; those who wait for a link hear that it does not come."""
    booking, topic = prepared.booking, prepared.claim.message.topic
    if not outbox.give_up(connection, prepared.claim, now, reason):
        return
    if booking is not None and topic in outbox.MAKING_THE_PLACE:
        outbox.enqueue(connection, of_missing_link(booking, now))


def _looks_back(claim: Claim) -> bool:
    """Whether what it does depends on what came of the messages before it."""
    return claim.message.topic is Topic.ERASURE


def _about(claim: Claim | None) -> UUID | None:
    """The booking that the claim is about, if it is about one."""
    return claim.message.booking if claim is not None and isinstance(claim.message, Message) else None


async def _unchanged(prepared: Prepared, stored: asyncio.Task[str | None] | None) -> None:
    """Waits until the outcome of the message before is stored.

    Raises:
        Changed: the booking is not as it was read.

    """
    state = await _finished(stored)
    if stored is not None and prepared.state is not None and state != prepared.state:
        raise Changed


async def _finished(task: asyncio.Task[str | None] | None) -> str | None:
    """What the task returns, which goes on where the waiting is cut short."""
    return None if task is None else await asyncio.shield(task)


async def serve(*work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Does the work, all of it at once, until the process is asked to end (SIGTERM or SIGINT)."""
    stop = asyncio.Event()
    sys.setswitchinterval(ATTENTION)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await asyncio.gather(*(one(stop) for one in work))
