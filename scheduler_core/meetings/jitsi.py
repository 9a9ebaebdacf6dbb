"""Jitsi rooms: a room exists as soon as somebody enters it, so nothing outside has to be told."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from scheduler_core.model import Booking, Channel, Meeting

_PURPOSE = b"jitsi-room\0"
_PUBLIC_SERVER = "meet.jit.si"


@dataclass(frozen=True)
class Jitsi:
    """Gives each booking one room for life; its name cannot be guessed without the secret."""

    base_url: str  #: without a slash at the end
    secret: str = field(repr=False)

    async def create(self, booking: Booking) -> Meeting:
        """The booking's room; the same at each call."""
        room = self._room(booking.uid)
        return Meeting(Channel.JITSI, f"{self.base_url}/{room}", room)

    async def move(self, booking: Booking) -> Meeting:
        """The same room: rooms know no time."""
        return await self.create(booking)

    async def delete(self, booking: Booking) -> None:
        """Nothing is kept outside, so nothing is taken away."""

    def _room(self, uid: UUID) -> str:
        code = hmac.digest(self.secret.encode(), _PURPOSE + uid.bytes, hashlib.sha256)[:16]
        return "appointment-" + base64.b32encode(code).decode().rstrip("=").lower()


def host_signs_in(url: str) -> bool:
    """Whether the one who hosts a meeting at this address has to sign in there to open the room."""
    return urlsplit(url).hostname == _PUBLIC_SERVER
