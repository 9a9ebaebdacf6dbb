"""What `domain.yml`, the rules and the code promise each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from actions.__main__ import executor
from actions.draft import Meaning, Question
from actions.managing import OF_HOSTS
from actions.services import Services
from actions.smalltalk import SMALL_TALK
from actions.telling import RemarkKind
from actions.topics import Topic
from scheduler_core.errors import SchedulerError
from scheduler_core.identity import Why
from scheduler_core.model import Channel, Order, Reason
from scheduler_core.outbox import Trouble
from scheduler_core.personal_data import Reminders
from scheduler_core.ranking import DayPart
from tests.actions.talk import DOMAIN

RESPONSES: dict[str, list[dict[str, Any]]] = DOMAIN["responses"]
RULES: list[dict[str, Any]] = [
    rule
    for file in sorted(Path("data/rules").glob("*.yml"))
    for rule in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["rules"]
]
SAID = YAML(typ="safe").load(Path("data/stories/said.yml").read_text(encoding="utf-8"))["stories"]
SAID_OFTEN = (
    "greet", "how_can_i_help", "ask_wish", "ask_person", "ask_reading", "offers", "offers_near", "which",
    "free", "nothing_free", "reason_taken", "reason_outside_hours", "noted", "ask_contact",
    "ask_contact_rest", "ask_book", "hold_renewed", "booked", "ask_move", "moved", "ask_cancel", "cancelled",
    "stands", "stopped", "restarted", "ask_resume", "going_on", "rephrase", "out_of_scope", "quiet", "thank",
    "goodbye", "gone",
)  # fmt: skip
#: Rasa itself maps this intent to the action of the same name.
OF_RASA = {"restart"}


def _codes(error: type[SchedulerError]) -> Iterator[str]:
    yield error.code
    for narrower in error.__subclasses__():
        yield from _codes(narrower)


def _named_in_code(pattern: str) -> set[str]:
    """What stands in quotes in the code of the actions."""
    source = "".join(file.read_text(encoding="utf-8") for file in Path("actions").glob("*.py"))
    return set(re.findall(pattern, source))


def _used_responses() -> set[str]:
    chosen = {
        *(f"utter_{code}" for code in _codes(SchedulerError)),
        *(f"utter_reason_{reason.value}" for reason in Reason),
        *(f"utter_day_{reason.value}" for reason in Reason if reason is not Reason.OFF_GRID),
        *(f"utter_what_if_{meaning.value}" for meaning in (Meaning.SHORTER, Meaning.PERSON)),
        *(f"utter_remark_{kind.value}" for kind in RemarkKind),
        *(f"utter_{intent}" for intent in SMALL_TALK),
        *(f"utter_about_{topic.value}" for topic in Topic),
        *(f"utter_code_{why.value}" for why in Why),
        *(f"utter_host_how_{errand.value}" for errand in OF_HOSTS),
        *("utter_ask_block", "utter_ask_ill"),
        *(f"utter_these_are_{order.value}" for order in (Order.EARLIEST, Order.LATEST)),
        "utter_backend_down",
    }
    return chosen | _named_in_code(r'"(utter_[a-z_]+)"')


def _used_parts() -> set[str]:
    everywhere = {
        Meaning.NO,
        Meaning.OTHER_TIMES,
        Meaning.SOONEST,
        Meaning.STOP,
        Meaning.NEW_CODE,
        Meaning.RESUME,
        Meaning.AFRESH,
    }
    chosen = {
        *(f"way_{channel.value}" for channel in Channel),
        "way_video",
        *(f"usual_{part.value}" for part in DayPart),
        *(f"reminders_{choice.value}" for choice in Reminders),
        *(f"field_{name}" for name in ("name", "email", "phone")),
        *(f"button_{meaning.value}" for meaning in everywhere),
        *(f"mail_{trouble.value}" for trouble in Trouble),
        *("bookings_block", "bookings_ill"),
        *(f"button_{meaning.value}_instead" for meaning in (Meaning.SHORTER, Meaning.PERSON)),
        *(f"button_{question.value}" for question in (Question.BOOK, Question.MOVE, Question.CANCEL)),
    }
    return {f"utter_part_{name}" for name in chosen | _named_in_code(r'Part\(\s*"([a-z_]+)"')}


def _fields(text: str) -> set[str]:
    """The values that a text is filled with."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def test_the_domain_has_exactly_the_responses_that_are_used() -> None:
    assert set(RESPONSES) == _used_responses() | _used_parts()


def test_a_story_tells_rasa_of_every_response() -> None:
    (story,) = SAID

    assert [step["action"] for step in story["steps"]] == list(RESPONSES)


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_variations_say_the_same(name: str) -> None:
    texts = [(variation.get("channel"), variation["text"]) for variation in RESPONSES[name]]

    fields = [_fields(one["text"]) for one in RESPONSES[name] if "channel" not in one]

    assert all(set(variation) <= {"text", "channel"} for variation in RESPONSES[name])
    assert "channel" not in RESPONSES[name][0], "other channels need words, too"
    assert len(set(texts)) == len(texts)
    assert all(len(text) < 400 for _, text in texts)
    if name not in {"utter_ask_wish", "utter_greet"}:
        assert all(found == fields[0] for found in fields)


@pytest.mark.parametrize("name", SAID_OFTEN)
def test_what_is_said_often_is_said_in_several_ways(name: str) -> None:
    assert len([one for one in RESPONSES[f"utter_{name}"] if "channel" not in one]) >= 2


def test_no_turn_apologises_twice() -> None:
    """The sentence for an error ends its turn, and none of these meets another of them in one."""
    errors = {f"utter_{code}" for code in _codes(SchedulerError)} | {"utter_backend_down"}
    sorry = {
        name
        for name, variations in RESPONSES.items()
        if any(re.search(r"\b(?:sorry|afraid|apologi[sz]e)\b", one["text"]) for one in variations)
    }

    assert sorry - errors == {"utter_nobody", "utter_hold_lost", "utter_ask_ill", "utter_about_language"}


def test_words_beside_a_card_say_nothing_that_stands_in_it() -> None:
    beside = [
        (name, variation["channel"], _fields(variation["text"]))
        for name, variations in RESPONSES.items()
        for variation in variations
        if "channel" in variation
    ]

    assert {name for name, _, _ in beside} == {"utter_booked", "utter_moved", "utter_cancelled"}
    assert {channel for _, channel, _ in beside} == {"web", "slack"}
    assert all(found == {"email"} for _, _, found in beside)


@pytest.mark.parametrize("name", sorted(f"utter_{code}" for code in _codes(SchedulerError)))
def test_the_sentence_for_an_error_needs_no_values(name: str) -> None:
    assert all("{" not in variation["text"] for variation in RESPONSES[name])


def test_every_intent_has_one_rule_and_every_rule_an_action() -> None:
    intents = [step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step]
    actions = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step}

    assert sorted([*intents, *OF_RASA]) == sorted(DOMAIN["intents"])
    assert actions <= set(DOMAIN["actions"])


def test_small_talk_is_what_the_rules_send_there() -> None:
    sent = {
        before["intent"]
        for rule in RULES
        for before, after in pairwise(rule["steps"])
        if after.get("action") == "action_small_talk"
    }

    assert sent == SMALL_TALK


def test_the_server_knows_every_action_of_the_domain(services: Services) -> None:
    served: ActionExecutor = executor(services)

    assert sorted(served.actions) == sorted(DOMAIN["actions"])


def test_no_field_decides_what_rasa_does_next() -> None:
    assert all(field["influence_conversation"] is False for field in DOMAIN["slots"].values())
