"""Was this you? GET says what was done, POST takes it back, and the mails lead there."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import httpx
import pytest

from scheduler_core.bootstrap import Core
from scheduler_core.codes import code_of
from scheduler_core.db import proofs
from scheduler_core.identity import Proof
from scheduler_core.links import person
from scheduler_core.model import Actor, ActorKind, Booking, Status
from scheduler_core.worker_bootstrap import build_worker
from tests.api.browsing import get, send
from tests.api.practice import ANN, OPERATOR, PUBLIC_URL, Practice, at
from tests.conftest import MovableClock
from tests.service.practice import rows

WEB = {"channel": "web", "sender": "chat-1"}
LINK = re.compile(rf"{re.escape(PUBLIC_URL)}(/n/\S+)")


@pytest.fixture
def booking(practice: Practice) -> Booking:
    return practice.book(at(1, 9, 30))


@pytest.fixture
def proven(core: Core, booking: Booking) -> Booking:
    """A chat that has proven Ann's address."""
    core.identity.ask_code(ANN.email, **WEB)
    (code,) = rows(core.store, "SELECT id FROM identity_code")
    with core.store.reading() as connection:
        asked = proofs.asked(connection, code.id)
    assert asked is not None
    assert isinstance(core.identity.prove(code_of(asked, core.links.secret), **WEB), Proof)
    return booking


def cancel(core: Core, booking: Booking, clock: MovableClock) -> None:
    """Calls the booking off in the chat, a minute later."""
    clock.move(timedelta(minutes=1))
    by_code = Actor(ActorKind.ATTENDEE, ANN.email)
    core.scheduler.cancel(booking.uid, version=booking.version, key="cancel", actor=by_code)


async def mails(core: Core, folder: Path) -> list[EmailMessage]:
    """What was mailed to anybody so far, by subject."""
    await build_worker(core).drain()
    return _read(folder)


def _read(folder: Path) -> list[EmailMessage]:
    found = [message_from_bytes(file.read_bytes(), policy=default) for file in folder.rglob("*.eml")]
    return sorted(found, key=lambda mail: str(mail["Subject"]))


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def path_in(found: list[EmailMessage], subject: str, recipient: str = ANN.email) -> str:
    """Where the one mail of that subject leads who was not it."""
    (mail,) = (one for one in found if str(one["Subject"]).startswith(subject) and recipient in one["To"])
    match = LINK.search(plain(mail))
    assert match is not None
    return match[1]


async def test_proof_in_a_chat_is_mailed_and_taken_back_with_one_press(
    client: httpx.AsyncClient, core: Core, proven: Booking, clock: MovableClock, mail_folder: Path
) -> None:
    path = path_in(await mails(core, mail_folder), "Was this you?")
    cancel(core, proven, clock)

    page = await get(client, path)
    assert (
        "What The address was proven by a code Address ann.lee@example.com "
        "Where In the chat on our pages When Tuesday 24 November 2026, 10:00 (Europe/Berlin)"
    ) in page.text
    assert core.identity.proven(**WEB) is not None

    answer = await send(client, page, path)
    assert answer.status == 200
    assert "Thank you for telling us" in answer.text
    assert core.identity.proven(**WEB) is None


async def test_cancellation_by_words_is_shown_with_the_way_back(
    client: httpx.AsyncClient,
    core: Core,
    practice: Practice,
    proven: Booking,
    clock: MovableClock,
    mail_folder: Path,
) -> None:
    cancel(core, proven, clock)
    found = await mails(core, mail_folder)
    path = path_in(found, "Cancelled")
    assert "Cancelled in the chat on our pages, by somebody with a one-time code, on" in " ".join(
        plain(mail) for mail in found
    )

    answer = await send(client, await get(client, path), path)

    assert (
        "What was changed Cancelled Consultation with Dr. Eva Meyer, Tuesday 1 December 2026" in answer.text
    )
    (back,) = (link for link in answer.links if "/instead?" in link)
    offer = await get(client, back)
    again = await send(client, offer, "/instead")
    assert "This time is yours now." in again.text
    assert practice.find(proven).status is Status.CANCELLED


async def test_those_who_help_are_told(
    client: httpx.AsyncClient, core: Core, proven: Booking, clock: MovableClock, mail_folder: Path
) -> None:
    cancel(core, proven, clock)
    path = path_in(await mails(core, mail_folder), "Cancelled")
    await send(client, await get(client, path), path)

    (told,) = (one for one in await mails(core, mail_folder) if "This was not me" in str(one["Subject"]))

    assert (told["To"], told["Reply-To"]) == (core.settings.support_email, ANN.email)
    assert f"Reference  {proven.reference}" in plain(told)
    assert "Appointment cancelled" in plain(told)


async def test_change_by_a_person_or_the_practice_asks_nobody(
    client: httpx.AsyncClient,
    core: Core,
    practice: Practice,
    booking: Booking,
    clock: MovableClock,
    mail_folder: Path,
) -> None:
    later = practice.book(at(2, 9, 30))
    clock.move(timedelta(minutes=1))
    core.scheduler.cancel(later.uid, version=later.version, key="cancel", actor=OPERATOR)
    page = await get(client, practice.path(booking, person("eva-meyer")))
    await send(client, page, "/cancel")

    found = await mails(core, mail_folder)

    assert [one for one in found if LINK.search(plain(one))] == []
    assert practice.find(booking).status is Status.CANCELLED


async def test_looking_changes_nothing_and_a_form_of_another_browser_is_refused(
    client: httpx.AsyncClient, core: Core, proven: Booking, mail_folder: Path
) -> None:
    assert proven
    path = path_in(await mails(core, mail_folder), "Was this you?")
    form = (await get(client, path)).form(path)
    await client.head(path)
    client.cookies.clear()

    answer = await client.post(form.action, data=form.fields)

    assert answer.status_code == 403
    assert core.identity.proven(**WEB) is not None


async def test_link_that_is_none_is_dead(client: httpx.AsyncClient, practice: Practice) -> None:
    assert practice
    page = await get(client, "/n/none")

    assert (page.status, "This link does not work any more" in page.text) == (404, True)
