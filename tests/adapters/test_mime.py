from __future__ import annotations

from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_core.mail import mime
from scheduler_core.mail.mime import Part

TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r"), max_size=400)
HEADERS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=120)


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=default)


@given(plain=TEXTS, html=TEXTS, file=TEXTS)
def test_every_part_arrives_as_it_was_written(plain: str, html: str, file: str) -> None:
    content = mime.body(
        [Part("text/plain; charset=utf-8", plain), Part("text/html; charset=utf-8", html)],
        [Part("application/ics", file, attached_as="invite.ics")],
    )
    leaves = [part for part in read(content).walk() if not part.is_multipart()]

    received = [leaf.get_content() for leaf in leaves[:2]] + [leaves[2].get_content().decode()]
    assert [text.replace("\r\n", "\n") for text in received] == [plain, html, file]
    assert leaves[2].get_filename() == "invite.ics"


@given(text=TEXTS)
def test_lines_are_short_plain_and_end_in_crlf(text: str) -> None:
    content = mime.body([Part("text/plain; charset=utf-8", text)])

    assert content.replace(b"\r\n", b"").count(b"\n") == content.replace(b"\r\n", b"").count(b"\r") == 0
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


@given(value=HEADERS)
def test_subject_is_one_header_whatever_it_says(value: str) -> None:
    mail = read(mime.header("Subject", value) + b"To: ann@example.com\r\n\r\n")

    assert mail.keys() == ["Subject", "To"]
    if "=?" not in value:
        assert " ".join(str(mail["Subject"]).split()) == " ".join(value.split())


@given(name=HEADERS)
def test_address_stays_one_address_whatever_the_name(name: str) -> None:
    mail = read(mime.header("To", Address(name, "ann", "example.com")) + b"X: y\r\n\r\n")

    assert mail.keys() == ["To", "X"]
    assert [one.addr_spec for one in mail["To"].addresses] == ["ann@example.com"]


@pytest.mark.parametrize("name", ["To", "Subject"])
def test_words_that_look_encoded_are_not_decoded_into_headers(name: str) -> None:
    evil = "=?utf-8?q?Ann=0D=0ABcc:_evil@example.com?="
    value = Address(evil, "ann", "example.com") if name == "To" else evil

    assert read(mime.header(name, value) + b"\r\n").keys() == [name]


def test_same_parts_are_the_same_bytes() -> None:
    parts = [Part("text/plain; charset=utf-8", "Grüße"), Part("text/html; charset=utf-8", "<p>Grüße</p>")]

    assert mime.body(parts) == mime.body(parts)
