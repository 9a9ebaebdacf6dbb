"""English, as the data that the reading of messages needs; `nlu.language` says what each table is for.

A second language is another package with the same tables.
"""

from __future__ import annotations

from nlu.english.answers import ANSWERS
from nlu.english.clocks import CLOCKS
from nlu.english.dates import DATES
from nlu.english.entities import ENTITIES
from nlu.english.hours import HOURS
from nlu.english.joints import JOINTS
from nlu.english.lengths import LENGTHS
from nlu.english.messages import MESSAGES
from nlu.english.moves import MOVES
from nlu.english.own_dates import OWN_DATES
from nlu.english.refusals import REFUSALS
from nlu.english.spelling import MISSPELT, WORDS
from nlu.english.words import (
    COUNTS,
    EDGES,
    FORENOON,
    HALVES_OF_DAY,
    MINUTES,
    MONTHS,
    NIGHT,
    PARTS_OF_DAY,
    TIME_WORDS,
    WEEKDAYS,
)
from nlu.english.words import HOURS as HOUR_NAMES
from nlu.language import Language

ENGLISH = Language(
    weekdays=WEEKDAYS,
    months=MONTHS,
    counts=COUNTS,
    hour_names=HOUR_NAMES,
    minute_names=MINUTES,
    parts_of_day=PARTS_OF_DAY,
    edges=EDGES,
    halves_of_day=HALVES_OF_DAY,
    forenoon=FORENOON,
    night=NIGHT,
    time_words=TIME_WORDS,
    spelling=WORDS,
    misspelt=MISSPELT,
    clocks=CLOCKS,
    hours=HOURS,
    lengths=LENGTHS,
    moves=MOVES,
    messages=MESSAGES,
    refusals=REFUSALS,
    joints=JOINTS,
    dates=DATES,
    own_dates=OWN_DATES,
    entities=ENTITIES,
    answers=ANSWERS,
)
