from __future__ import annotations

import pytest

from nlu.entities import details, prepared_with
from nlu.lengths import lengths
from nlu.spelling import respelt
from tests.nlu.tables import rows


def values(text: str, kind: str) -> str:
    return " ".join(str(entity["value"]) for entity in details(text) if entity["entity"] == kind)


@pytest.mark.parametrize(("text", "meaning"), rows("references.txt"))
def test_the_references_of_a_message_are_those_of_the_table(text: str, meaning: str) -> None:
    assert values(text, "reference") == meaning


@pytest.mark.parametrize(("text", "meaning"), rows("phones.txt"))
def test_the_phone_numbers_of_a_message_are_those_of_the_table(text: str, meaning: str) -> None:
    assert values(text, "phone") == meaning


@pytest.mark.parametrize(("text", "meaning"), rows("channels.txt"))
def test_the_way_to_meet_is_that_of_the_table(text: str, meaning: str) -> None:
    assert values(text, "channel") == meaning


@pytest.mark.parametrize(("text", "meaning"), rows("notes.txt"))
def test_what_it_is_about_is_what_the_table_says(text: str, meaning: str) -> None:
    assert values(text, "note") == meaning


@pytest.mark.parametrize(("text", "meaning"), rows("choices.txt"))
def test_the_pick_of_a_message_is_that_of_the_table(text: str, meaning: str) -> None:
    assert values(text, "choice") == meaning


@pytest.mark.parametrize(("text", "meaning"), rows("lengths.txt"))
def test_the_lengths_of_a_message_are_those_of_the_table(text: str, meaning: str) -> None:
    assert " ".join(str(length.minutes) for length in lengths(respelt(text).text)) == meaning


@pytest.mark.parametrize(("text", "meaning"), rows("zones.txt"))
def test_the_zone_is_that_of_the_table(text: str, meaning: str) -> None:
    found = prepared_with(text, details(text)).zone

    assert (found.zone if found else "") == meaning


@pytest.mark.parametrize("text", ["move K7QX2M to Friday", "cancel K7QX2M", "K7QX2M"])
def test_a_reference_is_nobodys_name_and_no_time(text: str) -> None:
    assert {entity["entity"] for entity in details(text)} == {"reference"}
    assert prepared_with(text, details(text)).lengths == ()


def test_a_reference_that_looks_like_a_time_is_none() -> None:
    text = "my reference is K7Q-2PM"

    assert prepared_with(text, details(text)).times == ()
