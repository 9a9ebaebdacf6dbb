"""How simulated people put things: templates of many voices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from tests.clockwork import START
from tests.simulation.goals import Goal, Window
from tests.simulation.practice import HOSTS

DAY = timedelta(days=1)
_TODAY = START.date()

GREETINGS = (
    "hi",
    "Hello",
    "hi there, I need an appointment",
    "good morning",
    "hello, I'd like to book something",
)
_WISHES = (
    "{what} with {who} {when}?",
    "Hello, I'd like to book {what} with {who} {when}.",
    "can I get {what} with {who} {when}",
    "I need {what} with {who}, {when} if possible.",
    "{when}, {what} with {who}.",
    "Could you please arrange {what} with {who} {when}? Thank you!",
    "book {what} with {who} {when}.",
    "Is there a chance to get {what} with {who} {when}?",
)
_ANYONE = ("anyone", "whoever is free", "anybody")
_CONTACTS = (
    "I'm {name}, {email}",
    "{name}, {email}",
    "My name is {name} and my email is {email}",
    "{name} <{email}>",
    "This is {name}, you can reach me at {email}",
    "{email}, {name}",
)
_HOURS = {
    (8, 12): ("in the morning", "morning"),
    (12, 18): ("in the afternoon", "afternoon"),
    (13, 17): ("between 1 and 5 pm", "between 13:00 and 17:00"),
    (15, 24): ("after 3 pm", "after 15:00", "not before 3 pm"),
    (0, 11): ("before 11 am", "before 11"),
    (10, 24): ("after 10 am", "not before 10 am"),
    (14, 17): ("between 2 and 5 pm", "from 2 pm to 5 pm", "2-5pm"),
}
_LENGTHS = {15: "15 minutes", 30: "30 minutes", 45: "45 minutes", 60: "an hour"}
#: Lengths as the assistant writes them.
LENGTHS_SHOWN = {15: "15 minutes", 30: "30 minutes", 45: "45 minutes", 60: "1 hour"}
_QUESTIONS = (
    "how long does it take?",
    "who is there?",
    "are you a robot?",
    "what can you do?",
    "wait, who will I be meeting?",
)
_ELSEWHERE = ("what's the weather like tomorrow?", "do you know a good pizza place?", "tell me a joke")
_GIVING_UP = ("never mind", "forget it", "stop", "I changed my mind, no appointment needed")
_YES = ("yes", "yes please", "sounds good", "do it", "perfect, book it", "Yes!", "ok", "that's right")
_CHOOSING = ("{time} works", "{time} please", "let's take {time}", "I'd take the one at {time}")
_ORDINALS = ("the first one", "the second one", "the third one")
_OTHER_TIMES = ("anything else?", "do you have other times?", "show me more")


def greeting(random: Random) -> str:
    """A first message that says nothing yet."""
    return random.choice(GREETINGS)


def opening(random: Random, goal: Goal, *, with_contact: bool) -> str:
    """The wish in one sentence."""
    who = random.choice(goal.host.called if goal.host else _ANYONE)
    said = random.choice(_WISHES).format(what=_what(random, goal), who=who, when=when(random, goal.window))
    wish = misspelt(random, said, keep=(who,)) if goal.typos else said
    if not with_contact:
        return wish
    me = contact(random, goal)
    return random.choice((f"{wish} {me}", f"{wish} - {me}", f"{me}. {wish}"))


def contact(random: Random, goal: Goal) -> str:
    """Who they are."""
    return random.choice(_CONTACTS).format(name=goal.name, email=goal.email)


def _what(random: Random, goal: Goal) -> str:
    words = random.choice(goal.service.called)
    return words if goal.minutes == goal.service.minutes[0] else f"{_LENGTHS[goal.minutes]} of {words}"


def when(random: Random, window: Window) -> str:
    """The window in words."""
    hours = "" if window.hours is None else f" {random.choice(_HOURS[window.hours])}"
    if len(window.days) == 1:
        return f"{day(random, window.days[0])}{hours}"
    if len(window.days) == 2:
        return f"{_weekday(window.days[0])} or {_weekday(window.days[1])}{hours}"
    but = "".join(f" but not {one:%A}" for one in window.excluded)
    return f"{_week(random, window.days[0])}{hours}{but}"


def day(random: Random, one: date) -> str:
    """A day in words that mean this one only."""
    said = [f"on {one.day} {one:%B}", f"on {one:%B} {one.day}", f"on {one:%A} {one.day} {one:%B}"]
    if one - _TODAY == DAY:
        said.append("tomorrow")
    if DAY < one - _TODAY < 7 * DAY:
        said += [f"on {one:%A}", f"this {one:%A}"]
    return random.choice(said)


def _weekday(one: date) -> str:
    return f"{one:%A}" if one - _TODAY < 7 * DAY else f"{one:%A} {one.day} {one:%B}"


def _week(random: Random, monday: date) -> str:
    said = [f"in the week of {monday.day} {monday:%B}"]
    if monday - _TODAY < 7 * DAY:
        said += ["next week", "any time next week"]
    return random.choice(said)


def length(minutes: int) -> str:
    """A change of the length."""
    return f"make it {_LENGTHS[minutes]}"


def choosing(random: Random, times: Sequence[str], place: int) -> str:
    """An offer picked in words."""
    by_place = [_ORDINALS[place], str(place + 1)]
    if times.count(times[place]) == 1:
        by_place.append(random.choice(_CHOOSING).format(time=times[place]))
    return random.choice(by_place)


def agreeing(random: Random) -> str:
    """A clear yes."""
    return random.choice(_YES)


def question(random: Random) -> str:
    """A question in the middle."""
    return random.choice(_QUESTIONS)


def elsewhere(random: Random) -> str:
    """Something that is none of the assistant's business."""
    return random.choice(_ELSEWHERE)


def giving_up(random: Random) -> str:
    """The end of it."""
    return random.choice(_GIVING_UP)


def other_times(random: Random) -> str:
    """They want to see more."""
    return random.choice(_OTHER_TIMES)


def named(text: str) -> list[str]:
    """The handles of those whose names stand in a text."""
    return [host.handle for host in HOSTS if host.name in text]


def days_in(text: str) -> list[date]:
    """The days of the coming months that a text names by day and month."""
    days = [_TODAY + DAY * number for number in range(120)]
    return [one for one in days if re.search(rf"\b{one.day} {one:%b}", text)]


def misspelt(random: Random, text: str, *, keep: Sequence[str]) -> str:
    """The text with two letters of one longer word changed over; what is to be kept stays."""
    kept = {word for phrase in keep for word in phrase.split()}
    words = text.split(" ")
    places = [i for i, word in enumerate(words) if len(word) > 5 and word.isalpha() and word not in kept]
    if not places:
        return text
    place = random.choice(places)
    word = words[place]
    swaps = [i for i, (a, b) in enumerate(pairwise(word)) if i > 0 and a != b]
    at = random.choice(swaps)
    words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)
