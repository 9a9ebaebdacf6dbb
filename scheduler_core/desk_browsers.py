"""The browsers in which hosts sign in: told apart by a secret of their own, and known once they have; pure.

A stranger may ask for codes in somebody's name as often as there are strangers, so what they ask for must
keep nobody out. A browser in which the address has signed in before carries a mark that says so, and has
limits that strangers do not use up (OWASP calls that a device cookie).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass, field

from scheduler_core.texts import address_key

_MARK = b"desk-browser\0"
_NETWORK = b"desk-network\0"
_BYTES = 16
_NETWORK_BITS = 64  # of an IPv6 address that a household or an office has for itself


@dataclass(frozen=True)
class Browser:
    """What asks to be let in."""

    secret: str = field(repr=False)  #: by which it is told from others, and nobody else knows it
    mark: str = field(default="", repr=False)  #: that it got when somebody signed in
    address: str = ""  #: of its connection, as a number; empty where that is not known

    @property
    def name(self) -> str:
        """How it is kept: nobody finds the secret by it."""
        return hashlib.sha256(self.secret.encode()).hexdigest()


def new_secret() -> str:
    """The secret of a browser that has none: 128 bits."""
    return secrets.token_urlsafe(_BYTES)


def mark_of(browser: Browser, email: str, key: str) -> str:
    """The mark of a browser in which that address has signed in."""
    return _digest(_MARK, f"{browser.secret}\0{address_key(email)}", key)


def is_known(browser: Browser, email: str, key: str) -> bool:
    """Whether that address has signed in in the browser before."""
    return hmac.compare_digest(browser.mark.encode(), mark_of(browser, email, key).encode())


def network_of(browser: Browser, key: str) -> str:
    """The network of its connection, as a name that tells nobody without the key which one it is."""
    return _digest(_NETWORK, _network(browser.address), key)


def _network(address: str) -> str:
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if number.version == 4:
        return str(number)
    return str(ipaddress.ip_network((number, _NETWORK_BITS), strict=False))


def _digest(purpose: bytes, text: str, key: str) -> str:
    digest = hmac.digest(key.encode(), purpose + text.encode(errors="replace"), hashlib.sha256)[:_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
