"""`understood`: the draft after one more message, and what the message asks for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from actions.choosing import choose, instants_of, lies_in, listed, picked, refitted
from actions.draft import Draft, Meaning, Option, Question
from actions.facts import Facts
from actions.telling import Remark, told
from actions.turn import Turn
from nlu.following import follow
from nlu.wishes import Days, Hours, Move, MoveKind, Part, TimeWish
from scheduler_core import zones
from scheduler_core.model import Booking, Order, Slot

YES_OR_NO = frozenset({Question.BOOK, Question.MOVE, Question.CANCEL})


class Act(StrEnum):
    """What a message does, besides telling something."""

    TELL = "tell"  #: it says something about the appointment, or wants to arrange one
    ASK = "ask"  #: it asks when somebody has time
    AGREE = "agree"  #: a clear yes to the question that was put, and nothing else
    REFUSE = "refuse"
    CANCEL = "cancel"  #: call off the booking that this conversation made
    LIST = "list"
    RESEND = "resend"
    BY_LINK = "by_link"  #: change a booking that this conversation did not make
    STOP = "stop"
    NOTE = "note"  #: it says something that does not touch the times on offer
    WHICH = "which"  #: it takes an offer without saying which
    FINE = "fine"  #: a yes or no, where nothing was asked
    START = "start"  #: it begins anew
    GONE = "gone"  #: a button that no longer counts
    NOTHING = "nothing"  #: not understood


_ANSWERS = {"affirm": Act.AGREE, "deny": Act.REFUSE, "alternatives": Act.REFUSE}


@dataclass(frozen=True)
class Heard:
    """A message, understood."""

    draft: Draft
    act: Act
    remarks: tuple[Remark, ...] = ()


def understood(draft: Draft, turn: Turn, facts: Facts) -> Heard:
    """The draft after the message."""
    draft = replace(draft, id=draft.id or turn.id)
    turn = turn if listed(draft, turn.choice) else replace(turn, choice=None)
    act = _asked_for(draft, turn, facts)
    if act is not None:
        return Heard(draft, act)
    if turn.option:
        return _tapped(draft, turn, facts)
    before = _moving(draft, turn, facts)
    after, remarks = told(before, turn, facts)
    after = refitted(_timed(after, turn, facts), facts)
    act = _act(before, after, turn)
    heard = Heard(after, Act.TELL if act is Act.NOTHING and remarks else act, remarks)
    return _more(heard, facts) if heard.act is Act.REFUSE and before.asked is Question.OFFERS else heard


def discussed(draft: Draft, facts: Facts) -> tuple[datetime, ...]:
    """The starts that "later" or "the same time next week" refer to."""
    if draft.chosen:
        return (draft.chosen.time.start,)
    if draft.offers:
        return tuple(slot.time.start for slot in draft.offers)
    return (facts.booking.time.start,) if facts.booking and draft.moving else ()


def _asked_for(draft: Draft, turn: Turn, facts: Facts) -> Act | None:
    """What the message asks for by its intent alone, if it is none of the ordinary things."""
    details = turn.says_something and turn.choice is None and not turn.option
    if turn.intent == "stop" and not details:
        return Act.STOP
    if turn.intent in {"cancel_appointment", "undo"}:
        return Act.STOP if draft.open and not details else Act.CANCEL if facts.booking else Act.BY_LINK
    if turn.intent == "list_appointments":
        return Act.LIST
    if turn.intent == "resend":
        return Act.RESEND
    if turn.intent == "reschedule" and not draft.open and not facts.booking:
        return Act.BY_LINK
    idle = turn.intent in {"affirm", "deny", "thank"} and not draft.open
    changes = details and (turn.intent == "deny" or not facts.booking)
    return Act.FINE if idle and not changes else None


def _moving(draft: Draft, turn: Turn, facts: Facts) -> Draft:
    """The draft, about to move the booking that this conversation made, where that is what is asked."""
    booking = facts.booking
    changes = turn.intent in {"inform", "alternatives", "deny"} and turn.when.says_when
    if booking is None or draft.open or draft.moving or not (turn.intent == "reschedule" or changes):
        return draft
    return move_of(draft, booking)


def move_of(draft: Draft, booking: Booking) -> Draft:
    """The draft of moving a booking: its people, type, length and channel are kept."""
    return replace(
        draft,
        moving=booking.uid,
        kind=booking.kind.handle,
        minutes=round(booking.time.length.total_seconds() / 60),
        people=(booking.slot.people,),
        channel=booking.channel,
    )


def _tapped(draft: Draft, turn: Turn, facts: Facts) -> Heard:
    """What a button does."""
    option = next((known for known in draft.options if known.id == turn.option), None)
    if option is None:
        return Heard(draft, Act.GONE)
    acts = {Meaning.YES: Act.AGREE, Meaning.NO: Act.REFUSE, Meaning.STOP: Act.STOP}
    if option.meaning in acts:
        return Heard(draft, acts[option.meaning])
    if option.meaning is Meaning.OTHER_TIMES:
        return _more(Heard(draft, Act.TELL), facts)
    return Heard(refitted(_answered(draft, option, facts), facts), Act.TELL)


def _answered(draft: Draft, option: Option, facts: Facts) -> Draft:
    """The draft with the answer that a button gives."""
    match option.meaning:
        case Meaning.START:
            return choose(draft, draft.offers[int(option.value)])
        case Meaning.PERSON:
            return replace(draft, people=((option.value,),), anyone=False, doubtful=())
        case Meaning.ANYONE:
            return replace(draft, people=(), anyone=True, doubtful=())
        case Meaning.READING:
            return _read(draft, draft.readings[int(option.value)], facts)
        case Meaning.SOONEST:
            return replace(draft, anyone=True, when=TimeWish(order=Order.EARLIEST))
        case _:
            return draft


def _timed(draft: Draft, turn: Turn, facts: Facts) -> Draft:
    """The draft with what the message says about when."""
    slot = picked(draft, turn, facts)
    if slot is not None:
        return choose(draft, slot)
    if draft.asked is Question.READING and draft.readings and turn.choice is not None:
        return _one_reading(draft, turn.choice, facts)
    if not turn.when.says_when or turn.choice is not None:
        return draft
    if turn.when.readings:
        return replace(draft.without_time(), readings=turn.when.readings, unclear=turn.when.unclear)
    if draft.chosen and _names_it(turn.when, draft.chosen, facts):
        return draft
    return _read(draft, turn.when, facts)


def _names_it(when: TimeWish, slot: Slot, facts: Facts) -> bool:
    """Whether the words say that very time, not how another should differ from it."""
    if when.move or when.excluded or not (when.parts or when.instants):
        return False
    return lies_in(slot.time, instants_of(when, facts, (slot,)))


def _read(draft: Draft, said: TimeWish, facts: Facts) -> Draft:
    when = follow(draft.when, said, offered=discussed(draft, facts), now=facts.now, zone=facts.zone)
    return replace(draft.without_time(), when=when, readings=(), unclear="")


def _one_reading(draft: Draft, choice: int | str, facts: Facts) -> Draft:
    """The reading that is meant by its place in the question."""
    places: dict[int | str, int] = {"earlier": 0, "later": -1, "last": -1}
    place = choice - 1 if isinstance(choice, int) else places.get(choice, len(draft.readings))
    return _read(draft, draft.readings[place], facts) if place < len(draft.readings) else draft


def _act(before: Draft, after: Draft, turn: Turn) -> Act:
    """What the message does, judged by what it changed, the open question and, last, its intent."""
    if turn.intent == "ask_availability" and after.chosen is None:
        return Act.ASK
    if after != before:
        return Act.NOTE if before.asked is Question.OFFERS and _same_search(before, after) else Act.TELL
    if turn.intent == "book" and not before.open:
        return Act.TELL
    return _answer(before, turn)


def _same_search(before: Draft, after: Draft) -> bool:
    """Whether the same times would be found as before."""
    return _searched(before) == _searched(after) and after.chosen == before.chosen


def _searched(draft: Draft) -> tuple[object, ...]:
    wish = (draft.kind, draft.minutes, draft.people, draft.anyone, draft.when)
    return (*wish, draft.readings, draft.doubtful, draft.zone, draft.writer.zone)


def _answer(before: Draft, turn: Turn) -> Act:
    """What a message that changes nothing says to the open question."""
    if before.asked in YES_OR_NO and turn.intent in _ANSWERS:
        return _ANSWERS[turn.intent]
    if before.asked is Question.OFFERS and (turn.intent in {"deny", "alternatives"} or turn.choice == "none"):
        return Act.REFUSE
    if before.asked is Question.OFFERS and turn.intent in {"affirm", "book", "choose"}:
        return Act.WHICH
    listed_only = turn.choice is not None and before.chosen is None
    return Act.TELL if turn.says_something and not listed_only else Act.NOTHING


def _more(heard: Heard, facts: Facts) -> Heard:
    """Other times than those that were offered; instead of one exact time, others on its day."""
    draft = heard.draft
    offered = tuple(slot.time.start for slot in draft.offers) or discussed(draft, facts)
    when = _other_hours(draft.when, offered, facts) if draft.when.exact else draft.when
    if not draft.when.exact:
        more = TimeWish(move=Move(MoveKind.MORE))
        when = follow(draft.when, more, offered=offered, now=facts.now, zone=facts.zone)
    return replace(heard, draft=replace(draft.without_time(), when=when), act=Act.TELL)


def _other_hours(when: TimeWish, offered: tuple[datetime, ...], facts: Facts) -> TimeWish:
    """The days of an exact wish without its times."""
    walls = [zones.to_wall(start, when.zone or facts.zone) for start in offered]
    days = tuple(Days(wall.date(), wall.date() + timedelta(days=1)) for wall in walls)
    minutes = [wall.hour * 60 + wall.minute for wall in walls]
    gone = tuple(
        Part(days=(day,), hours=(Hours(minute, minute + 1),))
        for day, minute in zip(days, minutes, strict=True)
    )
    return replace(when, parts=(Part(days=days),), instants=(), excluded=(*when.excluded, *gone))
