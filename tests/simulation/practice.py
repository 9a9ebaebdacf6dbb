"""The demo organisation as strangers know it: who there is and what can be booked."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Host:
    """Somebody who can be booked."""

    handle: str
    name: str  #: as the assistant writes it
    called: tuple[str, ...]  #: as people write it
    weekdays: tuple[int, ...]
    zone: str
    hours: tuple[int, int]  #: from when until when they work, in full hours of their zone

    @property
    def clock(self) -> ZoneInfo:
        """Their zone."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True)
class Service:
    """An appointment type."""

    handle: str
    name: str
    called: tuple[str, ...]  #: in front of "with …"; a length is said besides where it is not the usual one
    minutes: tuple[int, ...]  #: the usual length first
    hosts: tuple[str, ...]


_WEEK = (0, 1, 2, 3, 4)
HOSTS = (
    Host(
        "eva-meyer",
        "Dr. Eva Meyer",
        ("Dr. Meyer", "Eva Meyer", "dr meyer", "Eva", "Doctor Meyer"),
        _WEEK,
        "Europe/Berlin",
        (9, 17),
    ),
    Host(
        "ben-okafor",
        "Ben Okafor",
        ("Ben", "Ben Okafor", "Mr Okafor", "Mr. Okafor"),
        _WEEK,
        "Europe/London",
        (10, 18),
    ),
    Host(
        "ana-souza",
        "Ana Souza",
        ("Ana", "Ana Souza", "Ms Souza", "Ms. Souza"),
        (1, 2, 3, 4, 5),
        "America/Sao_Paulo",
        (8, 14),
    ),
    Host(
        "priya-nair",
        "Priya Nair",
        ("Priya", "Priya Nair", "Ms. Nair", "Mrs Nair"),
        _WEEK,
        "Asia/Kolkata",
        (10, 17),
    ),
)
BY_HANDLE = {host.handle: host for host in HOSTS}
_ALL = tuple(BY_HANDLE)

ALL = (
    Service("intro", "Intro", ("an intro", "an intro call", "a 15 minute intro", "15 minutes"), (15,), _ALL),
    Service(
        "consultation",
        "Consultation",
        ("a consultation", "a consultation", "consultation"),
        (30, 45, 60),
        _ALL,
    ),
    Service("examination", "Examination", ("an examination", "my examination"), (60,), ("eva-meyer",)),
)
