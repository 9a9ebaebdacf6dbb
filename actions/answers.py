"""Answers to questions beside the point, from the draft, the stored booking and the calendar's facts."""

from __future__ import annotations

from datetime import timedelta

from actions import asides, reminding
from actions.catalogue import VIDEO, channel_of, group_of, groups_of, kind_of, length_of
from actions.context import Context, Outcome, Then
from actions.draft import Draft
from actions.facts import Facts
from actions.replies import Lines, Listing, Part, Reply, Text, length, place, some, way, who
from actions.topics import Topic
from scheduler_core.model import AppointmentType, Channel

_YEAR = timedelta(days=365)


def about(context: Context, draft: Draft) -> Outcome:
    """The true answer, then the open question again; where none is open, what can be done here."""
    topic = context.turn.topic or Topic.UNKNOWN
    if topic is Topic.REPEAT and not draft.open:
        return asides.keep(context, draft)
    reply = Reply(*_ANSWERS[topic](context, draft)) if topic in _ANSWERS else _unanswered(context, topic)
    if draft.open or context.facts.booking is not None or topic is Topic.WAIT:
        return Outcome(draft, (reply,), Then.COME_BACK)
    helped = asides.offer_help(context, draft)
    return Outcome(helped.draft, (reply, *helped.replies))


Answer = tuple[str, dict[str, Text]]


def _unanswered(context: Context, topic: Topic) -> Reply:
    return Reply(f"utter_about_{topic.value}", {"human": context.human})


def _who(context: Context, draft: Draft) -> Answer:
    facts, kind = context.facts, _kind(context, draft)
    people = _people(draft, facts)
    if people:
        return "utter_about_who", {"who": who(people, facts)}
    if kind is None:
        return "utter_about_people", {"people": _names(facts)}
    groups = groups_of(draft, kind, facts.catalogue)
    return "utter_about_who_of", {
        "kind": kind.name,
        "people": Listing(tuple(who(group, facts) for group in groups), "or"),
    }


def _people(draft: Draft, facts: Facts) -> tuple[str, ...]:
    """Those whom the writer will meet, as far as that is settled."""
    if draft.chosen is not None:
        return draft.chosen.people
    if draft.people or draft.open or facts.booking is None:
        return group_of(draft) if len(draft.people) == 1 else ()
    return facts.booking.slot.people


def _where(context: Context, draft: Draft) -> Answer:
    facts, kind = context.facts, _kind(context, draft)
    booking = facts.booking
    if booking is not None and not draft.open and not context.turn.type:
        return "utter_about_where", {
            "kind": booking.kind.name,
            "where": place(booking.channel, booking.kind, booking.phone),
        }
    if kind is None:
        return "utter_about_where_each", {"lines": Lines(tuple(_ways(one) for one in facts.catalogue.types))}
    channel = channel_of(draft, kind, facts.usual.channel)
    others = [one for one in kind.channels if one is not channel]
    values: dict[str, Text] = {"kind": kind.name, "where": place(channel, kind, draft.writer.phone)}
    if not others:
        return "utter_about_where", values
    return "utter_about_where_or", {
        **values,
        "others": Listing(tuple(_place(one, kind) for one in others), "or"),
    }


def _place(channel: Channel, kind: AppointmentType) -> Text:
    return place(channel, kind, "")


def _ways(kind: AppointmentType) -> Part:
    ways = Listing(tuple(way(channel.value) for channel in kind.channels), "or")
    return Part("kind_where", {"kind": kind.name, "ways": ways})


def _length(context: Context, draft: Draft) -> Answer:
    facts, kind = context.facts, _kind(context, draft)
    booking = facts.booking
    if booking is not None and not draft.open and not context.turn.type:
        return "utter_about_length", {
            "kind": booking.kind.name,
            "length": length(booking.time.length, facts),
        }
    if kind is None:
        return "utter_about_types", {"types": asides.types_of(facts)}
    values: dict[str, Text] = {"kind": kind.name, "length": length(length_of(draft, kind), facts)}
    others = tuple(length(one, facts) for one in kind.durations if one != length_of(draft, kind))
    if not others:
        return "utter_about_length", values
    return "utter_about_length_or", {**values, "others": Listing(others, "or")}


def _types(context: Context, _draft: Draft) -> Answer:
    return "utter_about_types", {"types": asides.types_of(context.facts)}


def _reminders(context: Context, draft: Draft) -> Answer:
    facts = context.facts
    is_of_booking = not draft.open and not context.turn.type
    return reminding.answer(facts, _kind(context, draft), facts.booking if is_of_booking else None)


def _link(context: Context, draft: Draft) -> Answer:
    """Of what is being arranged: the link comes with the confirmation, where there is to be one."""
    facts, kind = context.facts, _kind(context, draft)
    channel = channel_of(draft, kind, facts.usual.channel) if kind else None
    if kind is None or channel is None or channel in VIDEO:
        return "utter_about_link", {}
    return "utter_about_link_none", {"where": place(channel, kind, draft.writer.phone)}


def _zone(context: Context, _draft: Draft) -> Answer:
    return "utter_about_zone", {"zone": context.facts.zone}


def _privacy(context: Context, _draft: Draft) -> Answer:
    """What is kept and how long, as the settings say."""
    kept = context.privacy.kept()
    return "utter_about_privacy", {
        "organisation": context.organisation,
        "years": str(round(kept.bookings / _YEAR)),
        "days": str(kept.conversations.days),
    }


def _everybody(context: Context, _draft: Draft) -> Answer:
    return "utter_about_people", {"people": _names(context.facts)}


def _names(facts: Facts) -> Listing:
    return some([person.name for person in facts.catalogue.people])


def _kind(context: Context, draft: Draft) -> AppointmentType | None:
    """The type that is asked about: the one that was named, else the one that is being arranged."""
    named = context.facts.catalogue.types_named(context.turn.type) if context.turn.type else ()
    if named:
        return named[0]
    settled = draft.chosen is not None or draft.offers or draft.kind or draft.minutes
    return kind_of(draft, context.facts.catalogue) if settled else None


_ANSWERS = {
    Topic.WHO: _who,
    Topic.WHERE: _where,
    Topic.LENGTH: _length,
    Topic.TYPES: _types,
    Topic.PEOPLE: _everybody,
    Topic.REMINDERS: _reminders,
    Topic.LINK: _link,
    Topic.ZONE: _zone,
    Topic.PRIVACY: _privacy,
}
