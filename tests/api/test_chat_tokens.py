from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from scheduler_core import chat_tokens
from scheduler_core.chat_tokens import ChatSession
from scheduler_core.errors import NotAllowed

SECRET = "a secret of the tests, long enough"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_token_gives_back_its_session() -> None:
    session = chat_tokens.new_session(NOW)

    found = chat_tokens.read(chat_tokens.sign(session, SECRET), SECRET, NOW)

    assert found == ChatSession(session.id, NOW + timedelta(hours=24))


def test_token_has_the_agreed_form() -> None:
    session = ChatSession("A" * 22, datetime(2026, 11, 25, 9, 0, tzinfo=UTC))

    token = chat_tokens.sign(session, SECRET)

    assert token == "AAAAAAAAAAAAAAAAAAAAAA.1795597200.SFwWRNRgr0iWHi8KM1CREWz-A4GmNxtcfZqasDh5DIQ"


def test_sessions_are_never_the_same() -> None:
    sessions = {chat_tokens.new_session(NOW).id for _ in range(100)}

    assert len(sessions) == 100


def test_renewed_session_keeps_its_id_and_lives_longer() -> None:
    session = chat_tokens.new_session(NOW)

    later = chat_tokens.renewed(session, NOW + timedelta(hours=5))

    assert later == ChatSession(session.id, NOW + timedelta(hours=29))


def test_token_is_refused_from_its_expiry_on() -> None:
    session = chat_tokens.new_session(NOW)
    token = chat_tokens.sign(session, SECRET)

    last = chat_tokens.read(token, SECRET, session.expires_at - timedelta(seconds=1))

    assert last == session
    with pytest.raises(NotAllowed):
        chat_tokens.read(token, SECRET, session.expires_at)


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:0],
        lambda token: token + "A",
        lambda token: token[:-1],
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: ("A" if token[0] != "A" else "B") + token[1:],
        lambda token: token.replace(".17", ".18", 1),
        lambda token: token + "\n",
        lambda token: token * 1000,
    ],
)
def test_forged_token_is_refused(forge: Callable[[str], str]) -> None:
    token = chat_tokens.sign(ChatSession("A" * 22, NOW + timedelta(hours=1)), SECRET)

    with pytest.raises(NotAllowed):
        chat_tokens.read(forge(token), SECRET, NOW)


def test_token_of_another_key_is_refused() -> None:
    token = chat_tokens.sign(chat_tokens.new_session(NOW), SECRET)

    with pytest.raises(NotAllowed):
        chat_tokens.read(token, SECRET + "!", NOW)
