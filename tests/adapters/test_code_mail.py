from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from scheduler_core.codes import Asked, code_of
from scheduler_core.outbox import Notice, Topic
from tests.adapters.samples import COMPOSER, LINKS, NOW, read

ASKED = Asked(
    UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7"),
    "ann@example.com",
    "web",
    "chat-1",
    NOW + timedelta(minutes=10),
)
NOTICE = Notice(Topic.MAIL_ONE_TIME_CODE, ASKED.id, "", due=NOW, until=ASKED.expires)


def test_code_stands_in_both_bodies_in_two_groups_and_nowhere_else() -> None:
    mail = read(COMPOSER.one_time_code(NOTICE, ASKED))
    code = code_of(ASKED, LINKS.secret)
    shown = f"{code[:4]} {code[4:]}"

    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().count(shown) == html.get_content().count(shown) == 1
    headers = " ".join(f"{name}: {value}" for name, value in mail.items())
    assert code not in headers
    assert shown not in headers


def test_code_mail_says_how_long_where_and_what_if_it_was_somebody_else() -> None:
    mail = read(COMPOSER.one_time_code(NOTICE, ASKED))
    code = code_of(ASKED, LINKS.secret)

    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content() == (
        "Hello,\n"
        "\n"
        "somebody who wants to see or change an appointment under this address has asked for a code in our "
        "chat:\n"
        "\n"
        f"    {code[:4]} {code[4:]}\n"
        "\n"
        "It is valid for 10 minutes, once, and only in the chat where it was asked for.\n"
        "\n"
        "This was not you? Then give the code to nobody: without it nothing happens. If you like, tell us, "
        f"and it is void at once: {LINKS.not_me(ASKED.id, 'asked')}\n"
        "\n"
        "-- \n"
        "Example Practice\n"
    )


def test_code_mail_goes_to_the_address_alone_and_is_the_same_when_written_again() -> None:
    mail, again = read(COMPOSER.one_time_code(NOTICE, ASKED)), read(COMPOSER.one_time_code(NOTICE, ASKED))

    assert mail["To"] == "ann@example.com"
    assert mail["Subject"] == "Your one-time code for Example Practice"
    assert mail["Message-ID"] == again["Message-ID"]
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
