from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from scheduler_core.codes import Asked, code_of, grouped, is_code

SECRET = "a secret that only the tests know, long enough"
ASKED = Asked(
    UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7"),
    "ann@example.com",
    "web",
    "chat-1",
    datetime(2026, 11, 24, 9, 10, tzinfo=UTC),
)
CODE = code_of(ASKED, SECRET)


def test_code_is_eight_digits_and_always_the_same() -> None:
    assert (len(CODE), CODE.isdecimal()) == (8, True)
    assert code_of(ASKED, SECRET) == CODE


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, id=UUID(int=1)),
        replace(ASKED, address="bob@example.com"),
        replace(ASKED, channel="rest"),
        replace(ASKED, sender="chat-2"),
    ],
)
def test_code_is_another_for_anybody_else(other: Asked) -> None:
    assert code_of(other, SECRET) != CODE
    assert code_of(ASKED, "another secret of the tests, long enough") != CODE


def test_codes_use_every_digit_at_every_place_alike() -> None:
    codes = [code_of(replace(ASKED, id=UUID(int=number)), SECRET) for number in range(5000)]

    for place in range(8):
        counts = Counter(code[place] for code in codes)
        assert set(counts) == set("0123456789")
        assert all(400 < count < 600 for count in counts.values())


@pytest.mark.parametrize(
    "typed", [CODE, grouped(CODE), f" {CODE}\n", f"{CODE[:4]}-{CODE[4:]}", " ".join(CODE)]
)
def test_code_counts_however_it_is_grouped(typed: str) -> None:
    assert is_code(typed, ASKED, SECRET)


@pytest.mark.parametrize(
    "typed", ["", CODE[:7], f"{CODE}0", f"{CODE}, 00000000", "١٢٣٤٥٦٧٨", "\ud800", f"{int(CODE) ^ 1:08}"]
)
def test_anything_else_is_not_the_code(typed: str) -> None:
    assert not is_code(typed, ASKED, SECRET)
