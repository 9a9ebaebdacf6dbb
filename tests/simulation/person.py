"""A simulated person: reads a reply as people do, and says the next thing on the way to the goal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from random import Random
from zoneinfo import ZoneInfo

from tests.chat import Button, Reply
from tests.dialogue import moments
from tests.simulation import phrases
from tests.simulation.goals import Goal, Opening, Twist

MOST_TURNS = 16
_PATIENCE = 3  #: how often the same thing is said in other words

_BOOKED = ("booked:", "it is booked")
_NOTHING = ("nothing free", "nothing is free", "closest free times")


class Place(Enum):
    """Where in the conversation somebody is."""

    OFFERS = auto()  #: times are shown
    CONTACT = auto()  #: name and address are asked
    YES = auto()  #: one yes is asked


@dataclass
class Person:
    """Somebody in the middle of a conversation."""

    goal: Goal
    random: Random
    said: list[str] = field(default_factory=list)
    chosen: datetime | None = None  #: the start they decided for
    widened: bool = False  #: after they heard that nothing is free as they wished
    gave_up: bool = False
    stuck: str = ""  #: why they left without a booking
    twist: Twist = Twist.NOTHING
    surprises: list[str] = field(default_factory=list)  #: a yes was asked to something else
    lists: int = 0  #: of times on offer; the same one again is no other
    took_first: bool | None = None  #: whether they took one of the first list; None where there was no list
    _offered: list[tuple[datetime, Button]] = field(default_factory=list)  #: the times they saw last
    _lost: int = 0
    _shown: int = 0

    def __post_init__(self) -> None:
        self.twist = self.goal.twist

    def begin(self) -> str:
        """The first message."""
        if self.goal.opening is Opening.HI:
            return self._say(phrases.greeting(self.random))
        return self._say(self._wish())

    def answer(self, reply: Reply) -> str | None:
        """What they say to a reply; None when they are done or leave."""
        if self.gave_up or any(word in reply.text.casefold() for word in _BOOKED):
            return None
        if len(self.said) >= MOST_TURNS:
            self.stuck = "too many messages"
            return None
        if not reply.text:
            self.stuck = "silence"
            return None
        return self._say(self._meant(reply))

    def _meant(self, reply: Reply) -> str:
        self.widened = self.widened or any(word in reply.text.casefold() for word in _NOTHING)
        yes = next((button for button in reply.buttons if button.title.startswith("Yes, book")), None)
        if yes is not None:
            return self._to_question(reply, yes)
        if "your name" in reply.text or "e-mail address" in reply.text:
            return self._twisted(Place.CONTACT) or phrases.contact(self.random, self.goal)
        if self._offers(reply):
            return self._to_offers(reply)
        return self._to_other(reply)

    def _offers(self, reply: Reply) -> list[tuple[datetime, Button]]:
        found = [(moments(button.title, self.goal.zone)[:1], button) for button in reply.buttons]
        return [(starts[0], button) for starts, button in found if starts]

    def _to_offers(self, reply: Reply) -> str:
        offers = self._offers(reply)
        if offers != self._offered:
            self.lists, self._offered = self.lists + 1, offers
        said = self._twisted(Place.OFFERS)
        if said:
            return said
        fitting = [
            place
            for place, (start, button) in enumerate(offers)
            if self.goal.accepts(start, widened=self.widened) and self._is_theirs(button)
        ]
        if not fitting:
            return self._not_these()
        liked = [place for place in fitting if self.goal.habit.likes(offers[place][0])]
        if not liked and self.lists == 1:
            return phrases.other_times(self.random)
        place = self.random.choice(liked or fitting)
        if self.took_first is None and self.goal.twist is not Twist.OTHER_TIMES:
            self.took_first = self.lists == 1
        self.chosen = offers[place][0]
        if self.goal.by_tap:
            return offers[place][1].payload
        times = [f"{start.astimezone(ZoneInfo(self.goal.zone)):%H:%M}" for start, _ in offers]
        return phrases.choosing(self.random, times, place)

    def _is_theirs(self, button: Button) -> bool:
        """Whether nobody else than the one wanted is named on it."""
        named = phrases.named(button.title)
        return self.goal.host is None or not named or named == [self.goal.host.handle]

    def _not_these(self) -> str:
        """None of the times suits: they say once more when, then take what there is."""
        self._shown += 1
        if self._shown > 1:
            self.widened = True
        return phrases.when(self.random, self.goal.window)

    def _to_question(self, reply: Reply, yes: Button) -> str:
        said = self._twisted(Place.YES)
        if said:
            return said
        wrong = self._misunderstood(reply)
        if wrong:
            self.surprises.append(wrong)
            self.chosen = None
            return self._wish() if len(self.surprises) <= _PATIENCE else self._give_up()
        if self.chosen is None:
            self.chosen = moments(reply.text, self.goal.zone)[0]
        return yes.payload if self.goal.by_tap else phrases.agreeing(self.random)

    def _misunderstood(self, reply: Reply) -> str:
        """What in the question is not as they want it; empty if all is."""
        starts = moments(reply.text, self.goal.zone)
        if not starts:
            return "no time in the question"
        if self.chosen not in {None, starts[0]}:
            return f"{starts[0]} instead of {self.chosen}"
        if not self.goal.accepts(starts[0], widened=self.widened):
            return f"{starts[0]} does not suit"
        expected = [self.goal.name, self.goal.email, phrases.LENGTHS_SHOWN[self.goal.minutes]]
        if self.goal.host is not None:
            expected.append(self.goal.host.name)
        absent = [words for words in expected if words not in reply.text]
        return f"not in the question: {', '.join(absent)}" if absent else ""

    def _to_other(self, reply: Reply) -> str:
        """A greeting, a question for one of two days or persons, or something they did not expect."""
        if self.chosen is None and not any(self._was_wish(text) for text in self.said):
            return self._wish()
        button = self._answering(reply)
        if button is not None:
            return button.payload if self.goal.by_tap else button.title
        self._lost += 1
        return self._wish() if self._lost <= _PATIENCE else self._give_up()

    def _answering(self, reply: Reply) -> Button | None:
        """The button that says a day or a person that they meant."""
        for button in reply.buttons:
            days = phrases.days_in(button.title)
            if any(one in self.goal.window.days for one in days):
                return button
            if self.goal.host is not None and self.goal.host.name in button.title:
                return button
        return None

    def _twisted(self, place: Place) -> str:
        """What they say instead, once, where their twist has its place; empty elsewhere."""
        match self.twist:
            case Twist.QUESTION:
                said = phrases.question(self.random)
            case Twist.OUT_OF_NOWHERE:
                said = phrases.elsewhere(self.random)
            case Twist.OTHER_TIMES if place is Place.OFFERS:
                said = phrases.other_times(self.random)
            case Twist.GIVES_UP if place is not Place.CONTACT:
                said = self._give_up("")
            case _:
                said = self._changed() if place is Place.YES else ""
        if said:
            self.twist = Twist.NOTHING
        return said

    def _changed(self) -> str:
        """A change of mind in front of the yes."""
        goal, random = self.goal, self.random
        if self.twist is Twist.OTHER_DAY:
            self.goal, self.chosen, self.widened = goal.at_another_time(random), None, False
            return f"no, {phrases.when(random, self.goal.window)} instead"
        if self.twist is Twist.OTHER_PERSON:
            self.goal, self.chosen, self.widened = goal.with_another_host(random), None, True
            return f"with {random.choice(self.goal.host.called)} instead" if self.goal.host else ""
        if self.twist is Twist.LONGER:
            self.goal = replace(
                goal, minutes=random.choice([m for m in goal.service.minutes if m != goal.minutes])
            )
            self.widened = True
            return phrases.length(self.goal.minutes)
        if self.twist is Twist.NEW_ADDRESS:
            self.goal = replace(goal, email=f"new.{goal.email}")
            return f"sorry, my email is {self.goal.email}"
        return ""

    def _wish(self) -> str:
        with_contact = self.goal.opening is Opening.ALL
        return phrases.opening(self.random, self.goal, with_contact=with_contact)

    def _was_wish(self, text: str) -> bool:
        return len(text) > 25 and text not in phrases.GREETINGS

    def _say(self, text: str) -> str:
        self.said.append(text)
        return text

    def _give_up(self, why: str = "not understood") -> str:
        self.gave_up, self.stuck = True, why
        return phrases.giving_up(self.random)
