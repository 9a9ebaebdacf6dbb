"""A mail as it goes over the wire (RFC 5322, RFC 2045 to 2047).

The structure is always the same, so the parts are written one after the other instead of being built as a
tree of objects and walked again: that takes a tenth of the time. Headers that hold anything but plain ASCII
go through the library's own folding.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy

_HEADER_LENGTH = 200  # a subject folded right after its colon is shown with a space before it
_ENCODED_LENGTH = 76  # of a line that holds encoded words (RFC 2047 section 2)
_LONGEST_LINE = 998  # octets, without the end (RFC 5322 section 2.1.1)


class _Policy(EmailPolicy):
    """Folds headers late, but those with encoded words where RFC 2047 section 2 wants it."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if self.utf8 or value.isascii():
            return EmailPolicy.fold_binary(self.clone(max_line_length=_HEADER_LENGTH), name, value)
        if name != "Subject":
            return EmailPolicy.fold_binary(self.clone(max_line_length=_ENCODED_LENGTH), name, value)
        # The policy's own folding loses spaces between the words of a text (python/cpython#92081).
        folded = Header(value, "utf-8", _ENCODED_LENGTH, name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


_PLAIN = _Policy(linesep="\r\n")  # what every relay passes on unchanged
_INTERNATIONAL = _Policy(linesep="\r\n", utf8=True)  # RFC 6532, for addresses in other letters


@dataclass(frozen=True)
class Part:
    """One leaf of a mail."""

    type: str  #: with its parameters
    content: str
    attached_as: str = ""  #: the name of the file, which is then carried unchanged by every relay


def header(name: str, value: str | Address, *, international: bool = False) -> bytes:
    """One header, folded and encoded as mail programs read it.

    Raises:
        ValueError: the value would begin a line of its own.

    """
    text = str(value)
    if text.isascii() and text.isprintable() and len(name) + len(text) < _HEADER_LENGTH and "=?" not in text:
        return f"{name}: {text}\r\n".encode("ascii")
    policy = _INTERNATIONAL if international else _PLAIN
    folded = policy.fold_binary(*policy.header_store_parse(name, _plain(value)))
    if re.search(rb"\n(?![ \t]|\Z)|\r(?!\n)", folded):
        raise ValueError(f"{name} would begin a line of its own")
    return folded


def _plain(value: str | Address) -> str | Address:
    """The value with nothing in it that looks encoded: what somebody typed is to be shown as it is.

    The library decodes such words while it folds, line ends in them included.
    """
    if isinstance(value, Address):
        return Address(value.display_name.replace("=?", "= ?"), value.username, value.domain)
    return value.replace("=?", "= ?")


def body(alternatives: Sequence[Part], attached: Iterable[Part] = ()) -> bytes:
    """The headers and parts of a body that offers alternatives, the best last, and perhaps more beside it."""
    offered = _multipart("alternative", [_leaf(part) for part in alternatives])
    more = [_leaf(part) for part in attached]
    inside = _multipart("mixed", [offered, *more]) if more else offered
    return b"MIME-Version: 1.0\r\n" + inside


def _multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    """The parts between a line that none of them can hold: nobody knows the digest of what is not written."""
    boundary = f"=_{hashlib.sha256(b''.join(parts)).hexdigest()[:32]}".encode()
    head = b'Content-Type: multipart/%b; boundary="%b"\r\n\r\n' % (kind.encode(), boundary)
    return head + b"".join(b"--%b\r\n%b\r\n" % (boundary, part) for part in parts) + b"--%b--\r\n" % boundary


def _leaf(part: Part) -> bytes:
    text = part.content.replace("\r\n", "\n").replace("\r", "\n").encode()
    raw = text.replace(b"\n", b"\r\n")
    if part.attached_as:
        encoding, encoded = "base64", base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif text.isascii() and all(len(line) <= _LONGEST_LINE for line in text.split(b"\n")):
        encoding, encoded = "7bit", raw
    else:
        encoding, encoded = "quoted-printable", binascii.b2a_qp(text).replace(b"\n", b"\r\n")
    disposition = f'Content-Disposition: attachment; filename="{part.attached_as}"\r\n'
    head = (
        f"Content-Type: {part.type}\r\nContent-Transfer-Encoding: {encoding}\r\n"
        f"{disposition if part.attached_as else ''}\r\n"
    )
    return head.encode("ascii") + encoded
