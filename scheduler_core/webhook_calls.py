"""Calls to those who build on us."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from scheduler_core import webhooks
from scheduler_core.clock import Clock
from scheduler_core.db import webhooks as rows
from scheduler_core.db.store import Store
from scheduler_core.errors import DeliveryError, PermanentFailure, TemporaryFailure
from scheduler_core.meetings.line import Line, Patience
from scheduler_core.meetings.refusals import failure
from scheduler_core.model import Booking
from scheduler_core.outbox import Dropped, Message
from scheduler_core.setting_values import LOOPBACK
from scheduler_core.webhooks import Webhook

#: A receiver that wants more time than this is tried all the same: it is not ours to hold things for weeks.
_LONGEST_WAIT = timedelta(days=1).total_seconds()


@dataclass(frozen=True)
class _Answer:
    status: int
    reason: str
    headers: CaseInsensitiveDict[str]


class Calls:
    """Calls webhooks, each on a line of its own. Used from one event loop."""

    def __init__(
        self, store: Store, clock: Clock, *, private: bool = False, patience: Patience | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._private = private  # whether names may lead to addresses that are not public
        self._patience = patience or Patience(answer=10, whole=15)
        self._lines: dict[UUID, Line] = {}

    async def call(self, message: Message, booking: Booking) -> None:
        """Tells the webhook what the message says; one that answers 410 is switched off for good.

        Raises:
            Dropped: it is not called any more.
            TemporaryFailure: no answer, or none that says yes.
            PermanentFailure: its address is not public.
            DatabaseUnavailable, OutcomeUnknown: who it is could not be read.

        """
        wanted = webhooks.recipient_id(message.recipient)
        webhook = await asyncio.to_thread(self._find, wanted)
        if webhook is None or webhook.switched_off_at is not None:
            raise Dropped("it is not called any more")
        content = webhooks.body(webhook, message, booking.attendee)
        headers = webhooks.headers(webhook, message, content, self._clock.now())
        line = self._lines.setdefault(wanted, self._new_line())
        answer = await line.call(partial(_post, line, webhook.url, content, headers))
        if answer.status == HTTPStatus.GONE:
            await asyncio.to_thread(self._switch_off, wanted)
            raise Dropped("it answered that it is gone, and is called no more")
        if not 200 <= answer.status < 300:
            raise self._failure(answer)

    def _new_line(self) -> Line:
        line = Line("the receiver", self._patience)
        line.trust_env = False  # a proxy would look the name up by itself, and a .netrc add a password
        if not self._private:
            for scheme in ("https://", "http://"):
                line.mount(scheme, PublicOnly())
        return line

    def _failure(self, answer: _Answer) -> DeliveryError:
        """Whatever it is, somebody can mend it while the message waits."""
        now = self._clock.now()
        found = failure("the receiver", answer.status, answer.reason, answer.headers, now, may_pass=True)
        wait = found.details.get("retry_after")
        if wait is None:
            return found
        return TemporaryFailure(reason=found.details["reason"], retry_after=min(wait, _LONGEST_WAIT))

    def _find(self, wanted: UUID) -> Webhook | None:
        with self._store.reading() as connection:
            return rows.find(connection, wanted)

    def _switch_off(self, wanted: UUID) -> None:
        with self._store.transaction() as connection:
            rows.switch_off(connection, wanted, self._clock.now())


def _post(line: Line, url: str, content: bytes, headers: Mapping[str, str]) -> _Answer:
    """What it answers; nothing of the body is read."""
    told = {**headers, "Content-Type": "application/json"}
    with line.post(url, data=content, headers=told, stream=True) as answer:
        return _Answer(answer.status_code, answer.reason, answer.headers)


def public_address(host: str, port: int) -> str:
    """The first address of the host.

    Raises:
        PermanentFailure: one of its addresses is not public, so it may be a machine of ours.
        OSError: it has none.

    """
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(_is_public(str(one)) for one in found):
        raise PermanentFailure(reason="the address of the receiver is not public")
    return str(found[0])


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    checked = inner or parsed
    return checked.is_global and not checked.is_multicast


class _Guard:
    """Connects to the very address that was looked at: a second look-up could lead elsewhere."""

    _dns_host: str
    port: int

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        if name not in LOOPBACK:  # which somebody has named on purpose
            self._dns_host = public_address(name.strip("[]"), self.port)
        try:
            return super()._new_conn()  # type: ignore[misc,no-any-return]  # of the class it is mixed into
        finally:
            self._dns_host = name


class _GuardedHttp(_Guard, HTTPConnection):
    pass


class _GuardedHttps(_Guard, HTTPSConnection):
    pass


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHttp


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHttps


class PublicOnly(HTTPAdapter):
    """Reaches public addresses alone, and this machine where it is named as such."""

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        super().init_poolmanager(*sizes, **options)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
