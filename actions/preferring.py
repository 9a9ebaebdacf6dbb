"""What somebody says they usually want, told by its words: zone, channel, reminders. Pure.

A wish for one appointment is none: "I'd prefer video" is about the one at hand, "I always prefer video" about
all that are to come. A message that names a day or an hour is about that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LASTING = (
    r"\b(?:always|usually|generally|normally|every ?time|each time|from now on|by default|as a rule|"
    r"in (?:the )?future|for (?:all|any|every) (?:of )?(?:my |our )?\w+|remember|save|store|keep in mind)\b"
)
_CHANNELS = {
    "video": r"\bvideo(?:[ -]?(?:calls?|chats?|conferences?))?\b",
    "zoom": r"\bzoom\b",
    "google_meet": r"\bgoogle ?meet\b",
    "jitsi": r"\bjitsi\b",
    "phone": r"\b(?:(?:tele)?phone|call me|phone calls?)\b",
    "in_person": r"\b(?:in person|face[ -]to[ -]face|on[ -]site)\b",
}
_ZONE = r"\btime ?zone\b|\b(?:use|in|on) \S+(?: \S+)? time\b|\bi(?:['’]?m| am| live| work)(?: based)? in\b"
_REMINDER = r"remind(?:ers?|ing)"
_NO_REMINDERS = (
    rf"\b(?:no|without|stop|cancel|disable|(?:turn|switch) off)\b(?: \w+){{0,3}} {_REMINDER}\b",
    rf"\b(?:don['’]?t|do not|never|rather not)\b(?: \w+){{0,4}} (?:{_REMINDER}|remind me)\b",
    r"\bstop reminding\b",
    rf"\b(?:turn|switch) (?:the |my |all )*{_REMINDER} off\b",
)
_BY_TEXT = (
    rf"\b(?:remind|{_REMINDER})\b.{{0,25}}\b(?:by|via|per|with|as|over|through) (?:an? )?(?:texts?|sms)\b",
    rf"\b(?:text|sms)(?: messages?)? (?:me )?(?:(?:an?|the|my) )?{_REMINDER}\b",
    r"\btext me\b.{0,20}\bremind me\b|\bremind me\b.{0,20}\btext me\b",
)
_BY_MAIL = (
    rf"\b(?:remind|{_REMINDER})\b.{{0,25}}\b(?:by|via|per|with|as|over|through) (?:an? )?e?-?mails?\b",
    rf"\be?-?mail (?:me )?(?:(?:an?|the|my) )?{_REMINDER}\b",
    rf"\b(?:turn|switch) (?:the |my |all )*{_REMINDER} (?:back )?on\b|\b{_REMINDER} (?:back )?on again\b",
)
_REMINDERS = {"none": _NO_REMINDERS, "sms": _BY_TEXT, "mail": _BY_MAIL}
_ABOUT_THEM = r"\b(?:my|the) (?:saved |stored |usual )?preferences?\b|\bwhat i (?:usually |always )?prefer\b"
_FORGET = (
    rf"\b(?:forget|delete|erase|clear|remove|reset|drop)\b.{{0,20}}(?:{_ABOUT_THEM})",
    r"\bforget (?:that )?i (?:always |usually )?prefer\b",
    r"\bforget (?:my|about my) (?:saved |usual )?(?:time ?zone|channel|reminders?)\b",
)
_TELL = (
    r"\bwhat (?:are|is|were) my (?:saved |stored |usual )?preferences?\b",
    r"\b(?:show|tell|list|see)(?: me)? my (?:saved |stored |usual )?preferences?\b",
    r"\bwhat do i (?:usually|always) prefer\b|\bwhat preferences\b",
)
_ONE_TIME = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:today|tonight|tomorrow|next|noon)\b"
)
_MOST_WORDS = 16


@dataclass(frozen=True)
class Preferred:
    """What was said about every appointment to come; empty where nothing was."""

    zone: str = ""
    channel: str = ""  #: value of a `Channel`, or `video`
    reminders: str = ""  #: value of a `Reminders`
    forget: bool = False  #: all that was said before
    tell: bool = False  #: what was said before

    @property
    def is_detail(self) -> bool:
        """Whether it can be used for an appointment that is being arranged."""
        return bool(self.zone or self.channel)


def says_usual(text: str) -> bool:
    """Whether the words are about what their writer usually wants."""
    plain = text.casefold()
    if len(plain.split()) > _MOST_WORDS or _ONE_TIME.search(plain):
        return False
    told = (*_FORGET, *_TELL, *(one for patterns in _REMINDERS.values() for one in patterns))
    return _any(told, plain) or bool(
        re.search(_LASTING, plain) and (_channel_in(plain) or re.search(_ZONE, plain))
    )


def preferred_in(text: str, zone: str) -> Preferred:
    """What the words say their writer usually wants; the zone is the one that they name, if any."""
    plain = text.casefold()
    if not says_usual(text):
        return Preferred()
    if _any(_FORGET, plain):
        return Preferred(forget=True)
    reminders = next((one for one, patterns in _REMINDERS.items() if _any(patterns, plain)), "")
    if not reminders and _any(_TELL, plain):
        return Preferred(tell=True)
    lasting = re.search(_LASTING, plain) is not None
    return Preferred(
        zone=zone if lasting and re.search(_ZONE, plain) else "",
        channel=_channel_in(plain) if lasting else "",
        reminders=reminders,
    )


def _channel_in(plain: str) -> str:
    return next((channel for channel, pattern in _CHANNELS.items() if re.search(pattern, plain)), "")


def _any(patterns: tuple[str, ...], plain: str) -> bool:
    return any(re.search(pattern, plain) for pattern in patterns)
