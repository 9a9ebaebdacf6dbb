"""What a message does, judged by what it changed, the open question and its intent. Pure."""

from __future__ import annotations

from enum import StrEnum

from actions.draft import Draft, Question
from actions.managing import PROVING
from actions.turn import Turn
from actions.yesno import agrees, hesitates

YES_OR_NO = frozenset({Question.BOOK, Question.MOVE, Question.CANCEL, Question.PLAN, Question.HERE})
_OPEN = PROVING | {
    Question.WISH,
    Question.CHANGE,
    Question.REACH,
}  #: questions to which "no" means that nothing is wanted
_TAKES = frozenset({"affirm", "book", "choose"})
_ASKS = frozenset({"ask_availability", "ask_why_not"})


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
    UNINVITE = "uninvite"  #: guests are not to come
    TAKE_BACK = "take_back"  #: what was done last with guests or the writer's own days
    HUMAN = "human"  #: a person is wanted
    QUIET = "quiet"  #: it is for the person who was asked to take over
    NOT_HERE = "not_here"  #: reminders and changes are not wanted in this chat any more
    LATER = "later"  #: an errand, while too much else is waiting
    REPLAN = "replan"  #: other times, or another delay, than a plan for somebody's own day has
    NOT_THAT = "not_that"  #: what is meant is the new appointment, not one that is booked
    STOP = "stop"
    NOTE = "note"  #: it says something that does not touch the times on offer
    WHICH = "which"  #: it takes an offer without saying which, or leaves the question open
    FINE = "fine"  #: a yes or no where nothing was asked, or a booking is to stay as it is
    START = "start"  #: it begins anew
    GONE = "gone"  #: a button that no longer counts
    ABOUT = "about"  #: it asks about something beside the point
    BACK = "back"  #: it wants to go back to what was asked before
    WHY = "why"  #: it asks why a time cannot be had
    NOTHING = "nothing"  #: not understood


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
    yes_or_no = before.asked in YES_OR_NO
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
