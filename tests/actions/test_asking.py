"""What is told by words alone: errands, appointments that exist, guests who are not to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.asking import (
    errand_in,
    guests_cannot_come,
    guests_meant,
    is_back_after_all,
    names_existing,
    names_new,
    takes_guests_off,
)

BOB, ZOE = "bob@example.org", "zoe.marsh@example.org"


def _rows() -> list[tuple[str, str]]:
    lines = Path(__file__).with_name("asking.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(text.strip(), errand.strip()) for text, errand in rows]


@pytest.mark.parametrize(("text", "errand"), _rows())
def test_words_bring_an_errand(text: str, errand: str) -> None:
    found = errand_in(text)

    assert (found.value if found else "-") == errand


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("I'm back on Friday after all", True),
        ("I'll be in tomorrow after all", True),
        ("I am available again from Monday", True),
        ("I'm back on Friday", False),
        ("I'm free on Friday", False),
        ("Friday after all", False),
    ],
)
def test_who_is_back_after_all_takes_something_back(text: str, back: bool) -> None:  # noqa: FBT001
    assert is_back_after_all(text) is back


@pytest.mark.parametrize(
    ("text", "existing"),
    [
        ("cancel my appointment", True),
        ("move my appointment with Ben to Friday", True),
        ("the booking I made last week", True),
        ("my next consultation", True),
        ("my existing one", False),
        ("cancel it", False),
        ("cancel the booking", False),
        ("I need an appointment", False),
    ],
)
def test_my_appointment_is_one_that_exists(text: str, existing: bool) -> None:  # noqa: FBT001
    assert names_existing(text) is existing


@pytest.mark.parametrize("text", ["no, the new one", "this one", "I mean the one we are arranging"])
def test_the_new_one_is_the_one_that_is_arranged(text: str) -> None:
    assert names_new(text)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("take Bob off", (BOB,)),
        ("remove zoe please", (ZOE,)),
        ("uninvite Marsh", (ZOE,)),
        (f"don't invite {BOB}", (BOB,)),
        (f"leave {BOB.upper()} out", (BOB,)),
        ("remove all guests", (BOB, ZOE)),
        ("remove the guest", ()),
        ("don't invite carl@example.org", ()),
    ],
)
def test_guests_are_taken_off_by_name_or_address(text: str, gone: tuple[str, ...]) -> None:
    assert takes_guests_off(text, (BOB, ZOE))
    assert guests_meant(text, (BOB, ZOE)) == gone


@pytest.mark.parametrize("text", ["Bob can't come", f"{BOB} is not coming", "bob won't make it"])
def test_guests_who_cannot_come(text: str) -> None:
    assert guests_cannot_come(text, (BOB, ZOE))
    assert guests_meant(text, (BOB, ZOE)) == (BOB,)


@pytest.mark.parametrize("text", ["take it", "I can't come", "take Ben instead", "drop it", "Bob is coming"])
def test_other_words_take_nobody_off(text: str) -> None:
    assert not takes_guests_off(text, (BOB, ZOE))
    assert not guests_cannot_come(text, (BOB, ZOE))


def test_the_only_guest_needs_no_name() -> None:
    assert guests_meant("take him off", (BOB,)) == (BOB,)
    assert guests_meant("remove the guest", (BOB,)) == (BOB,)
