"""Questions beside the point, told by their words whatever intent they were given. Pure.

What they ask about is answered from the calendar, then the open question is put again.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Topic(StrEnum):
    """What a question is about."""

    WHO = "who"  #: whom the writer will meet
    WHERE = "where"  #: how and where they will meet
    LENGTH = "length"
    TYPES = "types"
    PEOPLE = "people"
    REMINDERS = "reminders"  #: whether and when the writer is reminded
    PRICE = "price"
    LINK = "link"  #: to an appointment online
    ZONE = "zone"  #: in which time zone the times are
    PRIVACY = "privacy"  #: what is kept of people at all, and for how long
    UNKNOWN = "unknown"  #: something about an appointment that no calendar knows
    UNHAPPY = "unhappy"  #: no question, but a rude word
    LANGUAGE = "language"  #: whatever it is, it is not English
    WAIT = "wait"  #: no question, but the writer needs a moment
    REPEAT = "repeat"  #: what was asked is to be said again


#: Whole messages, which therefore say nothing besides.
ALONE = frozenset({Topic.WAIT, Topic.REPEAT})


_KINDS = r"(?:types?|kinds?|sorts?|appointments?|services?|consultations?|meetings?)"
_IT = (
    r"(?:it|that|this|they|one|(?:the|an?|my|your|each|such an?) (?:\w+ )?(?:appointment|meeting|call|visit|"
    r"session|consultation|examination|intro|check-?up|chat))"
)
_WHETHER = r"(?:will|would|do|does|should|shall)"
_REMIND = r"(?:remind (?:me|people|us)|send (?:\w+ ){0,3}reminders?)"
_MY_DATA = r"my (?:personal )?(?:data|details|information|messages?|(?:e-?mail )?address|e-?mail|name)"
_LINK = r"\b(?:link|(?:zoom|meeting) url|dial-?in)\b"
_QUESTIONS = {
    Topic.LINK: (rf"\b(?:where|what|when|which|how|is|will|do|does|need|get|send)\b.*{_LINK}",),
    Topic.PRICE: (
        r"\b(?:costs?|price[sd]?|pricing|charges?|fees?|expensive|for free|free of charge|insurance)\b",
        r"\bhow much (?:is|are|do|does|will|would|money)\b",
        r"\bdo i (?:have|need) to pay\b",
    ),
    Topic.REMINDERS: (
        rf"\b{_WHETHER} i (?:\w+ )?(?:get|receive|have|expect) (?:\w+ ){{0,2}}reminders?\b",
        rf"\b(?:am|{_WHETHER}) i (?:\w+ )?(?:be |get )?reminded\b|\bhow often .{{0,20}}\bremind",
        rf"\b{_WHETHER} (?:you|it|somebody|anybody) (?:\w+ )?{_REMIND}\b(?! (?:by|via|per|with|over)\b)",
        r"\b(?:are|is) there (?:\w+ )?reminders?\b",
    ),
    Topic.LENGTH: (
        rf"\bhow (?:long|many minutes) (?:(?:does|do|will|would|is|are|can|should) )?{_IT}",
        r"\bhow (?:long|much time) (?:do|should) i (?:need to )?(?:plan|allow|need|expect)",
        rf"\b(?:is|will|does) {_IT} (?:be |take )?(?:very |too )?long\b",
        r"\bhow long (?:last|take)|^how long\W*$",
        r"\bwhat(?:'s| is) the (?:length|duration)\b",
    ),
    Topic.WHERE: (
        rf"\bwhere (?:(?:is|are|will|would|does|do) )?(?:{_IT}|we|you|i (?:have to )?(?:go|meet|come))\b",
        r"\bwhere is the (?:office|practice|clinic|room|place)\b",
        r"\bwhere (?:exactly )?(?:to|do i) (?:go|come)\b|^where\W*$",
        r"\bwhat(?:'s| is) (?:the|your) (?:address|location|place)\b",
        rf"\bis {_IT} (?:online|on-?line|far|remote|in person)\b",
        r"\bhow (?:do|can|would) (?:we|i) (?:get|come) to (?:you|your (?:office|place|practice|clinic))\b",
        r"\bhow (?:will|do|would) (?:we|i) (?:meet|talk|join|connect|get there)\b",
    ),
    Topic.WHO: (
        r"\bwhom? (?:will|would|do|am|shall) (?:i|we) (?:be )?(?:meet|see|talk|speak)(?:ing)?\b",
        r"\bwith whom (?:will|is|do|am)\b",
        r"\bwho(?:'s| is) (?:it|that|this|the (?:appointment|meeting|call)) with\b",
        r"\bwho (?:is|are) (?:the|my) (?:doctor|host|person|expert|adviser|advisor)\b",
    ),
    Topic.PEOPLE: (
        r"\bwho(?:'s| is| are| else is)? (?:all )?(?:there|working|your (?:people|staff|doctors|team))\b",
        r"\bwho (?:works|can i (?:meet|see|book|choose|talk)|do you have|have you got|is on your team)\b",
        r"\b(?:which|what) (?:people|doctors|persons?|experts?|advisers|names|staff) (?:are|do|can|work)\b",
    ),
    Topic.TYPES: (
        rf"\b(?:what|which) (?:other |different )?{_KINDS}(?: of {_KINDS})? (?:are|exist|could|do you|can)\b",
        r"\bwhat (?:do you offer|(?:can|could) i book|else do you (?:offer|have)|is on offer)\b",
        rf"\blist (?:of )?(?:the |all |your )?{_KINDS}\b",
    ),
    Topic.ZONE: (
        r"\b(?:what|which|whose) (?:time ?)?zone\b",
        r"\b(?:is|are) (?:it|that|this|they|those|these|the times?) (?:in )?(?:my|your|local) time\b",
        r"\b(?:my|your) time or (?:your|my|their)s?\b",
    ),
    Topic.PRIVACY: (
        rf"\b(?:is|are) {_MY_DATA} (?:safe|secure|private|kept|stored|sold|shared)\b",
        rf"\bwhat (?:happens|do you do) (?:to|with) {_MY_DATA}\b",
        rf"\bhow long (?:do|will|are|is) (?:you )?(?:(?:keep|store|save|retain)\b|{_MY_DATA}\b)",
        rf"\b(?:do|will) you (?:sell|share|give away|pass on) {_MY_DATA}\b",
        rf"\bwho (?:can|will|gets? to) (?:see|read) (?:this|that|it|{_MY_DATA})\b",
        r"\bprivacy (?:policy|notice|statement)\b|\bgdpr\b",
    ),
    Topic.UNKNOWN: (
        r"\bwhat (?:do|should|must) i (?:need to |have to )?(?:bring|wear|prepare|eat)\b",
        r"\b(?:do|should|must) i (?:need to |have to )?(?:bring|prepare|wear)\b",
        r"\b(?:where|can) (?:can )?i park\b|\bis there (?:a |any )?(?:parking|car park|lift)\b",
    ),
}
_POLITE = r"(?:\W+(?:please|pls|thanks|thank you))?\W*"
_CHECKED = r"(?:about|at|in|on|for|with|my|it|that|this|a|the|calendar|diary|first|over|moment|second)"
_WAITS = (
    r"(?:hold|hang) on(?: (?:a|one) \w+)?",
    r"wait(?: (?:up|a|one|for)(?: \w+)?)?",
    r"bear with me|brb|be right back|not yet|hm+",
    r"(?:just |give me |wait )?(?:a|one) (?:sec(?:ond)?|moment|mo|minute|min)",
    r"(?:just|give me|wait) (?:two|five|ten|a few|\d{1,2}) (?:sec(?:ond)?s|moments|minutes|mins)",
    rf"(?:let me|i(?:['’]?ll| have to| need to| must| want to)) (?:think|check|see|look|ask)(?: {_CHECKED})*",
)
_REPEATS = (
    r"what(?: (?:now|was that|did you (?:say|ask)|was (?:the|your) question))?",
    r"(?:come|say (?:that|it)) again|once more|where (?:were|are) we",
    r"(?:(?:can|could|would) you )?(?:please )?repeat(?: (?:that|it|the question|yourself))?",
    r"pardon(?: me)?|i beg your pardon|huh|eh|sorry(?=\W*\?)",
)
_ALONE = {
    Topic.WAIT: re.compile(
        rf"\W*(?:(?:ok|okay|um+|uh+|er+|well|hm+|please|sorry|so)\W+)*(?:{'|'.join(_WAITS)}){_POLITE}",
        re.IGNORECASE,
    ),
    Topic.REPEAT: re.compile(
        rf"\W*(?:(?:sorry|what|huh|eh|hm+)\W+)*(?:{'|'.join(_REPEATS)}){_POLITE}", re.IGNORECASE
    ),
}
_RUDE = re.compile(
    r"\b(?:stupid|idiot|useless|dumb|moron|shit|crap|f+u+c?k\w*|f\*+k?|bullshit|asshole|arsehole|bastard|bitch|"
    r"hate you|you suck|shut up|worthless|pathetic|terrible bot|worst)\b|\bf\*+",
    re.IGNORECASE,
)
_FOREIGN_WORDS = re.compile(
    r"\b(?:ich|einen|bitte|termin|möchte|brauche|mit|hätte|guten|für|wann|je|voudrais|rendez|vous|bonjour|avec|"
    r"pour|merci|une?|quiero|cita|por|favor|para|necesito|hola|una|con|vorrei|appuntamento|per|buongiorno|"
    r"gostaria|marcar|consulta|olá|quero|ik|wil|afspraak|graag|een|met|chciałbym|umówić|się|jag|vill|boka|tid)\b",
    re.IGNORECASE,
)
_OTHER_LETTERS = re.compile(
    r"[\u0370-\u07ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_WORD = re.compile(r"[^\W\d_]+")
_MOSTLY = 0.5  #: so much of a message must be foreign
_FEWEST = 2  #: foreign words that are no accident
_LONGEST_NAME = 2  #: words that may be somebody's name

_WHY = re.compile(
    r"^\W*(?:(?:but|and|so|ok|okay|hm+),? )?(?:(?:why|how come)\b.*(?:\bnot\b|n['’]t\b|\bcannot\b|\bno\b)|"
    r"what(?:['’]s| is| was) (?:wrong|the (?:matter|problem)) with\b|what speaks against\b)",
    re.IGNORECASE,
)


def topic_of(text: str) -> Topic | None:
    """What the words ask about, if it is one of these things."""
    if is_foreign(text):
        return Topic.LANGUAGE
    alone = next((topic for topic, whole in _ALONE.items() if whole.fullmatch(text)), None)
    if alone is not None:
        return alone
    plain = text.casefold().replace("’", "'")
    asked = (
        topic
        for topic, patterns in _QUESTIONS.items()
        if any(re.search(pattern, plain) for pattern in patterns)
    )
    return next(asked, Topic.UNHAPPY if _RUDE.search(text) else None)


def asks_why_not(text: str) -> bool:
    """Whether the words ask for the reason why a time cannot be had."""
    return bool(_WHY.search(text))


def is_foreign(text: str) -> bool:
    """Whether most of the words are of another language, as far as the commonest words or letters tell."""
    words = _WORD.findall(text)
    if not words:
        return False
    if len(_OTHER_LETTERS.findall(text)) > _MOSTLY * sum(map(len, words)):
        return True
    known = len(_FOREIGN_WORDS.findall(text))
    return len(words) > _LONGEST_NAME and known >= _FEWEST and known >= _MOSTLY * len(words)
