"""What the language part is set up with; it runs in Rasa's process, which needs none of the other "
"settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from scheduler_core import zones
from scheduler_core.clock import Clock, clock_from
from scheduler_core.errors import InvalidSetting


@dataclass(frozen=True)
class LanguageSettings:
    """The zone and locale of writers who have none of their own, the clock, and where Duckling's server "
    "is.
    """

    default_zone: str
    default_locale: str
    clock: Clock
    duckling_url: str  #: empty where only the library in this process is to be used


def read_language_settings(environment: Mapping[str, str]) -> LanguageSettings:
    """The settings that the environment describes.

    Raises:
        InvalidSetting: `TEST_NOW` is set outside tests or cannot be read, or `DUCKLING_URL` is no address.
        UnknownZone: `DEFAULT_ZONE` names none.

    """
    now = environment.get("TEST_NOW", "").strip()
    if now and environment.get("TESTING") != "1":
        raise InvalidSetting(setting="TEST_NOW", value=now)
    url = environment.get("DUCKLING_URL", "").strip().rstrip("/")
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise InvalidSetting(setting="DUCKLING_URL", value=url)
    return LanguageSettings(
        default_zone=zones.canonical(environment.get("DEFAULT_ZONE", "").strip() or "Europe/Berlin"),
        default_locale=environment.get("DEFAULT_LOCALE", "").strip() or "en",
        clock=clock_from(now),
        duckling_url=url,
    )
