"""How times are refused in English."""

from __future__ import annotations

import re

from nlu.language import RefusalWords

_REFUSAL = re.compile(
    r"(?:(?<!why )\bnot\b(?! (?:only|sure|before|after|later|earlier))|\b(?:but|and) no\b"
    r"|\b(?:any|every|each|all)\s?(?:time|day|days|thing|where|week)s?,? but\b|\bneither\b"
    r"|\bexcept(?:ing)?(?: for)?\b"
    r"|\bexcluding\b|\bapart from\b|\bother than\b|\banything but\b|\bbesides\b|\bwithout\b|\bnever\b"
    r"|\bavoid\b"
    r"|\b(?:i|we) work\b|\b(?:i'm|i am|we're|we are) (?:at work|working|in meetings?|in class|at school"
    r"|travell?ing)\b"
    r"|\b(?:days?|weeks?|months?|times?|anything|everything),? bar\b|^\s*,?\s*bar\b"
    r"|\binstead of\b|\brather than\b|\bbetter than\b"
    r"|^\s*than\b|\b(?:ca|could|do|does|wo|would|is|are|was)n't\b"
    r"|\b(?:can|could|do|does|will|would)\s?not\b"
    r"|(?:^\W*|\b(?:i'm|im|i am|we're|we are|i'll be|i will be|we'll be|am|also|and)\s+(?:\w+\s+){0,2})"
    r"(?:unable|unavailable|busy|away|not free|not available|booked|on holiday|on vacation"
    r"|out of office)\b|\bhate\b"
    r")(?P<words>[^.,;!?]*)$",
    re.IGNORECASE,
)
_WHY = re.compile(r"\b(?:why|reason|how come)\b[^.!;]*$", re.IGNORECASE)
_BUT = re.compile(r"\s*,?\s*but\s+(?:on\s+)?(?:the\s+)?", re.IGNORECASE)
_ALLOWED = re.compile(
    r"^\s*(?:you|we|i|he|she|they)\b|\b(?:mind|care|matter|wait|why|rather|instead|but|how about|what about"
    r"|works"
    r"|prefer|better|please|let's)\b",
    re.IGNORECASE,
)
_REFUSED_AFTER = re.compile(
    r"\s*(?:,\s*)?(?:(?:is|are|was|does|do|did|will|would|can|could)\s+not\b"
    r"|(?:is|are|was|does|do|did|would|could|wo|ca)n't\b|cannot\b"
    r"|(?:is|are|'s)\s+(?:a\s+)?(?:bad|out|off|impossible|no good|difficult|tricky|hard|no\b|no-go|full"
    r"|(?:bank |public )?holiday"
    r"|too)\b"
    r"|(?:i|we) (?:ca|do|wo|could)(?:n't|nnot)"
    r"(?: (?:do|make|come|work|be|available|free|there|it))*\s*(?=$|[.,;!?])"
    r"|no good\b|not (?:good|possible|working|great|ideal|so good|an option)\b|never works?\b)",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W*(?:(?:on|about|for)\s+)?(?P<day>\w+)\W*", re.IGNORECASE)
_MOVED = re.compile(
    r"(?:'s)?\s*(?:appointment|meeting|booking|slot|one|session|call)\b.*?\bto\b", re.IGNORECASE
)
_OWNED = re.compile(r"\b(?:my|our|the|that|this)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OWNS = re.compile(r"'s")
_NO = re.compile(r"\bno\s+$", re.IGNORECASE)
_NOTHING = re.compile(r"(?<!there )\bnothing\s*$", re.IGNORECASE)
_CARRIED = re.compile(r"\s*(?:,?\s*(?:or|and|nor)\b|/|-)?\s*(?:(?:on|at|in|the)\b\s*)*", re.IGNORECASE)
_ENGAGEMENT = (
    r"(?:(?:\w+\s+){0,2}?(?:appointment|booking|meeting|slot|session|reservation|visit|consultation|call|class"
    r"|lesson|course|shift|interview|exam|flight|train)|one|something)\b"
)
_HELD = re.compile(
    r"(?:(?<!can )(?<!could )(?<!may )(?<!might )(?<!should )\b(?:i|we)(?:\s+(?:already|currently|now))?"
    r"(?:(?:\s+have|\s+had|'ve)(?:\s+got)?(?:\s+already)?\s+(?:(?:an?|my|our|the|another)\s+)?"
    + _ENGAGEMENT
    + r"|(?:'m|'re|\s+am|\s+are|\s+was|\s+were|'ve\s+been|\s+have\s+been)\s+(?:(?:already|currently|now)\s+)?"
    r"(?:booked|scheduled|down|due|coming|supposed))"
    r"|\byou(?:\s+have|'ve)(?:\s+got)?\s+(?:me|us)\b(?:\s+down)?"
    r"|(?:^|[.,;!?]\s*|\b(?:hi|hello|about|regarding|as|since|because|but|so)\b[\s,]*)(?:my|our)\s+"
    + _ENGAGEMENT
    + r"|\b(?:currently|at present)\b)[^.,;!?]{0,60}$",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\b(?:can|could|may|might|would|shall|should|please|but|instead|mov|chang|switch|swap|mak|come|need|want"
    r"|prefer|rather|like|let's|how about|what about|push|shift|resched|postpone|bring)",
    re.IGNORECASE,
)
_PLURAL_JOINTS = frozenset({"", "in the"})

REFUSALS = RefusalWords(
    but=_BUT,
    why=_WHY,
    refusal=_REFUSAL,
    allowed=_ALLOWED,
    refused_after=_REFUSED_AFTER,
    bare=_BARE,
    moved=_MOVED,
    owned=_OWNED,
    owns=_OWNS,
    no=_NO,
    nothing=_NOTHING,
    carried=_CARRIED,
    held=_HELD,
    wants=_WANTS,
    plural_joints=_PLURAL_JOINTS,
)
