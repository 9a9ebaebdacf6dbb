"""What the doctor has to say of what stands around the core: mail, processes, clocks, disk, addresses."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import requests

from scheduler_core import heartbeat
from scheduler_core.clock import SystemClock
from scheduler_core.errors import TemporaryFailure
from scheduler_core.mail.smtp import Patience, SmtpMailer
from scheduler_core.setting_values import LOOPBACK
from scheduler_core.settings import Settings

Remark = tuple[bool, str]  #: whether it is well, and what it is
SECONDS = 5.0  #: that anybody may take to answer
LEAST_LETTERS = 8  #: different ones of a secret; 32 hexadecimal digits of chance have 14
LEAST_DISK = 500_000_000  #: bytes
MOST_DRIFT = timedelta(seconds=2)  #: between our clock and the database's
MOST_MAIL_DRIFT = timedelta(
    minutes=2
)  #: between ours and the mail server's, whose greeting is not to the second


def secret(settings: Settings) -> Remark:
    """Whether the key that signs links could be guessed; only what repeats itself is found out."""
    if len(set(settings.secret_key)) < LEAST_LETTERS:
        return False, "secret: SECRET_KEY repeats itself; take another, such as `openssl rand -hex 32` gives"
    return True, "secret: SECRET_KEY does not repeat itself"


def clock(database: datetime) -> Remark:
    """Whether our clock and the database's agree: leases and codes are timed by them."""
    drift = abs(SystemClock().now() - database)
    if drift > MOST_DRIFT:
        return False, f"clock: it differs from the database's by {drift}; set both by NTP"
    return True, "clock: as the database's"


def worker(seen: timedelta | None) -> Remark:
    """Whether one is there to tell the outside."""
    if seen is None:
        return False, "worker: there never was one; start `make worker` or `make run`"
    if seen > heartbeat.SILENCE:
        return False, f"worker: the last one was there {_rough(seen)} ago; start `make worker`, see its log"
    return True, "worker: at work"


def mail(settings: Settings) -> Remark:
    """Whether mail can leave: by a server that lets us in, or into a folder."""
    if settings.smtp is None and settings.public_host not in LOOPBACK:
        return False, f"mail: nobody at {settings.public_url} gets any; set SMTP_HOST"
    if settings.smtp is None:
        return _mail_folder(settings.mail_folder)
    server = f"mail: {settings.smtp.host}:{settings.smtp.port} ({settings.smtp.security})"
    try:
        theirs = asyncio.run(SmtpMailer(settings.smtp, Patience(connecting=SECONDS)).check())
    except TemporaryFailure as error:
        return False, f"{server}: {error.details['reason']}; see the SMTP_… settings"
    drift = abs(SystemClock().now() - theirs) if theirs else timedelta()
    if drift > MOST_MAIL_DRIFT:
        return (
            False,
            f"{server} lets us in, but its clock differs from ours by {_rough(drift)}; set ours by NTP",
        )
    return True, f"{server} lets us in"


def disk(settings: Settings) -> Remark:
    """Whether there is room where this machine writes."""
    place = _nearest(settings.mail_folder)
    free = shutil.disk_usage(place).free
    if free < LEAST_DISK:
        return False, f"disk: {free // 1_000_000} MB are free at {place}; make room"
    return True, f"disk: {free // 1_000_000_000} GB are free at {place}"


def processes(settings: Settings) -> Iterator[Remark]:
    """Whether those that run beside this one answer."""
    yield _answers(
        "action server", f"http://127.0.0.1:{settings.actions_port}/health", "", "`python -m actions`"
    )
    yield language(settings)
    yield _at_address("web server", "PUBLIC_URL", f"{settings.public_url}/health/live", '"ok"')
    if urlsplit(settings.chat_url).hostname not in LOOPBACK:
        handshake = "/socket.io/?EIO=4&transport=polling"
        yield _at_address("chat", "CHAT_URL", f"{settings.chat_url}{handshake}", '"sid"')


def language(settings: Settings) -> Remark:
    """Whether Rasa answers, by a model that was trained from the files as they are."""
    url = f"http://127.0.0.1:{settings.rasa_port}/webhooks/health/"
    (well, what), said = _asked("rasa", url, '"ok"', "`make run`")
    if not well:
        return well, what
    model = json.loads(said)["model"]
    name = f"rasa: {model['name']}, trained {model['trained_at'][:16].replace('T', ' ')} UTC"
    if not (settings.model_fingerprint and model["fingerprint"]):
        return True, name
    if settings.model_fingerprint != model["fingerprint"]:
        return False, f"{name}, is not of the present files; run `make run` anew, which trains it"
    return True, f"{name}, from the present files"


def _at_address(name: str, setting: str, url: str, expected: str) -> Remark:
    """Whether the server is reached as browsers will, which must be encrypted between machines."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        return (
            False,
            f"{name}: {setting} begins with http://, so that anybody on the way reads along; use https",
        )
    return _answers(name, url, expected, f"it, and the reverse proxy under {setting}")


def _answers(name: str, url: str, expected: str, start: str) -> Remark:
    return _asked(name, url, expected, start)[0]


def _asked(name: str, url: str, expected: str, start: str) -> tuple[Remark, str]:
    """Whether the server answers as ours does, and what it says."""
    where = url.partition("?")[0]
    try:
        answer = requests.get(url, timeout=SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        return (False, f"{name}: {where} does not answer ({type(error).__name__}); start {start}"), ""
    if answer.status_code != requests.codes.ok or expected not in answer.text:
        what = f"{name}: {where} answers {answer.status_code}, not as ours does; start {start}"
        return (False, what), answer.text
    return (True, f"{name}: {where} answers"), answer.text


def _mail_folder(folder: Path) -> Remark:
    """Whether mails can be written; the folder is made with the first one."""
    if not os.access(_nearest(folder), os.W_OK):
        return False, f"mail: no SMTP_HOST, and {folder} cannot be written to; set MAIL_FOLDER"
    return True, f"mail: no SMTP_HOST, so mails are written to {folder}"


def _nearest(folder: Path) -> Path:
    """The folder, or what there is of the way to it."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())


def _rough(length: timedelta) -> str:
    return str(timedelta(seconds=round(length.total_seconds())))
