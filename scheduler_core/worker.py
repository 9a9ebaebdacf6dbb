"""The loop that tells the outside what the outbox holds."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from sqlalchemy import Connection

from scheduler_core.announcements import outdated, useful_until
from scheduler_core.clock import Clock
from scheduler_core.db import outbox
from scheduler_core.db.booking_rows import find
from scheduler_core.db.outbox import Claim
from scheduler_core.db.store import Collision, Store
from scheduler_core.errors import DatabaseUnavailable, DeliveryError, OutcomeUnknown, TemporaryFailure
from scheduler_core.handlers import Handlers
from scheduler_core.outbox import Dropped, Message, Notice, Topic, next_try

log = logging.getLogger(__name__)

_BATCH = 20
_POLL = timedelta(milliseconds=250)
_OUTAGE_PAUSE = timedelta(seconds=1)
_TOO_LATE = "it came too late to be of use"
_OUTAGES = (DatabaseUnavailable, OutcomeUnknown, Collision)


class Worker:
    """Tells one message after the other. Several workers may run at once, each in its own process.

    Messages are claimed in batches and marked one by one: when a worker is killed none is lost, and at
    most one is told twice. One with topics of its own tells those alone.
    """

    def __init__(
        self, store: Store, handlers: Handlers, clock: Clock, topics: frozenset[Topic] = frozenset(Topic)
    ) -> None:
        self._store = store
        self._handlers = handlers
        self._clock = clock
        self._topics = topics
        self._name = uuid4()
        self._stop = asyncio.Event()

    async def run_until(self, stop: asyncio.Event) -> None:
        """Works until the event is set, and then finishes the message at hand."""
        self._stop = stop
        log.info("worker %s: ready", self._name)
        try:
            while not stop.is_set():
                if not await self._round():
                    await self._pause(_POLL)
        except _OUTAGES:
            log.warning("worker %s: stopped while the database was away", self._name)
        finally:
            await self._handlers.close()
            log.info("worker %s: stopped", self._name)

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
        async with self._leases(waiting):
            while waiting and not self._stop.is_set():
                await self._tell(waiting[0])
                waiting.pop(0)
        if waiting:
            await self._ask(lambda connection: outbox.give_back(connection, waiting))
        return len(claims)

    async def _tell(self, claim: Claim) -> None:
        """Tells one message and stores what came of it."""
        try:
            telling, deadline = await self._telling(claim.message)
            failure = await self._attempt(claim, telling)
        except Dropped as dropped:
            await self._done(claim, f"dropped: {dropped}")
            return
        if failure is None:
            await self._done(claim)
        else:
            await self._put_off(claim, deadline, failure)

    async def _telling(self, message: Message | Notice) -> tuple[Awaitable[None], datetime]:
        """What is to be done about the message, and until when that is of use.

        Raises:
            Dropped: nothing is, any more.

        """
        now = self._clock.now()
        if isinstance(message, Notice):
            if message.until <= now:
                raise Dropped(_TOO_LATE)
            return self._handlers.notify(message), message.until
        booking = await self._ask(lambda connection: find(connection, message.booking))
        if booking is None:
            raise Dropped("its booking is gone")
        if outdated(message, booking):
            raise Dropped(f"version {booking.version} has messages of its own")
        deadline = useful_until(message, booking)
        if message.lead is not None and deadline <= now:
            raise Dropped(_TOO_LATE)
        return self._handlers.handle(message, booking), deadline

    async def _done(self, claim: Claim, remark: str | None = None) -> None:
        await self._ask(lambda connection: outbox.done(connection, claim, self._clock.now(), remark=remark))

    async def _attempt(self, claim: Claim, telling: Awaitable[None]) -> DeliveryError | None:
        """Tries it; what no adapter foresaw counts as a failure that may pass."""
        try:
            await telling
        except Dropped:
            raise
        except DeliveryError as error:
            return error
        except _OUTAGES as error:
            return TemporaryFailure(reason=str(error))
        except Exception as error:
            if claim.failures == 0:
                log.exception("outbox %d: %s", claim.id, claim.message.key)
            return TemporaryFailure(reason=repr(error))
        return None

    async def _put_off(self, claim: Claim, deadline: datetime, failure: DeliveryError) -> None:
        """Sets the next try, or gives the message up."""
        now, tries = self._clock.now(), claim.failures + 1
        due = next_try(claim.message.topic, tries, failure, now=now, deadline=deadline)
        reason = str(failure.details.get("reason", failure))
        if due is None:
            log.error("outbox %d: %s given up after %d tries: %s", claim.id, claim.message.key, tries, reason)
            await self._ask(lambda connection: outbox.give_up(connection, claim, now, reason))
        else:
            log.warning("outbox %d: %s failed, again at %s: %s", claim.id, claim.message.key, due, reason)
            await self._ask(lambda connection: outbox.postpone(connection, claim, due, reason))

    def _claim(self, connection: Connection) -> list[Claim]:
        now = self._clock.now()
        return outbox.claim(connection, lease_by=self._name, now=now, limit=_BATCH, topics=self._topics)

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
            with suppress(*_OUTAGES):
                await asyncio.to_thread(self._in_transaction, partial(outbox.renew, claims=list(claims)))

    async def _ask[Answer](self, question: Callable[[Connection], Answer]) -> Answer:
        """The database's answer; while it is away the worker waits for it, unless it is told to stop.

        Every question may be asked twice: a claim whose answer is lost is given to the same worker again, and
        the outcome of a message is only written under its lease.
        """
        while True:
            try:
                return await asyncio.to_thread(self._in_transaction, question)
            except _OUTAGES:
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


async def serve(*work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Does the work, all of it at once, until the process is asked to end (SIGTERM or SIGINT)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await asyncio.gather(*(one(stop) for one in work))
