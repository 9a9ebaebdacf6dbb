from __future__ import annotations

import pytest

from scheduler_core.likeness import who_is_named
from scheduler_core.model import Person

NAMES = {
    "eva-meyer": "Dr. Eva Meyer",
    "ben-okafor": "Ben Okafor",
    "ana-souza": "Ana Souza",
    "priya-nair": "Priya Nair",
    "jose-alvarez": "José Álvarez",
    "eva-lang": "Eva Lang",
}
PEOPLE = [
    Person(number, handle, name, "x@example.org", "UTC")
    for number, (handle, name) in enumerate(NAMES.items())
]


@pytest.mark.parametrize(
    ("words", "handles"),
    [
        ("Dr. Meyer", ["eva-meyer"]),
        ("dr meyer", ["eva-meyer"]),
        ("Eva Meyer", ["eva-meyer"]),
        ("eva-meyer", ["eva-meyer"]),
        ("Ms Lang", ["eva-lang"]),
        ("eva", ["eva-meyer", "eva-lang"]),
        ("Doctor Meier", ["eva-meyer"]),
        ("BEN", ["ben-okafor"]),
        ("okaffor", ["ben-okafor"]),
        ("Anna", ["ana-souza"]),
        ("prya nair", ["priya-nair"]),
        ("Jose Alvarez", ["jose-alvarez"]),
        ("josé", ["jose-alvarez"]),
        ("zoe", []),
        ("Ben Meyer", []),
        ("Jen", []),
        ("the Dr.", []),
        ("Dr.", ["eva-meyer"]),
        ("", []),
        ("?!", []),
        ("x" * 10_000, []),
    ],
)
def test_words_name_people(words: str, handles: list[str]) -> None:
    assert [person.handle for person in who_is_named(words, PEOPLE)] == handles


def test_nobody_is_named_where_there_is_nobody() -> None:
    assert who_is_named("eva", []) == []
