from __future__ import annotations

import pytest

from scheduler_core.transcripts import LONGEST_LINE, MOST_CHARACTERS, MOST_LINES, Line, Speaker, bounded


def said(*texts: str) -> list[Line]:
    return [Line(Speaker.WRITER, text) for text in texts]


def test_short_conversation_is_kept_as_it_is() -> None:
    lines = [Line(Speaker.WRITER, "I want a person.\nNow."), Line(Speaker.ASSISTANT, "Of course.")]

    assert bounded(lines) == tuple(lines)


def test_last_lines_are_kept() -> None:
    lines = said(*(f"line {number}" for number in range(MOST_LINES + 5)))

    assert bounded(lines) == tuple(lines[5:])


def test_long_line_keeps_its_beginning() -> None:
    (line,) = bounded(said("x" * (LONGEST_LINE + 1)))

    assert line.text == "x" * (LONGEST_LINE - 1) + "…"


def test_all_lines_together_are_bounded_from_the_end() -> None:
    lines = bounded(said(*(f"{number:02}" + "x" * (LONGEST_LINE - 2) for number in range(7))))

    assert [line.text[:2] for line in lines] == ["02", "03", "04", "05", "06"]
    assert sum(len(line.text) for line in lines) == MOST_CHARACTERS


def test_first_line_that_has_no_room_is_cut_and_ends_it() -> None:
    lines = bounded(said("early", "x" * 1500, *["y" * LONGEST_LINE] * 4, "z" * 1000))

    assert [line.text[0] for line in lines] == ["x", "y", "y", "y", "y", "z"]
    assert sum(len(line.text) for line in lines) == MOST_CHARACTERS


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("left\u202eright\u200b", "leftright"),
        ("  Grüße 🙂 ", "Grüße 🙂"),
    ],
)
def test_control_characters_are_taken_out(text: str, kept: str) -> None:
    assert bounded(said(text)) == (Line(Speaker.WRITER, kept),)


def test_lines_without_anything_to_read_are_left_out() -> None:
    assert bounded(said("hello", " \n\x07 ", "bye")) == tuple(said("hello", "bye"))
