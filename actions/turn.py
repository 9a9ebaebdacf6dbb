"""One message of the writer: what Rasa hands over, checked and typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.preferring import Preferred, preferred_in
from actions.topics import Topic, asks_why_not, topic_of
from nlu.wishes import TimeWish
from scheduler_core import zones
from scheduler_core.errors import UnknownZone
from scheduler_core.model import Actor, ActorKind, Channel
from scheduler_core.transcripts import Line, Speaker

ANYONE = "anyone"
VIDEO_WORD = "video"  #: any way to see each other
_CHOICES = frozenset({"last", "later", "earlier", "any", "none"})
_LONGEST = 24 * 60
_LONGEST_LINK = 200
_CODES = re.compile(r"(?<![\d+])(?:\d[ .-]?){7}\d(?!\d)")
_LONGEST_WITH_CODE = 200
_EVENTS_KEPT = 400  #: of Rasa's, which are several a message

Entity = Mapping[str, Any]


@dataclass(frozen=True)
class Message:
    """What Rasa says about the latest message."""

    text: str
    intent: str
    entities: tuple[Entity, ...]
    id: str
    sender: str
    channel: str  #: the input channel, such as `web` or `rest`
    timezone: str  #: the browser's, canonical; empty where it is unknown
    locale: str
    link: str = ""  #: token of the mail's link that the chat was opened by, as the channel passed it on
    before: tuple[Line, ...] = ()  #: what was said so far, with this message
    name: str = ""  #: the writer's, as the channel knows it
    address: str = ""  #: the writer's, as the channel has verified it

    @property
    def actor(self) -> Actor:
        """The conversation, as the one who acts."""
        return Actor(ActorKind.CONVERSATION, f"{self.channel}:{self.sender}")

    def values(self, entity: str) -> list[Any]:
        """The values of the entities of one kind, in the order of the text."""
        return [found.get("value") for found in self.entities if found.get("entity") == entity]

    def unused(self) -> str:
        """The text with blanks in place of what entities were found in, letter for letter."""
        kept = list(self.text)
        for found in self.entities:
            start, end = found.get("start"), found.get("end")
            if isinstance(start, int) and isinstance(end, int):
                kept[start:end] = " " * len(kept[start:end])
        return "".join(kept)

    def word(self, entity: str) -> str:
        """The first value of a kind that is a text."""
        return next((value.strip() for value in self.values(entity) if isinstance(value, str)), "")


@dataclass(frozen=True)
class Named:
    """People who were named together, and who that may be."""

    words: str
    handles: tuple[str, ...] = ()  #: candidates, best first; none if nobody is called so
    together: bool = False  #: wanted besides the person named before, not instead
    bare: bool = False  #: nothing around the words shows that they name somebody


@dataclass(frozen=True)
class Turn:
    """One message, as far as it concerns appointments."""

    id: str = ""
    intent: str = ""
    text: str = ""
    option: str = ""  #: the id of a button that was tapped
    choice: int | str | None = None  #: 1 for the first of what is offered, or last, later, earlier, any, none
    people: tuple[Named, ...] = ()
    anyone: bool = False
    type: str = ""
    minutes: int | None = None
    channel: str = ""
    phone: str = ""
    name: str = ""
    email: str = ""
    code: str = ""  #: eight digits, as a code of ours has
    reference: str = ""  #: of a booking, in capitals; it proves nothing
    guests: tuple[str, ...] = ()  #: addresses of those to be invited besides
    note: str = ""
    zone: str = ""
    when: TimeWish = field(default_factory=TimeWish)
    topic: Topic | None = None  #: what it asks about beside the point
    preferred: Preferred = field(default_factory=Preferred)  #: what it says of all appointments to come
    why: bool = False  #: it asks why a time cannot be had
    rest: str = ""  #: the words that are left when all that was recognised is taken away

    @property
    def says_something(self) -> bool:
        """Whether anything that can be used was recognised in it."""
        recognised = (
            self.option, self.choice, self.people, self.anyone, self.type, self.minutes, self.channel,
            self.phone, self.name, self.email, self.guests, self.note, self.zone, self.reference,
        )  # fmt: skip
        return any(recognised) or self.when.says_when


def message_from(
    state: Mapping[str, Any], *, sender: str, channel: str, events: Sequence[Mapping[str, Any]] = ()
) -> Message:
    """The latest message of a tracker.

    Of what was typed by hand (`/intent{"entity": …}`) only the id of a button counts: words say the rest.
    """
    metadata = state.get("metadata")
    facts = metadata if isinstance(metadata, Mapping) else {}
    text = str(state.get("text") or "")
    typed = text.startswith("/")
    entities = tuple(found for found in state.get("entities") or () if isinstance(found, Mapping))
    return Message(
        text="" if typed else text,
        intent=str((state.get("intent") or {}).get("name") or ""),
        entities=tuple(found for found in entities if not typed or found.get("entity") == "option"),
        id=str(state.get("message_id") or ""),
        sender=sender,
        channel=channel,
        timezone=known_zone(facts.get("timezone")),
        locale=str(facts.get("locale") or ""),
        link=str(facts.get("link") or "")[:_LONGEST_LINK],
        before=tuple(_spoken(events)),
        name=str(facts.get("name") or ""),
        address=str(facts.get("address") or ""),
    )


def _spoken(events: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    """What writer and assistant said; taps on buttons are left out."""
    speakers = {"user": Speaker.WRITER, "bot": Speaker.ASSISTANT}
    for event in events[-_EVENTS_KEPT:]:
        speaker, text = speakers.get(str(event.get("event"))), str(event.get("text") or "")
        if speaker is not None and text and not text.startswith("/"):
            yield Line(speaker, text)


def known_zone(value: object) -> str:
    """The canonical name of a zone; empty where there is no such zone."""
    try:
        return zones.canonical(value) if isinstance(value, str) and value else ""
    except UnknownZone:
        return ""


def turn_from(message: Message, people: tuple[Named, ...], when: TimeWish) -> Turn:
    """The message as a turn; `people` and `when` were worked out with the facts of the calendar."""
    zone = known_zone(when.zone) or known_zone(message.word("zone"))
    return Turn(
        id=message.id,
        intent=message.intent,
        text=message.text,
        option=message.word("option"),
        choice=_choice(message),
        people=people,
        anyone=ANYONE in message.values("person"),
        type=message.word("type"),
        minutes=_minutes(message, when),
        channel=message.word("channel"),
        phone=message.word("phone"),
        name=message.word("name"),
        email=next(iter(_emails(message, guests=False)), ""),
        code=_code(message.text),
        reference=message.word("reference"),
        guests=_emails(message, guests=True),
        note=message.word("note"),
        zone=zone,
        when=when,
        topic=topic_of(message.text),
        preferred=preferred_in(message.text, zone),
        why=message.intent == "ask_why_not" or asks_why_not(message.text),
        rest=_rest(message),
    )


def people_named(message: Message) -> tuple[Named, ...]:
    """The words by which people were named; who that may be is left open."""
    found = [
        (value.strip(), entity.get("additional_info") or {})
        for entity in message.entities
        if entity.get("entity") == "person" and isinstance(value := entity.get("value"), str)
    ]
    return tuple(
        Named(words, together=info.get("join") == "and", bare=bool(info.get("bare")))
        for words, info in found
        if words and words != ANYONE
    )


def wanted_channel(words: str, allowed: tuple[Channel, ...], video: tuple[Channel, ...]) -> Channel | None:
    """The channel that was asked for; "video" is the first way to see each other that is allowed."""
    if words == VIDEO_WORD:
        return next((channel for channel in allowed if channel in video), video[0])
    return Channel(words) if words in {channel.value for channel in Channel} else None


def _code(text: str) -> str:
    """The only eight digits in a short text; empty where there are none or several."""
    found = _CODES.findall(text) if len(text) <= _LONGEST_WITH_CODE else []
    return found[0] if len(found) == 1 else ""


def _choice(message: Message) -> int | str | None:
    for value in message.values("choice"):
        if isinstance(value, int) and value > 0:
            return value
        if isinstance(value, str) and value in _CHOICES:
            return value
    return None


def _minutes(message: Message, when: TimeWish) -> int | None:
    said = [when.minutes, *message.values("duration")]
    return next((value for value in said if isinstance(value, int) and 0 < value <= _LONGEST), None)


def _emails(message: Message, *, guests: bool) -> tuple[str, ...]:
    """The addresses in the order of the text: those of guests, or the writer's own."""
    return tuple(
        value.strip()
        for found in message.entities
        if found.get("entity") == "email"
        and (found.get("role") == "guest") is guests
        and isinstance(value := found.get("value"), str)
    )


def _rest(message: Message) -> str:
    """The text without the spans of entities."""
    return re.sub(r"\s+", " ", message.unused()).strip(" ,;.!")
