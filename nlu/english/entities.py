"""How a time of day is written out in English."""

from __future__ import annotations

import re

from nlu.language import EntityWords

_AT = "at"
_TODAY = "today"
_LAST = re.compile(r"\blast\s+$", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,]*(?:\b(?:at|around|about|in|the)\b\s*)*", re.IGNORECASE)

ENTITIES = EntityWords(
    at=_AT,
    today=_TODAY,
    last=_LAST,
    beside=_BESIDE,
)
