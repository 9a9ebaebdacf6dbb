"""Whose an e-mail address is: the writer's own, a guest's, or one named only to be refused; pure."""

from __future__ import annotations

import re

_RELATION = (
    r"(?:wife|husband|partner|spouse|son|daughter|mother|father|mum|mom|dad|parents?|brother|sister|friend"
    r"|girlfriend|boyfriend|flatmate|colleague|co-?worker|team ?mate|boss|manager|assistant|secretary"
    r"|lawyer"
    r"|accountant|interpreter|translator|carer)"
)
_INVITED = re.compile(
    r"\b(?:invit(?:e|es|ing|ation)|includ(?:e|ing)|add|cc(?:'d)?|bcc|copy|bring(?:ing)?|as well as|guests?"
    r"|participants?|attendees?|(?:together|along) with|loop in|forward (?:it|this|the \w+) to|joined by"
    r"|(?:his|her|their)\s(?:e-?mail|mail|address))\b|\balso(?:\s+(?:to|for|with))?\s*$",
    re.IGNORECASE,
)
_RELATED = re.compile(rf"\b(?:my|our|his|her)\s+(?:\w+\s+)?{_RELATION}\b", re.IGNORECASE)
#: What follows somebody who comes along, and is the writer's own all the same: "for my son Mio, mail is …".
_THE_ADDRESS = re.compile(
    r"(?<!his )(?<!her )(?<!their )(?<!['’]s )\b(?:the )?(?:e-?mail|mail)(?: address)?\s*(?:is\b|:|=)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:my\s+(?:(?:own|new|work|private|personal|other|business|current|main|correct|right)\s+)?"
    r"(?:e-?mail|mail|address|contact|name)\b|mine is\b|(?:reach|contact|write to|answer|mail|email) me\b"
    r"|me (?:at|under)\b|myself\b|i'?m\b|i am\b)",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"\W*(?:[\w'’ -]{0,40}\s)?(?:(?:will|should|can|would like to|wants to|might|may"
    r"|is going to) (?:also )?"
    r"(?:join|come|attend|get (?:it|the|an|a)|be there|be invited|be copied|receive)|joins|comes along"
    r"|as (?:a )?guest|in (?:the )?cc|(?:is|are) (?:coming|joining|invited)|too(?=\W*$))(?!\w)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:not(?: at)?|instead of|rather than|no longer|from"
    r"|old (?:one|address|e-?mail|mail)(?: (?:is|was))?)\s*:?\s*$",
    re.IGNORECASE,
)
_LIST = re.compile(r"[\s,;&+/<>()]*(?:\b(?:and|or|plus)\b)?[\s<(]*", re.IGNORECASE)
_REACH = 160  #: how far before an address the sentence is looked at


def is_guest(text: str, start: int, end: int) -> bool:
    """Whether the address at `start:end` is somebody's who is to be invited besides the writer."""
    clause = re.split(r"[.;!?](?=\s|$)|@", text[max(0, start - _REACH) : start])[-1]
    invited, related = _last(_INVITED, clause), _last(_RELATED, clause)
    own = max(_last(_OWN, clause), 0 if invited else _last(_THE_ADDRESS, clause))
    if invited or related or own:
        return max(invited, related) > own
    return bool(_COMES.match(text, end, end + 90))


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends; 0 where there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=0)


def is_refused(text: str, start: int) -> bool:
    """Whether the address at `start` is named as the wrong one: "not ann@example.com"."""
    return bool(_REFUSED.search(text[max(0, start - 40) : start]))


def shares_its_cue(between: str) -> bool:
    """Whether two addresses with this between them are one list."""
    return bool(_LIST.fullmatch(between))
