"""`time` entities as Duckling's own extractor gives them; pure.

`value` is an ISO text, or `{"from", "to"}`; `additional_info` holds grain, all values and the words. What the
assistant does with a message follows from `nlu.timephrases`; these are for whoever looks at `/model/parse`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from nlu.dates import Parse
from nlu.entities import prepared_with


def time_entities(
    text: str, known: Sequence[Mapping[str, Any]], parse: Parse, *, wall: datetime
) -> list[dict[str, Any]]:
    """The times of a message with their spans and values."""
    prepared = prepared_with(text, known)
    found = []
    for result in parse(prepared.text):
        start, end = prepared.respelt.back(result["start"], result["end"])
        found.append(_entity(text[start:end], start, end, result["value"]))
    return found


def _entity(words: str, start: int, end: int, value: Mapping[str, Any]) -> dict[str, Any]:
    info = {"text": words, "grain": value.get("grain"), "values": value.get("values", [])[:3]}
    if value.get("type") == "interval":
        sides = {name: value[name] for name in ("from", "to") if name in value}
        info |= {"grain": next(iter(sides.values()))["grain"], **sides}
        whole: Any = {name: side["value"] for name, side in sides.items()}
    else:
        whole = value.get("value")
    return {"entity": "time", "start": start, "end": end, "value": whole, "additional_info": info}
