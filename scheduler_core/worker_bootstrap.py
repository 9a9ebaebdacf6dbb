"""Puts the worker together. Only here are the adapters named; nothing connects before it is used.

It is a module of its own so that the faces do not load the libraries of Google, Zoom and SMTP.
"""

from __future__ import annotations

from scheduler_core.bootstrap import Core
from scheduler_core.handlers import Handlers
from scheduler_core.mail.compose import Composer
from scheduler_core.mail.folder import FolderMailer
from scheduler_core.mail.rendering import Templates
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.meetings.google_meet import GoogleMeet
from scheduler_core.meetings.jitsi import Jitsi
from scheduler_core.meetings.zoom import Zoom
from scheduler_core.model import Channel
from scheduler_core.outbox import LANES
from scheduler_core.ports import ChatMessenger, Mailer, MeetingProvider, MeetingRegister
from scheduler_core.reconcile import Reconciliation
from scheduler_core.settings import Settings
from scheduler_core.slack_messages import SlackMessenger
from scheduler_core.telegram_messages import TelegramMessenger
from scheduler_core.twilio import TwilioMessenger
from scheduler_core.webhook_calls import Calls
from scheduler_core.worker import Worker


def build_worker(core: Core) -> Worker:
    """The worker that tells the outside all that the core's outbox holds."""
    return Worker(core.store, _handlers(core), core.settings.clock)


def build_workers(core: Core) -> list[Worker]:
    """The same work divided: who does not answer holds up only what is told in the same way."""
    return [Worker(core.store, _handlers(core), core.settings.clock, topics) for topics in LANES]


def _handlers(core: Core) -> Handlers:
    settings, store = core.settings, core.store
    composer = Composer(
        settings.organisation_name,
        settings.mail_from,
        core.links,
        settings.clock,
        zone=settings.default_zone,
        locale=settings.default_locale,
        desk=settings.support_email,
        templates=Templates(settings.mail_templates),
    )
    return Handlers(
        store=store,
        clock=settings.clock,
        composer=composer,
        mailer=_mailer(settings),
        providers=_providers(settings),
        calls=Calls(store, settings.clock, private=settings.webhooks_private),
        messenger=None if settings.twilio is None else TwilioMessenger(settings.twilio, settings.clock),
        chats=_chats(settings),
    )


def build_reconciliation(core: Core) -> Reconciliation:
    """What compares the meetings that services hold with the core's bookings."""
    settings = core.settings
    return Reconciliation(core.store, settings.clock, settings.ways, _registers(settings))


def _registers(settings: Settings) -> dict[Channel, MeetingRegister]:
    """Who can be asked for the meetings of each channel."""
    asked = {
        channel: one for channel, one in _providers(settings).items() if isinstance(one, Zoom | GoogleMeet)
    }
    return dict(asked)


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


def _chats(settings: Settings) -> dict[str, ChatMessenger]:
    """Who takes messages to the chats of each channel that an account is set up for."""
    chats: dict[str, ChatMessenger] = {}
    if settings.slack is not None:
        chats["slack"] = SlackMessenger(settings.slack, settings.clock)
    if settings.telegram is not None:
        chats["telegram"] = TelegramMessenger(settings.telegram, settings.clock)
    return chats


def _mailer(settings: Settings) -> Mailer:
    """By SMTP where a server is named, else into a folder."""
    if settings.smtp is None:
        return FolderMailer(settings.mail_folder)
    return SmtpMailer(settings.smtp)
