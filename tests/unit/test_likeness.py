from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_core.common_names import GIVEN, SURNAMES
from scheduler_core.likeness import who_is_named
from scheduler_core.model import Person

FIRST = """
    Ada Ahmed Åsa Beatriz Benjamin Björn Catherine Chloé Dmitri Eleanor Elizabeth Fatima Gustavo Hugo Ingrid
    Jörg Katarzyna Łukasz Mohammed Ngozi Ólafur Patrick Rosalind Søren Tomasz
"""
LAST = """
    Adeyemi Bielawski Castellanos Drăgulescu Eriksen Fitzgerald Grünwald Hashimoto Ivarsson Jankowski Kessler
    Lindqvist
"""
NEAR = {
    "m1": "Klara Müller",
    "m2": "Klaus Muller",
    "m3": "Dr. Eva Meyer",
    "m4": "Eva Mayerhofer",
    "m5": "Tom O'Neill",
    "m6": "Jean-Luc Martin",
    "m7": "Maria van der Berg",
    "m8": "Nguyễn Văn An",
    "m9": "Þóra Guðmundsdóttir",
    "n1": "Jonathan Okafor",
    "n2": "John Okonkwo",
    "n3": "Ana Souza",
    "n4": "Ana Lucía Prado",
    "n5": "Mark Nair",
    "n6": "Marc Sanghera",
    "n7": "王芳",
    "n8": "Robert Wentworth",
    "n9": "Roberta Quist",
}
WHOLE = [f"{first} {last}" for first, last in product(FIRST.split(), LAST.split())]
NAMES = {f"p{place}": name for place, name in enumerate(WHOLE)} | NEAR
PEOPLE = [
    Person(place, handle, name, "x@example.org", "UTC") for place, (handle, name) in enumerate(NAMES.items())
]


STRANGERS = """
    Ben Smith; Eva Smith; Meyer Smith; Tom Meyer; Mario; Marie Nair; Anne; Anne Souza; Jan; Joan Okafor;
    Roberto; Robin; Rob Nair; Ingrid Souza; Patricia; Elisa; Elsa; Hugh; Ada Okafor; Okoro; Okafor
    Smith; Nayar; Niar Smith; Martina; Berger; Bergman; Kelly; Keller; Eriksdottir; Hashem; Castro;
    Miller; Mueler Tom; Meier Tom; O'Connor; Wang; 王; 王伟; Li; Xi; Al; Bo; Ed; van; de la; Mr.; A. B.;
    K.; Alan; Adam; Abe; Susan; Sousanne; Sosa; Tim; Tam; Olaf; Olga; Lukas Meyer; Fatma; Fiona; Tobias;
    Frau Holle; the doctor; a dentist; somebody; Monday; Zoom; 🙂; @; <script>; ' DROP TABLE; %;
    \u0412en; Ана; Petersen; Peter; Kessel Run; Hugo Boss; Jeanne d'Arc
"""


def named(words: str) -> list[str]:
    return [person.name for person in who_is_named(words, PEOPLE)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        # without accents, and as German, Nordic and Polish letters are written without them
        ("Klara Muller", ["Klara Müller"]),
        ("klara mueller", ["Klara Müller"]),
        ("Müller", ["Klara Müller", "Klaus Muller"]),
        ("mueller", ["Klara Müller", "Klaus Muller"]),
        ("Dr. Muller", ["Klara Müller", "Klaus Muller"]),
        ("Lukasz Kessler", ["Łukasz Kessler"]),
        ("Soren Eriksen", ["Søren Eriksen"]),
        ("Soeren Eriksen", ["Søren Eriksen"]),
        ("Bjoern Kessler", ["Björn Kessler"]),
        ("Aasa Kessler", ["Åsa Kessler"]),
        ("Olafur Ivarsson", ["Ólafur Ivarsson"]),
        ("Chloe Gruenwald", ["Chloé Grünwald"]),
        ("Thora", ["Þóra Guðmundsdóttir"]),
        ("gudmundsdottir", ["Þóra Guðmundsdóttir"]),
        ("nguyen van an", ["Nguyễn Văn An"]),
        ("王芳", ["王芳"]),
        # family name first, titles, parts, punctuation
        ("MEYER, Eva", ["Dr. Eva Meyer"]),
        ("Prof. Dr. med. Meyer", ["Dr. Eva Meyer"]),
        ("Ms Meyer", ["Dr. Eva Meyer"]),
        ("doctor", ["Dr. Eva Meyer"]),
        ("o neill", ["Tom O'Neill"]),
        ("ONeill", ["Tom O'Neill"]),
        ("O\u2019Neill", ["Tom O'Neill"]),
        ("Jeanluc", ["Jean-Luc Martin"]),
        ("jean luc", ["Jean-Luc Martin"]),
        ("van der Berg", ["Maria van der Berg"]),
        ("vanderberg", ["Maria van der Berg"]),
        ("berg", ["Maria van der Berg"]),
        ("Ana Lucía", ["Ana Lucía Prado"]),
        ("Ana Maria Souza", ["Ana Souza"]),
        ("Ana S.", ["Ana Souza"]),
        ("A. Souza", ["Ana Souza"]),
        ("n3", ["Ana Souza"]),
        # short names and full ones
        ("Liz Kessler", ["Elizabeth Kessler"]),
        ("ben hashimoto", ["Benjamin Hashimoto"]),
        ("Pat Kessler", ["Patrick Kessler"]),
        ("Kate Kessler", ["Catherine Kessler"]),
        ("Kasia Kessler", ["Katarzyna Kessler"]),
        ("Jon Okafor", ["Jonathan Okafor"]),
        ("Bob", ["Robert Wentworth"]),
        ("Robert", ["Robert Wentworth"]),
        # by ear
        ("Meier", ["Dr. Eva Meyer"]),
        ("Doctor Mayer", ["Dr. Eva Meyer"]),
        ("Sousa", ["Ana Souza"]),
        ("Mark", ["Mark Nair"]),
        ("Marc", ["Marc Sanghera"]),
        ("Mark Sanghera", ["Marc Sanghera"]),
        ("Katherine Kessler", ["Catherine Kessler"]),
        ("Mohamed Kessler", ["Mohammed Kessler"]),
        ("Thomas Kessler", ["Tomasz Kessler"]),
        ("Lucas Kessler", ["Łukasz Kessler"]),
        ("Neil", ["Tom O'Neill"]),
        ("Erikson Soren", ["Søren Eriksen"]),
        # slips
        ("Okafo", ["Jonathan Okafor"]),
        ("okaffor", ["Jonathan Okafor"]),
        ("okafro", ["Jonathan Okafor"]),
        ("Jonatan Okafor", ["Jonathan Okafor"]),
        ("Benjmain Kessler", ["Benjamin Kessler"]),
        ("elizabth kessler", ["Elizabeth Kessler"]),
        ("Ingird Lindqvist", ["Ingrid Lindqvist"]),
        ("Lindquist Ingrid", ["Ingrid Lindqvist"]),
        ("Nari", ["Mark Nair"]),
        ("Wentwroth", ["Robert Wentworth"]),
    ],
)
def test_whom_words_mean_among_many(words: str, names: list[str]) -> None:
    assert named(words) == names


@pytest.mark.parametrize("stranger", [*(name.strip() for name in STRANGERS.split(";")), "x" * 5000])
def test_a_strangers_name_means_nobody(stranger: str) -> None:
    assert named(stranger) == []


@given(st.sampled_from(sorted(GIVEN | SURNAMES)))
def test_a_common_name_means_only_those_who_have_it_or_its_like(name: str) -> None:
    found = who_is_named(name, PEOPLE)

    assert all(any(_begins_alike(name, word) for word in person.name.casefold().split()) for person in found)


@given(st.sampled_from(PEOPLE))
def test_everybody_is_found_by_the_whole_name_alone(person: Person) -> None:
    assert who_is_named(person.name, PEOPLE) == [person]
    assert who_is_named(person.name.upper(), PEOPLE) == [person]


@given(st.sampled_from([one for one in PEOPLE if one.handle.startswith("p")]), st.data())
def test_one_letter_left_out_of_a_long_family_name_is_forgiven(person: Person, data: st.DataObject) -> None:
    first, last = person.name.split()
    place = data.draw(st.integers(2, len(last) - 2))

    assert who_is_named(f"{first} {last[:place]}{last[place + 1 :]}", PEOPLE) == [person]


@given(st.text(max_size=60))
def test_any_words_can_be_looked_for(words: str) -> None:
    assert set(who_is_named(words, PEOPLE)) <= set(PEOPLE)


def _begins_alike(name: str, word: str) -> bool:
    """Whether they share two of the first letters, or one is short for the other."""
    return bool(set(name[:3]) & set(word.strip("'")[:4])) or name[0] in word
