from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import text

from scheduler_core import cli
from scheduler_core.db import migrate
from scheduler_core.db.store import Store
from scheduler_core.model import AppointmentType, Channel, Status, TimeOff
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.tickets import Desk, Tickets
from tests.conftest import MovableClock
from tests.service.conftest import Terminal
from tests.service.practice import DAY, HOUR, MINUTE, OPERATOR, book, open_practice, rows, slot


def test_organisation_is_set_up_by_commands(terminal: Terminal, people: People) -> None:
    commands = [
        ("person", "add", "eva", "Dr. Eva Meyer", "eva@example.org", "Europe/Berlin"),
        ("hours", "set", "eva", "mon-thu 9:00-12:00 13:00-17:00", "sat 20:00-24:00"),
        ("hours", "extra", "eva", "2026-12-24", "9:00-10:00"),
        ("time-off", "add", "eva", "2026-12-01T14:00", "2026-12-01T15:00", "--repeat", "FREQ=WEEKLY"),
        ("type", "add", "exam", "Examination", "60,90", "--channels", "in_person", "phone", "--after", "15"),
        ("offer", "eva", "exam"),
    ]

    assert [terminal.run(*command) for command in commands] == [(0, [])] * len(commands)
    assert terminal.run("person", "list") == (
        0,
        [
            "handle  name           email            zone",
            "eva     Dr. Eva Meyer  eva@example.org  Europe/Berlin",
        ],
    )
    assert terminal.run("hours", "show", "eva") == (
        0,
        [
            *(f"{day} 09:00-12:00 13:00-17:00" for day in ("mon", "tue", "wed", "thu")),
            "sat 20:00-24:00",
            "2026-12-24 09:00-10:00",
            "(Europe/Berlin)",
        ],
    )
    assert terminal.run("time-off", "list", "eva") == (
        0,
        [
            "start                end                  repeat",
            "2026-12-01 14:00:00  2026-12-01 15:00:00  FREQ=WEEKLY",
        ],
    )
    assert terminal.run("type", "list") == (
        0,
        [
            "handle  name         minutes  reminders  channels         people",
            "exam    Examination  60,90    1440,60    in_person,phone  eva",
        ],
    )
    assert people.type("exam") == AppointmentType(
        handle="exam",
        name="Examination",
        durations=(60 * MINUTE, 90 * MINUTE),
        buffer_after=15 * MINUTE,
        horizon=60 * DAY,
        channels=(Channel.IN_PERSON, Channel.PHONE),
        reminders=(24 * HOUR, HOUR),
    )


def test_bookings_are_listed(terminal: Terminal, people: People, scheduler: Scheduler) -> None:
    open_practice(people, "eva", "ben")
    booked = book(scheduler, slot("10:00"))
    book(scheduler, slot("10:00", "ben"))
    book(scheduler, slot("10:00", day=40))

    code, lines = terminal.run("bookings", "--person", "eva", "--days", "20")

    assert (code, len(lines)) == (0, 2)
    assert lines[1] == (
        f"{booked.reference}     Tuesday 1 December 2026, 10:00–10:30 (UTC)  Talk  Dr. Eva  Ann Lee  jitsi"
    )


def test_assistant_is_let_speak_again(terminal: Terminal, store: Store, clock: MovableClock) -> None:
    tickets = Tickets(store, clock, Desk("help@example.org", pause=2 * HOUR))
    ticket = tickets.open((), channel="web", sender="ann", key="one", contact="ann@example.com")
    today = "Tuesday 24 November 2026"

    assert terminal.run("tickets", "list") == (
        0,
        [
            "reference  asked                            quiet until                      channel  contact",
            f"{ticket.reference}     {today}, 10:00  {today}, 12:00  web      ann@example.com",
        ],
    )
    assert terminal.run("tickets", "release", ticket.reference.lower())[0] == 0
    assert terminal.run("tickets", "release", ticket.reference) == (1, ["nobody waits under that reference"])
    assert tickets.waiting() == []


def test_what_is_kept_is_shown_and_erased(
    terminal: Terminal, people: People, scheduler: Scheduler, store: Store
) -> None:
    open_practice(people, "eva")
    booking = book(scheduler, slot("10:00"))

    code, lines = terminal.run("export", "ANN@example.com")
    assert code == 0
    assert json.loads("\n".join(lines))["appointments"][0]["id"] == str(booking.uid)
    assert terminal.run("erase", "ann@example.com") == (
        1,
        ["bookings to come: 1; --cancel cancels them, too"],
    )
    assert scheduler.find(booking.uid, actor=OPERATOR) == booking
    assert terminal.run("erase", "ann@example.com", "--cancel")[0] == 0
    assert scheduler.find(booking.uid, actor=OPERATOR).status is Status.CANCELLED
    assert "erasure" in {row.topic for row in rows(store, "SELECT topic FROM outbox")}
    assert terminal.run("erase", "nobody")[0] == cli.REFUSED


def test_outbox_is_listed_and_tried_again(
    terminal: Terminal, people: People, scheduler: Scheduler, store: Store
) -> None:
    open_practice(people, "eva")
    booked = book(scheduler, slot("10:00"))
    with store.transaction() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET failed_at = now(), attempts = 28, last_error = 'no such mailbox' "
            "WHERE recipient = 'attendee'"
        )

    (failed,) = terminal.run("outbox", "list", "--state", "failed")[1][1:]
    retried = terminal.run("outbox", "retry", failed.split()[0])
    nothing = terminal.run("outbox", "retry")

    assert failed.split(maxsplit=4)[1:] == [
        "failed",
        f"{booked.uid}:1:mail_confirmed:attendee",
        "28",
        "no such mailbox",
    ]
    assert retried == (0, ["1 due again"])
    assert nothing == (0, ["0 due again"])
    assert len(terminal.run("outbox", "list", "--state", "waiting")[1]) == 4


def test_demo_is_filled_in_once(terminal: Terminal) -> None:
    assert terminal.run("seed") == (0, ["added eva-meyer, ben-okafor, ana-souza, priya-nair"])
    assert terminal.run("seed") == (0, ["the demo organisation is there already"])


def test_tables_are_brought_up_to_date(terminal: Terminal) -> None:
    assert terminal.run("migrate") == (0, [f"tables at revision {migrate.head()}"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hours", "show", "nobody"), "There is no such person. (person='nobody')"),
        (
            ("person", "add", "zoe", "Zoe", "zoe@example.org", "Mars/Base"),
            "There is no time zone of that name. (zone='Mars/Base')",
        ),
        (("hours", "set", "eva", "someday 9:00-10:00"), "is not like 'mon-thu 9:00-12:00 13:00-17:00'"),
        (("hours", "set", "eva", "mon 9:00-25:00"), "is no time of day"),
        (("time-off", "add", "eva", "2026-12-01", "soon"), "'soon' is not like 2026-12-01"),
        (("time-off", "add", "eva", "2026-12-01T10:00Z", "2026-12-02"), "has an offset"),
        (("type", "add", "x", "X", "thirty"), "'thirty' is no number of minutes"),
        (("bookings", "--days", "0"), "is no number of days from 1 to 730"),
        (("outbox", "list", "--state", "lost"), "--state"),
        (("dance",), "dance"),
        ((), "required"),
    ],
)
def test_wrong_command_is_refused_with_a_clear_line(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    code, lines = terminal.run(*words)

    assert code == 2
    assert said in lines[-1]


def test_wrong_settings_are_all_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_PORT", "no")
    monkeypatch.delenv("SECRET_KEY")

    code, lines = terminal.run("person", "list")

    assert code == 2
    assert [re.split(r"[=:]", line)[0] for line in lines] == ["API_PORT", "SECRET_KEY"]


def test_database_that_is_away_is_one_clear_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/nowhere")

    code, lines = terminal.run("person", "list")

    assert (code, lines) == (
        2,
        ["The database cannot be reached; nothing was written. (reason='no connection')"],
    )


def test_time_off_by_command_is_local(terminal: Terminal, people: People) -> None:
    open_practice(people, "eva")

    terminal.run("time-off", "add", "eva", "2026-12-24", "2026-12-27")

    (off,) = people.calendar("eva").time_off
    assert off == TimeOff(off.start, off.start + 3 * DAY)
    assert off.start.isoformat() == "2026-12-24T00:00:00"


def test_webhooks_are_added_listed_and_removed(terminal: Terminal, store: Store) -> None:
    code, (secret,) = terminal.run("webhook", "add", "https://hooks.example.org/a?b=c", "--with-attendee")
    assert (code, re.fullmatch(r"whsec_[\w+/]{43}=", secret) is not None) == (0, True)
    assert rows(store, "SELECT secret FROM webhook") == [(secret,)]
    again = "that address is called already; remove it first for a new secret"
    assert terminal.run("webhook", "add", " https://hooks.example.org/a?b=c ") == (1, [again])
    assert terminal.run("webhook", "add", "http://127.0.0.1:9000/")[0] == 0
    assert terminal.run("webhook", "list") == (
        0,
        [
            "url                              attendee  state",
            "https://hooks.example.org/a?b=c  yes       called",
            "http://127.0.0.1:9000/           no        called",
        ],
    )
    with store.transaction() as connection:
        connection.execute(text("UPDATE webhook SET switched_off_at = '2026-11-24T09:00Z'"))
    assert terminal.run("webhook", "list")[1][1].endswith(
        "switched off, as it answered 410 at 2026-11-24 09:00 UTC"
    )
    assert terminal.run("webhook", "remove", "https://hooks.example.org/a?b=c") == (0, [])
    assert terminal.run("webhook", "remove", "https://hooks.example.org/a?b=c") == (
        1,
        ["that address is not called"],
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "hooks.example.org",
        "https://",
        "https:///path",
        "https://name:password@hooks.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org/a b",
        "https://hooks.exam\nple.org/",
        "https://h\u00f6oks.example.org/",
        "https://hooks.example.org/" + "x" * 2000,
    ],
)
def test_address_that_is_not_safe_to_call_is_refused(terminal: Terminal, store: Store, url: str) -> None:
    code, lines = terminal.run("webhook", "add", url)

    assert (code, len(lines)) == (2, 1)
    assert rows(store, "SELECT * FROM webhook") == []
