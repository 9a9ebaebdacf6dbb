"""What others are called with when something is booked, moved or cancelled, and how they know it is from us.

The form is that of Standard Webhooks (https://www.standardwebhooks.com): three headers, and a signature over
identity, time and body, so that nothing can be changed or played again later.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from scheduler_core.errors import InvalidText
from scheduler_core.model import Attendee, Booking
from scheduler_core.outbox import Message, Topic
from scheduler_core.setting_values import LOOPBACK

FORMAT = 1  #: of the body; raised by changes that break who reads it
RECIPIENT = "webhook:"  #: how those who are called are named as recipients
_SECRET = "whsec_"  # noqa: S105  # how secrets begin, so that they are found where they do not belong
_URL_LIMIT = 2000


@dataclass(frozen=True)
class Webhook:
    """An address that is called."""

    id: UUID
    url: str
    secret: str = field(repr=False)
    with_attendee: bool  #: whether it hears whom a booking was made for
    created_at: datetime
    switched_off_at: datetime | None = None  #: by its own answer that it is gone


def new_secret() -> str:
    """A secret of 256 bits, as the standard writes them."""
    return _SECRET + base64.b64encode(secrets.token_bytes(32)).decode()


def checked_url(text: str) -> str:
    """An address that may be called: by https, or on this machine.

    Raises:
        InvalidText: it is none.

    """
    url = text.strip()
    parts = urlsplit(url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= _URL_LIMIT
    if not (is_safe and plain and parts.hostname) or parts.username or parts.password or parts.fragment:
        raise InvalidText(reason="an address begins with https:// and holds no password", limit=_URL_LIMIT)
    return url


def event(booking: Booking, topic: Topic, now: datetime) -> str:
    """What happened to the booking, as JSON: when and with whom of ours, and nothing about anybody else."""
    content = {
        "type": f"booking.{topic.value.removeprefix('webhook_')}",
        "format": FORMAT,
        "timestamp": now.isoformat(),
        "data": {
            "id": str(booking.uid),
            "reference": booking.reference,
            "version": booking.version,
            "status": booking.status.value,
            "appointment_type": {"handle": booking.kind.handle, "name": booking.kind.name},
            "people": [{"handle": person.handle, "name": person.name} for person in booking.people],
            "start": booking.time.start.isoformat(),
            "end": booking.time.end.isoformat(),
            "channel": booking.channel.value,
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def body(webhook: Webhook, message: Message, attendee: Attendee | None) -> bytes:
    """What that address is told: the event, with name and address of the attendee if it is to know them."""
    if not webhook.with_attendee or attendee is None:
        return message.content.encode()
    content = json.loads(message.content)
    content["data"]["attendee"] = {"name": attendee.name, "email": attendee.email}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def headers(webhook: Webhook, message: Message, content: bytes, now: datetime) -> Mapping[str, str]:
    """By what the receiver knows the call; the identity is the same each time it is tried."""
    identity = f"msg_{hashlib.sha256(message.key.encode()).hexdigest()[:32]}"
    moment = str(int(now.timestamp()))
    return {
        "webhook-id": identity,
        "webhook-timestamp": moment,
        "webhook-signature": signature(webhook.secret, identity, moment, content),
    }


def recipient_id(recipient: str) -> UUID:
    """The id of the webhook that is named as the recipient of a message."""
    return UUID(recipient.removeprefix(RECIPIENT))


def signature(secret: str, identity: str, moment: str, content: bytes) -> str:
    """The signature of a call, over identity, time in seconds since 1970, and body."""
    key = base64.b64decode(secret.removeprefix(_SECRET))
    signed = b".".join((identity.encode(), moment.encode(), content))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
