"""Who the writer is: names, addresses and guests, and what of them cannot be used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.acts import Act
from actions.draft import Writer
from actions.telling import Remark, RemarkKind
from actions.turn import Turn
from actions.understanding import Heard, understood
from tests.actions.drafts import ASKED_FOR_CONTACT, ASKED_TO_BOOK
from tests.actions.samples import ANN, FACTS, says


def test_a_name_alone_answers_the_question_for_it() -> None:
    heard = understood(ASKED_FOR_CONTACT, says("Ann Lee", "nlu_fallback", rest="Ann Lee"), FACTS)

    assert heard == Heard(replace(ASKED_FOR_CONTACT, writer=replace(ANN, email="")), Act.TELL)


@pytest.mark.parametrize("rest", ["Ann Lee, ann@@example", "Ann Lee, ann at home", "Ann Lee <@example.com>"])
def test_a_name_beside_a_bad_address_is_kept(rest: str) -> None:
    heard = understood(ASKED_FOR_CONTACT, says(rest, rest=rest), FACTS)

    assert heard.draft.writer == replace(ANN, email="")


@pytest.mark.parametrize(
    "turn",
    [
        says("by phone please", channel="phone", rest="please"),
        says("hmm", "deny", rest="hmm"),
        says("make it 45 minutes please", rest="make it please"),
    ],
)
def test_words_beside_other_details_are_no_name(turn: Turn) -> None:
    assert understood(ASKED_FOR_CONTACT, turn, FACTS).draft.writer == Writer()


def test_a_name_taken_for_a_person_is_the_writer_s_where_that_was_asked() -> None:
    turn = says("Smith, smith@example.com", people=("Smith",), email="smith@example.com")

    heard = understood(ASKED_FOR_CONTACT, turn, FACTS)

    assert heard.draft.writer == replace(ANN, name="Smith", email="smith@example.com")
    assert heard.remarks == ()


@pytest.mark.parametrize(
    ("turn", "remark"),
    [
        (says("ann@@x", rest="ann@@x"), Remark(RemarkKind.INVALID_ADDRESS, "ann@@x")),
        (
            says("", "inform", rest="it is ann lee at example.org"),
            Remark(RemarkKind.INVALID_ADDRESS, "lee at example.org"),
        ),
        (says("", email="ann@example"), Remark(RemarkKind.INVALID_ADDRESS, "ann@example")),
        (says("", name="1234"), Remark(RemarkKind.INVALID_NAME)),
        (says("", note="x" * 2001), Remark(RemarkKind.INVALID_NOTE)),
        (says("", phone="+1 212 555"), Remark(RemarkKind.INVALID_PHONE, "+1 212 555")),
        (says("invite", guests=("bob@example",)), Remark(RemarkKind.INVALID_ADDRESS, "bob@example")),
    ],
)
def test_what_cannot_be_used_is_remarked_and_not_kept(turn: Turn, remark: Remark) -> None:
    heard = understood(ASKED_FOR_CONTACT, turn, FACTS)

    assert (heard.draft, heard.remarks) == (ASKED_FOR_CONTACT, (remark,))


def test_a_guest_is_kept_and_said_so() -> None:
    heard = understood(ASKED_TO_BOOK, says("also bob", guests=("bob@example.com",)), FACTS)

    assert (heard.draft.guests, heard.remarks) == (
        ("bob@example.com",),
        (Remark(RemarkKind.GUEST, "bob@example.com"),),
    )


def test_several_guests_are_kept_at_once() -> None:
    heard = understood(ASKED_TO_BOOK, says("", guests=("bob@example.com", "x@", "carol@example.com")), FACTS)

    assert (heard.draft.guests, heard.remarks) == (
        ("bob@example.com", "carol@example.com"),
        (
            Remark(RemarkKind.GUEST, "bob@example.com"),
            Remark(RemarkKind.INVALID_ADDRESS, "x@"),
            Remark(RemarkKind.GUEST, "carol@example.com"),
        ),
    )
