from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler_core.clock import FixedClock, SystemClock
from scheduler_core.errors import InvalidSetting
from scheduler_core.settings import Settings, Smtp, read_settings

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
    mail_folder=Path("var/mail"),
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
