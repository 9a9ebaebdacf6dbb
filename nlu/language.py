"""What a language is to the reading of messages: words and patterns, by the step that uses them; pure.

A language is data: `nlu.english` fills these tables, and another package can fill them for another language.
Texts come in lower case. Patterns are searched for, matched at a place, or matched whole, as the step needs
it; the named groups that a step asks for stand beside the field, and a pattern has to have them all, matching
nothing where the language has no such thing. What a language leaves out matches nothing.

What is not in these tables: whether the month stands before the day (that is the locale's), that hours run to
twelve or to twenty-four, and the order of what is tried. Dates in words come from Duckling, which has to know
the language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from nlu.wishes import MoveKind
from scheduler_core.model import Order


class Kind(str, Enum):
    """What a place in the text says about the time of day."""

    AT = "at"
    RANGE = "range"
    FROM = "from"
    UNTIL = "until"
    PART = "part"


class Field(str, Enum):
    """What an answer can name as wrong."""

    TIME = "time"
    PERSON = "person"
    NAME = "name"
    EMAIL = "email"


NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class ClockWords:
    """Clock times; a pattern of `strong` has of its groups those that it needs."""

    date: re.Pattern[str] = NEVER
    strong: tuple[
        re.Pattern[str], ...
    ] = ()  #: half, hour, minute, name, side, spoken, step, step_past, step_to
    named: re.Pattern[str] = NEVER  #: name
    dotted: re.Pattern[str] = NEVER  #: hour, minute, late
    names: Mapping[str, int] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)
    backward: frozenset[str] = frozenset()
    step_filler: re.Pattern[str] = NEVER
    weak: re.Pattern[str] = NEVER  #: hour
    military: tuple[re.Pattern[str], ...] = ()  #: hour, minute


@dataclass(frozen=True)
class HourWords:
    """What stands around a clock time, and the parts of the day."""

    alone: re.Pattern[str] = NEVER
    before: tuple[tuple[Kind, re.Pattern[str]], ...] = ()
    after: tuple[tuple[Kind, re.Pattern[str]], ...] = ()  #: half
    after_date: re.Pattern[str] = NEVER
    after_about: re.Pattern[str] = NEVER
    doubtful: frozenset[str] = frozenset()
    article: re.Pattern[str] = NEVER
    and_: re.Pattern[str] = NEVER
    no_hour: re.Pattern[str] = NEVER
    starting: re.Pattern[str] = NEVER
    between_and: re.Pattern[str] = NEVER
    between: re.Pattern[str] = NEVER
    to: re.Pattern[str] = NEVER
    or_: re.Pattern[str] = NEVER
    near: re.Pattern[str] = NEVER
    weakly_near: re.Pattern[str] = NEVER
    followed: re.Pattern[str] = NEVER
    closes: re.Pattern[str] = NEVER
    in_part: re.Pattern[str] = NEVER  #: part
    piece: re.Pattern[str] = NEVER  #: piece
    part: re.Pattern[str] = NEVER  #: since, until, before, after, from, today, part, many
    today: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    beside_day: re.Pattern[str] = NEVER  #: after, before, alone


@dataclass(frozen=True)
class LengthWords:
    """How long something is to be."""

    numbers: Mapping[str, float] = field(default_factory=dict)
    patterns: tuple[re.Pattern[str], ...] = ()  #: of these what they need: number, piece, rest, unit
    clock_hours: re.Pattern[str] = NEVER
    clock_days: re.Pattern[str] = NEVER
    step: re.Pattern[str] = NEVER
    unit_hour: re.Pattern[str] = NEVER
    idiom: re.Pattern[str] = NEVER


@dataclass(frozen=True)
class MoveWords:
    """Steps away from what is being discussed, and orders."""

    count: Mapping[str, int] = field(default_factory=dict)
    after_length: re.Pattern[str] = NEVER  #: later, earlier
    by: re.Pattern[str] = NEVER  #: later, earlier
    whole: re.Pattern[str] = NEVER  #: count, week, later, earlier
    beside: re.Pattern[str] = NEVER  #: words, week, before
    dated: re.Pattern[str] = NEVER  #: what "the day after" is counted from, where it stands before it
    same_time: re.Pattern[str] = NEVER  #: day, week, before, next_day, next_week, day_on, week_on
    simple: tuple[tuple[MoveKind, re.Pattern[str]], ...] = ()
    orders: tuple[tuple[Order, re.Pattern[str]], ...] = ()
    before_elapsed: re.Pattern[str] = NEVER
    after_elapsed: re.Pattern[str] = NEVER
    slot: re.Pattern[str] = NEVER
    before_within: re.Pattern[str] = NEVER
    few_hours: re.Pattern[str] = NEVER  #: one, one_hour
    kept: re.Pattern[str] = NEVER


@dataclass(frozen=True)
class MessageWords:
    """What a message holds that is no time, and days of the week without a date."""

    recurring: re.Pattern[str] = NEVER  #: many, each, any, working, weekends
    no_time: tuple[re.Pattern[str], ...] = ()
    source: re.Pattern[str] = NEVER  #: source, clock


@dataclass(frozen=True)
class RefusalWords:
    """What rules a time out, before and after it."""

    but: re.Pattern[str] = NEVER
    why: re.Pattern[str] = NEVER
    refusal: re.Pattern[str] = NEVER  #: words
    allowed: re.Pattern[str] = NEVER
    refused_after: re.Pattern[str] = NEVER
    bare: re.Pattern[str] = NEVER  #: day
    moved: re.Pattern[str] = NEVER
    owned: re.Pattern[str] = NEVER
    owns: re.Pattern[str] = NEVER
    no: re.Pattern[str] = NEVER
    nothing: re.Pattern[str] = NEVER
    carried: re.Pattern[str] = NEVER
    held: re.Pattern[str] = NEVER
    wants: re.Pattern[str] = NEVER
    plural_joints: frozenset[str] = frozenset()


@dataclass(frozen=True)
class JointWords:
    """What joins days and hours, and what keeps them apart."""

    or_: re.Pattern[str] = NEVER
    beside: re.Pattern[str] = NEVER
    at_its_end: re.Pattern[str] = NEVER
    without: re.Pattern[str] = NEVER
    else_: re.Pattern[str] = NEVER
    sentence: re.Pattern[str] = NEVER  #: one ends, and what follows is no alternative
    times_or: re.Pattern[str] = NEVER
    either: re.Pattern[str] = NEVER
    next: re.Pattern[str] = NEVER
    or_word: re.Pattern[str] = NEVER
    stretch: re.Pattern[str] = NEVER
    until: re.Pattern[str] = NEVER  #: its last day is a bound, not one of several days


@dataclass(frozen=True)
class DateWords:
    """What Duckling leaves out or reads otherwise than it is meant."""

    next_day: re.Pattern[str] = NEVER  #: day
    including: re.Pattern[str] = NEVER
    leads: re.Pattern[str] = NEVER  #: after, from, until, before
    led: re.Pattern[str] = NEVER  #: after, from, until, before
    trailing: re.Pattern[str] = NEVER  #: from, until
    negated: re.Pattern[str] = NEVER
    week_of: re.Pattern[str] = NEVER
    week_holding: re.Pattern[str] = NEVER  #: what stands before the day, where Duckling takes both together
    piece: re.Pattern[str] = NEVER  #: piece, later, rest
    pieces: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    between_days: re.Pattern[str] = NEVER
    numbered_week: re.Pattern[str] = NEVER
    day_and_date: re.Pattern[str] = NEVER  #: day
    listed: re.Pattern[str] = NEVER
    no_dates: re.Pattern[str] = NEVER
    weekend: re.Pattern[str] = NEVER
    between: re.Pattern[str] = NEVER
    from_: frozenset[str] = frozenset()
    end_of: re.Pattern[str] = NEVER
    names: re.Pattern[str] = NEVER
    next_weekend: re.Pattern[str] = NEVER
    coming: re.Pattern[str] = NEVER
    week: re.Pattern[str] = NEVER


@dataclass(frozen=True)
class OwnDateWords:
    """Days that are read without Duckling."""

    near_days: Mapping[str, int] = field(default_factory=dict)
    in_some: re.Pattern[str] = NEVER  #: low, high, weeks, a_week
    coming: re.Pattern[str] = NEVER  #: count, weeks
    a_week_on: re.Pattern[str] = NEVER  #: weeks, fortnight, day, day_first, fortnight_on, later
    day_after: re.Pattern[str] = NEVER
    ordinals: re.Pattern[str] = NEVER  #: between, low, and, high, month
    lone: re.Pattern[str] = NEVER  #: first, low, high
    week_number: re.Pattern[str] = NEVER  #: week
    after_next: re.Pattern[str] = NEVER  #: unit, weekend
    these_weeks: re.Pattern[str] = NEVER  #: next
    year_end: re.Pattern[str] = NEVER  #: until
    mid_week: re.Pattern[str] = NEVER  #: next
    weekday_and_number: re.Pattern[str] = NEVER  #: day, date, bare
    weekday_before: re.Pattern[str] = NEVER  #: day
    next_one: re.Pattern[str] = NEVER  #: one
    joined_ordinal: re.Pattern[str] = NEVER  #: ordinal, day
    joined_number: re.Pattern[str] = NEVER  #: ordinal, day
    week: re.Pattern[str] = NEVER
    bare_day: re.Pattern[str] = NEVER  #: day
    join: re.Pattern[str] = NEVER
    join_apart: re.Pattern[str] = NEVER  #: between a week and a day of it, though they do not touch
    day_of_week: re.Pattern[str] = NEVER  #: day
    range_opens: re.Pattern[str] = NEVER  #: between
    range_to: re.Pattern[str] = NEVER  #: and
    dates: tuple[re.Pattern[str], ...] = ()  #: day, month; low, and, between, mark, year as it has them
    day_names: Mapping[str, int] = field(default_factory=dict)  #: days of the month in words
    work_week: re.Pattern[str] = NEVER  #: next


@dataclass(frozen=True)
class EntityWords:
    """How a time of day is written out for Duckling."""

    at: str = ""
    today: str = ""
    last: re.Pattern[str] = NEVER
    beside: re.Pattern[str] = NEVER


@dataclass(frozen=True)
class AnswerWords:
    """What answers say beyond their intent."""

    willing: re.Pattern[str] = NEVER  #: a yes, or the offer said again
    assents: re.Pattern[str] = NEVER
    unwilling: re.Pattern[str] = NEVER  #: the offer said again with a no
    denies: re.Pattern[str] = NEVER  #: denies whatever intent it was taken for
    no_denial: re.Pattern[str] = NEVER  #: what only looks like that
    twice: re.Pattern[str] = NEVER  #: a denial of a denial, which is a yes
    reserved: re.Pattern[str] = NEVER
    unsure: re.Pattern[str] = NEVER
    all_: re.Pattern[str] = NEVER
    content: re.Pattern[str] = NEVER
    otherwise: re.Pattern[str] = NEVER
    any_of_them: re.Pattern[str] = NEVER
    no_first: re.Pattern[str] = NEVER
    named_field: re.Pattern[str] = NEVER  #: field
    fields: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Language:
    """Everything that has to be known of one language; what is left out matches nothing."""

    weekdays: Mapping[str, int] = field(default_factory=dict)  #: names and short forms; 0 is Monday
    months: Mapping[str, int] = field(default_factory=dict)  #: 1 is January
    counts: Mapping[str, int] = field(default_factory=dict)  #: of days and weeks
    hour_names: Mapping[str, int] = field(default_factory=dict)
    minute_names: Mapping[str, int] = field(default_factory=dict)
    parts_of_day: Mapping[str, tuple[int, int]] = field(default_factory=dict)  #: minutes after midnight
    edges: Mapping[str, tuple[int, int]] = field(default_factory=dict)  #: where before and after one begin
    halves_of_day: Mapping[str, tuple[int, int]] = field(default_factory=dict)  #: only beside a day
    forenoon: frozenset[str] = frozenset()  #: parts that make a clock time beside them an am one
    night: frozenset[str] = frozenset()  #: parts beside which five to eleven are the evening's
    time_words: frozenset[str] = frozenset()  #: that stand where a name could, and are none
    spelling: Mapping[str, str] = field(default_factory=dict)  #: what is written for a misspelt word
    misspelt: re.Pattern[str] = NEVER  #: a word of `spelling`, a run of spaces, or an @ before a digit
    clocks: ClockWords = field(default_factory=ClockWords)
    hours: HourWords = field(default_factory=HourWords)
    lengths: LengthWords = field(default_factory=LengthWords)
    moves: MoveWords = field(default_factory=MoveWords)
    messages: MessageWords = field(default_factory=MessageWords)
    refusals: RefusalWords = field(default_factory=RefusalWords)
    joints: JointWords = field(default_factory=JointWords)
    dates: DateWords = field(default_factory=DateWords)
    own_dates: OwnDateWords = field(default_factory=OwnDateWords)
    entities: EntityWords = field(default_factory=EntityWords)
    answers: AnswerWords = field(default_factory=AnswerWords)
