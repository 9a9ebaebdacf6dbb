"""E-mail addresses in a message, written or spoken, cleaned of what programs wrap around them; pure.

`ann@example.org`, `<mailto:ann@example.org|ann@example.org>`, `ann (at) example.org`, "ann dot lee at example
dot org", with whatever punctuation the sentence adds. What is only nearly an address is none, so that the
assistant asks: "ann@example,org" is not mended, and "ann lee at example dot org" may be three addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from nlu.guests import is_guest, is_refused, shares_its_cue
from nlu.words import NO_PERSON, STOP

_LETTERS = r"a-zA-Z0-9\u00aa-\u00ba\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
_OTHERS = r"\u0530-\u1dff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufdff"
_LOCAL = re.compile(
    rf"(?:[{_LETTERS}_](?:[{_LETTERS}.+_'&#$%^-]*[{_LETTERS}_+-])?|[{_OTHERS}][{_OTHERS}0-9._-]*)\Z"
)
_WITHIN = re.compile(rf"[{_LETTERS}.+@_-]\Z")
_LABEL = r"[^\W_](?:[^\W_]|-){0,62}"
_TOP = rf"(?:xn--[a-z0-9-]{{2,59}}|[a-z]{{2,63}}|[{_OTHERS}\u0370-\u052f]{{2,63}})"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.){{1,9}}{_TOP}(?![^\W_]|_\w|@|-\w)", re.IGNORECASE)
_CLOCK = re.compile(r"[\d.]+[ap]m", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"\.[A-Z][a-z]{3,}$")

_AT = re.compile(
    r"[ \t]?@[ \t]?|\s?[\[({<]\s?(?:at|@)\s?[\])}>]\s?|\sat(?:[ -]sign)?\s(?=\s?\w)", re.IGNORECASE
)
_SIGNS = {
    "dot": ".",
    "underscore": "_",
    "under score": "_",
    "dash": "-",
    "hyphen": "-",
    "minus": "-",
    "plus": "+",
}
_DOT = r"\s?[\[({<]\s?(?:dot|\.)\s?[\])}>]\s?"
_LOCAL_SIGN = rf"(?:\s(?:{'|'.join(_SIGNS)})\s|{_DOT}|[._+-])"
_SPOKEN_LOCAL = re.compile(rf"(?<![\w@.+-])[a-z0-9]+(?:{_LOCAL_SIGN}[a-z0-9]+){{0,6}}\Z", re.IGNORECASE)
_DOMAIN_SIGN = rf"(?:\s(?:dot|dash|hyphen|minus)\s|{_DOT}|[.-])"
_SPOKEN_DOMAIN = re.compile(
    rf"[a-z0-9]+(?:{_DOMAIN_SIGN}[a-z0-9]+){{0,7}}(?:\sdot\s|{_DOT}|\.)[a-z]{{2,24}}(?![\w@])", re.IGNORECASE
)
_SIGN = re.compile(rf"\s({'|'.join(_SIGNS)})\s|{_DOT}", re.IGNORECASE)
_MAIL_CUE = re.compile(
    r"\b(?:e-?mail|mail|address|reach me|contact me|write)\b[^@.;!?\n]{0,24}\Z", re.IGNORECASE
)
_NO_LOCAL = STOP | NO_PERSON | frozenset(
    ("address", "meet", "see", "look", "site", "website", "lunch", "coffee", "arrive", "invite", "cc", "add",
     "include", "use", "try", "write", "copy", "e-mail")
)  # fmt: skip
_NO_DOMAIN = frozenset(("this", "that", "the", "these", "those"))
_GOES_ON = re.compile(rf"(?:{_LOCAL_SIGN})\Z", re.IGNORECASE)
_BEFORE, _AFTER = 130, 255  # how far an address can reach to either side of its sign
_SAME_AGAIN = re.compile(r"[\s<>()\[\]|]*(?:mailto:)?", re.IGNORECASE)
_OPENED = re.compile(r"(?:<?mailto:|<)\Z", re.IGNORECASE)
_CLOSED = re.compile(r"(?:\?[\w=&%+.-]*)?(?:(?:\|[^>@]{0,200})?>)?")


@dataclass(frozen=True)
class Address:
    """An address as written at `start:end`, cleaned; `guest` if somebody else is to be invited by it."""

    start: int
    end: int
    email: str
    guest: bool = False


def addresses(text: str) -> list[Address]:
    """Every e-mail address of the text once, in order; the domain in lower case, the rest as written."""
    found = _found(text)
    kept = [one for one in found if len(found) == 1 or not is_refused(text, one.start)]
    for place, one in enumerate(kept):
        listed = place > 0 and kept[place - 1].guest and shares_its_cue(text[kept[place - 1].end : one.start])
        kept[place] = replace(one, guest=listed or is_guest(text, one.start, one.end))
    first = {(one.email.casefold(), one.guest): one for one in reversed(kept)}
    return list(first.values())[::-1]


def address_spans(text: str) -> list[tuple[int, int]]:
    """Where addresses stand, also those that are named twice, or only to be refused."""
    return [(address.start, address.end) for address in _found(text)]


def _found(text: str) -> list[Address]:
    """All addresses with what is wrapped around them; an address and the link to it are one."""
    found: list[Address] = []
    for one in _bare(text):
        last = found[-1] if found else None
        if (
            last
            and one.email.casefold() == last.email.casefold()
            and _SAME_AGAIN.fullmatch(text, last.end, one.start)
        ):
            found[-1] = replace(last, end=one.end)
        elif last is None or one.start >= last.end:
            found.append(one)
    return [_with_wrapping(text, one) for one in found]


def _with_wrapping(text: str, one: Address) -> Address:
    opened = _OPENED.search(text, max(0, one.start - 8), one.start)
    if not opened:
        return one
    closed = _CLOSED.match(text, one.end)
    return replace(one, start=opened.start(), end=closed.end() if closed else one.end)


def _bare(text: str) -> Iterator[Address]:
    for sign in _AT.finditer(text):
        one = _written(text, sign) if sign[0] == "@" else _spoken(text, sign)
        if one is not None:
            yield one


def _written(text: str, sign: re.Match[str]) -> Address | None:
    """The address around a sign without spaces; its domain may be spoken: "ann@example dot org"."""
    first = max(0, sign.start() - 66)
    local = _LOCAL.search(text, first, sign.start())
    if (
        not local
        or local.start() == first > 0
        or _WITHIN.search(text, max(0, local.start() - 1), local.start())
    ):
        return None
    if _GOES_ON.search(text, max(0, local.start() - 14), local.start()):
        return _spoken(text, sign)  # "ann dot lee@example.org"
    domain = _DOMAIN.match(text, sign.end(), sign.end() + _AFTER)
    end = domain.end() if domain else 0
    if domain is None:
        spoken = _SPOKEN_DOMAIN.match(text, sign.end(), sign.end() + _AFTER)
        if not spoken or not _SIGN.search(spoken[0]):
            return None
        return _address(local.start(), spoken.end(), local[0], spoken[0])
    if (
        (cut := _NEXT_SENTENCE.search(domain[0]))
        and domain[0][: cut.start()].islower()
        and "." in domain[0][: cut.start()]
    ):
        end -= len(cut[0])
    start = local.start() + (local[0][0] == "_" == text[end : end + 1])
    return _address(start, end, text[start : sign.start()], text[sign.end() : end])


def _spoken(text: str, sign: re.Match[str]) -> Address | None:
    """The address around a sign that is a word, in brackets, or between spaces."""
    local = _SPOKEN_LOCAL.search(text, max(0, sign.start() - _BEFORE), sign.start())
    domain = _SPOKEN_DOMAIN.match(text, sign.end(), sign.end() + _AFTER)
    if not local or not domain or not _unmistakable(text, sign[0], local, domain[0]):
        return None
    return _address(local.start(), domain.end(), local[0], domain[0])


def _unmistakable(text: str, sign: str, local: re.Match[str], domain: str) -> bool:
    """Whether nothing but an address can be meant, and only this one."""
    if local[0].lower() in _NO_LOCAL or domain.lower().split(maxsplit=1)[0] in _NO_DOMAIN:
        return False
    if sign.startswith((" @", "\t@")) and not sign.endswith((" ", "\t")):
        return False  # "thanks ann @example.org" names an account
    word = sign.strip().lower().startswith("at")
    if (
        word
        and not _SIGN.search(domain)
        and not _MAIL_CUE.search(text, max(0, local.start() - 60), local.start())
    ):
        return False  # "see you at example.org" is a place
    return _begins_there(text[max(0, local.start() - _BEFORE) : local.start()], local[0])


def _begins_there(before: str, local: str) -> bool:
    """Whether the word before belongs to no address: "ann lee at example dot org" may begin with either."""
    last = re.search(r"([^\W_][\w'’-]*)\s+$", before)
    if last and len(last[1]) == 1 and last[1] not in "aI":
        return False  # letters that are spelt out
    if not last or last[1].lower() in _NO_LOCAL or (last[1][0].isupper() and local[0].islower()):
        return True
    run = re.split(r"[^\w\s'’-]", before.lower())[-1].split()
    name = takewhile(lambda word: word not in _NO_LOCAL, reversed(run))
    return set(re.split(r"\W+|_", _SIGN.sub(".", local.lower()))) <= set(name)


def _address(start: int, end: int, local: str, domain: str) -> Address | None:
    local, domain = _SIGN.sub(_sign, local), _SIGN.sub(_sign, domain).lower()
    broken = ".." in local or len(local) > 64 or any(label.strip("-") != label for label in domain.split("."))
    return None if broken or _CLOCK.fullmatch(domain) else Address(start, end, f"{local}@{domain}")


def _sign(spoken: re.Match[str]) -> str:
    return _SIGNS[spoken[1].lower()] if spoken[1] else "."
