from __future__ import annotations

import pytest

from nlu.names import own_name
from nlu.people import people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee, ann@example.org", "Ann Lee"),
        ("ann@example.org (Ann Lee)", "Ann Lee"),
        ("ann lee ann@example.org", "ann lee"),
        ("30 minutes with Dr. Meyer on Zoom next Tuesday afternoon? Ann Lee, ann@example.org", "Ann Lee"),
        ("Consultation, Friday 3pm, May Jones, may@example.org", "May Jones"),
        ("Sunday Adeyemi, sunday@example.org", "Sunday Adeyemi"),
        ("王伟, wei@example.org", "王伟"),
        ("my name is ann lee", "ann lee"),
        ("My name is John. My email is john@example.com", "John"),
        ("My name is May Jones and I need an appointment in May", "May Jones"),
        ("name: José Álvarez", "José Álvarez"),
        ("Please put it under Garcia", "Garcia"),
        ("I'm Ann", "Ann"),
        ("i'm ann", "ann"),
        ("im jonas and my mail is jonas@example.org", "jonas"),
        ("I'm Maria de la Cruz", "Maria de la Cruz"),
        ("I am May", "May"),
        ("this is Mark", "Mark"),
        ("This is Mark Twain, I want to book", "Mark Twain"),
        ("It's Tom Baker and tom.baker@example.com", "Tom Baker"),
        ("Hi, Ann Lee here", "Ann Lee"),
        ("please book Tuesday at 3 - Ann Lee", "Ann Lee"),
        ("Best regards,\nJürgen von der Lippe", "Jürgen von der Lippe"),
        ("Thanks, Ann Lee", "Ann Lee"),
        ("Book it for Anna Schmidt", "Anna Schmidt"),
        ("I'm Mr. Smith", "Smith"),
    ],
)
def test_the_writers_name_is_found(text: str, name: str) -> None:
    found = own_name(text)

    assert found is not None
    assert (found.name, text[found.start : found.end]) == (name, name)


@pytest.mark.parametrize(
    "text",
    [
        "I'm looking for an appointment",
        "I'm sick",
        "I'm in Berlin",
        "I'm busy on Monday",
        "I'm free on Tuesday",
        "it's about my tax return",
        "this is great",
        "call me at 5",
        "call me tomorrow",
        "for Monday",
        "book with Ben for Thursday",
        "my email is ann@example.org",
        "also invite bob@example.org",
        "Friday",
        "Next Tuesday",
        "yes please",
        "",
    ],
)
def test_what_is_no_name_is_left_alone(text: str) -> None:
    assert own_name(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("with Dr. Meyer", [("Dr. Meyer", "")]),
        (
            "30 minutes with Dr. Meyer on Zoom next Tuesday afternoon? Ann Lee, ann@example.org",
            [("Dr. Meyer", "")],
        ),
        ("with Ben or Ana", [("Ben", ""), ("Ana", "or")]),
        ("with ben or ana on friday", [("ben", ""), ("ana", "or")]),
        ("Dr. Meyer and Priya Nair please", [("Dr. Meyer", ""), ("Priya Nair", "and")]),
        ("with ben on friday", [("ben", "")]),
        ("with Will on Friday", [("Will", "")]),
        ("with May Jones in May", [("May Jones", "")]),
        ("Is Ben free on Friday at 10?", [("Ben", "")]),
        ("When does Ana have time this week?", [("Ana", "")]),
        ("is dr. meyer in tomorrow?", [("dr. meyer", "")]),
        ("what does eva have on monday", [("eva", "")]),
        ("can I see Priya Nair tomorrow", [("Priya Nair", "")]),
        ("an appointment at Dr Meyer", [("Dr Meyer", "")]),
        ("Ana Souza's calendar", [("Ana Souza", "")]),
        ("with Ben instead", [("Ben", "")]),
        ("how about Ana", [("Ana", "")]),
        ("my name is Ann Lee and I'd like to meet Ben", [("Ben", "")]),
        ("with anyone", [("anyone", "")]),
        ("whoever is free first", [("anyone", "")]),
        ("any doctor is fine", [("anyone", "")]),
        ("I don't mind who", [("anyone", "")]),
    ],
)
def test_the_people_wanted_are_found(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(person.words, person.join) for person in people(text)] == wanted
    assert not any(person.bare for person in people(text) if person.words != "Dr. Meyer")


@pytest.mark.parametrize("text", ["Ben Okafor", "ben", "Ann Lee", "Ben please", "priya or ana please"])
def test_a_message_that_is_only_a_name_is_marked_as_such(text: str) -> None:
    assert people(text)
    assert all(person.bare for person in people(text))


@pytest.mark.parametrize(
    "text",
    [
        "yes please",
        "sounds good",
        "perfect",
        "with pleasure",
        "with my colleague",
        "with a 30 minute call",
        "is it free on Monday",
        "is tuesday available",
        "is five in the evening available",
        "does friday at 3 work",
        "when is the doctor free",
        "is anyone there?",
        "are you free tomorrow",
        "Monday",
        "May",
        "hello",
        "cool thanks",
    ],
)
def test_nobody_is_wanted_where_nobody_is_named(text: str) -> None:
    assert people(text) == []
