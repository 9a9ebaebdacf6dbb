"""Open slots among many people and bookings.

The floor reads the rows of the first day that has to be looked at, by index alone and over the same
connection: to find what is free takes at least that.

    .venv/bin/python bench/open_slots.py [people]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from sqlalchemy import text

from bench._practice import DAY, NOW, Figures, practice, run, show
from scheduler_core.clock import FixedClock
from scheduler_core.db.store import Store
from scheduler_core.model import Order, Wish
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange

TIMES = 20

# Seven of ten half hours of each working day are taken, for ninety days.
_BOOKINGS = """
CREATE TEMPORARY TABLE wanted AS
SELECT gen_random_uuid() AS uid, number, starts, starts + interval '30 minutes' AS ends
  FROM person, generate_series(0, 89) day, generate_series(0, 15) half,
       LATERAL (SELECT timestamptz '2026-11-24T09:00Z' + day * interval '1 day'
                       + half * interval '30 minutes' AS starts) AS at
 WHERE (number * 3 + day * 7 + half) % 10 < 7;
INSERT INTO booking (uid, reference, kind, status, starts, ends, wall_start, zone, tzdata_version, version,
       sequence, actor_kind, actor_id, channel, attendee_name, attendee_email, attendee_zone, attendee_locale,
       phone, note, created_at, updated_at)
SELECT uid, uid::text, 'talk', 'CONFIRMED', starts, ends, starts, 'UTC', '', 1, 0, 'operator', 'bench',
       'jitsi', 'Ann Lee', 'ann@example.com', 'UTC', 'en', '', '', starts, starts FROM wanted;
INSERT INTO booking_person (uid, person_number, part, position, kind, status, starts, ends)
SELECT uid, number, 0, 0, 'talk', 'CONFIRMED', starts, ends FROM wanted;
"""
_FLOOR = text("""
    SELECT count(*) FROM booking_person
     WHERE person_number <= :people AND status IN ('TENTATIVE', 'CONFIRMED')
       AND starts >= :since AND starts < :until
""")


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with practice(people) as url:
        run(url, "ALTER TABLE booking DISABLE TRIGGER booking_changed;\n" + _BOOKINGS)
        run(url, "ALTER TABLE booking ENABLE TRIGGER booking_changed;\nANALYZE")
        store = Store(url)
        rows = [measure(store, asked) for asked in (1, 10, 100, 1000) if asked <= people]
        store.close()
    show(
        f"the first five of {people * 1008} bookings' gaps",
        ("people", "first five ms", "spread of three ms", "floor ms", "of floor"),
        rows,
    )


def measure(store: Store, people: int) -> tuple[object, ...]:
    """One row of the table: the usual times of searches among so many people, and of the floor."""
    scheduler = Scheduler(store, FixedClock(NOW))
    wanted = tuple(frozenset({f"p{number}"}) for number in range(1, people + 1))
    window = TimeRange(NOW, NOW + 90 * DAY)

    def search(order: Order, limit: int) -> object:
        return scheduler.open_slots(
            kind="talk", wish=Wish(windows=(window,), anyone_of=wanted, order=order), limit=limit
        )

    def read() -> object:
        values = {"people": people, "since": NOW, "until": NOW + DAY}
        with store.reading() as connection:
            return connection.execute(_FLOOR, values).scalar_one()

    first = usual(lambda: search(Order.EARLIEST, 5))
    floor = usual(read)
    return (
        people,
        f"{first:.1f}",
        f"{usual(lambda: search(Order.SPREAD, 3)):.1f}",
        f"{floor:.1f}",
        f"{first / floor:.1f}",
    )


def usual(act: Callable[[], object]) -> float:
    """The median of many, in milliseconds; the first is not counted."""
    act()
    times = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        act()
        times.append(time.perf_counter() - begin)
    return Figures(times).median


if __name__ == "__main__":
    main()
