from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.addresses import address_spans
from nlu.entities import details
from scheduler_core.texts import checked_address
from tests.nlu.tables import rows

TABLE = rows("addresses.txt")


def shown(text: str) -> str:
    found = [entity for entity in details(text) if entity["entity"] == "email"]
    return " ".join(("guest " if "role" in entity else "") + entity["value"] for entity in found)


@pytest.mark.parametrize(("text", "meaning"), TABLE)
def test_the_addresses_of_a_message_are_those_of_the_table(text: str, meaning: str) -> None:
    assert shown(text) == meaning


@pytest.mark.parametrize("meaning", [meaning for _, meaning in TABLE if meaning])
def test_what_is_taken_for_an_address_can_be_written_to(meaning: str) -> None:
    found = [word for word in meaning.split() if word != "guest"]

    assert [checked_address(word).casefold() for word in found] == [_folded(word) for word in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann <ann@example.org>, hello", "<ann@example.org>"),
        ("<mailto:ann@example.org|ann@example.org> ok", "<mailto:ann@example.org|ann@example.org>"),
        ("&lt;ann@example.org&gt; ok", "&lt;ann@example.org&gt;"),
        ("it's ann at example dot org ok", "ann at example dot org"),
        ("an\u200bn@example.org, ok", "an\u200bn@example.org"),
    ],
)
def test_an_address_lies_where_it_was_sent(text: str, words: str) -> None:
    found = [text[entity["start"] : entity["end"]] for entity in details(text) if entity["entity"] == "email"]

    assert found == [words]


def test_addresses_that_are_refused_are_still_known_to_be_addresses() -> None:
    assert address_spans("a@example.org, not b@example.org") == [(0, 13), (19, 32)]


@given(
    before=st.sampled_from(["", "Hi, ", "(", "<", "mail ", "\n", "- ", "I'm Ann; "]),
    local=st.from_regex(r"[a-z0-9]{1,9}([._+-][a-z0-9]{1,9}){0,2}", fullmatch=True),
    domain=st.from_regex(r"([a-z][a-z0-9]{0,9}\.){1,3}(org|com|de)", fullmatch=True),
    after=st.sampled_from(["", ".", ", thanks", ")", ">", "!", "\n", " on Friday", "?"]),
)
def test_any_usual_address_is_found_whole(before: str, local: str, domain: str, after: str) -> None:
    assert shown(f"{before}{local}@{domain}{after}") == f"{local}@{domain}"


def _folded(address: str) -> str:
    """An address whose domain is written in the letters it stands for."""
    local, _, domain = address.rpartition("@")
    labels = [
        label[4:].encode().decode("punycode") if label.startswith("xn--") else label
        for label in domain.split(".")
    ]
    return f"{local}@{'.'.join(labels)}".casefold()
