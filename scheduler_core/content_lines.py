"""Content lines of iCalendar (RFC 5545 section 3.1), written straight away.

An invitation stands in nearly every mail, and to build, sort and write one as objects of the library took a
third of all the time that a mail takes. The few kinds of lines that we need are written here just as the
library writes them; the tests have it read them strictly and write them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from scheduler_core.timerange import as_utc

_LONGEST = 74  # octets; before what goes on stands a space more
_ESCAPES = b"\\^"  # each belongs to the octet behind it: old programs want both on one line
_UNSAFE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WANT_QUOTES = frozenset(" ',:;\\\N{RIGHT SINGLE QUOTATION MARK}")  # the backslash for those who unescape it


def folded(lines: Iterable[str]) -> str:
    """The lines as they are sent: none longer than 75 octets, each ended by CR LF.

    Raises:
        ValueError: a line holds a control character, which may end it.

    """
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def text(value: str) -> str:
    """A value of type TEXT (RFC 5545 section 3.3.11); control characters are left out."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _on_one_line(escaped, "\\n")


def parameter(value: str) -> str:
    """The value of a parameter (RFC 6868), in quotes where it wants them; control characters are left out."""
    escaped = _on_one_line(value.replace("^", "^^").replace('"', "^'"), "^n")
    return escaped if _WANT_QUOTES.isdisjoint(value) else f'"{escaped}"'


def instant(value: datetime) -> str:
    """A value of type DATE-TIME in UTC (RFC 5545 section 3.3.5)."""
    return f"{as_utc(value):%Y%m%dT%H%M%SZ}"


def _on_one_line(value: str, end: str) -> str:
    """The value with that for every end of a line, and without other control characters."""
    return _CONTROLS.sub("", value.replace("\r\n", end).replace("\n", end).replace("\r", end))


def _folded(line: str) -> str:
    if _UNSAFE.search(line):
        raise ValueError(f"a control character in the line {line!r}")
    octets = line.encode()
    pieces = []
    while len(octets) > _LONGEST:
        end = _end_of_piece(octets)
        pieces.append(octets[:end])
        octets = octets[end:]
    return b"\r\n ".join([*pieces, octets]).decode()


def _end_of_piece(octets: bytes) -> int:
    """Where to fold: between two characters, and not behind one that belongs to the next."""
    end = _LONGEST
    while octets[end] & 0b1100_0000 == 0b1000_0000:  # inside a character (RFC 3629)
        end -= 1
    return end - 1 if octets[end - 1] in _ESCAPES else end
