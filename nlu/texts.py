"""A message as it can be read: without what nobody sees, signs that programs wrote otherwise undone; pure.

Zero-width spaces, marks of direction and control characters stand inside copied names and addresses; Slack
writes "<" as "&lt;"; some keyboards compose "é" of two characters. `legible` keeps the way back to the
message, so that everything found in the text can be pointed out in what was sent.
"""

from __future__ import annotations

import html
import re
import unicodedata

from nlu.spelling import Respelt, rewritten

_ILLEGIBLE = re.compile(
    r"\A\s+|&(?:lt|gt|amp|quot|apos|nbsp|#39|#x27|#64);"  # written by programs
    r"|[^\W\d_][\u0300-\u036f]+"  # a letter and its accents apart
    r"|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\r\x0b\x0c\x85\u2028\u2029]"  # other spaces
    r"|[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"  # nothing to be seen
    r"|[ \t]{2,}|\t"  # more than one space
    r"|[\uff20\ufe6b\uff0e\uff0d\u2010\u2011]"  # other forms of @, full stop and hyphen
)
_PLAIN = {"\uff20": "@", "\ufe6b": "@", "\uff0e": ".", "\uff0d": "-", "\u2010": "-", "\u2011": "-"}
_BREAKS = frozenset("\r\x0b\x0c\x85\u2028\u2029")


def legible(text: str) -> Respelt:
    """The text as a reader sees it, with the way back to the offsets of the original."""
    return rewritten(text, [(m.start(), m.end(), _seen(m[0], m.start())) for m in _ILLEGIBLE.finditer(text)])


def _seen(sign: str, start: int) -> str:
    if start == 0 and sign.isspace():
        return ""
    if sign[0] == "&":
        return html.unescape(sign).replace("\u00a0", " ")
    if sign.isspace() and not _BREAKS & set(sign):
        return " "
    if len(sign) > 1:
        return unicodedata.normalize("NFC", sign)
    if sign in _BREAKS:
        return "\n"
    return _PLAIN.get(sign, "")
