"""Measures understanding: `python -m nlu.evaluate` in the Rasa environment writes the figures to standard "
"output.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from nlu import entities
from nlu import spans as times
from nlu.components.duckling import Duckling, duckling_for


@lru_cache(maxsize=1)
def _duckling() -> Duckling:
    return duckling_for("")


def spans(text: str, reference: datetime) -> list[dict[str, Any]]:
    """The times in a text as the pipeline finds them, for a writer whose clock shows `reference`.

    Each has `start`, `end` and either `value` with `grain` or `from` and/or `to`.
    """
    wall = reference.replace(tzinfo=None)
    known = entities.details(text)

    def parse(words: str) -> Any:
        return _duckling().parse(words, wall=wall, locale="EN_US")

    found = []
    for entity in times.time_entities(text, known, parse):
        info = entity["additional_info"]
        sides = {name: info[name] for name in ("from", "to") if name in info}
        value = sides or {"value": entity["value"], "grain": info["grain"]}
        found.append({"start": entity["start"], "end": entity["end"], **value})
    return found
