"""What the training data promises: Rasa's own validator is content, and every intent has examples enough."""

from __future__ import annotations

import warnings
from collections import Counter

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.validator import Validator

from nlu.components.intents import plain

#: The note that comes with every domain that has slots; `rasa data validate` leaves it out, too.
OF_ALL_SLOTS = "Slot auto-fill has been removed in 3.0"
#: Only buttons say this; there is nothing to learn.
OF_BUTTONS = {"pick"}
FEWEST = 60
MOST_OF_ALL = 0.15  #: no intent may be so large a part of all examples that it becomes the usual guess


@pytest.fixture(scope="module")
def importer() -> TrainingDataImporter:
    return TrainingDataImporter.load_from_config("config.yml", "domain.yml", ["data"])


@pytest.fixture(scope="module")
def examples(importer: TrainingDataImporter) -> list[tuple[str, str]]:
    """The intent and text of every example but the buttons'."""
    found = [(one.get(INTENT), one.get(TEXT)) for one in importer.get_nlu_data().intent_examples]
    return [(intent, text) for intent, text in found if intent not in OF_BUTTONS]


def test_rasa_finds_nothing_wrong_with_domain_rules_and_examples(importer: TrainingDataImporter) -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        validator = Validator.from_importer(importer)
        good = (
            validator.verify_domain_validity(),
            validator.verify_actions_in_stories_rules(),
            validator.verify_slot_mappings(),
            validator.verify_intents_in_stories(ignore_warnings=False),
            validator.verify_example_repetition_in_intents(ignore_warnings=False),
            validator.verify_utterances_in_stories(ignore_warnings=False),
            validator.verify_story_structure(ignore_warnings=False),
        )
        validator.warn_if_config_mandatory_keys_are_not_set()

    found = [str(one.message) for one in warned if issubclass(one.category, UserWarning)]
    assert [text for text in found if not text.startswith(OF_ALL_SLOTS)] == []
    assert all(good)


def test_every_intent_has_examples_enough_and_none_outweighs_the_rest(
    examples: list[tuple[str, str]],
) -> None:
    counts = Counter(intent for intent, _ in examples)

    assert {intent: count for intent, count in counts.items() if count < FEWEST} == {}
    assert max(counts.values()) <= MOST_OF_ALL * len(examples)


def test_no_button_is_learned(examples: list[tuple[str, str]]) -> None:
    assert [text for _, text in examples if text.startswith("/")] == []


def test_no_words_are_an_example_of_two_intents(examples: list[tuple[str, str]]) -> None:
    intents: dict[str, set[str]] = {}
    for intent, text in examples:
        intents.setdefault(plain(text), set()).add(intent)

    # A number alone may be a time, a length or a place in a list: the open question tells.
    assert {words: found for words, found in intents.items() if len(found) > 1 and words.strip("0")} == {}
