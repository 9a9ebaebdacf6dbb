from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from actions.services import Services
from scheduler_core.chat_consents import ChatConsents
from scheduler_core.conversations import Conversations
from scheduler_core.db.store import Store
from scheduler_core.hosting import Hosting
from scheduler_core.identity import Identity
from scheduler_core.links import Links
from scheduler_core.model import WorkingHours
from scheduler_core.people import People
from scheduler_core.preferences import Preferences
from scheduler_core.privacy import Privacy
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Keep, Settings
from scheduler_core.tickets import Desk, Tickets
from tests.actions.samples import PRACTICE
from tests.conftest import MovableClock


def settings_with(clock: MovableClock) -> Settings:
    """Settings of which the actions use the clock, the zone and the addresses."""
    return Settings(
        database_url="",
        secret_key="k" * 32,
        clock=clock,
        organisation_name="Example Practice",
        default_zone="Europe/Berlin",
        default_locale="en",
        public_url="http://127.0.0.1:8080",
        chat_url="http://127.0.0.1:5005",
        chat_allowed_origins=(),
        api_port=8080,
        actions_port=5055,
        mail_from="book@example.org",
        support_email="help@example.org",
        support_pause=timedelta(hours=2),
        keep=Keep(*[timedelta(days=365)] * 6),
        mail_folder=Path("unused"),
        smtp=None,
        jitsi_url="https://meet.example.org",
        testing=True,
    )


@pytest.fixture
def services(store: Store, clock: MovableClock) -> Services:
    """The practice of the samples, where everybody works from nine to five on weekdays."""
    people = People(store)
    for kind in PRACTICE.types:
        people.add_type(kind)
    for person in PRACTICE.people:
        people.add_person(person.handle, person.name, person.email, person.zone)
        people.set_hours(person.handle, [WorkingHours(day, time(9), time(17)) for day in range(5)])
    for offer in sorted(PRACTICE.offers):
        people.offer(*offer)
    settings = settings_with(clock)
    links = Links(settings.secret_key, settings.public_url)
    return Services(
        scheduler=Scheduler(store, clock),
        people=people,
        identity=Identity(store, clock, links),
        hosting=Hosting(store, clock),
        tickets=Tickets(store, clock, Desk(settings.support_email, settings.support_pause)),
        privacy=Privacy(store, clock, links, settings.keep),
        preferences=Preferences(store, clock),
        consents=ChatConsents(store, clock),
        conversations=Conversations(store),
        settings=settings,
    )
