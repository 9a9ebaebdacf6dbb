from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from scheduler_core.errors import DatabaseUnavailable, DeliveryError, PermanentFailure, TemporaryFailure
from scheduler_core.mail.smtp import Patience, SmtpMailer
from scheduler_core.model import Attendee
from scheduler_core.ports import Mail
from scheduler_core.settings import Smtp
from tests.adapters.samples import COMPOSER, a_booking, a_message
from tests.adapters.smtp_server import Postbox, serving


def a_mail(address: str = "ann.lee@example.com") -> Mail:
    attendee = Attendee("Ann Lee", address, "Europe/Berlin")
    return COMPOSER.compose(a_message(), a_booking(attendee=attendee))


def a_mailer(port: int, **patience: float) -> SmtpMailer:
    return SmtpMailer(Smtp("127.0.0.1", port, "none"), Patience(**patience))


async def test_mail_arrives_whole_with_one_recipient() -> None:
    postbox, mail = Postbox(), a_mail()
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        await mailer.send(mail)
        await mailer.close()

    (received,) = postbox.received
    assert received.sender == "appointments@example.org"
    assert received.recipients == ("ann.lee@example.com",)
    assert received.content.isascii()
    assert received.mail["Message-ID"] == mail.id
    assert [part.get_content_type() for part in received.mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]


async def test_connection_is_kept_between_mails() -> None:
    postbox = Postbox()
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        for _ in range(3):
            await mailer.send(a_mail())
        await mailer.close()

    assert (len(postbox.received), postbox.connections) == (3, 1)


async def test_connection_that_the_server_ended_is_opened_again() -> None:
    postbox = Postbox()
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        await mailer.send(a_mail())
        server.cut()
        await mailer.send(a_mail())
        postbox.answers["MAIL"].append("421 idle for too long")
        await mailer.send(a_mail())
        await mailer.close()

    assert (len(postbox.received), postbox.connections) == (3, 3)


@pytest.mark.parametrize(
    ("command", "answer", "failure"),
    [
        ("RCPT", "450 greylisted", TemporaryFailure),
        ("RCPT", "550 no such mailbox", PermanentFailure),
        ("DATA", "451 try later", TemporaryFailure),
        ("DATA", "554 spam", PermanentFailure),
        ("MAIL", "451 busy", TemporaryFailure),
        ("MAIL", "550 you may not send", TemporaryFailure),
    ],
)
async def test_refusal_is_temporary_or_permanent_and_the_next_mail_goes_through(
    command: str, answer: str, failure: type[Exception]
) -> None:
    postbox = Postbox()
    postbox.answers[command].append(answer)
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        with pytest.raises(failure, match=answer):
            await mailer.send(a_mail())
        await mailer.send(a_mail())
        await mailer.close()

    assert len(postbox.received) == 1


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
@pytest.mark.parametrize("code", ["450", "550"])
async def test_reason_of_a_refusal_does_not_name_the_recipient(command: str, code: str) -> None:
    postbox = Postbox()
    postbox.answers[command].append(f"{code} <Ann.Lee@EXAMPLE.com>: ann.lee@example.com is not known here")
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        with pytest.raises(DeliveryError) as refused:
            await mailer.send(a_mail())
        await mailer.close()

    assert refused.value.details == {"reason": f"{code} the recipient: the recipient is not known here"}


async def test_server_that_is_down_is_a_temporary_failure_until_it_is_back() -> None:
    postbox = Postbox()
    async with serving(postbox) as server:
        port = server.port
    mailer = a_mailer(port)

    with pytest.raises(TemporaryFailure):
        await mailer.send(a_mail())
    async with serving(postbox, port=port):
        await mailer.send(a_mail())
        await mailer.close()

    assert len(postbox.received) == 1


async def test_server_that_says_nothing_is_given_up() -> None:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    mailer = a_mailer(server.sockets[0].getsockname()[1], connecting=0.2)

    with pytest.raises(TemporaryFailure):
        await mailer.send(a_mail())
    server.close()


async def test_missing_answer_after_the_content_is_a_temporary_failure() -> None:
    postbox = Postbox(silent_after_content=True)
    async with serving(postbox) as server:
        mailer = a_mailer(server.port, acceptance=2.0)
        with pytest.raises(TemporaryFailure):
            await mailer.send(a_mail())
        postbox.silent_after_content = False
        await mailer.send(a_mail())
        await mailer.close()

    first, second = postbox.received
    assert first.mail["Message-ID"] == second.mail["Message-ID"]


async def test_connection_lost_after_the_content_is_a_temporary_failure() -> None:
    postbox = Postbox(drop_after_content=True)
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        with pytest.raises(TemporaryFailure):
            await mailer.send(a_mail())


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for loopback, of an authority that this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_mail_goes_encrypted_after_a_login(certified: ssl.SSLContext, security: str) -> None:
    postbox = Postbox()
    tls, starttls = (certified, None) if security == "tls" else (None, certified)
    async with serving(postbox, password="right", tls=tls, starttls=starttls) as server:
        mailer = SmtpMailer(Smtp("127.0.0.1", server.port, security, "practice", "right"))
        await mailer.send(a_mail())
        await mailer.close()

    assert len(postbox.received) == 1


async def test_wrong_password_is_a_temporary_failure(certified: ssl.SSLContext) -> None:
    async with serving(Postbox(), password="right", tls=certified) as server:
        mailer = SmtpMailer(Smtp("127.0.0.1", server.port, "tls", "practice", "wrong"))
        with pytest.raises(TemporaryFailure, match="535"):
            await mailer.send(a_mail())


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_authority_of_ones_own_is_trusted_where_it_is_named(
    certified: ssl.SSLContext, security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    postbox = Postbox()
    tls, starttls = (certified, None) if security == "tls" else (None, certified)
    async with serving(postbox, tls=tls, starttls=starttls) as server:
        mailer = SmtpMailer(Smtp("127.0.0.1", server.port, security, ca_file=tmp_path / "ca.pem"))
        await mailer.send(a_mail())
        await mailer.close()

    assert len(postbox.received) == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_certificate_of_another_host_stops_the_mail(
    certified: ssl.SSLContext, security: str, tmp_path: Path
) -> None:
    postbox = Postbox()
    tls, starttls = (certified, None) if security == "tls" else (None, certified)
    async with serving(postbox, tls=tls, starttls=starttls) as server:
        settings = Smtp("localhost", server.port, security, ca_file=tmp_path / "ca.pem")
        with pytest.raises(TemporaryFailure, match=r"not valid for 'localhost'|Hostname mismat"):
            await SmtpMailer(settings).send(a_mail())

    assert postbox.received == []


async def test_certificate_of_nobody_we_trust_stops_the_mail(
    certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    postbox = Postbox()
    async with serving(postbox, starttls=certified) as server:
        with pytest.raises(TemporaryFailure, match="certificate"):
            await SmtpMailer(Smtp("127.0.0.1", server.port, "starttls")).send(a_mail())

    assert postbox.received == []


async def test_mail_never_goes_in_the_clear_where_starttls_was_asked_for() -> None:
    postbox = Postbox()
    async with serving(postbox) as server:
        with pytest.raises(TemporaryFailure):
            await SmtpMailer(Smtp("127.0.0.1", server.port, "starttls")).send(a_mail())

    assert postbox.received == []


async def test_content_waits_until_it_may_go() -> None:
    postbox, ready = Postbox(accepted=asyncio.Event()), asyncio.Event()
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        sending = asyncio.create_task(mailer.send(a_mail(), ready=ready.wait))
        named = await asyncio.wait_for(postbox.named.get(), timeout=10)
        waiting = list(postbox.received)
        ready.set()
        await sending
        await mailer.close()

    assert (named, waiting) == ("ann.lee@example.com", [])
    assert len(postbox.received) == 1


async def test_mail_that_may_not_go_is_taken_back_and_the_next_goes_through() -> None:
    async def never() -> None:
        raise DatabaseUnavailable

    postbox = Postbox()
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        with pytest.raises(DatabaseUnavailable):
            await mailer.send(a_mail("bob@example.com"), ready=never)
        await mailer.send(a_mail())
        await mailer.close()

    assert [received.recipients for received in postbox.received] == [("ann.lee@example.com",)]


async def test_address_in_other_letters_is_carried() -> None:
    postbox = Postbox()
    async with serving(postbox) as server:
        mailer = a_mailer(server.port)
        await mailer.send(a_mail("jörg@example.com"))
        await mailer.send(a_mail("joerg@bücher.example.com"))
        await mailer.close()

    assert [received.recipients for received in postbox.received] == [
        ("jörg@example.com",),
        ("joerg@xn--bcher-kva.example.com",),
    ]
