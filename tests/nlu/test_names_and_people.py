from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities import details
from nlu.names import own_name
from nlu.people import people
from tests.nlu.tables import rows

NAMES = rows("names.txt")
PEOPLE = rows("people.txt")


def named(text: str) -> str:
    """The writer's name, or the names that are all a message says, as the table writes them."""
    found = details(text)
    own = [entity["value"] for entity in found if entity["entity"] == "name"]
    bare = [
        f"bare {entity['value']}"
        for entity in found
        if entity["entity"] == "person" and entity["additional_info"]["bare"]
    ]
    return " / ".join([*own, *bare])


def wanted(text: str) -> str:
    """The people wanted, as the table writes them."""
    words = []
    for entity in details(text):
        if entity["entity"] == "person":
            info = entity["additional_info"]
            words += [info["join"], "bare" if info["bare"] else "", entity["value"]]
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(("text", "meaning"), NAMES)
def test_the_writers_name_is_that_of_the_table(text: str, meaning: str) -> None:
    assert named(text) == meaning


@pytest.mark.parametrize(("text", "meaning"), PEOPLE)
def test_the_people_wanted_are_those_of_the_table(text: str, meaning: str) -> None:
    assert wanted(text) == meaning


@pytest.mark.parametrize("text", [text for text, meaning in PEOPLE if "bare" not in meaning])
def test_whom_somebody_wants_to_meet_is_never_the_writer(text: str) -> None:
    assert [entity["value"] for entity in details(text) if entity["entity"] == "name"] == []


@pytest.mark.parametrize(
    ("text", "own", "person"),
    [
        ("30 minutes with Dr. Meyer on Zoom? Ann Lee, ann@example.org", "Ann Lee", "Dr. Meyer"),
        ("my name is Ann Lee and I'd like to meet Ben", "Ann Lee", "Ben"),
        ("i'm pete sampson, pete@example.org, want to see priya on monday", "pete sampson", "priya"),
        ("Is Ben free on Friday? Ann Lee here, ann@example.org", "Ann Lee", "Ben"),
        ("Dr Meyer please, my name is Tom, tom@example.org", "Tom", "Dr Meyer"),
        ("I'm Dr. Lee and need Dr. Meyer on Friday", "Lee", "Dr. Meyer"),
        ("Consultation with Ben, Ann Lee, ann@example.org", "Ann Lee", "Ben"),
        ("with Ben Okafor, ann@example.org", "", "Ben Okafor"),
    ],
)
def test_the_writer_and_the_one_to_be_met_are_told_apart(text: str, own: str, person: str) -> None:
    found = {entity["entity"]: entity["value"] for entity in details(text)}

    assert (found.get("name", ""), found.get("person", "")) == (own, person)


@given(row=st.sampled_from(NAMES + PEOPLE), ending=st.sampled_from(["", " ", "\n", "  "]))
def test_names_do_not_depend_on_spaces_around_the_message(row: tuple[str, str], ending: str) -> None:
    text, _ = row

    assert (named(f"{ending}{text}{ending}"), wanted(f"{ending}{text}{ending}")) == (
        named(text),
        wanted(text),
    )


@given(st.text(alphabet=st.sampled_from("AaBb .,'’-@:()\nímyIs 李"), max_size=40))
def test_names_lie_inside_the_message_and_are_not_empty(text: str) -> None:
    own = own_name(text)
    spans = [(one.start, one.end) for one in people(text)] + ([(own.start, own.end)] if own else [])

    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)
