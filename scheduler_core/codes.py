"""One-time codes: eight digits that follow from what was asked for and the secret key; pure.

Neither a code nor a hash of it is stored. The worker, which mails the code, and whoever checks what was typed
compute it each time, as RFC 4226 does; a copy of the database tells nothing without the key.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

DIGITS = 8
_PURPOSE = b"one-time-code\0"
_NEVER_TYPED = re.compile(
    r"[\s.\u00ad-]+"
)  # what stands between the digits in mails and comes along in a copy


@dataclass(frozen=True)
class Asked:
    """A code that was asked for, for one address and one chat."""

    id: UUID  #: random; it makes the code what it is
    address: str
    channel: str
    sender: str
    expires: datetime


def code_of(asked: Asked, secret: str) -> str:
    """The eight digits. They are as good as drawn by lot for everybody who lacks the secret."""
    parts = (asked.id.hex, asked.address, asked.channel, asked.sender)
    digest = hmac.digest(secret.encode(), _PURPOSE + "\0".join(parts).encode(), hashlib.sha256)
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"


def grouped(code: str) -> str:
    """The code as people read it: two groups of four."""
    return f"{code[:4]} {code[4:]}"


def is_code(typed: str, asked: Asked, secret: str) -> bool:
    """Whether that is the code, however it is grouped; takes as long for a wrong one as for the right one."""
    plain = _NEVER_TYPED.sub("", typed)
    return hmac.compare_digest(plain.encode(errors="replace"), code_of(asked, secret).encode())
