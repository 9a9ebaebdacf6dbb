from __future__ import annotations

from typing import Any

import pytest

from channels.replies import Card, Choice, Reply, reply_from

PICK = '/pick{"option":"k3f9"}'


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ({"text": "Hello"}, Reply("Hello")),
        (
            {"text": "Which?", "buttons": [{"title": "Mon 9:00", "payload": PICK}]},
            Reply("Which?", (Choice("Mon 9:00", PICK),)),
        ),
        (
            {"text": "Which?", "quick_replies": [{"title": "Mon 9:00", "payload": PICK}]},
            Reply("Which?", (Choice("Mon 9:00", PICK),)),
        ),
        (
            {"custom": {"data": {"type": "booking", "reference": "K7M2QP"}}},
            Reply(card=Card("booking", {"reference": "K7M2QP"})),
        ),
        ({"text": None, "buttons": None, "custom": {"blocks": []}}, Reply()),
        ({"custom": {"data": {"reference": "K7M2QP"}}}, Reply()),
    ],
)
def test_reply_is_read_from_a_message(message: dict[str, Any], reply: Reply) -> None:
    assert reply_from(message) == reply
