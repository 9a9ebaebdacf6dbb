"""What makes a change safe to repeat, and keeps it from writing over what its sender has not seen."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header

from webchat.api.problems import Refused

_ETAG = re.compile(r'(?:W/)?"([^"]{1,64})"')
_NUMBER = re.compile(r"\d{1,9}")

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        description="The same key gives the same answer again, and does nothing twice.",
    ),
]


def etag(version: str | int) -> str:
    """The version as it stands in a header."""
    return f'"{version}"'


def _seen(
    header: Annotated[
        str,
        Header(alias="If-Match", max_length=100, description="The ETag of what the change is based on."),
    ],
) -> str:
    """The version that the sender has seen.

    Raises:
        Refused: 412, where it is none that we gave.

    """
    found = _ETAG.fullmatch(header.strip())
    if found is None:
        raise changed()
    return found[1]


Seen = Annotated[str, Depends(_seen)]


def _seen_number(seen: Seen) -> int:
    if not _NUMBER.fullmatch(seen):
        raise changed()
    return int(seen)


SeenNumber = Annotated[int, Depends(_seen_number)]


def changed() -> Refused:
    """The refusal of a change to what has changed in the meantime."""
    return Refused(412, "changed", "That has changed in the meantime. Please look at it again.")
