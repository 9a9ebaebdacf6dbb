"""What is asked for by its words, whatever intent it was given. Pure."""

from __future__ import annotations

import re

from actions.draft import Errand
from actions.heretoo import wants_here
from actions.preferring import says_usual

_APPOINTMENT = (
    r"(?:appointments?|bookings?|meetings?|consultations?|calls?|sessions?|visits?|intros?|examinations?|"
    r"reservations?|check-?ups?)"
)
_MY_ABSENCE = (
    r"(?:the|my|that|this)\b.{0,30}? ?\b(?:block(?:ing|age)?|time off|absence|sick (?:leave|note|day)|"
    r"holiday|days? off|leave)"
)
_DAY = r"(?:today|tomorrow|this|next|on)"
_LINK = r"(?:link|(?:zoom|meeting) url|dial-?in)"
_MAIL = r"(?:confirmation|invitation|e-?mail|mail)"
_AM = r"\bi(?:['’]?m| am)"
_BEING = rf"(?:\brunning|{_AM}|\bi(?:['’]?ll| will) be|\bgoing to be)"
_NO_MOVE = r"(?!.*\b(?:can|could|move|instead|later|appointment)\b)"
_ERRANDS = {
    Errand.BACK: (
        r"\bun-?block\b",
        rf"{_AM} (?:not|no longer) (?:ill|sick|unwell)\b",
        rf"{_AM} (?:feeling )?(?:well|healthy|better|fine|fit) again\b",
        r"\b(?:free|open|clear)\b.*\b(?:again|after all)\W*$",
        r"\bre-?open\b.*\b(?:my|day|calendar|morning|afternoon|evening|week|\w+day)\b",
        r"\bmake\b.*\b(?:bookable|available|free) (?:again|after all)\b",
        rf"\b(?:remove|delete|lift|undo|cancel|drop|end|take (?:back|away|off|out)) {_MY_ABSENCE}\b",
        r"\bi(?:['’]?ll| will| can)? (?:work|be working|be in|come in)\b.*\bafter all\b",
        r"\b(?:put|take) me back (?:in|on)\b",
    ),
    Errand.BLOCK: (rf"\bblock (?:off |out )?(?:my|the|all|on|from|{_DAY}|\d|\w+day\b)",),
    Errand.LATE: (rf"{_BEING} (?:\S+ ){{0,4}}?(?:late|behind)\b{_NO_MOVE}",),
    Errand.NEXT: (
        r"\bwho(?:['’]s| is| comes| do i (?:have|see|meet))(?: \w+)? next\b",
        r"^\W*(?:who|when|what)(?:['’]s| is)? (?:my|the) next (?:patient|client|customer|visitor)\b",
    ),
    Errand.FREE: (
        r"\b(?:when|what time) (?:am|do|will|have) i (?:\w+ )?(?:free|time|(?:a )?gaps?|nothing)\b",
        r"^\W*am i (?:\w+ )?free\b",
        r"\bdo i have (?:any |some |a )?(?:free time|gaps?|time free)\b",
    ),
    Errand.LIST: (rf"^\W*who (?:is|comes|do i have|have i got)(?: coming| booked)?(?: in| to me)? {_DAY}\b",),
    Errand.DELIVERY: (
        rf"\b(?:is|was|has|where['’]?s?|when|did|what|got|get|received?|missing)\b.*\b{_LINK}\b",
        rf"\bwhat (?:became|has become|happened) (?:of|to|with) (?:the|my) (?:{_MAIL}|{_LINK})\b",
    ),
}
#: Who wants an appointment because of it says more than when.
_ILL = re.compile(
    rf"^\W*(?:hi|hello|sorry)?\W*{_AM}(?: off)? (?:ill|sick|unwell)\b"
    r"(?!.*\b(?:appointments?|need|see|book|can|could|want|doctor|dr|soon|possible)\b)[^?]{0,40}$",
    re.IGNORECASE,
)
#: What only people of the calendar mean as an errand; others say it of a trip.
_PERHAPS_BACK = re.compile(
    rf"(?:{_AM}|\bi(?:['’]?ll| will) be) (?:already )?(?:back|in|available|free|working|at work)\b"
    r"(?!.*\b(?:link|mail)\b)|\bback at work\b|\bi can work\b",
    re.IGNORECASE,
)
_AFTER_ALL = re.compile(r"\bafter all\b|\bagain\b", re.IGNORECASE)
_EXISTING = re.compile(
    rf"\b(?:my|our)\b(?: [\w'’.-]+){{0,3}}? {_APPOINTMENT}\b|"
    rf"\b(?:existing|other|booked|old|previous|earlier|last) {_APPOINTMENT}\b|"
    rf"\b(?:the )?{_APPOINTMENT} (?:that )?(?:i|we)(?:['’]ve)? (?:already )?(?:have|had|made|booked|got)\b|"
    r"\bwhat i(?:['’]ve)? (?:have )?(?:already )?booked\b",
    re.IGNORECASE,
)
_SOMETHING = re.compile(rf"\b(?:it|that|this|them|one|{_APPOINTMENT})\b", re.IGNORECASE)
_ANY_APPOINTMENT = re.compile(rf"\b{_APPOINTMENT}\b", re.IGNORECASE)
_NEW_ONE = re.compile(
    r"\b(?:the (?:new|current|present) one|this one|the one (?:we|i)\b|not (?:that|the) (?:old )?one)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+\w")
_TAKE_OFF = re.compile(
    r"\b(?:take|leave|cross|strike|drop|remove|delete|exclude|un-?invite|disinvite|get rid of|kick)\b"
    r"|\b(?:without|no|cancel) (?:the |my |any |that )?(?:guests?|invitation (?:for|of|to))\b"
    r"|\b(?:don['’]?t|do not|not|no longer|stop) (?:to )?invit(?:e|ing)\b",
    re.IGNORECASE,
)
_NOT_COMING = re.compile(
    r"\b(?:is|are)(?:n['’]?t| not| no longer) (?:coming|joining|attending|invited|able)\b"
    r"|\b(?:can(?:['’]?t|not| not)|won['’]?t|will not|does(?:n['’]?t| not)|do(?:n['’]?t| not)) "
    r"(?:want to |need to |have to |be able to )?(?:come|join|attend|make it|be there|be invited)\b",
    re.IGNORECASE,
)
_GUEST = re.compile(r"\b(?:guests?|other participants?)\b", re.IGNORECASE)
_EVERY_GUEST = re.compile(r"\b(?:guests|all|everybody|everyone|participants)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:guest|him|her|them|he|she|they)\b", re.IGNORECASE)
_SHORTEST_NAME = 3


def errand_in(text: str) -> Errand | None:
    """The errand that the words bring, if it is one of those that are told by their words."""
    if wants_here(text):
        return Errand.HERE
    if says_usual(text):
        return Errand.PREFER
    plain = text.casefold()
    found = (
        errand for errand, patterns in _ERRANDS.items() if any(re.search(one, plain) for one in patterns)
    )
    return next(found, Errand.ILL if _ILL.search(_bare(text)) else None)


def asks_for_link(text: str) -> bool:
    """Whether it is about the link to an appointment online."""
    return re.search(_LINK, text, re.IGNORECASE) is not None


def perhaps_back(text: str) -> bool:
    """Whether somebody of the calendar who says this is there after all: "I'm back on Friday"."""
    return bool(_PERHAPS_BACK.search(text))


def is_back_after_all(text: str) -> bool:
    """Whether it takes something back as well: "I'm back on Friday after all"."""
    return perhaps_back(text) and bool(_AFTER_ALL.search(text))


def names_existing(text: str) -> bool:
    """Whether it is about an appointment that is booked already: "my appointment", "the one I have"."""
    return bool(_EXISTING.search(text))


def names_appointment(text: str) -> bool:
    """Whether the word appointment, or one like it, is said."""
    return bool(_ANY_APPOINTMENT.search(text))


def names_something(text: str) -> bool:
    """Whether it says what it is about, be it only "it"."""
    return bool(_SOMETHING.search(text))


def names_new(text: str) -> bool:
    """Whether it is about the appointment that is being arranged, not one that is booked."""
    return bool(_NEW_ONE.search(text))


def takes_guests_off(text: str, guests: tuple[str, ...]) -> bool:
    """Whether one is not to be invited: an address, a guest by that word, or one of these by name."""
    return bool(_TAKE_OFF.search(_bare(text))) and _about_guests(text, guests)


def guests_cannot_come(text: str, guests: tuple[str, ...]) -> bool:
    """Whether it says that such a one does not come."""
    return bool(_NOT_COMING.search(_bare(text))) and _about_guests(text, guests)


def guests_meant(text: str, guests: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the guests who are meant: by address or name, all of them, or the only one."""
    named = _named(text, guests)
    if named or _ADDRESS.search(text):
        return named
    several = _EVERY_GUEST.search(text) is not None
    return guests if several or (len(guests) == 1 and _SOMEBODY.search(text)) else ()


def addresses_in(text: str) -> tuple[str, ...]:
    """The addresses in a text, as they were typed."""
    return tuple(_ADDRESS.findall(text))


def _bare(text: str) -> str:
    return _ADDRESS.sub(" ", text)


def _about_guests(text: str, guests: tuple[str, ...]) -> bool:
    return bool(_GUEST.search(text) or _ADDRESS.search(text) or _named(text, guests))


def _named(text: str, guests: tuple[str, ...]) -> tuple[str, ...]:
    """The guests whose address stands in the text, else those of whose address a word does."""
    typed = {address.casefold() for address in addresses_in(text)}
    if typed:
        return tuple(guest for guest in guests if guest.casefold() in typed)
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    return tuple(guest for guest in guests if words & _names_in(guest))


def _names_in(address: str) -> set[str]:
    """The words of an address that may be somebody's name."""
    parts = re.findall(r"[^\W\d_]+", address.casefold().split("@")[0])
    return {part for part in parts if len(part) >= _SHORTEST_NAME}
