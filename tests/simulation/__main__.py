"""Lets simulated people talk to the assistant and checks after each what came of it.

python -m tests.simulation [people] [seed]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.chat import Conversation
from tests.simulation import past
from tests.simulation.goals import Opening, Twist, goal_from
from tests.simulation.habits import Liking, past_of_most
from tests.simulation.judging import Verdict, judged, others, overlaps
from tests.simulation.person import Person
from tests.simulation.practice import ALL, BY_HANDLE
from tests.stack import Assistant, running

ENOUGH = 0.97  #: the share that has to get what they came for
_A_CALENDAR_FULL = 60  #: after so many conversations the calendars are emptied


def main() -> int:
    """The exit code: 1 if something wrong was booked, or too few got what they came for."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as assistant:
        booked = past_of_most(Random(seed), ALL, BY_HANDLE)  # noqa: S311  # nothing secret
        past.write(assistant, [(f"other{number}@example.com", one) for number, one in enumerate(booked)])
        verdicts = [_shown(assistant, seed, number) for number in range(people)]
    print(report(verdicts, seed))
    return 0 if all(not verdict.wrong for verdict in verdicts) and share(verdicts) >= ENOUGH else 1


def simulate(assistant: Assistant, seed: int, number: int) -> tuple[Verdict, Conversation]:
    """One conversation from its first message to its end."""
    random = Random(f"{seed}/{number}")  # noqa: S311  # nothing secret, and the same each time
    goal = goal_from(random, number)
    chat = assistant.chat(zone=goal.zone)
    person = Person(goal, random)
    if goal.past:
        past.write(assistant, [(goal.email, one) for one in goal.past])
        past.prove(assistant, chat, goal.email)
    before = others(assistant, chat)
    message: str | None = person.begin()
    while message is not None:
        message = person.answer(chat.say(message))
    verdict = judged(assistant, chat, person, before)
    past.forget(assistant, goal.email)
    return verdict, chat


def _shown(assistant: Assistant, seed: int, number: int) -> Verdict:
    """The verdict on one; a failure is printed so that it can be replayed."""
    if number % _A_CALENDAR_FULL == 0:
        assistant.rows.forget_conversations()
    verdict, chat = simulate(assistant, seed, number)
    if overlaps(assistant):
        sys.exit("Two bookings take the same person's time.")
    if not verdict.success or verdict.surprises:
        print(f"=== person {number} of seed {seed}: {verdict}\n{chat.transcript()}\n", flush=True)
    assistant.chats.clear()
    return verdict


def share(verdicts: Sequence[Verdict]) -> float:
    """The share of those who got what they came for."""
    return sum(verdict.success for verdict in verdicts) / len(verdicts)


def report(verdicts: Sequence[Verdict], seed: int) -> str:
    """The figures."""
    plain = [
        one for one in verdicts if one.twist is Twist.NOTHING and one.booked and one.liking is Liking.NONE
    ]
    lines = [
        f"{len(verdicts)} people, seed {seed}: {share(verdicts):.1%} got what they came for.",
        f"Wrong bookings: {sum(bool(one.wrong) for one in verdicts)}.",
        f"Dead ends: {sum(bool(one.dead_end) for one in verdicts)}.",
        f"Questions for a yes to something not wanted: {sum(len(one.surprises) for one in verdicts)}.",
        *(f"Messages per booking, {opening.value}: {_mean(plain, opening)}" for opening in Opening),
        f"Messages per booking, whatever happened: {_mean([one for one in verdicts if one.booked])}",
        f"One of the first times on offer taken: {_first(verdicts)}",
        *(f"  by those who like {one.value}: {_first(verdicts, one)}" for one in Liking),
        "By what happened on the way:",
        *(f"  {twist.value}: {_rate([one for one in verdicts if one.twist is twist])}" for twist in Twist),
    ]
    reasons = Counter(one.dead_end for one in verdicts if one.dead_end)
    return "\n".join([*lines, *(f"  {count} × {why}" for why, count in reasons.most_common())])


def _mean(verdicts: Sequence[Verdict], opening: Opening | None = None) -> str:
    counted = [one.turns for one in verdicts if opening in {None, one.opening}]
    return f"{statistics.mean(counted):.2f} ({len(counted)} people)" if counted else "nobody"


def _first(verdicts: Sequence[Verdict], liking: Liking | None = None) -> str:
    """How many of those who chose from a list chose from the first one."""
    chose = [
        one.took_first for one in verdicts if one.took_first is not None and liking in {None, one.liking}
    ]
    return f"{sum(chose) / len(chose):.1%} of {len(chose)}" if chose else "nobody"


def _rate(verdicts: Sequence[Verdict]) -> str:
    return f"{share(verdicts):.1%} of {len(verdicts)}" if verdicts else "nobody"


if __name__ == "__main__":
    sys.exit(main())
