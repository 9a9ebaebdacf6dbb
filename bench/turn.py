"""How long a message takes to be answered: understanding, rules, action server and database.

The floor is a bare Rasa assistant whose one action returns at once, asked in the same run.

    make bench ARGS=turn
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench._bare import bare_assistant
from bench._practice import Figures, show
from tests.chat import Conversation
from tests.stack import Assistant, running

#: A booking with a change of mind; the times are those of the demo's calendars.
MESSAGES = (
    "Hello, I need an appointment",
    "30 minutes with Ben Okafor next Wednesday afternoon",
    "anything earlier?",
    "the second one",
    "I'm Ann Lee, ann{number}@example.com",
    "how long does it take?",
    "no, Thursday at 11:00",
    "yes",
)
MOST_RATIO, MOST_SLOW = 2.5, 250.0  #: times the floor's median; milliseconds of the 95th percentile


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    folders = tempfile.TemporaryDirectory(), tempfile.TemporaryDirectory()
    with (
        folders[0] as ours,
        folders[1] as theirs,
        running(Path(ours)) as assistant,
        bare_assistant(Path(theirs)) as bare,
    ):
        # In turns, so that both meet the same disturbances.
        measured = [(turns(_chat(assistant)), turns(Conversation(bare))) for _ in range(rounds)]
    answers = Figures([one for answered, _ in measured[1:] for one in answered])
    floor = Figures([one for _, answered in measured[1:] for one in answered])
    ratio = answers.median / floor.median
    show(
        f"{len(answers.times)} messages",
        ("", "p50 ms", "p95 ms", "of floor"),
        [
            ("floor: bare assistant", f"{floor.median:.0f}", f"{floor.slow:.0f}", "100%"),
            ("a message of a booking", f"{answers.median:.0f}", f"{answers.slow:.0f}", f"{ratio:.0%}"),
        ],
    )
    if ratio > MOST_RATIO or answers.slow > MOST_SLOW:
        sys.exit(f"More than {MOST_RATIO} times the floor, or {MOST_SLOW:.0f} ms.")


def _chat(assistant: Assistant) -> Conversation:
    assistant.rows.forget_conversations()
    return assistant.chat(zone="Europe/London")


def turns(chat: Conversation) -> list[float]:
    """How long each message of one conversation took, in seconds."""
    return list(_times(chat))


def _times(chat: Conversation) -> Iterator[float]:
    for message in MESSAGES:
        begin = time.perf_counter()
        chat.say(message.format(number=chat.sender[-6:]))
        yield time.perf_counter() - begin


if __name__ == "__main__":
    main()
