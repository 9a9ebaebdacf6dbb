from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scheduler_core import zones
from scheduler_core.model import Order, Slot, TimeOff, Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import NOW, MovableClock
from tests.service.practice import DAY, HOUR, TALK, at, book, hold, open_practice, slot

EVA, BEN = frozenset({"eva"}), frozenset({"ben"})
ANY_DAY = TimeRange(at("00:00"), at("23:59"))


def starts(found: list[Slot]) -> list[str]:
    return [f"{one.time.start:%d %H:%M} {'+'.join(one.people)}" for one in found]


@pytest.fixture
def practice(people: People) -> None:
    open_practice(people, "ben", "eva")


@pytest.mark.usefixtures("practice")
def test_all_open_slots_are_given_by_start(scheduler: Scheduler) -> None:
    book(scheduler, slot("09:30"))
    hold(scheduler, slot("10:00", "ben"))

    found = scheduler.open_slots(kind="talk", wish=Wish(windows=(TimeRange(at("09:00"), at("10:30")),)))

    assert starts(found) == ["01 09:00 ben", "01 09:00 eva", "01 09:30 ben", "01 10:00 eva"]


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize(
    ("order", "limit", "found"),
    [
        (Order.EARLIEST, 3, ["01 09:00 eva", "01 09:30 eva", "01 10:00 eva"]),
        (Order.LATEST, 2, ["01 16:00 eva", "01 16:30 eva"]),
        (Order.SPREAD, 3, ["01 09:00 eva", "01 12:30 eva", "01 16:30 eva"]),
        (Order.SPREAD, 1, ["01 09:00 eva"]),
    ],
)
def test_order_says_which_are_preferred(
    scheduler: Scheduler, order: Order, limit: int, found: list[str]
) -> None:
    wish = Wish(windows=(ANY_DAY,), anyone_of=(EVA,), order=order)

    assert starts(scheduler.open_slots(kind="talk", wish=wish, limit=limit)) == found


@pytest.mark.usefixtures("practice")
def test_one_slot_a_start_is_offered_of_the_first_wished_for(scheduler: Scheduler) -> None:
    book(scheduler, slot("09:30"))
    wish = Wish(windows=(ANY_DAY,), order=Order.EARLIEST, anyone_of=(EVA, BEN))

    found = scheduler.open_slots(kind="talk", wish=wish, limit=3)

    assert starts(found) == ["01 09:00 eva", "01 09:30 ben", "01 10:00 eva"]


@pytest.mark.usefixtures("practice")
def test_group_is_needed_together(scheduler: Scheduler) -> None:
    book(scheduler, slot("09:00"))
    book(scheduler, slot("09:30", "ben"))
    wish = Wish(windows=(ANY_DAY,), order=Order.EARLIEST, anyone_of=(EVA | BEN,))

    assert starts(scheduler.open_slots(kind="talk", wish=wish, limit=1)) == ["01 10:00 ben+eva"]


@pytest.mark.usefixtures("practice")
def test_wish_is_kept_to(scheduler: Scheduler) -> None:
    wish = Wish(
        windows=(TimeRange(at("10:00"), at("12:00")), TimeRange(at("14:00"), at("16:00"))),
        excluded=(TimeRange(at("14:45"), at("15:00")),),
        anyone_of=(EVA,),
        length=HOUR,
    )

    found = scheduler.open_slots(kind="talk", wish=wish)

    assert starts(found) == ["01 10:00 eva", "01 10:30 eva", "01 11:00 eva", "01 15:00 eva"]


@pytest.mark.usefixtures("practice")
def test_windows_that_touch_are_one(scheduler: Scheduler) -> None:
    wish = Wish(
        windows=(TimeRange(at("10:00"), at("11:15")), TimeRange(at("11:15"), at("11:30"))),
        anyone_of=(EVA,),
    )

    assert starts(scheduler.open_slots(kind="talk", wish=wish))[-1] == "01 11:00 eva"


@pytest.mark.usefixtures("practice")
def test_wished_starts_are_the_only_ones(scheduler: Scheduler) -> None:
    book(scheduler, slot("10:00"))
    wanted = (at("10:00"), at("11:10"), at("12:00"), at("08:00"), at("12:00", day=3))

    found = scheduler.open_slots(kind="talk", wish=Wish(starts=wanted, anyone_of=(EVA,)), limit=9)

    assert starts(found) == ["01 12:00 eva", "03 12:00 eva"]


@pytest.mark.usefixtures("practice")
def test_slot_over_the_edge_of_what_is_read_at_a_time_is_found(
    scheduler: Scheduler, clock: MovableClock
) -> None:
    clock.instant = at("10:15")  # a day ends at 10:15, a slot lies from 10:00 to 10:30
    wish = Wish(starts=tuple(at("10:00", day=day) for day in range(2, 20)), anyone_of=(EVA,))

    found = scheduler.open_slots(kind="talk", wish=wish)

    assert [one.time.start for one in found] == list(wish.starts)


@pytest.mark.usefixtures("practice")
def test_wish_beyond_what_can_be_booked_finds_nothing(scheduler: Scheduler) -> None:
    windows = (
        TimeRange(NOW - 9 * DAY, NOW - 2 * DAY),
        TimeRange(NOW + 91 * DAY, NOW + 99 * DAY),
        TimeRange(datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC) + DAY),
        TimeRange(datetime.max.replace(tzinfo=UTC) - DAY, datetime.max.replace(tzinfo=UTC)),
    )

    assert scheduler.open_slots(kind="talk", wish=Wish(windows=windows), limit=3) == []


def test_nobody_offers_nothing(scheduler: Scheduler, people: People) -> None:
    people.add_type(TALK)

    assert scheduler.open_slots(kind="talk", wish=Wish(), limit=3) == []


@pytest.mark.usefixtures("practice")
def test_first_slot_after_weeks_of_nothing_is_found(scheduler: Scheduler, people: People) -> None:
    for handle in ("eva", "ben"):
        people.add_time_off(handle, TimeOff(datetime(2026, 11, 1), datetime(2027, 2, 1)))  # noqa: DTZ001  # local

    found = scheduler.open_slots(kind="talk", wish=Wish(order=Order.EARLIEST), limit=1)

    assert [one.time.start for one in found] == [datetime(2027, 2, 1, 9, tzinfo=UTC)]


@pytest.mark.usefixtures("practice")
def test_spread_of_any_time_is_over_the_next_days_of_the_reader(scheduler: Scheduler) -> None:
    found = scheduler.open_slots(kind="talk", wish=Wish(anyone_of=(EVA,)), limit=3, zone="Pacific/Apia")

    days = [zones.local_date(one.time.start, "Pacific/Apia") for one in found]
    assert days == [date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 28)]


@pytest.mark.usefixtures("practice")
def test_spread_of_a_wish_is_over_all_of_it(scheduler: Scheduler) -> None:
    window = TimeRange(at("00:00", day=7), at("00:00", day=12))

    found = scheduler.open_slots(kind="talk", wish=Wish(windows=(window,), anyone_of=(EVA,)), limit=3)

    assert starts(found) == ["07 09:00 eva", "09 12:30 eva", "11 16:30 eva"]
