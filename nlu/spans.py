"""`time` entities as Duckling's own extractor gives them; pure.

`value` is an ISO text, or `{"from", "to"}`; `additional_info` holds grain, all values and the words. Duckling
reads "4 in the evening" as two times and "evening 4" not at all, so such pairs are written out for it as
"16:00" first. What the assistant does with a message follows from `nlu.timephrases`; these are for whoever
looks at `/model/parse`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlu.dates import Parse
from nlu.english import ENGLISH
from nlu.entities import prepared_with
from nlu.hours import TimeOfDay, settled
from nlu.language import Kind, Language
from nlu.prepared import Prepared
from nlu.spelling import rewritten

_POINTS = {Kind.AT, Kind.RANGE}  # a range with clocks is "around 4"


def time_entities(
    text: str, known: Sequence[Mapping[str, Any]], parse: Parse, words: Language = ENGLISH
) -> list[dict[str, Any]]:
    """The times of a message with their spans and values."""
    prepared = prepared_with(text, known)
    plain = rewritten(prepared.text, _pairs(prepared, words))
    found = []
    for result in parse(plain.text):
        start, end = prepared.respelt.back(*plain.back(result["start"], result["end"]))
        found.append(_entity(text[start:end], start, end, result["value"]))
    return found


def _pairs(prepared: Prepared, words: Language) -> Iterator[tuple[int, int, str]]:
    """Clock times with a part of the day beside them, and how a clock shows them."""
    last = -1
    for one, two in zip(prepared.times, prepared.times[1:], strict=False):
        part, clock = (one, two) if one.kind is Kind.PART else (two, one)
        beside = words.entities.beside.fullmatch(prepared.text[one.end : two.start])
        paired = part.kind is Kind.PART and clock.clocks and clock.kind in _POINTS and part.half and beside
        if paired and one.start > last and not words.entities.last.search(prepared.text[: one.start]):
            last = two.end
            yield one.start, two.end, _shown(clock, part, words)


def _shown(clock: TimeOfDay, part: TimeOfDay, words: Language) -> str:
    minute = settled(clock, part.half).clocks[0].readings[0]
    today = f"{words.entities.today} " if part.today else ""
    return f"{today}{words.entities.at} {minute // 60:02}:{minute % 60:02}"


def _entity(words: str, start: int, end: int, value: Mapping[str, Any]) -> dict[str, Any]:
    info = {"text": words, "grain": value.get("grain"), "values": value.get("values", [])[:3]}
    if value.get("type") == "interval":
        sides = {name: value[name] for name in ("from", "to") if name in value}
        info |= {"grain": next(iter(sides.values()))["grain"], **sides}
        whole: Any = {name: side["value"] for name, side in sides.items()}
    else:
        whole = value.get("value")
    return {"entity": "time", "start": start, "end": end, "value": whole, "additional_info": info}
