"""E-mail addresses in a message, cleaned of what chat programs wrap around them; pure.

`<mailto:ann@example.org|ann@example.org>`, `ann (at) example.org`, `ann at example dot org`, `mailto:…`, and
a full stop at the end of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_LOCAL = (
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]+)*"
)
_LABEL = r"[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff-]*[A-Za-z0-9\u00a1-\uffff])?"
_WRAPPED = re.compile(
    rf"<mailto:(?P<local>{_LOCAL})@(?P<domain>{_LABEL}(?:\.{_LABEL})+)(?:\?[^|>]*)?(?:\|[^>]*)?>",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"(?:mailto:)?(?<![\w@.+-])(?P<local>{_LOCAL})@(?P<domain>{_LABEL}(?:\.{_LABEL})+)", re.IGNORECASE
)
_WORD = r"[A-Za-z0-9_-]+"
_SPOKEN = re.compile(
    rf"(?<![\w.-])(?P<local>{_WORD}(?:(?:\.|\s+dot\s+|\s*[\[(]dot[\])]\s*){_WORD})*)"
    rf"(?:\s*[\[({{]\s*at\s*[\])}}]\s*|\s+at\s+)"
    rf"(?P<domain>{_WORD}(?:(?P<dot>\s+dot\s+|\s*[\[({{]\s*dot\s*[\])}}]\s*|\.){_WORD})+)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[({]\s*at\s*[\])}]", re.IGNORECASE)
_DOT = re.compile(r"\s+dot\s+|\s*[\[({]\s*dot\s*[\])}]\s*", re.IGNORECASE)
_GUEST = re.compile(
    r"\b(?:invite|add|include|cc|copy|bring|and also|as well as|with me|guests?|colleague"
    r"|together with)\b[^@.;!?]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Address:
    """An address as written at `start:end`, cleaned; `guest` if somebody else is to be invited by it."""

    start: int
    end: int
    email: str
    guest: bool = False


def addresses(text: str) -> list[Address]:
    """Every e-mail address of the text in order; the domain in lower case, the rest as written."""
    found: list[Address] = []
    for pattern in (_WRAPPED, _PLAIN, _SPOKEN):
        for match in pattern.finditer(text):
            email = _email(match)
            free = all(match.end() <= other.start or other.end <= match.start() for other in found)
            if email and free:
                guest = bool(_GUEST.search(text[: match.start()]))
                found.append(Address(match.start(), match.end(), email, guest))
    return _with_guests(text, sorted(found, key=lambda address: address.start))


def _with_guests(text: str, found: list[Address]) -> list[Address]:
    """The addresses of a list share what is said before its first."""
    for i in range(1, len(found)):
        between = text[found[i - 1].end : found[i].start]
        if found[i - 1].guest and re.fullmatch(r"[\s,;&+]*(?:and\b|or\b)?\s*", between):
            found[i] = replace(found[i], guest=True)
    return found


def address_spans(text: str) -> list[tuple[int, int]]:
    """Where the addresses stand."""
    return [(address.start, address.end) for address in addresses(text)]


def _email(match: re.Match[str]) -> str | None:
    local, domain = match["local"], match["domain"]
    if match.re is _SPOKEN:
        spoken = "dot" in (match["dot"] or "").lower() or _BRACKETED.search(match[0])
        if not spoken:
            return None
        local, domain = _DOT.sub(".", local), _DOT.sub(".", domain)
    top = domain.rsplit(".", 1)[-1]
    if not re.fullmatch(r"[^\W\d_]{2,}|xn--[\w-]+", top):
        return None
    return f"{local}@{domain.lower()}"
