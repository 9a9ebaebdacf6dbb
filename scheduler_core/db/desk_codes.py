"""How often codes for the hosts' desk were asked for: by a browser, from a network, for an address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from scheduler_core.db.proofs import LOCK, Chat
from scheduler_core.db.tables import Instant

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

#: The network stands only with codes that strangers asked for: the others have an allowance of their own.
_LOOK = text("""
    SELECT by_browser.*, here.*, by_network.*, by_address.*, by_all.*
      FROM (SELECT count(*), min(asked_at) FROM identity_code
             WHERE channel = :channel AND sender = :sender AND asked_at > :hour_ago) AS by_browser,
           (SELECT count(*), min(asked_at) FROM identity_code
             WHERE channel = :channel AND network = :network AND lower(address) = lower(:address)
               AND asked_at > :hour_ago) AS here,
           (SELECT count(*), min(asked_at) FROM identity_code
             WHERE channel = :channel AND network = :network AND asked_at > :hour_ago) AS by_network,
           (SELECT count(*), min(asked_at) FROM identity_code
             WHERE channel = :channel AND network <> '' AND lower(address) = lower(:address)
               AND asked_at > :hour_ago) AS by_address,
           (SELECT count(*), min(asked_at) FROM identity_code WHERE asked_at > :minute_ago) AS by_all
""").bindparams(bindparam("hour_ago", type_=Instant), bindparam("minute_ago", type_=Instant))


@dataclass(frozen=True)
class Most:
    """How many codes may be asked for: within an hour, and by everybody within a minute."""

    of_browser: int
    of_network_for_address: int
    of_network: int
    of_address: int
    of_all: int


@dataclass(frozen=True)
class Count:
    """So many codes, and when the first of them was asked for."""

    number: int
    first: datetime | None


@dataclass(frozen=True)
class Counts:
    """What stands against one code more."""

    of_browser: Count
    of_network_for_address: Count
    of_network: Count
    of_address: Count
    of_all: Count

    def waits(self, most: Most, *, is_known: bool) -> Iterator[datetime]:
        """When each limit that is reached lets one code more through; a browser that is known has but one."""
        limits = [(self.of_browser, most.of_browser, HOUR)]
        if not is_known:
            limits += [
                (self.of_network_for_address, most.of_network_for_address, HOUR),
                (self.of_network, most.of_network, HOUR),
                (self.of_address, most.of_address, HOUR),
                (self.of_all, most.of_all, MINUTE),
            ]
        for count, limit, within in limits:
            if count.first is not None and count.number >= limit:
                yield count.first + within


def look(connection: Connection, address: str, browser: Chat, network: str, now: datetime) -> Counts:
    """How often codes were asked for lately; nobody else asks until the commit."""
    connection.execute(LOCK)
    row = connection.execute(
        _LOOK,
        {
            "address": address,
            "network": network,
            **browser.values,
            "hour_ago": now - HOUR,
            "minute_ago": now - MINUTE,
        },
    ).one()
    counts = [Count(number, first) for number, first in zip(row[::2], row[1::2], strict=True)]
    return Counts(*counts)
