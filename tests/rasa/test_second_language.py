"""A second language is data: the same code reads German words from a table that only this test has."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

import pytest

from nlu.components.duckling import DucklingLibrary
from nlu.datephrase import to_entity
from nlu.dates import date_phrases
from nlu.language import ClockWords, HourWords, JointWords, Kind, Language, MessageWords, RefusalWords
from nlu.prepared import prepare
from nlu.timephrases import wish_from
from scheduler_core import zones
from tests.rasa.reading import line

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
BERLIN = "Europe/Berlin"
DUCKLING = DucklingLibrary()

_HOUR = r"(?P<hour>2[0-4]|1\d|0?\d|drei|vier)"
_DAYS = "montag|dienstag|mittwoch|donnerstag|freitag"
_OR = re.compile(r"\b(?:oder|und)\b|,")
GERMAN = Language(
    weekdays={"montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4},
    hour_names={"drei": 3, "vier": 4},
    parts_of_day={"vormittag": (360, 720), "mittag": (690, 840), "nachmittag": (720, 1080)},
    edges={"mittag": (720, 780)},
    forenoon=frozenset({"vormittag"}),
    spelling={"die": "dienstag", "vormittags": "vormittag", "nachmittags": "nachmittag"},
    misspelt=re.compile(r"\s{2,}|\b(?:die|vormittags|nachmittags)\b"),
    clocks=ClockWords(
        strong=(
            re.compile(rf"\b(?P<side>(?P<step>halb)) {_HOUR}\b"),
            re.compile(rf"\b{_HOUR}(?::(?P<minute>[0-5]\d))? uhr\b"),
        ),
        steps={"halb": 30},
        backward=frozenset({"halb"}),
        weak=re.compile(rf"\b{_HOUR}\b"),
    ),
    hours=HourWords(
        before=(
            (Kind.FROM, re.compile(r"\b(?:nach|ab)\s*$")),
            (Kind.UNTIL, re.compile(r"\b(?:vor|bis)\s*$")),
            (Kind.AT, re.compile(r"\bum\s*$")),
        ),
        between=re.compile(r"\b(?:zwischen|von)\s*$"),
        between_and=re.compile(r"\bzwischen\s*$"),
        and_=re.compile(r"\s*und\s*"),
        to=re.compile(r"\s*(?:-|bis|und)\s*"),
        or_=re.compile(r"\s*(?:oder|,)\s*"),
        part=re.compile(
            r"(?:(?P<since>\bnicht vor dem\s+)|(?P<until>\bbis\s+)|(?P<before>\bvor dem\s+)"
            r"|(?P<after>\bnach dem\s+)|(?P<from>\bab\s+))?"
            r"\b(?:(?P<today>heute)\s+)?(?P<part>vormittag|nachmittag|mittag)(?P<many>s)?\b"
        ),
    ),
    messages=MessageWords(
        recurring=re.compile(
            rf"\b(?P<many>{_DAYS})s\b|\bjeden (?P<each>{_DAYS})\b|\b(?P<any>(?!))|(?P<weekends>(?!))"
        )
    ),
    refusals=RefusalWords(
        refusal=re.compile(r"\b(?:nicht|außer)\b(?P<words>[^.,;!?]*)$"),
        bare=re.compile(r"(?:am )?(?P<day>\w+)", re.IGNORECASE),
        carried=re.compile(r"\s*(?:oder|und)\s*"),
        plural_joints=frozenset({""}),
    ),
    joints=JointWords(or_=_OR, or_word=_OR, beside=re.compile(r"\s*"), either=re.compile(r"\boder\b")),
)


def said(text: str) -> str:
    """What a German text wishes for, in one line."""
    prepared = prepare(text, (), GERMAN)
    wall = zones.to_wall(NOW, BERLIN)

    def parse(words: str) -> Any:
        return DUCKLING.parse(words, wall=wall, locale="DE_DE")

    phrases = date_phrases(text, prepared, parse, GERMAN, today=wall.date(), day_first=True)
    return line(wish_from(text, [to_entity(p) for p in phrases], GERMAN, now=NOW, zone=BERLIN))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("dienstag nachmittag", "12-01 12:00-18:00"),
        ("Die  nachmittags", "12-01 12:00-18:00"),
        ("nach 15 Uhr", "15:00-24:00"),
        ("um halb vier", "15:30/03:30"),
        ("zwischen drei und vier", "15:00-16:00,03:00-04:00"),
        ("montags vormittags", "Mon 06:00-12:00"),
        ("donnerstag oder freitag, nicht vor dem mittag", "11-26,11-27 12:00-24:00"),
        ("nicht mittwoch", "not Wed"),
        ("morgen um 10:30 Uhr", "11-25 10:30/22:30"),
        ("guten tag", ""),
    ],
)
def test_the_same_code_reads_another_languages_table(text: str, meaning: str) -> None:
    assert said(text) == meaning
