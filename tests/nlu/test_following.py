from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from nlu.following import follow
from nlu.wishes import Days, Hours, Move, MoveKind, Part, TimeWish
from scheduler_core.model import Order

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
AFTERNOON = (Hours(720, 1080),)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> tuple[Days, ...]:
    first = date.fromisoformat(text)
    return (Days(first, first + timedelta(days=1)),)


TUESDAY, THURSDAY, FRIDAY = day("2026-12-01"), day("2026-11-26"), day("2026-11-27")
WEEK = (Days(date(2026, 11, 30), date(2026, 12, 7)),)
OFFERS = (utc("2026-12-01T13:00"), utc("2026-12-01T14:00"), utc("2026-12-01T15:30"))
TUESDAY_AFTERNOON = TimeWish(parts=(Part(TUESDAY, hours=AFTERNOON),), minutes=30)


def followed(current: TimeWish, said: TimeWish, offered: tuple[datetime, ...] = OFFERS) -> TimeWish:
    return follow(current, said, offered=offered, now=NOW, zone=BERLIN)


def moved(kind: MoveKind, **amount: int) -> TimeWish:
    return TimeWish(move=Move(kind, **amount))


def test_the_first_wish_stands_as_it_is() -> None:
    said = TimeWish(
        parts=(Part(TUESDAY, hours=AFTERNOON),), minutes=45, zone="Asia/Tokyo", order=Order.EARLIEST
    )

    assert followed(TimeWish(), said, ()) == said


def test_another_day_keeps_the_hours() -> None:
    said = TimeWish(parts=(Part(FRIDAY),))

    assert followed(TUESDAY_AFTERNOON, said) == TimeWish(parts=(Part(FRIDAY, hours=AFTERNOON),), minutes=30)


def test_other_hours_keep_the_days() -> None:
    current = TimeWish(parts=(Part(TUESDAY, hours=AFTERNOON), Part(THURSDAY, hours=AFTERNOON)))

    changed = followed(current, TimeWish(parts=(Part(hours=(Hours(900, 1440),)),)))

    assert changed.parts == (
        Part(THURSDAY, hours=(Hours(900, 1440),)),
        Part(TUESDAY, hours=(Hours(900, 1440),)),
    )


def test_day_and_hour_replace_both() -> None:
    said = TimeWish(parts=(Part(FRIDAY, clocks=(600,)),))

    assert followed(TUESDAY_AFTERNOON, said) == TimeWish(parts=(Part(FRIDAY, clocks=(600,)),), minutes=30)


def test_a_length_or_a_zone_changes_nothing_else() -> None:
    assert followed(TUESDAY_AFTERNOON, TimeWish(minutes=45)).parts == TUESDAY_AFTERNOON.parts
    assert followed(TUESDAY_AFTERNOON, TimeWish(zone="Asia/Tokyo")).zone == "Asia/Tokyo"


def test_an_exclusion_is_added_and_taken_back_by_asking_for_the_day_after_all() -> None:
    without = followed(TUESDAY_AFTERNOON, TimeWish(excluded=(Part(weekdays=(0,)),)))
    monday = followed(without, TimeWish(parts=(Part(day("2026-11-30")),)))

    assert without.excluded == (Part(weekdays=(0,)),)
    assert without.parts == TUESDAY_AFTERNOON.parts
    assert monday.excluded == ()


def test_asking_for_a_whole_week_keeps_the_day_that_was_ruled_out() -> None:
    without = TimeWish(parts=(Part(WEEK),), excluded=(Part(weekdays=(0,)),))

    assert followed(without, TimeWish(parts=(Part(WEEK),))).excluded == (Part(weekdays=(0,)),)


def test_an_hour_that_was_ruled_out_can_be_asked_for_again() -> None:
    without = TimeWish(parts=(Part(TUESDAY),), excluded=(Part(hours=(Hours(900, 960),)),))

    assert followed(without, TimeWish(parts=(Part(clocks=(900, 180)),))).excluded == ()


def test_each_reading_of_an_unclear_day_keeps_the_hours() -> None:
    readings = (TimeWish(parts=(Part(FRIDAY),)), TimeWish(parts=(Part(day("2026-12-04")),)))
    said = TimeWish(parts=(Part(FRIDAY),), unclear="next Friday", readings=readings)

    result = followed(TUESDAY_AFTERNOON, said)

    assert result.unclear == "next Friday"
    assert [reading.parts for reading in result.readings] == [
        (Part(FRIDAY, hours=AFTERNOON),),
        (Part(day("2026-12-04"), hours=AFTERNOON),),
    ]


def test_later_goes_on_after_the_last_offer_and_opens_the_hours() -> None:
    result = followed(TUESDAY_AFTERNOON, moved(MoveKind.LATER))

    assert result == TimeWish(
        parts=(Part((Days(date(2026, 12, 1), date.max),), hours=(Hours(720, 1440),)),),
        minutes=30,
        order=Order.EARLIEST,
        not_before=utc("2026-12-01T15:31"),
    )


def test_earlier_lies_before_the_first_offer_and_begins_at_its_end() -> None:
    result = followed(TUESDAY_AFTERNOON, moved(MoveKind.EARLIER))

    assert result == TimeWish(
        parts=(Part((Days(date(2026, 11, 24), date(2026, 12, 2)),), hours=(Hours(0, 1080),)),),
        minutes=30,
        order=Order.LATEST,
        not_before=NOW,
        not_after=OFFERS[0],
    )


def test_later_than_an_exact_time_is_later_on_its_day_or_after() -> None:
    exact = TimeWish(parts=(Part(TUESDAY, clocks=(840,)),))

    result = followed(exact, moved(MoveKind.LATER), (utc("2026-12-01T13:00"),))

    assert result.parts == (Part((Days(date(2026, 12, 1), date.max),), hours=(Hours(840, 1440),)),)
    assert result.not_before == utc("2026-12-01T13:01")


def test_more_goes_on_within_the_same_wish() -> None:
    result = followed(TUESDAY_AFTERNOON, moved(MoveKind.MORE))

    assert result.parts == TUESDAY_AFTERNOON.parts
    assert result.not_before == utc("2026-12-01T15:31")


def test_another_day_than_a_single_one_is_any_other() -> None:
    result = followed(TUESDAY_AFTERNOON, moved(MoveKind.OTHER_DAY))

    assert result.parts == (Part((Days(date(2026, 11, 24), date.max),), hours=AFTERNOON),)
    assert result.excluded == (Part(TUESDAY),)


def test_another_day_of_a_week_stays_in_the_week() -> None:
    result = followed(TimeWish(parts=(Part(WEEK),)), moved(MoveKind.OTHER_DAY))

    assert result.parts == (Part(WEEK),)
    assert result.excluded == (Part(TUESDAY),)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ({"minutes": 60}, "2026-12-01T16:30"),
        ({"minutes": -30}, "2026-12-01T12:30"),
        ({"days": 7}, "2026-12-08T15:30"),
        ({"days": -1}, "2026-11-30T13:00"),
    ],
)
def test_a_shift_goes_from_the_last_offer_forward_or_from_the_first_back(
    amount: dict[str, int], expected: str
) -> None:
    result = followed(TUESDAY_AFTERNOON, moved(MoveKind.SHIFT, **amount))

    assert result == TimeWish(instants=(utc(expected),), minutes=30)


def test_a_week_later_is_the_same_wall_time_after_clocks_changed() -> None:
    result = followed(TimeWish(), moved(MoveKind.SHIFT, days=7), (utc("2026-10-22T12:00"),))

    assert result.instants == (utc("2026-10-29T13:00"),)


def test_same_time_next_week_is_the_same_weekday_and_wall_time() -> None:
    said = TimeWish(
        parts=(Part((Days(date(2026, 12, 7), date(2026, 12, 14)),)),), move=Move(MoveKind.SAME_TIME)
    )

    result = followed(TUESDAY_AFTERNOON, said, (utc("2026-12-01T13:00"),))

    assert result == TimeWish(parts=(Part(day("2026-12-08"), clocks=(840,)),), minutes=30)


def test_same_time_on_a_named_day_takes_that_day() -> None:
    said = TimeWish(parts=(Part(FRIDAY),), move=Move(MoveKind.SAME_TIME))

    assert followed(TUESDAY_AFTERNOON, said).parts == (Part(FRIDAY, clocks=(840,)),)


def test_the_same_time_the_day_after() -> None:
    result = followed(TUESDAY_AFTERNOON, moved(MoveKind.SAME_TIME, days=1))

    assert result.parts == (Part(day("2026-12-02"), clocks=(840,)),)


def test_a_move_without_anything_on_offer_says_nothing() -> None:
    assert followed(TUESDAY_AFTERNOON, moved(MoveKind.LATER), ()) == TUESDAY_AFTERNOON


def test_later_on_the_day_on_offer_keeps_to_that_day() -> None:
    said = TimeWish(parts=(Part(TUESDAY),), move=Move(MoveKind.LATER))

    result = followed(TimeWish(parts=(Part(TUESDAY),)), said)

    assert result == TimeWish(parts=(Part(TUESDAY),), not_before=utc("2026-12-01T15:31"))
