"""The entities of a message, as Rasa hands them on; pure. `docs/evaluation.md` lists their forms.

Every entity is a dictionary with `entity`, `start`, `end` (offsets in the message), `value`, and for some
`additional_info` or `role`. Times need Duckling, so they are found in a second step, by `times`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nlu.addresses import addresses
from nlu.choices import choices
from nlu.datephrase import to_entity
from nlu.dates import Parse, date_phrases
from nlu.details import Detail, appointment_type, channel, note
from nlu.lengths import lengths
from nlu.names import OwnName, family_first, last_name, own_name
from nlu.nametokens import run_at
from nlu.people import ANYONE, Wanted, people
from nlu.phones import phones
from nlu.prepared import Prepared, prepare
from nlu.references import references
from nlu.texts import legible
from nlu.timephrases import HIDDEN
from scheduler_core.model import Order

Entity = dict[str, Any]


def details(message: str) -> list[Entity]:
    """Everything but times: email, phone, reference, name, person, channel, type, choice and note."""
    seen = legible(message)
    found = _details(seen.text)
    for entity in found:
        entity["start"], entity["end"] = seen.back(entity["start"], entity["end"])
    return found


def _details(text: str) -> list[Entity]:
    found = [
        _entity("email", a.start, a.end, a.email, **({"role": "guest"} if a.guest else {}))
        for a in addresses(text)
    ]
    found += [_entity("phone", phone.start, phone.end, phone.number) for phone in phones(text)]
    for one in references(text):
        found += _detail("reference", Detail(one.start, one.end, one.code), found)
    for name, detail in (("note", note(text)), ("channel", channel(text)), ("type", appointment_type(text))):
        found += _detail(name, detail, found)
    found += _who(text, found)
    return found + [_entity("choice", one.start, one.end, one.value) for one in choices(_left(text, found))]


def _left(text: str, found: Sequence[Entity]) -> str:
    """The text with underscores for what was found, so that a bare number among it is seen to be one."""
    spans = [(entity["start"], entity["end"]) for entity in found]
    for start, end in [*spans, *((length.start, length.end) for length in lengths(text))]:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def times(
    text: str, known: Sequence[Mapping[str, Any]], parse: Parse, *, today: date, day_first: bool
) -> list[Entity]:
    """The date, duration and zone entities; `known` are the message's other ones, `today` is the writer's."""
    prepared = prepared_with(text, known)
    found = [to_entity(p) for p in date_phrases(text, prepared, parse, today=today, day_first=day_first)]
    for length in prepared.lengths:
        start, end = prepared.respelt.back(length.start, length.end)
        found.append(_entity("duration", start, end, length.minutes))
    if zone := prepared.zone:
        start, end = prepared.respelt.back(zone.start, zone.end)
        found.append(_entity("zone", start, end, zone.zone))
    return found


def zone_in(text: str, known: Sequence[Mapping[str, Any]], otherwise: str) -> str:
    """The zone by whose clock a message is to be read: the one it names, else the given one."""
    named = prepared_with(text, known).zone
    return named.zone if named else otherwise


def prepared_with(text: str, known: Sequence[Mapping[str, Any]]) -> Prepared:
    """The message made ready, with the words of the other entities taken out."""
    return prepare(text, [(entity["start"], entity["end"]) for entity in known if entity["entity"] in HIDDEN])


def _entity(name: str, start: int, end: int, value: Any, **more: Any) -> Entity:
    return {"entity": name, "start": start, "end": end, "value": value, **more}


def _detail(name: str, detail: Detail | None, taken: Sequence[Entity]) -> list[Entity]:
    if detail is None or not _free(detail.start, detail.end, taken):
        return []
    return [_entity(name, detail.start, detail.end, detail.value)]


def _free(start: int, end: int, taken: Sequence[Entity]) -> bool:
    return all(end <= other["start"] or other["end"] <= start for other in taken)


def _words(text: str, wanted: Wanted) -> str:
    return ANYONE if wanted.words == ANYONE else text[wanted.start : wanted.end]


def _says_when(text: str) -> bool:
    """Whether a short message is about time, so that no word of it is a name."""
    prepared = prepare(text)
    moved = prepared.moves.move or prepared.moves.order is not Order.SPREAD
    return bool(prepared.times or prepared.recurring or prepared.lengths or prepared.zone or moved)


def _who(text: str, taken: Sequence[Entity]) -> list[Entity]:
    """The writer's name and the people wanted; where both claim the same words, "with" makes it a person."""
    shouted = len(text) == len(text.lower()) and text == text.upper()
    written = text.lower() if shouted else text  # capitals tell names only where not all letters are
    name = own_name(written)
    name = name if name and _free(name.start, name.end, taken) else None
    wanted = [person for person in _people(text, written, name) if _free(person.start, person.end, taken)]
    if any(person.bare for person in wanted) and (taken or _says_when(text)):
        wanted = []
    found = [
        _entity("person", p.start, p.end, _words(text, p), additional_info={"join": p.join, "bare": p.bare})
        for p in wanted
    ]
    if name and _free(name.start, name.end, found):
        found.append(_entity("name", name.start, name.end, re.sub(r"\s+", " ", text[name.start : name.end])))
    return found + _last(text, written, [*taken, *found])


def _last(text: str, written: str, taken: Sequence[Entity]) -> list[Entity]:
    """A name at the end of a message that names no writer: theirs, unless somebody to be met is called so."""
    run = None if any(entity["entity"] == "name" for entity in taken) else last_name(written)
    if run is None or not _free(run.start, run.end, taken):
        return []
    info = {"join": "", "bare": True}
    return [_entity("person", run.start, run.end, text[run.start : run.end], additional_info=info)]


def _people(text: str, written: str, name: OwnName | None) -> list[Wanted]:
    """The people wanted besides the writer; a message such as "LEE, Ann" is one name."""
    whole = family_first(text, run_at(text, len(text) - len(text.lstrip()), proper=True))
    if whole and not text[whole.end :].strip(" .!\n"):
        return [Wanted(whole.start, whole.end, text[whole.start : whole.end], bare=True)]
    sure = [(name.start, name.end)] if name and name.sure else []
    return [
        person
        for person in people(written)
        if all(person.end <= start or end <= person.start for start, end in sure)
    ]
