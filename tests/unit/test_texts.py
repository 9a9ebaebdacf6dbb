from __future__ import annotations

import pytest

from scheduler_core.errors import InvalidAddress, InvalidName, InvalidText
from scheduler_core.texts import checked_address, checked_name, checked_text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ann Lee", "Ann Lee"),
        ("  Ann   Lee ", "Ann Lee"),
        ("José Álvarez-Núñez", "José Álvarez-Núñez"),
        ("Jose\u0301", "José"),  # composed
        ("李小龙", "李小龙"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # escaped where it is shown
        ("O'Neil; DROP TABLE booking", "O'Neil; DROP TABLE booking"),
        ("x" * 120, "x" * 120),
        ("Dr. http: Lee, w.w.w.", "Dr. http: Lee, w.w.w."),
    ],
)
def test_name_is_kept(text: str, kept: str) -> None:
    assert checked_name(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "1234",
        "!!",
        "x" * 121,
        "x" * 10_000,
        "Ann\nLee",
        "Ann\r\nBcc: eve@example.com",
        "Ann\0",
        "Ann\x07",
        "Ann\u2028Lee",
        "Ann \u202eeeL",  # turns the text that follows
        "\ud800 Ann",  # half a character
        "Visit https://evil.example.org now",
        "Visit WWW.evil.example.org now",
        "Visit ｈttps：／／evil.example.org now",
        "ann@example.com",
    ],
)
def test_name_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(InvalidName):
        checked_name(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ann@example.com", "ann@example.com"),
        (" ann@Example.COM ", "ann@example.com"),
        ("Ann.Lee+x@example.com", "Ann.Lee+x@example.com"),
    ],
)
def test_address_is_kept(text: str, kept: str) -> None:
    assert checked_address(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "ann@",
        "@example.com",
        "ann@example",
        "ann@example.com, eve@example.com",
        "ann@example.com;eve@example.com",
        "ann@example.com eve@example.com",
        "Ann <ann@example.com>",
        '"ann lee"@example.com',
        "ann@example.com\r\nBcc: eve@example.com",
        "ann@exa mple.com",
        "ann\0@example.com",
        "ann..lee@example.com",
        "a" * 10_000 + "@example.com",
        "ann@[127.0.0.1]",
    ],
)
def test_what_is_not_one_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidAddress):
        checked_address(text)


def test_text_keeps_its_lines() -> None:
    assert checked_text("  first\nsecond\tthird ", limit=100) == "first\nsecond\tthird"


@pytest.mark.parametrize("text", ["x" * 11, "a\0b", "a\x1bb", "a\u2067b"])
def test_text_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(InvalidText):
        checked_text(text, limit=10)
