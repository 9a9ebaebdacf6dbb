from __future__ import annotations

import re

from scheduler_core import errors
from scheduler_core.errors import SchedulerError, SlotUnavailable


def tree(error: type[SchedulerError], depth: int = 0) -> list[tuple[int, str, str]]:
    """Depth, name and code of the error and those below it, as far as the module defines them."""
    below = [one for one in error.__subclasses__() if one.__module__ == errors.__name__]
    return [(depth, error.__name__, error.code), *(row for one in below for row in tree(one, depth + 1))]


def test_tree_in_the_docstring_is_the_tree_of_classes() -> None:
    drawn = re.findall(r"^    ([│├└─ ]*)(\w+)(?: +(\w+))?$", errors.__doc__ or "", re.MULTILINE)

    shown = [(len(branch) // 4, name, code) for branch, name, code in drawn]

    assert shown == [
        (depth, name, code if any(code == found[2] for found in shown) else "")
        for depth, name, code in tree(SchedulerError)
    ]


def test_codes_are_unique() -> None:
    codes = [code for _, _, code in tree(SchedulerError)]

    assert sorted(codes) == sorted(set(codes))


def test_error_says_what_happened_with_its_details() -> None:
    error = SlotUnavailable(reason="taken", slot="x" * 500)

    assert str(error).endswith(f"(reason='taken', slot='{'x' * 120}')")
    assert error.details == {"reason": "taken", "slot": "x" * 500}
