from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler_core import cli
from scheduler_core.model import Channel
from scheduler_core.people import People
from tests.adapters import google_server, zoom_server
from tests.adapters.google_server import GoogleServer
from tests.adapters.web_service import serving_web
from tests.adapters.zoom_server import ZoomServer
from tests.service.practice import TALK, open_practice

Doctor = Callable[..., list[str]]
ZOOM = {
    "ZOOM_ACCOUNT_ID": zoom_server.ACCOUNT,
    "ZOOM_CLIENT_ID": zoom_server.CLIENT,
    "ZOOM_CLIENT_SECRET": zoom_server.SECRET,
}
GOOGLE = {"GOOGLE_CLIENT_ID": google_server.CLIENT, "GOOGLE_CLIENT_SECRET": google_server.SECRET}


@pytest.fixture
def doctor(
    database: str,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Doctor:
    open_practice(people, "eva", kind=dataclasses.replace(TALK, channels=(Channel.ZOOM, Channel.GOOGLE_MEET)))

    def examine(**given: str) -> list[str]:
        """What is said of video meetings in that environment."""
        own = {"DATABASE_URL": database, "SECRET_KEY": "x" * 32, "MAIL_FOLDER": str(tmp_path)}
        kept = {"GOOGLE_TOKEN_FILE": str(tmp_path / "google-token.json")}
        for name, value in {**own, **kept, **given}.items():
            monkeypatch.setenv(name, value)
        cli.main(["doctor"])
        said = capsys.readouterr().out.splitlines()
        return [line for line in said if line[5:].startswith(("zoom", "google_meet"))]

    return examine


def test_doctor_names_types_that_lack_an_account(doctor: Doctor) -> None:
    assert doctor() == [
        "BAD  zoom: talk cannot be held so without an account; see docs/zoom.md",
        "BAD  google_meet: talk cannot be held so without an account; see docs/google-meet.md",
    ]


def test_doctor_tries_the_accounts(doctor: Doctor, tmp_path: Path) -> None:
    with serving_web(ZoomServer()) as zoom, serving_web(GoogleServer()) as google:
        google_server.signed_in(google, tmp_path)
        said = doctor(**ZOOM, **GOOGLE, ZOOM_URL=zoom, GOOGLE_URL=google)

    assert said == ["ok   zoom: the account lets us in", "ok   google_meet: the account lets us in"]


def test_doctor_says_why_an_account_does_not_let_us_in(doctor: Doctor) -> None:
    with serving_web(ZoomServer()) as zoom:
        said = doctor(**{**ZOOM, "ZOOM_CLIENT_SECRET": "wrong"}, **GOOGLE, ZOOM_URL=zoom)

    assert [line.partition("there is no")[0] for line in said] == [
        "BAD  google_meet: talk cannot be held so without an account; see docs/google-meet.md",
        "BAD  zoom: Zoom 400: Invalid client_id or client_secret; see docs/zoom.md",
        "BAD  google_meet: ",
    ]


def test_doctor_tries_a_service_account_for_each_host(doctor: Doctor, tmp_path: Path) -> None:
    server = GoogleServer()
    with serving_web(server) as url:
        account = google_server.acting_for_people(server, url, tmp_path)
        said = doctor(GOOGLE_SERVICE_ACCOUNT_FILE=str(account.service_account_file), GOOGLE_URL=url)

    assert said[1:] == ["ok   google_meet: the account lets us in for eva"]
    assert set(server.subjects.values()) == {"eva@example.org"}
