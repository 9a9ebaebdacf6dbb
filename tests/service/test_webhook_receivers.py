"""Which receivers are called at all: none inside our own network, unless that is allowed."""

from __future__ import annotations

import pytest

from scheduler_core.db.store import Store
from scheduler_core.meetings.line import Patience
from scheduler_core.outbox import WEBHOOK_TOPICS, Message
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.webhook_calls import Calls
from tests.adapters.receiver import Receiver
from tests.adapters.web_service import serving_web
from tests.conftest import MovableClock
from tests.service.outbox_samples import entries
from tests.service.practice import book, open_practice, slot
from tests.service.test_worker_webhooks import add, calls, told


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


@pytest.mark.parametrize(
    "host",
    [
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  (it is refused)
        "2130706433",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
        "[fd00::1]",
        "[fe80::1]",
        "224.0.0.1",
    ],
)
async def test_private_addresses_are_not_called_by_whatever_name(
    store: Store, clock: MovableClock, scheduler: Scheduler, host: str
) -> None:
    add(store, clock, f"https://{host}/hook")
    book(scheduler, slot("10:00"))

    await told(store, clock)

    assert calls(store) == [("webhook_booked", "failed", "the address of the receiver is not public")]


async def test_private_addresses_are_called_where_that_is_allowed(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    receiver = Receiver(clock.now())
    with serving_web(receiver) as url:
        by_another_name = url.replace("127.0.0.1", "2130706433")
        receiver.secret = add(store, clock, f"{by_another_name}/hook").secret
        booked = book(scheduler, slot("10:00"))
        (call,) = (one.message for one in entries(store) if one.message.topic in WEBHOOK_TOPICS)
        assert isinstance(call, Message)
        patience = Patience(connecting=0.5, answer=0.5, whole=1, pause=0)
        await Calls(store, clock, private=True, patience=patience).call(call, booked)

    assert receiver.told == [("booking.booked", 1)]
