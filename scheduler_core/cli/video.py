"""What the doctor has to say of video meetings: accounts that are missing, accounts that do not let us in."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator

from scheduler_core.accounts import Google
from scheduler_core.bootstrap import Core
from scheduler_core.errors import DeliveryError
from scheduler_core.meetings.google_meet import GoogleMeet
from scheduler_core.meetings.zoom import Zoom
from scheduler_core.model import Channel, Person
from scheduler_core.people import People

Remark = tuple[bool, str]  #: whether it is well, and what it is
_GUIDES = {Channel.ZOOM: "docs/zoom.md", Channel.GOOGLE_MEET: "docs/google-meet.md"}


def remarks(core: Core) -> Iterator[Remark]:
    """What was found; nothing, where neither an account is set up nor a type wants one."""
    people = People(core.store)  # with types as they are stored
    listing = {
        channel: [kind for kind in people.types() if channel in kind.channels]
        for channel in (Channel.ZOOM, Channel.GOOGLE_MEET)
    }
    for channel, kinds in listing.items():
        if kinds and channel not in core.settings.ways:
            names = ", ".join(kind.handle for kind in kinds)
            yield (
                False,
                f"{channel.value}: {names} cannot be held so without an account; see {_GUIDES[channel]}",
            )
    if core.settings.zoom is not None:
        yield _sign_in(Channel.ZOOM, Zoom(core.settings.zoom, core.settings.clock).check())
    if core.settings.google is not None:
        offering = {one for kind in listing[Channel.GOOGLE_MEET] for one in people.people_of(kind.handle)}
        yield from _google(core, core.settings.google, sorted(offering, key=lambda one: one.handle))


def _google(core: Core, account: Google, hosts: list[Person]) -> Iterator[Remark]:
    """A service account has to be let in for each of those who host; one account for all, once."""
    if not account.is_signed_in:
        missing = account.service_account_file or account.token_file
        yield False, f"google_meet: there is no {missing}; use google-login, or see docs/google-meet.md"
        return
    meet = GoogleMeet(account, core.settings.clock)
    for host in hosts if account.service_account_file else [None]:
        yield _sign_in(Channel.GOOGLE_MEET, meet.check(host), "" if host is None else f" for {host.handle}")


def _sign_in(channel: Channel, check: Coroutine[None, None, None], whom: str = "") -> Remark:
    try:
        asyncio.run(check)
    except DeliveryError as error:
        return False, f"{channel.value}: {error.details['reason']}{whom}; see {_GUIDES[channel]}"
    return True, f"{channel.value}: the account lets us in{whom}"
