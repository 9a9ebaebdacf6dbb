"""Nobody sees, moves or cancels an appointment that is not theirs, whatever they write, tap or type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialogue import ANN, book, offered, rows_of
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

ATTEMPTS = [
    line
    for line in (Path(__file__).parent / "attempts.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
LONDON = "Europe/London"


def test_there_are_many_attempts() -> None:
    assert len(set(ATTEMPTS)) >= 60


@pytest.mark.parametrize("part", range(4))
def test_no_attempt_reaches_the_appointment_of_somebody_else(assistant: Assistant, part: int) -> None:
    owner = assistant.chat(zone=LONDON)
    row = book(assistant, owner, "Consultation with Ben on Wednesday 2 December at 10:00, about my knee")
    known = {"{reference}": row.reference, "{uid}": str(row.uid), "{email}": ANN[1]}

    for attempt in ATTEMPTS[part::4]:
        text = attempt
        for name, value in known.items():
            text = text.replace(name, value)
        stranger = assistant.chat(zone=LONDON)
        replies = [stranger.say(words) for words in (text, "yes", "12345678", "yes, do it")]
        told = "\n".join(reply.text for reply in replies)
        secrets = [secret for secret in ("knee", row.reference, "Ann Lee") if secret not in text]
        assert all(reply.text for reply in replies), attempt
        assert [secret for secret in secrets if secret in told] == [], (attempt, told)
        assert rows_of(assistant, owner) == [row], (attempt, told)
        assistant.chats.remove(stranger)


def test_the_buttons_of_the_owner_do_nothing_elsewhere(assistant: Assistant) -> None:
    owner, stranger = assistant.chat(zone=LONDON), assistant.chat(zone=LONDON)
    row = book(assistant, owner, "Consultation with Ben on Wednesday 2 December at 11:00")
    owner.say("cancel it")
    yes = owner.last.button("yes").payload

    stranger.say("cancel it")
    reply = stranger.say(yes)

    assert reply.text
    assert rows_of(assistant, owner) == [row]
    assert offered(stranger.say("Consultation with Ben next week"), LONDON)
