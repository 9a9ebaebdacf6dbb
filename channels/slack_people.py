"""Who writes on Slack, by what their workspace says of them."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from channels.incoming import known_metadata
from channels.slack_api import SlackApi, SlackError
from channels.slack_events import Writer
from channels.slack_markup import plain
from scheduler_core.clock import Clock

log = logging.getLogger(__name__)

KEPT = timedelta(hours=1)
MOST_KEPT = 10_000
PATIENCE = 3.0  #: seconds that a turn waits for who its writer is


@dataclass(frozen=True)
class Profile:
    """What is known of a user; nothing where Slack does not say."""

    name: str = ""
    address: str = ""  #: that the workspace has verified
    timezone: str = ""
    locale: str = ""
    is_app: bool = False

    @property
    def metadata(self) -> dict[str, str]:
        """What the assistant may rely on, as channels hand it over."""
        usual = known_metadata({"timezone": self.timezone, "locale": self.locale})
        own = {"name": self.name, "address": self.address}
        return usual | {name: value for name, value in own.items() if value}


NOBODY_KNOWN = Profile()


def profile_from(user: Mapping[str, Any], team: str) -> Profile:
    """The profile in a user of Slack's.

    The address counts only if Slack has confirmed it and the user belongs to the workspace: what another one
    says of its people is not known to be true here.
    """
    said = user.get("profile")
    facts = said if isinstance(said, Mapping) else {}
    is_ours = user.get("team_id") == team and not user.get("is_stranger")
    is_verified = is_ours and user.get("is_email_confirmed") is True
    return Profile(
        name=plain(_text(facts, "real_name") or _text(facts, "display_name"), {}),
        address=_text(facts, "email") if is_verified else "",
        timezone=_text(user, "tz"),
        locale=_text(user, "locale"),
        is_app=bool(user.get("is_bot")),
    )


class SlackPeople:
    """Profiles, which are asked for once an hour."""

    def __init__(self, api: SlackApi, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._kept: OrderedDict[Writer, tuple[datetime, Profile]] = OrderedDict()

    async def profile(self, writer: Writer) -> Profile:
        """What is known of a user; where Slack does not answer, nothing, and it is asked again next time."""
        now = self._clock.now()
        until, profile = self._kept.get(writer, (now, NOBODY_KNOWN))
        if until > now:
            return profile
        try:
            user = await asyncio.wait_for(self._api.user(writer.user), PATIENCE)
        except (SlackError, asyncio.TimeoutError, KeyError, TypeError, ValueError) as error:
            log.warning("slack: who writes is not known: %s", error or type(error).__name__)
            return NOBODY_KNOWN
        profile = profile_from(user, writer.team)
        self._kept[writer] = (now + KEPT, profile)
        self._kept.move_to_end(writer)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return profile


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    return value.strip() if isinstance(value, str) else ""
