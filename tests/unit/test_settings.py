from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler_core.accounts import Google, Twilio, Zoom
from scheduler_core.clock import FixedClock, SystemClock
from scheduler_core.errors import InvalidSetting
from scheduler_core.model import Channel
from scheduler_core.settings import Keep, Settings, Smtp, read_settings

SECRET = "x" * 32
DEFAULTS = Settings(
    database_url="postgresql+psycopg2://127.0.0.1:5433/appointments",
    secret_key=SECRET,
    clock=SystemClock(),
    organisation_name="Example Practice",
    default_zone="Europe/Berlin",
    default_locale="en",
    public_url="http://127.0.0.1:8080",
    chat_url="http://127.0.0.1:5005",
    chat_allowed_origins=("http://127.0.0.1:8080",),
    api_port=8080,
    actions_port=5055,
    mail_from="appointments@example.org",
    support_email="appointments@example.org",
    support_pause=timedelta(hours=2),
    mail_folder=Path("var/mail"),
    keep=Keep(
        holds=timedelta(days=1),
        requests=timedelta(days=30),
        messages=timedelta(days=30),
        tickets=timedelta(days=30),
        conversations=timedelta(days=7),
        bookings=timedelta(days=730),
    ),
    smtp=None,
    jitsi_url="https://meet.jit.si",
    testing=False,
)


def test_settings_have_defaults_but_for_the_secret() -> None:
    assert read_settings({"SECRET_KEY": SECRET}) == DEFAULTS


def test_settings_are_as_given() -> None:
    given = read_settings(
        {
            "SECRET_KEY": SECRET,
            "DATABASE_URL": "postgres://ann:secret@db.example.org/book",
            "TESTING": "1",
            "TEST_NOW": "2026-11-24T09:00:00Z",
            "DEFAULT_ZONE": "Asia/Calcutta",
            "PUBLIC_URL": "https://book.example.org/",
            "CHAT_ALLOWED_ORIGINS": "https://www.example.org, https://example.com:8443",
            "API_PORT": "9090",
            "RASA_PORT": "5006",
            "METRICS_PORT": "9108",
            "SMTP_HOST": "mail.example.org",
            "SMTP_SECURITY": "tls",
            "SMTP_USERNAME": "robot",
            "SMTP_PASSWORD": "secret",
        }
    )

    assert given == replace(
        DEFAULTS,
        database_url="postgresql+psycopg2://ann:secret@db.example.org/book",
        testing=True,
        clock=FixedClock(datetime(2026, 11, 24, 9, tzinfo=UTC)),
        default_zone="Asia/Kolkata",
        public_url="https://book.example.org",
        chat_allowed_origins=(
            "https://book.example.org",
            "https://www.example.org",
            "https://example.com:8443",
        ),
        api_port=9090,
        chat_url="http://127.0.0.1:5006",
        rasa_port=5006,
        metrics_port=9108,
        smtp=Smtp("mail.example.org", 465, "tls", "robot", "secret"),
    )


def test_secrets_are_not_shown() -> None:
    shown = repr(
        read_settings(
            {"SECRET_KEY": "s3cret" * 8, "SMTP_HOST": "mail.example.org", "SMTP_PASSWORD": "s3cret"}
        )
    )

    assert "s3cret" not in shown


def test_all_faults_are_reported_together() -> None:
    with pytest.raises(InvalidSetting) as refused:
        read_settings(
            {
                "SECRET_KEY": "short",
                "DATABASE_URL": "mysql://x",
                "DEFAULT_ZONE": "Mars/Base",
                "API_PORT": "70000",
                "CHAT_ALLOWED_ORIGINS": "https://ok.example.org,*",
                "SMTP_HOST": "mail.example.org",
                "SMTP_SECURITY": "maybe",
                "TEST_NOW": "2026-11-24T09:00:00Z",
            }
        )

    names = [fault.partition("=")[0].partition(":")[0] for fault in refused.value.details["faults"]]
    assert sorted(names) == [
        "API_PORT",
        "CHAT_ALLOWED_ORIGINS",
        "DATABASE_URL",
        "DEFAULT_ZONE",
        "SECRET_KEY",
        "SMTP_SECURITY",
        "TEST_NOW",
    ]


@pytest.mark.parametrize(
    ("given", "origins"),
    [
        ("https://WWW.Example.org:443/", ("https://www.example.org",)),
        ("HTTP://Example.com:80, http://[::1]:8080", ("http://example.com", "http://[::1]:8080")),
        ("http://example.org:443", ("http://example.org:443",)),
    ],
)
def test_origins_are_kept_as_browsers_write_them(given: str, origins: tuple[str, ...]) -> None:
    settings = read_settings({"SECRET_KEY": SECRET, "CHAT_ALLOWED_ORIGINS": given})

    assert settings.chat_allowed_origins == ("http://127.0.0.1:8080", *origins)


def test_public_address_is_kept_as_browsers_write_it() -> None:
    settings = read_settings({"SECRET_KEY": SECRET, "PUBLIC_URL": "HTTPS://Book.Example.org:443/Practice/"})

    assert settings.public_url == "https://book.example.org/Practice"
    assert settings.public_host == "book.example.org"
    assert settings.chat_allowed_origins == ("https://book.example.org",)


@pytest.mark.parametrize(
    "address",
    [
        "https://ann:s3cret@book.example.org",
        "https://book.example.org?x=1",
        "https://book.example.org#top",
        "https://book.example.org:s3cret",
        "https://book.example.org:70000",
        "https://",
        "https://:80",
        "ftp://book.example.org",
        "book.example.org",
    ],
)
@pytest.mark.parametrize("name", ["PUBLIC_URL", "CHAT_URL", "JITSI_URL", "CHAT_ALLOWED_ORIGINS"])
def test_address_that_is_more_or_less_than_an_address_is_a_fault(name: str, address: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        read_settings({"SECRET_KEY": SECRET, name: address})

    (fault,) = refused.value.details["faults"]
    assert fault.startswith(name)
    assert "ann:s3cret" not in fault


@pytest.mark.parametrize(
    "address",
    [
        "mysql://admin:s3cret@db/x",
        "host=db password=s3cret",
        "postgresql://admin:pw@db:s3cret/x",
        "postgresql://admin:s3cret@[::1/x",
    ],
)
def test_faulty_database_address_is_named_but_not_shown(address: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        read_settings({"SECRET_KEY": SECRET, "DATABASE_URL": address})

    assert "s3cret" not in str(refused.value)
    assert [fault.partition(":")[0] for fault in refused.value.details["faults"]] == ["DATABASE_URL"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, True),
        ({"PUBLIC_URL": "http://localhost:9000"}, True),
        ({"PUBLIC_URL": "http://[::1]:9000"}, True),
        ({"PUBLIC_URL": "https://book.example.org"}, False),
        ({"PUBLIC_URL": "https://127.0.0.1.example.org"}, False),
        ({"SMTP_HOST": "mail.example.org"}, False),
    ],
)
def test_mails_are_shown_to_this_machine_alone(given: dict[str, str], *, shown: bool) -> None:
    assert read_settings({"SECRET_KEY": SECRET, **given}).shows_mails is shown


ZOOM = {"ZOOM_ACCOUNT_ID": "account", "ZOOM_CLIENT_ID": "client", "ZOOM_CLIENT_SECRET": "s3cret"}


def test_accounts_for_video_meetings_are_as_given(tmp_path: Path) -> None:
    token = tmp_path / "token.json"
    google = {"GOOGLE_CLIENT_ID": "id", "GOOGLE_CLIENT_SECRET": "s3cret", "GOOGLE_TOKEN_FILE": str(token)}
    given = read_settings({"SECRET_KEY": SECRET, **ZOOM, **google})
    before = given.ways

    token.touch()

    assert given.zoom == Zoom("account", "client", "s3cret")
    assert given.google == Google(token, "id", "s3cret")
    assert (DEFAULTS.ways, before, given.ways) == (
        frozenset(Channel) - {Channel.ZOOM, Channel.GOOGLE_MEET},
        frozenset(Channel) - {Channel.GOOGLE_MEET},
        frozenset(Channel),
    )
    assert "s3cret" not in repr(given)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (
            {"ZOOM_CLIENT_ID": "client"},
            "ZOOM_ACCOUNT_ID: it is needed beside ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET",
        ),
        ({"GOOGLE_CLIENT_ID": "id"}, "GOOGLE_CLIENT_SECRET: it is needed beside GOOGLE_CLIENT_ID"),
        (
            {**ZOOM, "ZOOM_URL": "http://zoom.example.org"},
            "secrets are sent there, so it begins with https://",
        ),
    ],
)
def test_accounts_that_are_incomplete_or_would_leak_are_refused(given: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        read_settings({"SECRET_KEY": SECRET, **given})

    assert fault in "\n".join(refused.value.details["faults"])


TWILIO = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "s3cret", "TWILIO_FROM": "+15005550006"}


def test_texts_need_the_whole_account() -> None:
    given = read_settings({"SECRET_KEY": SECRET, **TWILIO})

    assert given.twilio == Twilio("AC1", "s3cret", "+15005550006")
    assert "s3cret" not in repr(given)
    assert read_settings({"SECRET_KEY": SECRET}).twilio is None
    with pytest.raises(InvalidSetting) as refused:
        read_settings({"SECRET_KEY": SECRET, **TWILIO, "TWILIO_FROM": ""})
    assert refused.value.details["faults"] == (
        "TWILIO_FROM: it is needed beside TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
    )


def test_texts_are_never_handed_over_in_the_open() -> None:
    with pytest.raises(InvalidSetting):
        read_settings({"SECRET_KEY": SECRET, **TWILIO, "TWILIO_URL": "http://twilio.example.org"})
