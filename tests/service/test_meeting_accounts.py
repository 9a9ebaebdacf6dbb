"""Which ways to meet are offered, by which account, and what of it reaches the mails."""

from __future__ import annotations

import dataclasses
import json
import stat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler_core import cli
from scheduler_core.accounts import Google
from scheduler_core.bootstrap import Core, build
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidChannel, InvalidName, UnknownPerson
from scheduler_core.host_accounts import set_accounts
from scheduler_core.meetings.google_login import keep
from scheduler_core.model import Attendee, Booking, Channel, Details
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import read_settings
from scheduler_core.worker_bootstrap import build_worker
from tests.adapters.google_server import CLIENT, CODE, REFRESH_TOKEN, SECRET, GoogleServer
from tests.adapters.smtp_server import Postbox, serving
from tests.adapters.web_service import LOST, serving_web
from tests.adapters.zoom_server import ACCOUNT, ZoomServer
from tests.adapters.zoom_server import CLIENT as ZOOM_CLIENT
from tests.adapters.zoom_server import SECRET as ZOOM_SECRET
from tests.conftest import MovableClock
from tests.service.practice import ANN, CHAT, OPERATOR, TALK, at, hold, new_key, open_practice, slot

CALL = dataclasses.replace(
    TALK, handle="call", name="Call", channels=(Channel.ZOOM, Channel.GOOGLE_MEET, Channel.PHONE)
)
ZOOM_ONLY = dataclasses.replace(TALK, handle="zoom-only", channels=(Channel.ZOOM,))
WITHOUT_ZOOM = frozenset(Channel) - {Channel.ZOOM}
BY_ZOOM = Details(channel=Channel.ZOOM)


@pytest.fixture
def practice(people: People) -> None:
    open_practice(people, "eva", kind=CALL)
    people.add_type(ZOOM_ONLY)
    people.offer("eva", "zoom-only")


@pytest.mark.usefixtures("practice")
def test_ways_without_an_account_are_not_offered(store: Store) -> None:
    people = People(store, WITHOUT_ZOOM)
    known = dataclasses.replace(CALL, channels=(Channel.GOOGLE_MEET, Channel.PHONE))
    on_jitsi = dataclasses.replace(ZOOM_ONLY, channels=(Channel.JITSI,))

    assert people.types() == people.types_of("eva") == [known, on_jitsi]
    assert people.type("call") == known
    assert People(store).types() == [CALL, ZOOM_ONLY]


@pytest.mark.usefixtures("practice")
def test_booking_by_a_way_without_an_account_is_refused(store: Store, clock: MovableClock) -> None:
    scheduler = Scheduler(store, clock, WITHOUT_ZOOM)
    held = hold(scheduler, slot("10:00", kind="call"))

    with pytest.raises(InvalidChannel) as refused:
        scheduler.book(slot("11:00", kind="call"), ANN, details=BY_ZOOM, key=new_key(), actor=CHAT)
    with pytest.raises(InvalidChannel):
        scheduler.confirm(held.uid, ANN, details=BY_ZOOM, key=new_key(), actor=CHAT)

    assert refused.value.details == {"channel": "zoom", "channels": (Channel.GOOGLE_MEET, Channel.PHONE)}
    confirmed = scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)
    assert confirmed.channel is Channel.GOOGLE_MEET


@pytest.mark.usefixtures("practice")
def test_type_that_is_left_without_a_way_is_held_on_jitsi(store: Store, clock: MovableClock) -> None:
    scheduler = Scheduler(store, clock, WITHOUT_ZOOM)

    booking = scheduler.book(slot("10:00", kind="zoom-only"), ANN, key=new_key(), actor=CHAT)

    assert booking.channel is Channel.JITSI


@pytest.mark.usefixtures("practice")
def test_accounts_of_a_person_come_with_their_bookings(store: Store, scheduler: Scheduler) -> None:
    set_accounts(store, "eva", zoom_user=" eva@zoom.example.org ")
    set_accounts(store, "eva", google_calendar="c_1@group.calendar.google.com")

    booking = scheduler.book(slot("10:00", kind="call"), ANN, key=new_key(), actor=CHAT)

    organizer = booking.organizer
    assert (organizer.zoom_user, organizer.google_calendar) == (
        "eva@zoom.example.org",
        "c_1@group.calendar.google.com",
    )


@pytest.mark.usefixtures("practice")
def test_accounts_that_are_none_are_refused(store: Store) -> None:
    for account in ("../../users", "a b", "eva@example.org/meetings", "x" * 300):
        with pytest.raises(InvalidName):
            set_accounts(store, "eva", zoom_user=account)
    with pytest.raises(UnknownPerson):
        set_accounts(store, "nobody", zoom_user="x")

    assert People(store).get("eva").zoom_user == ""


@pytest.fixture
def environment(database: str, tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "SECRET_KEY": "x" * 32,
        "TESTING": "1",
        "TEST_NOW": "2026-11-24T09:00:00Z",
        "MAIL_FOLDER": str(tmp_path / "mail"),
        "GOOGLE_TOKEN_FILE": str(tmp_path / "secrets" / "google-token.json"),
    }


@pytest.fixture
def shell(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("practice", "shell")
def test_person_is_given_accounts_by_a_command(people: People) -> None:
    assert cli.main(["person", "set", "eva", "--zoom-user", "eva@zoom.example.org"]) == 0
    assert cli.main(["person", "set", "eva", "--google-calendar", "work@example.org"]) == 0
    assert people.get("eva").zoom_user == "eva@zoom.example.org"

    assert cli.main(["person", "set", "eva", "--zoom-user", ""]) == 0
    assert (people.get("eva").zoom_user, people.get("eva").google_calendar) == ("", "work@example.org")


def test_google_account_signs_in_by_the_address_of_the_browser(
    shell: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def browse() -> str:
        """Allows what the printed address asks for, and copies where the browser is sent."""
        url = next(line.strip() for line in capsys.readouterr().out.splitlines() if "/consent?" in line)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["access_type"] == "offline"
        assert asked["code_challenge_method"] == "S256"
        return f"{asked['redirect_uri']}?state={asked['state']}&code={CODE}&scope={asked['scope']}"

    shell.setattr("builtins.input", browse)
    shell.setenv("GOOGLE_CLIENT_ID", CLIENT)
    shell.setenv("GOOGLE_CLIENT_SECRET", SECRET)
    with serving_web(GoogleServer()) as url:
        shell.setenv("GOOGLE_URL", url)
        assert cli.main(["google-login"]) == 0

    file = tmp_path / "secrets" / "google-token.json"
    assert json.loads(file.read_text()) == {"refresh_token": REFRESH_TOKEN}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert REFRESH_TOKEN not in capsys.readouterr().out


@pytest.mark.parametrize(
    "pasted",
    ["", "http://127.0.0.1:48217/?state=another&code=4/x", "http://127.0.0.1:48217/?error=denied", "4/no"],
)
def test_sign_in_without_the_right_code_is_refused(
    shell: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, pasted: str
) -> None:
    shell.setattr("builtins.input", lambda: pasted)
    shell.setenv("GOOGLE_CLIENT_ID", CLIENT)
    shell.setenv("GOOGLE_CLIENT_SECRET", SECRET)
    with serving_web(GoogleServer()) as url:
        shell.setenv("GOOGLE_URL", url)
        assert cli.main(["google-login"]) == cli.REFUSED

    assert capsys.readouterr().err
    assert not (tmp_path / "secrets").exists()


@pytest.fixture
async def postbox() -> Postbox:
    return Postbox()


def mail_to(port: int) -> dict[str, str]:
    """The settings of a mail server on loopback."""
    return {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none"}


def links_in(postbox: Postbox, mark: str) -> list[str]:
    """The words with the mark in the texts of the mails to the attendee, and then of those to Eva."""
    mails = sorted(postbox.received, key=lambda received: received.recipients != (ANN.email,))
    texts = [body.get_content() for one in mails if (body := one.mail.get_body(("plain",)))]
    return [word for text in texts for word in text.split() if mark in word]


async def booked_moved_and_cancelled(core: Core, details: Details, postbox: Postbox, mark: str) -> list[str]:
    """The links in the mails about a booking, then about its move; both after what was due has been told."""
    worker = build_worker(core)
    attendee = Attendee(ANN.name, ANN.email, ANN.zone)
    booking: Booking = core.scheduler.book(
        slot("10:00", kind="call"), attendee, details=details, key=new_key(), actor=OPERATOR
    )
    await worker.drain()
    moved = core.scheduler.reschedule(
        booking.uid, at("11:00"), version=booking.version, key=new_key(), actor=OPERATOR
    )
    await worker.drain()
    links = links_in(postbox, mark)
    core.scheduler.cancel(moved.uid, version=moved.version, key=new_key(), actor=OPERATOR)
    await worker.drain()
    assert core.scheduler.find(moved.uid, actor=OPERATOR).meeting is None
    return links


@pytest.mark.usefixtures("practice")
async def test_mails_carry_the_zoom_link_which_stays_when_the_booking_moves(
    store: Store, environment: dict[str, str], postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    server = ZoomServer()
    set_accounts(store, "eva", zoom_user="eva.meyer@example.org")
    async with serving(postbox) as mail:
        with serving_web(server) as url:
            given = {
                **mail_to(mail.port),
                "ZOOM_ACCOUNT_ID": ACCOUNT,
                "ZOOM_CLIENT_ID": ZOOM_CLIENT,
                "ZOOM_CLIENT_SECRET": ZOOM_SECRET,
                "ZOOM_URL": url,
            }
            core = build(read_settings({**environment, **given}))
            links = await booked_moved_and_cancelled(core, BY_ZOOM, postbox, "zoom.example.com")
            core.store.close()

    assert set(links) == {"https://zoom.example.com/j/81000000001?pwd=p4ss"}
    assert len(links) == 4
    assert (server.created, server.meetings) == (1, {})
    told = b"".join(received.content for received in postbox.received)
    assert b"zak=" not in told
    assert "zak=" not in caplog.text


@pytest.mark.usefixtures("practice")
async def test_mails_carry_the_meet_link_although_the_first_answer_was_lost(
    environment: dict[str, str], postbox: Postbox, tmp_path: Path
) -> None:
    server = GoogleServer()
    keep(REFRESH_TOKEN, Path(environment["GOOGLE_TOKEN_FILE"]))
    now = tmp_path / "now"
    now.write_text("2026-11-24T09:00:00Z")
    async with serving(postbox) as mail:
        with serving_web(server) as url:
            given = {
                **mail_to(mail.port),
                "GOOGLE_CLIENT_ID": CLIENT,
                "GOOGLE_CLIENT_SECRET": SECRET,
                "GOOGLE_URL": url,
                "TEST_NOW": f"@{now}",
            }
            core = build(read_settings({**environment, **given}))
            server.fail("POST /calendar", LOST)
            core.scheduler.book(
                slot("10:00", kind="call"),
                ANN,
                details=Details(Channel.GOOGLE_MEET),
                key=new_key(),
                actor=OPERATOR,
            )
            worker = build_worker(core)
            await worker.drain()
            assert postbox.received == []
            now.write_text("2026-11-24T09:01:00Z")
            await worker.drain()
            core.store.close()

    assert links_in(postbox, "meet.example.com") == ["https://meet.example.com/abc-1"] * 2
    assert len(server.events) == 1


def test_stored_sign_in_decides_whether_google_is_set_up(tmp_path: Path) -> None:
    account = Google(tmp_path / "token.json", "id", "secret")
    delegated = dataclasses.replace(account, service_account_file=tmp_path / "robot.json")
    before = (account.is_signed_in, delegated.is_signed_in)

    keep("token", account.token_file)

    assert before == (False, False)
    assert (account.is_signed_in, delegated.is_signed_in) == (True, False)
