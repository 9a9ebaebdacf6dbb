"""That somebody wants to be told in this chat, or not any more, by its words. Pure."""

from __future__ import annotations

import re

_HERE = r"(?:here|in (?:this|the) chat|(?:on|in|by|via|through) (?:slack|telegram))"
_NEWS = r"(?:messages?|reminders?|notifications?|notices?|updates?|changes?|news)"
_TELL = r"(?:tell|message|remind|notify|inform|update|write|text|ping)"
_WHAT = r"(?:who|whom|what|where|when|which|how|why|if|whether|about)"
_NO = r"(?:don['’]?t|do not|never|stop|no longer|not)"
_END = rf"(?:stop|no|end|without|turn off|switch off|cancel|disable|{_NO} (?:\w+ )?(?:send|get|want))"
_TELLING = rf"(?:{_TELL}|(?:tell|messag|remind|notify|inform|updat|writ|text|ping)ing)"
_NOT_HERE = (
    rf"\b{_END}(?: \w+){{0,3}}? {_NEWS}\b.{{0,20}}\b{_HERE}\b",
    rf"\b{_NO} {_TELLING}\b.{{0,20}}\b{_HERE}\b",
    rf"\b(?:only|just)(?: \w+){{0,2}} (?:by|via|per) (?:e-?)?mail\b.{{0,20}}\bnot {_HERE}\b",
)
_TOO = (
    rf"\b{_TELL}\b(?: to)?(?: me)?\b(?!.*\b{_WHAT}\b).{{0,30}}?\b{_HERE}\b",
    rf"\b(?:send|give|want|get|have|like|post)\b.{{0,30}}\b{_NEWS}\b.{{0,20}}\b{_HERE}\b",
    rf"\b{_NEWS} {_HERE},? (?:too|as well|also|again|please)\b",
)
#: "Do you send reminders here?"
_ASKS = re.compile(rf"\W*(?:do|does|did|will|would|are|is|{_WHAT})\b.*\?", re.IGNORECASE)
_MOST_WORDS = 14


def wants_none_here(text: str) -> bool:
    """Whether no reminders and changes are wanted in this chat any more: "stop messages here"."""
    return _says(_NOT_HERE, text)


def wants_here(text: str) -> bool:
    """Whether reminders and changes are wanted in this chat, too: "tell me here, too"."""
    return _says(_TOO, text) and not (_ASKS.match(text) or wants_none_here(text))


def _says(patterns: tuple[str, ...], text: str) -> bool:
    plain = text.casefold()
    short = len(plain.split()) <= _MOST_WORDS
    return short and any(re.search(pattern, plain) for pattern in patterns)
