"""Puts the core together; nothing connects before it is used. What tells the outside: worker_bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler_core.chat_consents import ChatConsents
from scheduler_core.chat_lines import ChatLines
from scheduler_core.conversations import Conversations
from scheduler_core.db.store import Store
from scheduler_core.denials import Denials
from scheduler_core.desk_bookings import DeskBookings
from scheduler_core.desk_days import DeskDays
from scheduler_core.desk_figures import DeskFigures
from scheduler_core.desk_types import DeskTypes
from scheduler_core.feeds import Feeds
from scheduler_core.heard import Heard
from scheduler_core.hosting import Hosting
from scheduler_core.identity import Identity
from scheduler_core.links import Links
from scheduler_core.people import People
from scheduler_core.preferences import Preferences
from scheduler_core.privacy import Privacy
from scheduler_core.retention import Retention
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Settings
from scheduler_core.signing_in import SigningIn
from scheduler_core.tickets import Desk, Tickets


@dataclass(frozen=True)
class HostDesk:
    """What hosts and administrators work with."""

    bookings: DeskBookings
    days: DeskDays
    types: DeskTypes
    figures: DeskFigures


@dataclass(frozen=True)
class Core:
    """What the faces speak to."""

    settings: Settings
    store: Store
    scheduler: Scheduler
    people: People
    links: Links
    identity: Identity
    denials: Denials
    hosting: Hosting
    tickets: Tickets
    retention: Retention
    privacy: Privacy
    preferences: Preferences
    conversations: Conversations
    chat_lines: ChatLines
    chat_consents: ChatConsents
    heard: Heard
    signing_in: SigningIn
    desk: HostDesk
    feeds: Feeds


def build(settings: Settings) -> Core:
    """The core over the database that the settings name."""
    store = Store(settings.database_url)
    links = Links(settings.secret_key, settings.public_url)
    scheduler = Scheduler(store, settings.clock, settings.ways, ranks_offers=settings.rank_offers)
    hosting = Hosting(store, settings.clock)
    return Core(
        settings=settings,
        store=store,
        scheduler=scheduler,
        people=People(store, settings.ways),
        links=links,
        identity=Identity(store, settings.clock, links),
        denials=Denials(store, settings.clock, links),
        hosting=hosting,
        tickets=Tickets(store, settings.clock, Desk(settings.support_email, settings.support_pause)),
        retention=Retention(store, settings.clock, settings.keep),
        privacy=Privacy(store, settings.clock, links, settings.keep),
        preferences=Preferences(store, settings.clock),
        conversations=Conversations(store),
        chat_lines=ChatLines(store, settings.clock),
        chat_consents=ChatConsents(store, settings.clock),
        heard=Heard(store, settings.clock),
        signing_in=SigningIn(store, settings.clock, links, settings.admin_emails),
        desk=HostDesk(
            bookings=DeskBookings(store, settings.clock, scheduler),
            days=DeskDays(store, settings.clock, hosting),
            types=DeskTypes(store, settings.clock),
            figures=DeskFigures(store, settings.clock),
        ),
        feeds=Feeds(store, settings.clock, links, scheduler),
    )
