"""Stretches that begin on one day and end on another: "between Monday at 9 and Tuesday at noon"; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from nlu.atoms import Atom
from nlu.hours import TimeOfDay
from nlu.language import Language
from nlu.wishes import DAY, Days, Hours, Part

_ONE = timedelta(days=1)


def stretch(text: str, group: Sequence[Atom], words: Language) -> tuple[Part, ...]:
    """The first day from its time on, whole days between, the last day until its time; else nothing.

    The group is a range of days with a time of day for its first day, for both of its ends, or after "until"
    for its last.
    """
    dated = [atom for atom in group if atom.dated and atom.time is None]
    times = [atom.time for atom in group if atom.time]
    if len(dated) != 1 or len(dated[0].days) != 1 or not 1 <= len(times) <= 2:
        return ()
    (day,) = dated
    (span,) = day.days
    joint = words.joints.stretch.search(text, max(times[0].end, day.start), day.end)
    over = span.first != date.min and span.end != date.max and span.end - span.first > _ONE
    if over and len(times) == 1 and _ends(text, day, times[0], words):
        return _parts(span, 0, edges(text, times[0], words).end)
    if not over or joint is None or (len(times) == 1 and times[0].start < day.start):
        return ()
    if len(times) == 2 and times[1].start < joint.end():
        return ()
    last = edges(text, times[1], words).end if len(times) == 2 else DAY
    return _parts(span, edges(text, times[0], words).start, last)


def _ends(text: str, day: Atom, time: TimeOfDay, words: Language) -> bool:
    """Whether it is the time of the last day alone: "until Friday 3 pm", not "Monday to Friday at 3"."""
    beside = time.start >= day.end and words.joints.beside.fullmatch(text[day.end : time.start])
    return bool(beside) and bool(words.joints.until.search(text, day.start, day.end))


def _parts(span: Days, start: int, end: int) -> tuple[Part, ...]:
    first, last = Days(span.first, span.first + _ONE), Days(span.end - _ONE, span.end)
    between = Days(first.end if start else span.first, last.first if 0 < end < DAY else span.end)
    return (
        *([Part((first,), hours=(Hours(start, DAY),))] if start else []),
        *([Part((between,))] if between.first < between.end else []),
        *([Part((last,), hours=(Hours(0, end),))] if 0 < end < DAY else []),
    )


def edges(text: str, time: TimeOfDay, words: Language) -> Hours:
    """Where "before" and "after" a time of day begin."""
    if not time.hours:
        return Hours(time.clocks[0].readings[0], time.clocks[0].readings[0])
    name = text[time.start : time.end].strip().lower()
    return Hours(*words.edges[name]) if name in words.edges else time.hours[0]
