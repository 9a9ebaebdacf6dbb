"""What English answers say beyond their intent: yes, no, doubt, that this is all, what should change."""

from __future__ import annotations

import re

from nlu.language import AnswerWords, Field

_WILLING = re.compile(
    r"\W*(?:yes|yeah|yep|yup|ok|okay|sure|right|correct|please|cancel|(?:book|move|do) (?:it|that|this))\b",
    re.IGNORECASE,
)
_ASSENTS = re.compile(r"\W*(?:yes|yeah|yep|yup|ok|okay|sure)\b", re.IGNORECASE)
_UNWILLING = re.compile(
    r"^\W*(?:no|nope|nah)\b(?! longer| more)|"
    r"\b(?:don['’]?t|do not|not|never)\b(?: \w+){0,2}? (?:cancel|call|delete|remove|drop|do)\b",
    re.IGNORECASE,
)
_WRONG = r"(?:wrong|incorrect|inaccurate|inexact|untrue|false|invalid|unreasonable|unsuitable|impossible)"
_DENIES = re.compile(
    r"\b(?:no|nope|nah|naw|nuh|not|never|dont|wont|negative|reject(?:ed)?|declined?|refuse|disagree|pass|later|"
    rf"unacceptable|{_WRONG})\b|n['’]t\b|^\W*n\W*$|👎|❌",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:why not|not (?:a )?(?:bad|problem)|nothing against|(?:can['’]?t|cannot) (?:complain|argue)|"
    r"(?:don['’]?t|do not) (?:mind|care)|"
    r"no (?:longer|problem|worries|doubt|objections?|complaints?|preference))\b",
    re.IGNORECASE,
)
_TWICE = re.compile(
    rf"(?:\b(?:not|nothing|never|hardly)|n['’]t)\s+(?:(?:at all|in any way|any|there|really|exactly)\s+)?"
    rf"(?:{_WRONG}|bad)\b",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"\b(?:but|except|unless|although|however|if|instead|wait)\b|\?", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:maybe|perhaps|unsure|not (?:quite )?(?:sure|certain)|(?:don['’]?t|do not) know|no idea|"
    r"not decided|undecided)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\bthat(?:['’]?s| is| was|['’]ll be| will be| would be) (?:all|it|everything)\b|"
    r"\bnothing (?:else|more|further)\b|\b(?:i['’]?m|i am|all) (?:done|set|finished)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\b(?:is|are|am|i['’]?m|still|will be)\b.*"
    r"\b(?:fine|good|great|ok|okay|perfect|right|correct|enough|happy)\b|"
    r"\b(?:works|suits|sounds (?:good|great)|as (?:scheduled|planned|agreed|booked|discussed)|see (?:you|u)|"
    r"i(?:['’]?ll| will) (?:be there|come)|looking forward|noted|got it|confirm(?:ed)?|it is)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:better|instead|rather|not|other|another|later|earlier|change|move|more|free|available)\b|"
    r"n['’]t\b|\?",
    re.IGNORECASE,
)
_ANY_OF_THEM = re.compile(r"\bany (?:one )?of (?:them|these|those)\b", re.IGNORECASE)
_NO_FIRST = re.compile(r"\W*(?:no|nope|nah|nothing|none)\b", re.IGNORECASE)
_FIELD = re.compile(
    r"\W*(?:no\W+)?(?:(?:change|only|just|a|an|the|my|this|that|other|another|different|wrong)\W+)*"
    r"(?P<field>time|hour|day|date|slot|person|doctor|name|e-?mail|address)s?"
    r"(?:\W+(?:address|please|is (?:wrong|incorrect|not right)))*\W*",
    re.IGNORECASE,
)
_FIELDS = {
    "time": Field.TIME, "hour": Field.TIME, "day": Field.TIME, "date": Field.TIME, "slot": Field.TIME,
    "person": Field.PERSON, "doctor": Field.PERSON, "name": Field.NAME, "email": Field.EMAIL,
    "e-mail": Field.EMAIL, "address": Field.EMAIL,
}  # fmt: skip

ANSWERS = AnswerWords(
    willing=_WILLING,
    assents=_ASSENTS,
    unwilling=_UNWILLING,
    denies=_DENIES,
    no_denial=_NO_DENIAL,
    twice=_TWICE,
    reserved=_RESERVED,
    unsure=_UNSURE,
    all_=_ALL,
    content=_CONTENT,
    otherwise=_OTHERWISE,
    any_of_them=_ANY_OF_THEM,
    no_first=_NO_FIRST,
    named_field=_FIELD,
    fields=_FIELDS,
)
