"""What the hosts' desk keeps is shown to whom it names, goes with them, and is not kept for ever."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from scheduler_core.db import desk, privacy
from scheduler_core.db.store import Store
from scheduler_core.personal_data import DataRequest, DeskChange
from scheduler_core.retention import Retention
from tests.conftest import NOW, MovableClock
from tests.service.test_retention import KEEP

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVA = "Eva.Meyer@example.org"
CHANGE = DeskChange("hours", "", NOW)


@pytest.fixture(autouse=True)
def signed_in(store: Store) -> None:
    with store.transaction() as connection:
        desk.begin_session(connection, "a hash", EVA, NOW, NOW + 12 * HOUR)
        desk.write_down(connection, EVA, None, "hours", "", NOW)


def test_hosts_are_shown_what_they_changed(store: Store) -> None:
    with store.reading() as connection:
        kept = privacy.kept_about(connection, EVA.lower())

    assert (kept.desk_changes, kept.desk_sessions) == ((CHANGE,), 1)
    assert '"changed_at_the_desk": [' in kept.as_json()


def test_an_erasure_signs_out_and_takes_the_name_away(store: Store) -> None:
    with store.transaction() as connection:
        privacy.erase(connection, DataRequest(UUID(int=1), EVA, NOW, NOW), NOW)

    with store.reading() as connection:
        assert desk.address_of(connection, "a hash", NOW) is None
        assert desk.changes_of(connection, EVA.lower()) == ()
        assert desk.changes_of(connection, "") == (CHANGE,)


def test_old_sessions_and_changes_go(store: Store, clock: MovableClock) -> None:
    retention = Retention(store, clock, KEEP)
    clock.instant = NOW + 2 * DAY
    sessions = retention.purge()
    clock.instant = NOW + KEEP.bookings + DAY
    changes = retention.purge()

    taken = [(one["desk sessions"], one["desk changes"]) for one in (sessions, changes)]
    assert taken == [(1, 0), (0, 1)]
