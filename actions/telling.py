"""What a message says about people, type, place and the writer, put into the draft. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from actions.catalogue import VIDEO, Catalogue, group_of, kind_of, length_of
from actions.dialling import dialled
from actions.draft import Draft, Groups, Question
from actions.facts import Facts
from actions.managing import counts_once
from actions.naming import bare_name, like_addresses
from actions.turn import Named, Turn, wanted_channel
from scheduler_core.errors import InvalidAddress, InvalidName, InvalidText, TooManyGuests
from scheduler_core.model import Details
from scheduler_core.texts import checked_address, checked_name

_NOT_A_NAME = frozenset(
    {"affirm", "deny", "greet", "goodbye", "thank", "help", "alternatives", "choose", "book"}
)


class RemarkKind(StrEnum):
    """What has to be said about a message before the conversation goes on."""

    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_TYPE = "unknown_type"
    NOT_OFFERED = "not_offered"
    INVALID_DURATION = "invalid_duration"
    INVALID_CHANNEL = "invalid_channel"
    INVALID_ADDRESS = "invalid_address"
    INVALID_NAME = "invalid_name"
    INVALID_NOTE = "invalid_note"
    INVALID_PHONE = "invalid_phone"
    NOT_BOOKABLE = "not_bookable"
    GUEST = "guest"
    GUEST_OFF = "guest_off"
    NO_SUCH_GUEST = "no_such_guest"
    TOO_MANY_GUESTS = "too_many_guests"
    ONLY_NOW = "only_now"  #: what somebody usually wants is not kept without proof of who they are
    ONLY_TIME = "only_time"  #: an appointment that is moved keeps its people and type


@dataclass(frozen=True)
class Remark:
    """One such thing; `words` are the writer's own."""

    kind: RemarkKind
    words: str = ""


Told = tuple[Draft, tuple[Remark, ...]]


def told(draft: Draft, turn: Turn, facts: Facts) -> Told:
    """The draft with everything but the time, and what to remark about it."""
    remarks: tuple[Remark, ...] = ()
    if counts_once(draft, turn, facts):
        remarks = (Remark(RemarkKind.ONLY_NOW),)
    turn = _named(draft, _signed(draft, turn))
    parts = (_of_the_booking, _fitting) if draft.moving else (_contact, _people, _kind, _fitting, _place)
    for part in parts:
        draft, found = part(draft, turn, facts)
        remarks += found
    return draft, remarks


def _of_the_booking(draft: Draft, turn: Turn, _facts: Facts) -> Told:
    """What can be told while an appointment is moved: it keeps its people, type and channel."""
    people = {handle for named in turn.people for handle in named.handles[:1]}
    kept = people <= set(draft.people[0]) and not turn.type and not turn.channel
    moved = replace(draft, zone=turn.zone or draft.zone, minutes=turn.minutes or draft.minutes)
    return moved, () if kept else (Remark(RemarkKind.ONLY_TIME),)


def _contact(draft: Draft, turn: Turn, facts: Facts) -> Told:
    writer, remarks = draft.writer, []
    try:
        writer = replace(writer, email=checked_address(turn.email) if turn.email else writer.email)
    except InvalidAddress:
        remarks.append(Remark(RemarkKind.INVALID_ADDRESS, turn.email))
    try:
        writer = replace(writer, name=checked_name(turn.name) if turn.name else writer.name)
    except InvalidName:
        remarks.append(Remark(RemarkKind.INVALID_NAME))
    if draft.asked is Question.CONTACT and not turn.email and (addresses := like_addresses(turn.rest)):
        remarks.append(Remark(RemarkKind.INVALID_ADDRESS, addresses[0]))
    draft, invited = _invited(draft, turn)
    remarks += invited
    phone = dialled(turn.phone, zone=facts.zone, locale=facts.locale)
    if turn.phone and not phone:
        remarks.append(Remark(RemarkKind.INVALID_PHONE, turn.phone))
    draft = replace(draft, writer=replace(writer, phone=phone or writer.phone))
    try:
        Details(phone=turn.phone, note=turn.note)
    except InvalidText:
        return replace(draft, writer=writer), (*remarks, Remark(RemarkKind.INVALID_NOTE))
    return replace(draft, note=turn.note or draft.note), tuple(remarks)


def _invited(draft: Draft, turn: Turn) -> tuple[Draft, list[Remark]]:
    """The draft with the guests who are to be invited too."""
    remarks = []
    for guest in turn.guests:
        try:
            draft = replace(draft, guests=Details(guests=(*draft.guests, guest)).guests)
            remarks.append(Remark(RemarkKind.GUEST, guest))
        except InvalidAddress:
            remarks.append(Remark(RemarkKind.INVALID_ADDRESS, guest))
        except TooManyGuests:
            remarks.append(Remark(RemarkKind.TOO_MANY_GUESTS, guest))
    return draft, remarks


def _signed(draft: Draft, turn: Turn) -> Turn:
    """The message with the full name at its end as the writer's, where nobody to be met is called so."""
    strangers = [one for one in turn.people if one.bare and not one.handles and " " in one.words]
    others = tuple(one for one in turn.people if one not in strangers)
    if len(strangers) != 1 or not replace(turn, people=others).says_something:
        return turn
    return replace(turn, people=others, name=turn.name or draft.writer.name or strangers[0].words)


def _named(draft: Draft, turn: Turn) -> Turn:
    """The message with the writer's name; where that was asked for, bare words and strangers are one."""
    if turn.name or draft.asked is not Question.CONTACT or draft.writer.name:
        return turn
    if turn.people and (turn.email or not turn.people[0].handles or _first_name_alone(turn.people)):
        return replace(turn, name=turn.people[0].words, people=())
    return replace(turn, name=bare_name(turn)) if _only_contact(turn) else turn


def _first_name_alone(people: tuple[Named, ...]) -> bool:
    """Whether it is one bare word: who is asked for a name and says "Ben" is called so, too."""
    return len(people) == 1 and people[0].bare and " " not in people[0].words


def _only_contact(turn: Turn) -> bool:
    """Whether the message says nothing but who the writer is, as far as it was understood."""
    bare = replace(turn, name="", email="", phone="", guests=())
    return not bare.says_something and turn.intent not in _NOT_A_NAME


def _people(draft: Draft, turn: Turn, facts: Facts) -> Told:
    if turn.anyone:
        return replace(draft, anyone=True, people=(), doubtful=()), ()
    if draft.asked is Question.PERSON and draft.doubtful and (answer := _one_of(draft, turn)):
        return replace(draft, people=((answer,),), anyone=False, doubtful=()), ()
    if draft.asked is Question.PERSON and draft.doubtful and turn.choice == "any":
        return replace(draft, people=tuple((one,) for one in draft.doubtful), anyone=False, doubtful=()), ()
    strangers = tuple(named for named in turn.people if not named.handles and _meant(named, draft))
    remarks = tuple(Remark(RemarkKind.UNKNOWN_PERSON, named.words) for named in strangers)
    known = tuple(named for named in turn.people if named.handles)
    if not known and not strangers:
        return draft, ()
    if not known:
        return replace(draft, doubtful=everyone(facts.catalogue)), remarks
    doubtful = next((named.handles for named in known if len(named.handles) > 1), ())
    return replace(draft, anyone=False, people=_groups(known), doubtful=doubtful), remarks


def _meant(named: Named, draft: Draft) -> bool:
    """Whether words that fit nobody were meant as a person: bare ones only where one was asked for."""
    return not named.bare or draft.asked in {Question.WISH, Question.PERSON}


def _one_of(draft: Draft, turn: Turn) -> str:
    """The person meant by a number in the list, or by a yes where there is but one."""
    if isinstance(turn.choice, int):
        return draft.doubtful[turn.choice - 1]
    return draft.doubtful[0] if turn.intent == "affirm" and len(draft.doubtful) == 1 else ""


def _groups(known: tuple[Named, ...]) -> Groups:
    """Those joined by "and" are needed together, the others are alternatives."""
    groups: list[tuple[str, ...]] = []
    for named in known:
        if named.together and groups:
            groups[-1] = (*groups[-1], named.handles[0])
        else:
            groups.append((named.handles[0],))
    return tuple(dict.fromkeys(tuple(sorted(set(group))) for group in groups))


def everyone(catalogue: Catalogue) -> tuple[str, ...]:
    """The handles of all who can be booked."""
    offering = {person for person, _ in catalogue.offers}
    return tuple(person.handle for person in catalogue.people if person.handle in offering)


def _kind(draft: Draft, turn: Turn, facts: Facts) -> Told:
    minutes = turn.minutes or draft.minutes
    if not turn.type:
        return replace(draft, minutes=minutes), ()
    named = facts.catalogue.types_named(turn.type)
    if not named:
        return replace(draft, minutes=minutes), (Remark(RemarkKind.UNKNOWN_TYPE, turn.type),)
    possible = turn.minutes or timedelta(minutes=minutes or 0) in named[0].durations
    return replace(draft, kind=named[0].handle, minutes=minutes if possible else None), ()


def _fitting(draft: Draft, turn: Turn, facts: Facts) -> Told:
    """Whether the people offer the type, at the length, as far as this message says something about it."""
    if not (turn.people or turn.type or turn.minutes):
        return draft, ()
    kind = kind_of(draft, facts.catalogue)
    names = " / ".join(facts.catalogue.person(one).name for one in group_of(draft))
    if kind is None:
        remark = Remark(RemarkKind.NOT_BOOKABLE, names)
        return replace(draft, people=(), doubtful=everyone(facts.catalogue)), (remark,)
    offered = {person.handle for person in facts.catalogue.offering(kind)}
    if draft.people and not any(offered.issuperset(group) for group in draft.people):
        remark = Remark(RemarkKind.NOT_OFFERED, names)
        return replace(draft, people=(), doubtful=tuple(sorted(offered))), (remark,)
    wanted = timedelta(minutes=draft.minutes or 0)
    if turn.minutes and length_of(draft, kind) != wanted:
        return draft, (Remark(RemarkKind.INVALID_DURATION),)
    return draft, ()


def _place(draft: Draft, turn: Turn, facts: Facts) -> Told:
    if turn.zone and turn.when.says_when:
        draft = replace(draft, zone=turn.zone)
    elif turn.zone:
        asked = Question.NOTHING if draft.asked is Question.CONTACT else draft.asked  # times are shown again
        draft = replace(draft, zone="", writer=replace(draft.writer, zone=turn.zone), asked=asked)
    kind = kind_of(draft, facts.catalogue)
    words = turn.channel or turn.preferred.channel
    wanted = wanted_channel(words, kind.channels, VIDEO) if kind else None
    if kind is None or wanted is None:
        return draft, ()
    if wanted in kind.channels:
        return replace(draft, channel=wanted), ()
    return replace(draft, channel=None), (Remark(RemarkKind.INVALID_CHANNEL, words),)
