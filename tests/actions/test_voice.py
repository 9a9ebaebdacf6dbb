from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import voice
from actions.draft import Draft, Meaning, from_json, to_json
from actions.replies import Button, Lines, Listing, Part, Reply, Text, option, some
from tests.actions.samples import ANN, chosen
from tests.actions.talk import DOMAIN

PHRASES = {
    "responses": {
        "utter_part_with": [{"text": " with {who}"}],
        "utter_part_more": [{"text": "{number} more"}],
    }
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("as it is {x}", "as it is {x}"),
        (Part("with", {"who": "Ben {who}"}), " with Ben {who}"),
        (Lines(("1", Part("with", {"who": "Ana"}))), "1\n with Ana"),
        (Listing(("A", "B", "C")), "A, B and C"),
        (Listing(("A", "B", "C"), "or"), "A, B or C"),
        (Listing(()), ""),
        (some([str(number) for number in range(10)]), "0, 1, 2, 3, 4, 5, 6, 7 and 2 more"),
    ],
)
def test_a_text_becomes_words(text: Text, words: str) -> None:
    assert voice.text(text, PHRASES) == words


def test_a_reply_becomes_a_response_with_payloads_that_every_channel_takes() -> None:
    choice = option(Draft(id="m1"), Meaning.YES, of="this")

    message = voice.message(Reply("utter_x", {"who": "0[x]"}, (Button("Yes", choice),)), DOMAIN)

    payload = message["buttons"][0]["payload"]
    assert message == {
        "response": "utter_x",
        "buttons": [{"title": "Yes", "payload": payload}],
        "who": "0 [x]",
    }
    assert re.fullmatch(r'/pick\{"option":"[a-z0-9]{1,16}"\}', payload)
    assert len(payload.encode()) <= 64


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(Meaning))
def test_an_option_counts_for_what_it_was_made_for(first: str, second: str, meaning: Meaning) -> None:
    one, other = (option(Draft(id="m1"), meaning, of=of) for of in (first, second))

    assert (one == other) == (first == second)
    assert option(Draft(id="m2"), meaning, of=first) != one


def test_a_draft_survives_as_plain_json() -> None:
    draft = chosen(writer=ANN)

    assert from_json(json.loads(json.dumps(to_json(draft)))) == draft


@pytest.mark.parametrize("kept", [None, [], "x", {"asked": "nonsense"}, {"id": 5}, {"offers": [{}]}])
def test_what_is_no_draft_is_an_empty_one(kept: object) -> None:
    assert from_json(kept) == Draft()
