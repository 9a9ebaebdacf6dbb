"""What the words of an answer say beyond their intent: a clear yes, doubt, or that this is all. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.draft import Question
from actions.turn import Turn

#: The intent of a message that says again what the question offers to do: "yes, cancel it".
_SAYS_IT = {
    Question.BOOK: "book",
    Question.MOVE: "reschedule",
    Question.CANCEL: "cancel_appointment",
}
_WILLING = re.compile(
    r"\W*(?:yes|yeah|yep|yup|ok|okay|sure|right|correct|please|cancel|(?:book|move|do) (?:it|that|this))\b",
    re.IGNORECASE,
)
_ASSENTS = re.compile(r"\W*(?:yes|yeah|yep|yup|ok|okay|sure)\b", re.IGNORECASE)
_TELLS = frozenset({"inform", "choose"})
_UNWILLING = re.compile(
    r"^\W*(?:no|nope|nah)\b(?! longer| more)|"
    r"\b(?:don['’]?t|do not|not|never)\b(?: \w+){0,2}? (?:cancel|call|delete|remove|drop|do)\b",
    re.IGNORECASE,
)
#: What denies whatever intent it was taken for; "no problem" does not.
_DENIES = re.compile(
    r"\b(?:no|nope|nah|naw|nuh|not|never|dont|wont|incorrect|inaccurate|wrong|false|untrue|negative|reject(?:ed)?|"
    r"declined?|refuse|disagree|pass|later)\b|n['’]t\b|^\W*n\W*$|👎|❌",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:why not|not bad|nothing (?:wrong|against)|(?:can['’]?t|cannot) (?:complain|argue)|"
    r"(?:don['’]?t|do not) (?:mind|care)|"
    r"no (?:longer|problem|worries|doubt|objections?|complaints?|preference))\b",
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


def agrees(turn: Turn, asked: Question) -> bool:
    """Whether it is a clear yes to that question: nothing in it denies, there is no "but" and no question.

    It is given what changes nothing: "ok, Tuesday then" says again what was asked.
    """
    if _RESERVED.search(turn.text) or _denies(turn.text):
        return False
    says_it = turn.intent == _SAYS_IT.get(asked) and _WILLING.match(turn.text) is not None
    says_again = turn.intent in _TELLS and turn.says_something and _ASSENTS.match(turn.text) is not None
    return turn.intent == "affirm" or says_it or says_again


def hesitates(turn: Turn) -> bool:
    """Whether it is neither yes nor no: "maybe", or a yes with a condition."""
    return bool(_UNSURE.search(turn.text)) or turn.intent == "affirm"


def refuses(turn: Turn) -> bool:
    """Whether words that repeat the offer turn it down: "no, don't cancel it"."""
    return turn.intent == "deny" or bool(_UNWILLING.search(turn.text))


def has_all(turn: Turn) -> bool:
    """Whether the writer says that nothing more is wanted: "no thanks, that's all"."""
    return turn.intent == "deny" and bool(_ALL.search(turn.text))


def begins_with_no(turn: Turn) -> bool:
    """Whether the first word is a no."""
    return bool(_NO_FIRST.match(turn.text))


def is_content(turn: Turn) -> bool:
    """Whether it is content with things as they are: "4 pm is fine as scheduled", "see you on Tuesday"."""
    return bool(_CONTENT.search(turn.text)) and not _OTHERWISE.search(turn.text)


def any_of_the_times(turn: Turn) -> Turn:
    """The answer to a list of times: "any of them" means a time, not anybody."""
    if not _ANY_OF_THEM.search(turn.text):
        return turn
    return replace(turn, anyone=False, choice="none" if _denies(turn.text) else "any")


def _denies(text: str) -> bool:
    return bool(_DENIES.search(_NO_DENIAL.sub("", text)))
