"""Puts the parts together. Only here are the adapters named; nothing connects before it is used."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler_core.db.store import Store
from scheduler_core.handlers import Handlers
from scheduler_core.hosting import Hosting
from scheduler_core.identity import Identity
from scheduler_core.links import Links
from scheduler_core.mail.compose import Composer
from scheduler_core.mail.folder import FolderMailer
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.meetings.google_meet import GoogleMeet
from scheduler_core.meetings.jitsi import Jitsi
from scheduler_core.meetings.zoom import Zoom
from scheduler_core.model import Channel
from scheduler_core.people import People
from scheduler_core.ports import Mailer, MeetingProvider
from scheduler_core.privacy import Privacy
from scheduler_core.retention import Retention
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Settings
from scheduler_core.tickets import Desk, Tickets
from scheduler_core.worker import Worker


@dataclass(frozen=True)
class Core:
    """What the faces speak to."""

    settings: Settings
    store: Store
    scheduler: Scheduler
    people: People
    links: Links
    identity: Identity
    hosting: Hosting
    tickets: Tickets
    retention: Retention
    privacy: Privacy


def build(settings: Settings) -> Core:
    """The core over the database that the settings name."""
    store = Store(settings.database_url)
    links = Links(settings.secret_key, settings.public_url)
    return Core(
        settings=settings,
        store=store,
        scheduler=Scheduler(store, settings.clock, settings.ways),
        people=People(store, settings.ways),
        links=links,
        identity=Identity(store, settings.clock, links),
        hosting=Hosting(store, settings.clock),
        tickets=Tickets(store, settings.clock, Desk(settings.support_email, settings.support_pause)),
        retention=Retention(store, settings.clock, settings.keep),
        privacy=Privacy(store, settings.clock, links, settings.keep),
    )


def build_worker(core: Core) -> Worker:
    """The worker that tells the outside what the core's outbox holds."""
    settings = core.settings
    composer = Composer(settings.organisation_name, settings.mail_from, core.links, settings.clock)
    handlers = Handlers(core.store, settings.clock, composer, _mailer(settings), _providers(settings))
    return Worker(core.store, handlers, settings.clock)


def _providers(settings: Settings) -> dict[Channel, MeetingProvider]:
    """Who makes the meetings of each channel that an account is set up for."""
    providers: dict[Channel, MeetingProvider] = {
        Channel.JITSI: Jitsi(settings.jitsi_url, settings.secret_key)
    }
    if settings.zoom is not None:
        providers[Channel.ZOOM] = Zoom(settings.zoom, settings.clock)
    if settings.google is not None and settings.google.is_signed_in:
        providers[Channel.GOOGLE_MEET] = GoogleMeet(settings.google, settings.clock)
    return providers


def _mailer(settings: Settings) -> Mailer:
    """By SMTP where a server is named, else into a folder."""
    if settings.smtp is None:
        return FolderMailer(settings.mail_folder)
    return SmtpMailer(settings.smtp)
