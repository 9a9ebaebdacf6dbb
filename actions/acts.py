"""What a message does, judged by what it changed, the open question and its intent. Pure."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from actions.draft import Draft, Errand, Question
from actions.facts import Facts
from actions.managing import PROVING, answers_proving, counts_once, errand_of, needs_proof
from actions.timing import names_it
from actions.topics import Topic
from actions.turn import Turn
from actions.yesno import agrees, begins_with_no, has_all, hesitates, is_content, refuses
from nlu.wishes import TimeWish
from scheduler_core.model import Booking

_YES_OR_NO = frozenset({Question.BOOK, Question.MOVE, Question.CANCEL, Question.PLAN})
_OPEN = PROVING | {
    Question.WISH,
    Question.CHANGE,
    Question.REACH,
}  #: questions to which "no" means that nothing is wanted
_TAKES = frozenset({"affirm", "book", "choose"})
_ASKS = frozenset({"ask_availability", "ask_why_not"})
#: Intents that a remark about a booking may be taken for.
_REMARKS = frozenset({"inform", "choose", "chitchat", "greet", "nlu_fallback"})
_SETTLES = frozenset({"stop", "cancel_appointment", "reschedule", "undo", "resend", "human", "pick"})


class Act(StrEnum):
    """What a message does."""

    TELL = "tell"  #: it says something about the appointment, or wants to arrange one
    ASK = "ask"  #: it asks when somebody has time
    AGREE = "agree"  #: a clear yes to the question that was put, and nothing else
    REFUSE = "refuse"
    CANCEL = "cancel"  #: call off the booking that is spoken of
    LIST = "list"
    RESEND = "resend"
    ERRAND = "errand"  #: something that needs proof of who writes
    INVITE = "invite"  #: guests to the booking that is spoken of
    HUMAN = "human"  #: a person is wanted
    QUIET = "quiet"  #: it is for the person who was asked to take over
    LATER = "later"  #: an errand, while something else is being arranged
    STOP = "stop"
    NOTE = "note"  #: it says something that does not touch the times on offer
    WHICH = "which"  #: it takes an offer without saying which, or leaves the question open
    FINE = "fine"  #: a yes or no where nothing was asked, or a booking is to stay as it is
    START = "start"  #: it begins anew
    GONE = "gone"  #: a button that no longer counts
    ABOUT = "about"  #: it asks about something beside the point
    WHY = "why"  #: it asks why a time cannot be had
    NOTHING = "nothing"  #: not understood


def asked_for(draft: Draft, turn: Turn, facts: Facts) -> Act | None:
    """What the message asks for by its intent alone; None where its details have to be looked at."""
    if draft.handed_over:
        return Act.QUIET
    if turn.intent == "human" or (draft.asked is Question.REACH and turn.email):
        return Act.HUMAN
    if beside_the_point(draft, turn, facts):
        return Act.ABOUT
    details = turn.says_something and turn.choice is None and not turn.option
    if not details and (act := _in_short(draft, turn)) is not None:
        return act
    if answers_proving(draft, turn):
        return Act.ERRAND
    answer = None if draft.open else _to_nothing(turn, facts, details=details)
    return answer or _about_bookings(draft, turn, facts)


def _in_short(draft: Draft, turn: Turn) -> Act | None:
    """What a message without details ends: what is being arranged, or only what the writer has to say."""
    if turn.intent == "stop":
        return Act.FINE if _about_a_booking(draft) else Act.STOP
    if not draft.open:
        return None
    if turn.intent in {"cancel_appointment", "undo"}:
        return _calling_off(draft, turn)
    return _nothing_more(draft, turn) if has_all(turn) else None


def _about_a_booking(draft: Draft) -> bool:
    """Whether what is being arranged is a change of a booking: to drop it lets the booking stand."""
    return draft.moving is not None or draft.asked is Question.CANCEL


def _calling_off(draft: Draft, turn: Turn) -> Act:
    """What "cancel it" or "keep it" says to an open question: "yes, cancel it" is a yes to exactly that."""
    if not _about_a_booking(draft):
        return Act.STOP
    if turn.intent == "undo" or refuses(turn):
        return Act.FINE
    agreed = draft.asked is Question.CANCEL and agrees(turn, Question.CANCEL)
    return Act.AGREE if agreed else Act.CANCEL


def _nothing_more(draft: Draft, turn: Turn) -> Act:
    """What "that's all" says to an open question; after a name or a summary it only ends the sentence."""
    if draft.asked in _YES_OR_NO - {Question.BOOK}:
        return Act.REFUSE
    if draft.asked in {Question.BOOK, Question.CONTACT} and not begins_with_no(turn):
        return Act.WHICH
    return Act.FINE if _about_a_booking(draft) else Act.STOP


def beside_the_point(draft: Draft, turn: Turn, facts: Facts) -> bool:
    """Whether the message asks about something and says nothing that has to be taken up."""
    if turn.topic is None or turn.intent in _SETTLES:
        return False
    bare = replace(
        turn, people=(), anyone=False, type="", channel="", choice=None, when=replace(turn.when, move=None)
    )
    if bare.says_something:
        return False
    if turn.topic is Topic.UNHAPPY:
        return not turn.says_something
    return turn.intent != "list_appointments" or (draft.open and facts.booking is None)


def _to_nothing(turn: Turn, facts: Facts, *, details: bool) -> Act | None:
    """What a yes or no says where nothing was asked: a yes leaves a booking alone, whatever it mentions."""
    if facts.booking is not None and _leaves_alone(turn, facts.booking, facts):
        return Act.FINE
    if details or turn.intent not in {"affirm", "deny"}:
        return None
    return Act.TELL if turn.intent == "affirm" else Act.FINE


def _leaves_alone(turn: Turn, booking: Booking, facts: Facts) -> bool:
    """Whether it is content with a booking ("1 pm is fine") or only says again when that is."""
    if turn.intent == "affirm":
        return True
    says_more = replace(turn, when=TimeWish(), choice=None).says_something
    again = not says_more and names_it(turn.when, booking.slot, facts)
    return turn.intent in _REMARKS and (again or is_content(turn))


def _about_bookings(draft: Draft, turn: Turn, facts: Facts) -> Act | None:
    """What is asked for that concerns a booking that was made."""
    if turn.intent == "undo" and draft.former:
        return None
    errand = errand_of(turn)
    if errand is Errand.PREFER and counts_once(draft, turn, facts):
        return None
    if errand is not None and needs_proof(errand, turn, facts):
        return _errand(draft, turn)
    asked = {
        "cancel_appointment": Act.CANCEL,
        "undo": Act.CANCEL if facts.booking else Act.FINE,
        "call_in_sick": Act.CANCEL,
        "list_appointments": Act.LIST,
        "resend": Act.RESEND,
    }
    return asked.get(turn.intent)


def _errand(draft: Draft, turn: Turn) -> Act | None:
    """An errand begins where nothing else is going on; moving is then a change of what is."""
    if not draft.open or draft.asked in PROVING | {Question.PLAN}:
        return Act.ERRAND
    if turn.intent == "reschedule":
        return None
    return Act.LATER


def act_of(before: Draft, after: Draft, turn: Turn) -> Act:
    """What a message does that made the one draft of the other."""
    if turn.why and turn.when.says_when and after.chosen is None:
        return Act.WHY
    if turn.intent in _ASKS and after.chosen is None:
        return Act.ASK
    if turn.intent == "book" and not before.open and not after.wished:
        return Act.START
    if after != before:
        return Act.NOTE if before.asked is Question.OFFERS and _same_search(before, after) else Act.TELL
    return _to_offers(turn) if before.asked is Question.OFFERS else _to_question(before, turn)


def beside_remarks(act: Act, before: Draft) -> Act:
    """What a message that needs a remark does besides."""
    if act in {Act.NOTHING, Act.NOTE}:
        return Act.WHICH if before.asked is Question.OFFERS else Act.TELL
    return act


def _to_offers(turn: Turn) -> Act:
    """What a message that picks none of the times on offer says to them."""
    if _declines(turn) or turn.intent == "alternatives":
        return Act.REFUSE
    if turn.intent in _TAKES or (turn.says_something and turn.choice is None):
        return Act.WHICH
    return Act.NOTHING


def _to_question(before: Draft, turn: Turn) -> Act:
    """What a message that changes nothing says to the open question."""
    yes_or_no = before.asked in _YES_OR_NO
    if yes_or_no and agrees(turn, before.asked):
        return Act.AGREE
    if before.open and (hesitates(turn) or turn.intent in _ASKS):
        return Act.WHICH
    if (before.open and _declines(turn)) or (yes_or_no and turn.intent == "alternatives"):
        return Act.STOP if before.asked in _OPEN else Act.REFUSE
    again = turn.says_something and (turn.choice is None or before.chosen is not None)
    return Act.TELL if again else Act.NOTHING


def _declines(turn: Turn) -> bool:
    return turn.intent == "deny" or turn.choice == "none"


def _same_search(before: Draft, after: Draft) -> bool:
    """Whether the same times would be found as before."""
    return _searched(before) == _searched(after) and after.chosen == before.chosen


def _searched(draft: Draft) -> tuple[object, ...]:
    wish = (draft.kind, draft.minutes, draft.people, draft.anyone, draft.when)
    return (*wish, draft.readings, draft.doubtful)
