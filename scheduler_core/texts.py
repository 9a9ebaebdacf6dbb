"""What people type into names, addresses and notes, checked at the door."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from scheduler_core.errors import InvalidAddress, InvalidName, InvalidText, TooManyGuests

NAME_LIMIT = 120
MOST_GUESTS = 10  #: of one booking


def checked_name(text: str) -> str:
    """The name with its spaces folded.

    Raises:
        InvalidName: it is empty, longer than 120 characters, has no letter, or holds control characters or
            what makes mail programs show a link.

    """
    if _has_controls(text) or _has_links(text):
        raise InvalidName(value=text[:NAME_LIMIT])
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > NAME_LIMIT or not any(map(str.isalpha, name)):
        raise InvalidName(value=text[:NAME_LIMIT])
    return name


def checked_address(text: str) -> str:
    """The one e-mail address in the text, normalised: lower-case domain, no spaces around it.

    Raises:
        InvalidAddress: it is no address, or more than one.

    """
    try:
        return _validated(text.strip()).normalized
    except EmailNotValidError as error:
        raise InvalidAddress(value=text[:NAME_LIMIT]) from error


def mailbox(address: str) -> tuple[str, str]:
    """What stands on both sides of the `@`, the domain as the wire wants it (IDNA); of a checked address."""
    validated = _validated(address)
    return validated.local_part, str(validated.ascii_domain)


@lru_cache(maxsize=512)  # whoever books is written to, and is read again for each mail
def _validated(address: str) -> ValidatedEmail:
    return validate_email(address, check_deliverability=False, allow_quoted_local=False)


def address_key(address: str) -> str:
    """What two spellings of one checked address have in common: nobody tells mailboxes apart by capitals."""
    return address.lower()


def checked_guests(addresses: Iterable[str]) -> tuple[str, ...]:
    """The addresses, checked, each one once.

    Raises:
        InvalidAddress: one of them is no address, or more than one.
        TooManyGuests: there are more than ten.

    """
    checked = map(checked_address, addresses)
    guests = tuple({address_key(address): address for address in checked}.values())
    if len(guests) > MOST_GUESTS:
        raise TooManyGuests(limit=MOST_GUESTS)
    return guests


def checked_text(text: str, *, limit: int) -> str:
    """The text without spaces around it.

    Raises:
        InvalidText: it is longer than `limit` characters or holds control characters other than line breaks
            and tabs.

    """
    stripped = text.strip()
    if len(stripped) > limit or _has_controls(stripped.replace("\n", "").replace("\t", "").replace("\r", "")):
        raise InvalidText(value=stripped[:NAME_LIMIT], limit=limit)
    return stripped


def _has_controls(text: str) -> bool:
    """Whether it holds control characters, or marks that change the direction of what follows."""
    return any(
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _BIDI
        for character in text
    )


def _has_links(text: str) -> bool:
    """Whether it holds what stands in addresses and in no name; our mails show names to other people."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return any(mark in plain for mark in ("://", "www.", "@"))


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
