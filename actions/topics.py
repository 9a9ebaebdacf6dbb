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
    UNKNOWN = "unknown"  #: something about an appointment that no calendar knows
    UNHAPPY = "unhappy"  #: no question, but a rude word
    LANGUAGE = "language"  #: whatever it is, it is not English


_KINDS = r"(?:types?|kinds?|sorts?|appointments?|services?|consultations?|meetings?)"
_IT = (
    r"(?:it|that|this|they|one|(?:the|an?|my|your|each|such an?) (?:\w+ )?(?:appointment|meeting|call|visit|"
    r"session|consultation|examination|intro|check-?up|chat))"
)
_WHETHER = r"(?:will|would|do|does|should|shall)"
_REMIND = r"(?:remind (?:me|people|us)|send (?:\w+ ){0,3}reminders?)"
_QUESTIONS = {
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
    Topic.UNKNOWN: (
        r"\bwhat (?:do|should|must) i (?:need to |have to )?(?:bring|wear|prepare|eat)\b",
        r"\b(?:do|should|must) i (?:need to |have to )?(?:bring|prepare|wear)\b",
        r"\b(?:where|can) (?:can )?i park\b|\bis there (?:a |any )?(?:parking|car park|lift)\b",
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
