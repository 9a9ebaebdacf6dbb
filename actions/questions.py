"""How each question is put: the draft with the question open, and the reply that asks it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from actions.catalogue import channel_of
from actions.draft import Confirmation, Draft, Hold, Meaning, Option, Question
from actions.facts import Facts
from actions.replies import (
    MANY,
    Button,
    Listing,
    Part,
    Reply,
    Text,
    appointment,
    length,
    moment,
    named_button,
    numbered,
    option,
    place,
    some,
    span,
    times_card,
    who,
)
from actions.searching import Match
from actions.steps import lacking
from nlu.wishes import TimeWish, clash
from scheduler_core import wording, zones
from scheduler_core.model import Booking, Slot

_MOST_PEOPLE = 4  #: on buttons; with one more button they are the five that Slack shows
_NOON = time(12)

Asked = tuple[Draft, Reply]


def ask_wish(draft: Draft, facts: Facts) -> Asked:
    """With whom, what for and when, in one question."""
    people = facts.catalogue.people
    values: dict[str, Text] = {
        "people": some([person.name for person in people]),
        "types": Listing(tuple(kind.name for kind in facts.catalogue.types)),
        "person": people[0].name,
    }
    handles = [person.handle for person in people]
    buttons = (named_button(option(draft, Meaning.SOONEST)), *_person_buttons(draft, handles, facts))
    return _asked(draft, Question.WISH, Reply("utter_ask_wish", values, buttons))


def ask_person(draft: Draft, facts: Facts) -> Asked:
    """Who of several people, or who instead of somebody who cannot be booked."""
    names = [facts.catalogue.person(handle).name for handle in draft.doubtful]
    if len(names) == 1:
        return _ask_only_person(draft, names[0])
    buttons = _person_buttons(draft, draft.doubtful, facts)
    return _asked(
        draft, Question.PERSON, Reply("utter_ask_person", {"lines": numbered(names[:MANY])}, buttons)
    )


def _ask_only_person(draft: Draft, name: str) -> Asked:
    """Whether it may be the only person there is for it."""
    yes = Button(name, option(draft, Meaning.PERSON, draft.doubtful[0]))
    buttons = (yes, named_button(option(draft, Meaning.STOP)))
    return _asked(draft, Question.PERSON, Reply("utter_ask_only_person", {"who": name}, buttons))


def ask_reading(draft: Draft, facts: Facts) -> Asked:
    """Which reading of the same words; that there is no such date, or that it is no such weekday, too."""
    labels = [_days_of(wish, facts) for wish in draft.readings]
    buttons = tuple(
        Button(label, option(draft, Meaning.READING, str(place), of=label))
        for place, label in enumerate(labels)
    )
    values: dict[str, Text] = {"words": draft.unclear, "lines": numbered(labels)}
    if any(wish.missing for wish in draft.readings):
        return _asked(draft, Question.READING, Reply("utter_ask_reading_missing", values, buttons))
    if not clash(draft.readings):
        return _asked(draft, Question.READING, Reply("utter_ask_reading", values, buttons))
    values = {**values, "date": labels[0]}
    return _asked(draft, Question.READING, Reply("utter_ask_reading_clash", values, buttons))


def offer(draft: Draft, slots: tuple[Slot, ...], match: Match, facts: Facts) -> Asked:
    """Times to choose from, as numbered lines and as buttons."""
    draft = replace(draft, offers=slots, chosen=None, confirmation=None)
    alike = len({slot.people for slot in slots}) == 1
    lines = [_line(slot, facts, alike=alike) for slot in slots]
    kind = facts.catalogue.type(slots[0].kind)
    with_whom: Text = Part("with", {"who": who(slots[0].people, facts)}) if alike else ""
    values: dict[str, Text] = {
        "kind": kind.name,
        "length": length(slots[0].time.length, facts),
        "with": with_whom,
        "zone": facts.zone,
        "lines": numbered(lines),
    }
    buttons = [Button(_title(one, facts, alike=alike), _start(draft, n)) for n, one in enumerate(slots)]
    response = {Match.FITS: "utter_offers", Match.NEAR: "utter_offers_near"}[match]
    more = named_button(option(draft, Meaning.OTHER_TIMES))
    cards = times_card(slots, [button.option for button in buttons], facts, alike=alike)
    return _asked(draft, Question.OFFERS, Reply(response, values, (*buttons, more), cards))


def tell_free(draft: Draft, slot: Slot, facts: Facts) -> Asked:
    """That the time somebody asked about is free."""
    draft = replace(draft, offers=(slot,), chosen=None, confirmation=None)
    buttons = (
        Button(Part("button_book"), _start(draft, 0)),
        named_button(option(draft, Meaning.OTHER_TIMES)),
    )
    return _asked(draft, Question.OFFERS, Reply("utter_free", _about(slot, facts), buttons))


def ask_contact(draft: Draft, facts: Facts) -> Asked:
    """What is still needed of the writer; the first time together with the time that is held."""
    fields = Listing(tuple(Part(f"field_{name}") for name in lacking(draft, facts)))
    if draft.asked is Question.CONTACT or draft.hold is None:
        return _asked(draft, Question.CONTACT, Reply("utter_ask_contact_rest", {"fields": fields}))
    values = {**_about(draft.hold.slot, facts), "until": _until(draft.hold, facts), "fields": fields}
    return _asked(draft, Question.CONTACT, Reply("utter_ask_contact", values))


def ask_book(draft: Draft, hold: Hold, facts: Facts) -> Asked:
    """One yes to one sentence that says everything; the key is made here, before the answer."""
    kind = facts.catalogue.type(hold.slot.kind)
    writer = draft.writer
    about: Text = Part("about", {"note": draft.note}) if draft.note else ""
    guests: Text = Part("guests", {"guests": Listing(draft.guests)}) if draft.guests else ""
    values: dict[str, Text] = {
        **_about(hold.slot, facts),
        "where": place(channel_of(draft, kind, facts.usual.channel), kind, writer.phone),
        "name": writer.name,
        "email": writer.email,
        "about": about,
        "guests": guests,
        "until": _until(hold, facts),
    }
    confirmation = Confirmation(hold.uid, 0, f"{draft.id}/{hold.uid}")
    return _yes_or_no(draft, Question.BOOK, confirmation, "utter_ask_book", values)


def ask_move(draft: Draft, hold: Hold, booking: Booking, facts: Facts) -> Asked:
    """One yes to moving a booking to the time that is held."""
    values: dict[str, Text] = {
        **_about(hold.slot, facts),
        "before": span(booking.slot, facts),
        "until": _until(hold, facts),
    }
    confirmation = Confirmation(booking.uid, booking.version, f"{draft.id}/{hold.uid}")
    return _yes_or_no(draft, Question.MOVE, confirmation, "utter_ask_move", values)


def ask_cancel(draft: Draft, booking: Booking, facts: Facts) -> Asked:
    """One yes to calling a booking off."""
    confirmation = Confirmation(booking.uid, booking.version, f"{draft.id}/cancel/{booking.uid}")
    return _yes_or_no(draft, Question.CANCEL, confirmation, "utter_ask_cancel", appointment(booking, facts))


def ask_change(draft: Draft, _facts: Facts) -> Asked:
    """What should be different."""
    buttons = (named_button(option(draft, Meaning.OTHER_TIMES)), named_button(option(draft, Meaning.STOP)))
    return _asked(draft, Question.CHANGE, Reply("utter_ask_change", {}, buttons))


def _yes_or_no(
    draft: Draft, question: Question, confirmation: Confirmation, response: str, values: dict[str, Text]
) -> Asked:
    """A question whose yes counts only for what is asked right now."""
    draft = replace(draft, confirmation=confirmation)
    of = f"{question.value}/{confirmation.key}/{values}"
    yes = Button(Part(f"button_{question.value}"), option(draft, Meaning.YES, of=of))
    no = Meaning.OTHER_TIMES if question is Question.BOOK else Meaning.NO
    return _asked(draft, question, Reply(response, values, (yes, named_button(option(draft, no, of=of)))))


def with_options(draft: Draft, replies: Iterable[Reply]) -> Draft:
    """The draft that knows what can be tapped now: the buttons of these replies, and the times on offer."""
    shown = [button.option for reply in replies for button in reply.buttons]
    starts = [_start(draft, place) for place in range(len(draft.offers))]
    return replace(draft, options=tuple(dict.fromkeys([*shown, *starts])))


def _asked(draft: Draft, question: Question, reply: Reply) -> Asked:
    return replace(draft, asked=question), reply


def _start(draft: Draft, place: int) -> Option:
    slot = draft.offers[place]
    return option(draft, Meaning.START, str(place), of=f"{slot}")


def _person_buttons(draft: Draft, handles: Sequence[str], facts: Facts) -> tuple[Button, ...]:
    if len(handles) > _MOST_PEOPLE:
        return ()
    return tuple(
        Button(facts.catalogue.person(handle).name, option(draft, Meaning.PERSON, handle))
        for handle in handles
    )


def _about(slot: Slot, facts: Facts) -> dict[str, Text]:
    """What every sentence about a time that is not yet booked may need."""
    return {
        "kind": facts.catalogue.type(slot.kind).name,
        "length": length(slot.time.length, facts),
        "who": who(slot.people, facts),
        "when": span(slot, facts),
    }


def _line(slot: Slot, facts: Facts, *, alike: bool) -> Text:
    when = moment(slot, facts)
    return when if alike else Part("offer_with", {"when": when, "who": who(slot.people, facts)})


def _title(slot: Slot, facts: Facts, *, alike: bool) -> Text:
    """A line without the others' time, since it stands on a button."""
    when = wording.moment(slot.time.start, facts.zone, facts.locale)
    return when if alike else Part("offer_with", {"when": when, "who": who(slot.people, facts)})


def _until(hold: Hold, facts: Facts) -> str:
    return wording.clock_time(hold.expires, facts.zone, facts.locale)


def _days_of(wish: TimeWish, facts: Facts) -> str:
    """The first days of a wish in words."""
    days = wish.parts[0].days[0]
    first, last = (
        wording.day(zones.to_instant(datetime.combine(day, _NOON), facts.zone), facts.zone, facts.locale)
        for day in (days.first, days.end - timedelta(days=1))
    )
    return first if first == last else f"{first} – {last}"
