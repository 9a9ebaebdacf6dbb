"""How to meet, what kind of appointment, and what it is about, as written; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scheduler_core.model import Channel

VIDEO = "video"
"""Some way to see each other online, no matter which."""

_CHANNELS: list[tuple[str, re.Pattern[str]]] = [
    (Channel.ZOOM.value, re.compile(r"\bzoom\b", re.IGNORECASE)),
    (Channel.GOOGLE_MEET.value, re.compile(
        r"\bgoogle[\s-]?meets?\b|\bg-?meet\b|\bgoogle (?:call|video|hangouts?)\b|\bhangouts?\b|\b(?:on|via"
        r"|by|over) meet\b",
        re.IGNORECASE)),
    (Channel.JITSI.value, re.compile(r"\bjitsi\b", re.IGNORECASE)),
    (Channel.IN_PERSON.value, re.compile(
        r"\bin[\s-]person\b|\bface[\s-](?:to|2)[\s-]face\b|\bf2f\b|\bon[\s-]?site\b|\b(?:at|in) (?:your|the"
        r"|his|her) "
        r"(?:office|practice|clinic|place|premises)\b|\b(?:come|coming) to (?:your|the) "
        r"(?:office|practice|clinic|place|premises)\b|\b(?:come|drop|stop) (?:in|by|over)(?= |$"
        r"|[.,!?])(?! (?:phone|video))"
        r"|\bin real life\b|\bphysical(?:ly)?\b|\bpersonally\b|\bin the flesh\b", re.IGNORECASE)),
    (Channel.PHONE.value, re.compile(
        r"\b(?:by|via|over|on|per) (?:the )?(?:tele)?phone\b|\bphone call\b|\b(?:tele)?phone(?: please|$"
        r"|\W*$)"
        r"|\btelephone (?:appointment|call|consultation)\b|\bphone (?:appointment|consultation|meeting"
        r"|instead)\b"
        r"|\b(?:call|ring|phone) me (?:at|on|under|back|up|instead|please)\b(?! \d{1,2}(?:\b"
        r"|:)(?![\d \-/]{4}))"
        r"|\b(?:can|could|will|would|have) (?:\w+ )?(?:please )?(?P<said>(?:call|ring|phone) me)"
        r"(?=\W*$|[.,!?]| (?:on|back|when|in|tomorrow|this|next|instead|please)\b)"
        r"|\b(?:voice|audio)(?: only| call|-only)\b"
        r"|\bgive me a (?:call|ring)\b|\bby call\b|\ba call (?:to|on) my\b", re.IGNORECASE)),
    (VIDEO, re.compile(
        r"\bvideo[\s-]?(?:call|chat|conference|meeting|link)?\b|\bonline\b|\bvirtual(?:ly)?\b"
        r"|\bremote(?:ly)?\b"
        r"|\bweb ?cam\b|\bwebex\b|\bover the internet\b", re.IGNORECASE)),
]  # fmt: skip
_REFUSED = re.compile(
    r"\b(?:not|no|but|(?:can't|cannot|can not|couldn't|won't) (?:do|use|make)|instead of|rather than"
    r"|without|don't (?:have|use|like|want))(?: (?:on|by|via|a|the))*\s*$",
    re.IGNORECASE,
)
_TYPE = re.compile(
    r"\b(?P<type>intro(?:duct\w*)?(?: (?:call|meeting|session|talk|chat))?|cons(?:ul|u|lu)t\w*"
    r"|exam(?!ple)\w*|medical|(?:medical |health )?check[\s-]?ups?|follow[\s-]?ups?"
    r"|first (?:meeting|consultation|appointment)|initial (?:meeting|consultation|appointment))\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:\b(?:it['’]?s|it is|this is|that['’]s|the (?:topic|subject|reason) is|i want to talk"
    r"|i['’]?d like to (?:talk|discuss)|to (?:talk|speak|discuss)|we need to talk|i have (?:a )?questions?)"
    r"\s(?:all\s)?(?:about|regarding|concerning)|\b(?:the|my) (?:topic|subject|reason) is(?! (?:about"
    r"|that))"
    r"|\b(?:topic|subject|reason|regarding|re|note|concerning)\s?:"
    r"|\b(?:(?<!what )(?<!how )(?<!know )about|regarding|concerning)(?=\s(?:my|our|a|an|the|some)\s)"
    r"|\bbecause(?: of|(?=\s(?:my|our|i need)\s))|\bit['’]?s because|\bit['’]?s to discuss|\bto discuss"
    r"|\bplease note(?: that)?(?=\s(?:i|we) (?:use|need|speak|will bring)\b))"
    r"\s*:?\s*(?P<note>[^\n]+)",
    re.IGNORECASE,
)
_NOT_A_NOTE = re.compile(
    r"(?:the |a |an |my |our )?(?:\d|(?:(?:the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d)"
    r"|(?:\w+ )?(?:time|appointment|meeting|booking|slot|day|date|week|call|one|schedule|calendar|hours?"
    r"|minutes?|availability|consultation|intro|examination"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)",
    re.IGNORECASE,
)
_NOTE_ENDS = re.compile(
    r"(?<=[a-z)])[.!?](?:\s+|$)|[,;]\s|\s+-{1,2}\s+(?-i:[A-Z])|\s+(?:with (?=(?-i:[A-Z]))|on (?=mon|tue|wed"
    r"|thu|fri|sat|sun|the \d)"
    r"|next (?=week|mon|tue|wed|thu|fri)|tomorrow|today|(?:at|after|before|around) (?=\d)|via |by phone)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Detail:
    """A value as written at `start:end`."""

    start: int
    end: int
    value: str


def channel(text: str) -> Detail | None:
    """The way to meet that is asked for: a `Channel` value or "video"; a named service rules over "video"."""
    for value, pattern in _CHANNELS:
        for match in pattern.finditer(text):
            if not _REFUSED.search(text[: match.start()]):
                start, end = match.span("said" if match.groupdict().get("said") else 0)
                return Detail(start, end, value)
    return None


def appointment_type(text: str) -> Detail | None:
    """The words for a kind of appointment; which type they mean is matched against the types there are."""
    match = _TYPE.search(text)
    return Detail(match.start(), match.end(), match["type"]) if match else None


def note(text: str) -> Detail | None:
    """What the appointment is about, up to the end of its sentence."""
    match = _NOTE.search(text)
    if not match or _NOT_A_NOTE.match(match["note"]):
        return None
    words = _NOTE_ENDS.split(match["note"], maxsplit=1)[0].rstrip(" .,;!?")
    start = match.start("note")
    return Detail(start, start + len(words), words) if words else None
