from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from deploy.local.places import ROOT
from deploy.local.say import Problem
from deploy.local.settings import check_ports, read, read_env_file, with_addresses, with_secrets

PORTS = {"POSTGRES_PORT": "5433", "ACTIONS_PORT": "5055", "RASA_PORT": "5005", "API_PORT": "8080"}


def env_file(folder: Path, text: str) -> Path:
    file = folder / ".env"
    file.write_text(text)
    return file


def test_env_file_gives_values_without_quotes_and_comments(tmp_path: Path) -> None:
    file = env_file(
        tmp_path,
        "# who we are\n"
        "ORGANISATION_NAME='Lee & Sons # 1'  # quoted\n"
        "\n"
        'export MAIL_FROM="book@example.org"\n'
        "SMTP_PASSWORD=a=b#c\n"
        "DEFAULT_ZONE = Asia/Kolkata # theirs\n"
        "SMTP_USERNAME=\n",
    )

    assert read_env_file(file) == {
        "ORGANISATION_NAME": "Lee & Sons # 1",
        "MAIL_FROM": "book@example.org",
        "SMTP_PASSWORD": "a=b#c",
        "DEFAULT_ZONE": "Asia/Kolkata",
        "SMTP_USERNAME": "",
    }


def test_env_file_that_is_missing_says_nothing(tmp_path: Path) -> None:
    assert read_env_file(tmp_path / ".env") == {}


@pytest.mark.parametrize(
    "row", ["API PORT=8080", "just words", "=8080", "API_PORT='8080", "API_PORT='8080' 81"]
)
def test_env_file_names_the_line_that_cannot_be_read(tmp_path: Path, row: str) -> None:
    file = env_file(tmp_path, f"# first\n{row}\n")

    with pytest.raises(Problem, match=r"Line 2 of .*\.env"):
        read_env_file(file)


def test_environment_wins_over_the_file_and_the_file_over_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file(tmp_path, "API_PORT=8081\nRASA_PORT=5006\n")
    for name in PORTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("API_PORT", "8082")

    found = read(tmp_path)

    assert {name: found[name] for name in PORTS} == {**PORTS, "API_PORT": "8082", "RASA_PORT": "5006"}


def test_port_that_is_none_is_named() -> None:
    with pytest.raises(Problem, match=r"API_PORT='eighty' is no port"):
        check_ports({**PORTS, "API_PORT": "eighty"})


def test_one_port_for_two_servers_is_refused() -> None:
    with pytest.raises(Problem, match="RASA_PORT and ACTIONS_PORT are both 5055"):
        check_ports({**PORTS, "RASA_PORT": "5055"})


def test_addresses_follow_from_the_ports_unless_they_are_set() -> None:
    complete = with_addresses({**PORTS, "API_PORT": "9000", "CHAT_URL": "https://chat.example.org"})

    assert complete == {
        **PORTS,
        "API_PORT": "9000",
        "ACTIONS_URL": "http://127.0.0.1:5055/webhook",
        "PUBLIC_URL": "http://127.0.0.1:9000",
        "CHAT_URL": "https://chat.example.org",
    }


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"

    first = with_secrets({}, folder)
    second = with_secrets({}, folder)

    assert first == second
    assert sorted(first) == ["ACTIONS_SECRET", "SECRET_KEY"]
    assert first["ACTIONS_SECRET"] != first["SECRET_KEY"]
    assert {len(secret) >= 32 for secret in first.values()} == {True}
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_secrets_that_are_set_are_taken(tmp_path: Path) -> None:
    ours = {"SECRET_KEY": "ours", "ACTIONS_SECRET": "ours, too"}

    assert with_secrets(ours, tmp_path / "secrets") == ours
    assert not (tmp_path / "secrets").exists()


@pytest.fixture
def example(tmp_path: Path) -> dict[str, str]:
    """What `.env.example` sets once all its lines are taken in."""
    rows = (ROOT / ".env.example").read_text().splitlines()
    return read_env_file(
        env_file(tmp_path, "\n".join(row[1:] for row in rows if re.match(r"#[A-Z_]+=", row)))
    )


def test_example_shows_the_ports_that_hold_without_it(example: dict[str, str]) -> None:
    assert {name: example[name] for name in PORTS} == PORTS


def test_example_names_every_setting(example: dict[str, str]) -> None:
    sources = [ROOT / "scheduler_core" / "settings.py", *(ROOT / "deploy" / "local").glob("*.py")]
    text = "".join(source.read_text() for source in sources)
    read_by_name = set(
        re.findall(r'"((?:[A-Z]+_(?:PORT|HOST|URL|NAME|KEY|TOKEN|DEMO|NOW|FOLDER|POSTGRES)))"', text)
    )

    assert read_by_name - set(example) == set()
    assert read_by_name > {"SMTP_HOST", "SEED_DEMO", "EMBEDDED_POSTGRES"}
