from __future__ import annotations

import base64
from uuid import UUID

import pytest

from scheduler_core.errors import NotAllowed
from scheduler_core.links import Links, guest
from tests.adapters.samples import LINKS, UID


@pytest.mark.parametrize("recipient", ["attendee", "person:eva-meyer"])
def test_token_gives_back_what_it_was_made_for(recipient: str) -> None:
    token = LINKS.token(UID, recipient)

    assert LINKS.read(token) == (UID, recipient)
    assert LINKS.manage(UID, recipient) == f"https://book.example.org/b/{token}"


def test_token_is_short_and_needs_no_quoting() -> None:
    token = LINKS.token(UID, "attendee")

    assert len(token) == 54
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_token_is_the_same_each_time() -> None:
    assert LINKS.token(UID, "attendee") == LINKS.token(UID, "attendee")


def test_token_changed_in_any_bit_is_refused() -> None:
    token = LINKS.token(UID, "attendee")
    raw = base64.urlsafe_b64decode(token + "==")

    for position in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[position // 8] ^= 1 << position % 8
        with pytest.raises(NotAllowed):
            LINKS.read(base64.urlsafe_b64encode(changed).rstrip(b"=").decode())


@pytest.mark.parametrize(
    "token", ["", "a", "AAAA", "....", "ä" * 54, "%00", "A" * 54, "A" * 10_000, "==", "a b", "A" * 43]
)
def test_token_of_nobodys_making_is_refused(token: str) -> None:
    with pytest.raises(NotAllowed):
        LINKS.read(token)


def test_token_of_another_secret_is_refused() -> None:
    with pytest.raises(NotAllowed):
        LINKS.read(Links("another secret of the tests, long enough", "").token(UID, "attendee"))


def test_chat_link_gives_back_what_it_was_made_for() -> None:
    address, _, token = LINKS.chat(UID, "attendee").partition("#chat=")

    assert address == "https://book.example.org/"
    assert LINKS.read_chat(token) == (UID, "attendee")


def test_token_of_one_purpose_is_worth_nothing_for_another() -> None:
    chat = LINKS.chat(UID, "attendee").partition("#chat=")[2]

    with pytest.raises(NotAllowed):
        LINKS.read(chat)
    with pytest.raises(NotAllowed):
        LINKS.read_chat(LINKS.token(UID, "attendee"))


def test_guest_gets_no_link() -> None:
    for make in (LINKS.manage, LINKS.chat, LINKS.token):
        with pytest.raises(NotAllowed):
            make(UID, guest(UID, "bob@example.com"))


def test_guest_is_named_by_booking_and_address_whatever_the_capitals() -> None:
    name = guest(UID, "bob@example.com")

    assert guest(UID, "Bob@Example.com") == name
    assert guest(UUID(int=1), "bob@example.com") != name
    assert guest(UID, "cyd@example.com") != name
