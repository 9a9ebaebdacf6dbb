"""Signed links by which the holder of a mail reaches one booking: on its page, or in the chat.

A link proves that its holder was sent it for that booking. Whether it still applies is for the database to
say: the booking may be over or cancelled. A token for one purpose is worth nothing for another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from scheduler_core.errors import NotAllowed
from scheduler_core.texts import address_key

ATTENDEE = "attendee"
_OWNER = "owner"
GUEST = "guest:"  #: how the names of guests begin
_MANAGE = b"manage-link\0"
_CHAT = b"chat-link\0"
_DATA = b"data-link\0"
_FEED = b"feed-link\0"
_NOT_ME = b"not-me-link\0"
_DESK = b"desk-link\0"
_MAC_BYTES = 16  # 128 bits; RFC 2104 section 5 allows half of the hash
_UID_BYTES = 16


def person(handle: str) -> str:
    """How the person of that handle is named as a recipient."""
    return f"person:{handle}"


def guest(booking: UUID, address: str) -> str:
    """How a guest of the booking is named as a recipient: not by the address, as such names are logged."""
    digest = hashlib.sha256(booking.bytes + address_key(address).encode()).hexdigest()
    return f"{GUEST}{digest[:16]}"


@dataclass(frozen=True)
class Links:
    """Makes and reads links; both sides need the same secret. There are none for guests: NotAllowed."""

    secret: str = field(repr=False)
    public_url: str  #: without a slash at the end

    def manage(self, booking: UUID, recipient: str) -> str:
        """The address under which the recipient (`attendee` or `person:<handle>`) sees the booking."""
        return f"{self.public_url}/b/{self.token(booking, recipient)}"

    def chat(self, booking: UUID, recipient: str) -> str:
        """The address that opens the chat, proven for the booking; the token stays out of servers' logs."""
        return f"{self.public_url}/#chat={self._sign(_CHAT, booking, recipient)}"

    def desk(self, address: str, code: UUID) -> str:
        """The address that signs in at the hosts' desk; what it holds stays out of servers' logs.

        It works in any browser, so it holds no code of few digits that somebody could guess.
        """
        said = {"code": self._sign(_DESK, code, _OWNER), "email": address}
        return f"{self.public_url}/desk#{urlencode(said)}"

    def data(self, request: UUID) -> str:
        """The address under which the holder sees what is kept about them."""
        return f"{self.public_url}/d/{self._sign(_DATA, request, ATTENDEE)}"

    def not_me(self, about: UUID, deed: str) -> str:
        """The address under which the deed, about a code or a booking, is said not to be one's own."""
        return f"{self.public_url}/n/{self._sign(_NOT_ME, about, deed)}"

    def feed(self, feed: UUID) -> str:
        """The address of a calendar feed, without the ending that says in which form it is wanted."""
        return f"{self.public_url}/feeds/{self._sign(_FEED, feed, _OWNER)}"

    def token(self, booking: UUID, recipient: str) -> str:
        """The part of a manage link that proves something: URL-safe, without padding."""
        return self._sign(_MANAGE, booking, recipient)

    def read(self, token: str) -> tuple[UUID, str]:
        """The booking's uid and the recipient that the token of a manage link was made for.

        Raises:
            NotAllowed: this is no token of ours.

        """
        return self._read(_MANAGE, token)

    def read_chat(self, token: str) -> tuple[UUID, str]:
        """The booking's uid and the recipient that the token of a chat link was made for.

        Raises:
            NotAllowed: this is no token of ours.

        """
        return self._read(_CHAT, token)

    def read_data(self, token: str) -> UUID:
        """The request that the token of a data link was made for.

        Raises:
            NotAllowed: this is no token of ours.

        """
        return self._read(_DATA, token)[0]

    def read_not_me(self, token: str) -> tuple[UUID, str]:
        """The code or booking, and the deed about it, that the token of such a link was made for.

        Raises:
            NotAllowed: this is no token of ours.

        """
        return self._read(_NOT_ME, token)

    def read_desk(self, token: str) -> UUID:
        """The code in whose place the token of a desk's address stands.

        Raises:
            NotAllowed: this is no token of ours.

        """
        return self._read(_DESK, token)[0]

    def read_feed(self, token: str) -> UUID:
        """The feed that the token of a feed's address was made for.

        Raises:
            NotAllowed: this is no token of ours.

        """
        return self._read(_FEED, token)[0]

    def _sign(self, purpose: bytes, booking: UUID, recipient: str) -> str:
        if recipient.startswith(GUEST):
            raise NotAllowed(recipient=recipient)
        subject = booking.bytes + recipient.encode()
        return base64.urlsafe_b64encode(self._mac(purpose, subject) + subject).rstrip(b"=").decode()

    def _read(self, purpose: bytes, token: str) -> tuple[UUID, str]:
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error) as error:
            raise NotAllowed from error
        mac, subject = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if len(subject) <= _UID_BYTES or not hmac.compare_digest(mac, self._mac(purpose, subject)):
            raise NotAllowed
        return UUID(bytes=subject[:_UID_BYTES]), subject[_UID_BYTES:].decode()

    def _mac(self, purpose: bytes, subject: bytes) -> bytes:
        return hmac.digest(self.secret.encode(), purpose + subject, hashlib.sha256)[:_MAC_BYTES]
