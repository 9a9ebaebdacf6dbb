"""The exact starts and the ranges that neighbouring times of day form; pure."""

from __future__ import annotations

from nlu.hours import TimeOfDay, settled
from nlu.language import Kind, Language
from nlu.wishes import Hours


def clocks_and_hours(
    text: str, times: list[TimeOfDay], words: Language
) -> tuple[tuple[int, ...], tuple[Hours, ...]]:
    """Exact starts and ranges: neighbours bound each other, joined ones stand side by side."""
    starts: list[int] = []
    hours: list[Hours] = []
    bundles = _bundles(text, times, words)
    for bundle, half in zip(bundles, _halves(bundles), strict=True):
        clocked = [time for time in bundle if time.kind is not Kind.PART]
        put = [settled(time, half) if half else time for time in clocked]
        starts += [
            reading
            for time in put
            if time.kind is Kind.AT
            for clock in time.clocks
            for reading in clock.readings
        ]
        ranges = [time.hours for time in put if time.kind is not Kind.AT]
        if not any(time.kind is Kind.AT for time in put):
            ranges += [time.hours for time in bundle if time.kind is Kind.PART]
        hours += _bounded(ranges)
    return tuple(dict.fromkeys(starts)), tuple(dict.fromkeys(hours))


def _halves(bundles: list[list[TimeOfDay]]) -> list[str]:
    """The side of noon of each bundle; in "at 9 or 10 in the morning" it holds for both."""
    halves = [next((t.half for t in bundle if t.kind is Kind.PART and t.half), "") for bundle in bundles]
    for places in (range(1, len(halves)), range(len(halves) - 2, -1, -1)):
        step = 1 if places.step < 0 else -1
        for i in places:
            if not halves[i] and all(time.kind is Kind.AT for time in bundles[i]):
                halves[i] = halves[i + step]
    return halves


def _bundles(text: str, times: list[TimeOfDay], words: Language) -> list[list[TimeOfDay]]:
    """The times of day that stand side by side without an "or"."""
    bundles: list[list[TimeOfDay]] = []
    for time in times:
        between = text[bundles[-1][-1].end : time.start] if bundles else ""
        limits = bundles and {Kind.FROM, Kind.UNTIL} == {bundles[-1][-1].kind, time.kind}
        if bundles and (
            not words.joints.or_.search(between) or (limits and not words.joints.either.search(between))
        ):
            bundles[-1].append(time)
        else:
            bundles.append([time])
    return bundles


def _bounded(ranges: list[tuple[Hours, ...]]) -> list[Hours]:
    """The hours that lie in every range; where they exclude each other, each of them."""
    if not ranges:
        return []
    common = list(ranges[0])
    for other in ranges[1:]:
        both = [
            Hours(max(one.start, two.start), min(one.end, two.end))
            for one in common
            for two in other
            if max(one.start, two.start) < min(one.end, two.end)
        ]
        common = both or [*common, *other]
    return common
