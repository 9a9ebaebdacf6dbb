"""The doctor, with everything it looks at on loopback, well and not."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from deploy.local import ports
from scheduler_core.cli import doctor, surroundings
from scheduler_core.clock import SystemClock
from scheduler_core.db import chores
from scheduler_core.db.migrate import head
from scheduler_core.db.store import Store
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.adapters import twilio_server
from tests.adapters.smtp_server import Postbox, serving
from tests.adapters.test_smtp import certified
from tests.adapters.twilio_server import TwilioServer
from tests.adapters.web_service import Answer, Asked, WebService, serving_web
from tests.service.conftest import Terminal
from tests.service.practice import book, open_practice, slot

SECRET = "5d1c0f6e9b2a48d7a3e4c8f1b6092d7e"  # of tests
__all__ = ["certified"]  # a fixture

WELL = [
    "settings",
    "secret",
    "time zones",
    "database",
    "clock",
    "people",
    "outbox",
    "worker",
    "desk",
    "mail",
    "mail templates",
    "disk",
    "action server",
    "rasa",
    "web server",
]


class Neighbours(WebService):
    """The action server, Rasa and the web server, as far as the doctor asks them."""

    def answer(self, asked: Asked) -> Answer:
        model = {"name": "assistant.tar.gz", "trained_at": "2026-11-24T08:30:00.1Z", "fingerprint": "1f2e"}
        told = {
            "/health": {"status": "ok"},
            "/webhooks/health/": {"status": "ok", "model": model},
            "/health/live": {"status": "ok"},
        }
        return Answer(200, told[asked.path])


@pytest.fixture
def neighbours() -> Neighbours:
    return Neighbours()


@pytest.fixture
def healthy(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, store: Store, neighbours: Neighbours
) -> Iterator[Terminal]:
    """Everything is well."""
    terminal.run("seed")
    with store.transaction() as connection:
        chores.take_on(connection, chores.WORKING, timedelta())
    with serving_web(neighbours) as url:
        port = url.rpartition(":")[2]
        monkeypatch.setenv("SECRET_KEY", SECRET)
        for name in ("ACTIONS_PORT", "RASA_PORT", "API_PORT"):
            monkeypatch.setenv(name, port)
        yield terminal


def bad(terminal: Terminal) -> list[str]:
    """What the doctor finds wrong, without the mark."""
    code, lines = terminal.run("doctor")
    found = [line.removeprefix("BAD  ") for line in lines if line.startswith("BAD")]
    assert code == (1 if found else 0)
    return found


def test_doctor_finds_nothing_in_a_good_set_up(healthy: Terminal) -> None:
    code, lines = healthy.run("doctor")

    assert code == 0
    assert [line.partition(":")[0] for line in lines] == [f"ok   {name}" for name in WELL]


def test_doctor_says_what_was_given_up(
    healthy: Terminal, people: People, scheduler: Scheduler, store: Store
) -> None:
    open_practice(people, "eva")
    book(scheduler, slot("10:00"))
    with store.transaction() as connection:
        connection.execute(text("UPDATE outbox SET failed_at = now() WHERE recipient = 'attendee'"))

    (found,) = bad(healthy)

    assert found.endswith(" 1 given up; see outbox list --state failed, then outbox retry")


def test_doctor_says_that_nobody_can_be_booked(healthy: Terminal, store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(text("TRUNCATE person, appointment_type CASCADE"))

    assert bad(healthy) == ["people: nobody can be booked; use person, type and offer, or seed for a demo"]


def test_doctor_misses_the_worker(healthy: Terminal, store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(text("UPDATE chore SET done_at = done_at - interval '2 hours'"))
    gone = bad(healthy)
    with store.transaction() as connection:
        connection.execute(text("TRUNCATE chore"))

    assert [line[:35] for line in gone] == ["worker: the last one was there 2:00"]
    assert bad(healthy) == ["worker: there never was one; start `make worker` or `make run`"]


def test_doctor_says_that_tables_are_old(healthy: Terminal, store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    found = bad(healthy)
    with store.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head()})

    assert found == [f"database: tables at revision 0001, not {head()}; run migrate"]


def test_doctor_says_that_the_database_is_away(healthy: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://127.0.0.1:{ports.free_port()}/nowhere")

    (found,) = bad(healthy)

    assert found.startswith("database: ")
    assert found.endswith("is DATABASE_URL right, and does the server run?")


@pytest.mark.parametrize("secret", ["x" * 40, "secret" * 6])
def test_doctor_finds_a_secret_that_repeats_itself(
    healthy: Terminal, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", secret)

    (found,) = bad(healthy)

    assert found.startswith("secret: SECRET_KEY repeats itself")
    assert secret not in found


def test_doctor_compares_the_clocks() -> None:
    now = SystemClock().now()

    assert surroundings.clock(now)[0]
    for drift in (timedelta(seconds=5), timedelta(hours=-1)):
        well, what = surroundings.clock(now + drift)
        assert (well, what.startswith("clock: it differs from the database's by ")) == (False, True)


def test_doctor_looks_for_room(healthy: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "LEAST_DISK", 1 << 62)

    (found,) = bad(healthy)

    assert found.startswith("disk: ")
    assert found.endswith("make room")


def test_doctor_says_which_process_does_not_answer(
    healthy: Terminal, monkeypatch: pytest.MonkeyPatch, neighbours: Neighbours
) -> None:
    gone = ports.free_port()
    monkeypatch.setenv("ACTIONS_PORT", str(gone))
    neighbours.fail("GET /health/live", Answer(500))

    found = bad(healthy)

    assert [line.partition(" (")[0] for line in found] == [
        f"action server: http://127.0.0.1:{gone}/health does not answer",
        found[1],
    ]
    assert "/health/live answers 500, not as ours does" in found[1]


def test_doctor_tells_rasa_from_another_server(healthy: Terminal, neighbours: Neighbours) -> None:
    neighbours.fail("GET /webhooks", Answer(200, "Welcome"))

    assert [line.partition(":")[0] for line in bad(healthy)] == ["rasa"]


def test_doctor_says_whether_the_model_is_of_the_present_files(
    healthy: Terminal, monkeypatch: pytest.MonkeyPatch, neighbours: Neighbours
) -> None:
    name = "rasa: assistant.tar.gz, trained 2026-11-24 08:30 UTC"
    monkeypatch.setenv("MODEL_FINGERPRINT", "1f2e")
    assert f"ok   {name}, from the present files" in healthy.run("doctor")[1]

    monkeypatch.setenv("MODEL_FINGERPRINT", "9999")
    assert bad(healthy) == [f"{name}, is not of the present files; run `make run` anew, which trains it"]

    neighbours.fail("GET /webhooks", Answer(503, {"status": "no model"}))
    (without,) = bad(healthy)
    assert "/webhooks/health/ answers 503, not as ours does; start `make run`" in without


def test_doctor_looks_up_the_account_at_twilio(healthy: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    server = TwilioServer()
    with serving_web(server) as url:
        for setting, value in {
            "TWILIO_ACCOUNT_SID": twilio_server.ACCOUNT,
            "TWILIO_AUTH_TOKEN": twilio_server.TOKEN,
            "TWILIO_FROM": twilio_server.SENDER,
            "TWILIO_URL": url,
        }.items():
            monkeypatch.setenv(setting, value)
        assert "ok   twilio: the account lets us in" in healthy.run("doctor")[1]
        server.status = "suspended"
        suspended = bad(healthy)
        monkeypatch.setenv("TWILIO_AUTH_TOKEN", "wr0ng-token")
        refused = bad(healthy)

    advice = "see the TWILIO_… settings and docs/reminders.md"
    assert suspended == [f"twilio: the account is suspended; {advice}"]
    assert refused == [f"twilio: Twilio 401: code 20003; {advice}"]
    assert (server.wrong, server.sent) == ([], [])


def test_doctor_counts_webhooks_and_names_those_that_do_not_take_it(
    healthy: Terminal, scheduler: Scheduler, people: People, store: Store
) -> None:
    for name in ("calm", "deaf", "off"):
        healthy.run("webhook", "add", f"https://{name}.example.org/hook")
    assert "ok   webhooks: 3" in healthy.run("doctor")[1]
    open_practice(people, "eva")
    book(scheduler, slot("10:00"))
    with store.transaction() as connection:
        connection.execute(text("UPDATE webhook SET switched_off_at = now() WHERE url LIKE '%off.%'"))
        connection.execute(
            text(
                "UPDATE outbox SET attempts = 2, last_error = 'it answered 500' WHERE recipient ="
                " (SELECT concat('webhook:', id) FROM webhook WHERE url LIKE '%deaf%')"
            )
        )

    assert bad(healthy) == [
        "webhook: https://deaf.example.org/hook: 1 not taken, it answered 500; see docs/webhooks.md",
        "webhook: https://off.example.org/hook: switched off, as it answered 410; remove it, or add it again",
    ]


async def test_doctor_compares_the_clock_of_a_mail_server_that_says_the_time(
    healthy: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("SMTP_SECURITY", "none")
    found = []
    for ahead in (timedelta(), timedelta(hours=1)):
        said = format_datetime(SystemClock().now() + ahead)
        async with serving(Postbox(), greeting=f"ESMTP; {said}") as server:
            monkeypatch.setenv("SMTP_PORT", str(server.port))
            found.append(await asyncio.to_thread(bad, healthy))

    assert found[0] == []
    assert "lets us in, but its clock differs from ours by " in found[1][0]


def test_terminals_are_shown_colours() -> None:
    assert [doctor.coloured(doctor.Finding(well, "mail: x")) for well in (True, False)] == [
        "\x1b[32mok \x1b[0m  mail: x",
        "\x1b[31mBAD\x1b[0m  mail: x",
    ]


def test_doctor_wants_public_addresses_encrypted_and_mail_sent(
    healthy: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "http://book.example.org")
    monkeypatch.setenv("CHAT_URL", "http://chat.example.org")

    assert bad(healthy) == [
        "mail: nobody at http://book.example.org gets any; set SMTP_HOST",
        *(
            f"{name}: {setting} begins with http://, so that anybody on the way reads along; use https"
            for name, setting in (("web server", "PUBLIC_URL"), ("chat", "CHAT_URL"))
        ),
    ]


async def test_doctor_signs_in_at_the_mail_server(
    healthy: Terminal, monkeypatch: pytest.MonkeyPatch, certified: ssl.SSLContext
) -> None:
    postbox = Postbox()
    async with serving(postbox, starttls=certified, password="right") as server:
        for name, value in {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(server.port),
            "SMTP_USERNAME": "robot",
            "SMTP_PASSWORD": "right",
        }.items():
            monkeypatch.setenv(name, value)
        well = await asyncio.to_thread(bad, healthy)
        monkeypatch.setenv("SMTP_PASSWORD", "wr0ng-password")
        wrong = await asyncio.to_thread(bad, healthy)
        monkeypatch.setenv("SMTP_HOST", "localhost")  # of which the certificate says nothing
        stranger = await asyncio.to_thread(bad, healthy)
    gone = await asyncio.to_thread(bad, healthy)

    assert well == []
    assert [len(found) for found in (wrong, stranger, gone)] == [1, 1, 1]
    assert wrong[0].startswith(f"mail: 127.0.0.1:{server.port} (starttls): ")
    assert "535" in wrong[0]
    assert "wr0ng-password" not in wrong[0]
    assert "certificate" in stranger[0]
    assert postbox.received == []


def test_doctor_finds_what_is_wrong_with_templates(
    healthy: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "confirmed").mkdir()
    (tmp_path / "confirmed" / "subject.txt").write_text("Hello\n{{ nobody }}")
    monkeypatch.setenv("MAIL_TEMPLATES", str(tmp_path))

    (found,) = bad(healthy)

    assert found == (
        f"mail templates: {tmp_path}/confirmed/subject.txt, line 2: 'nobody' is undefined; see mail preview"
    )
