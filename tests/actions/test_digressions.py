"""Each question, with each digression: it is answered, the question is put again, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from actions.draft import Draft, Question, from_json
from actions.services import Services
from actions.smalltalk import SMALL_TALK
from actions.topics import Topic, topic_of
from scheduler_core.db.store import Store
from scheduler_core.model import Attendee
from tests.actions.hearing import hear
from tests.actions.proving import made, mailed
from tests.actions.sessions import expire
from tests.actions.talk import Talk

Lines = tuple[tuple[str, str], ...]
END = ("", "the session ends")
CODE = ("{code}", "inform")
BEN = Attendee("Bea Lund", "bea@example.com", "Europe/Berlin")


@dataclass(frozen=True)
class Case:
    """A question: how it comes about, how it is put again, and an answer with what follows it."""

    asked: Question
    before: Lines
    again: tuple[str, ...]
    answer: tuple[str, str]
    then: str
    channel: str = "rest"


_WITH_BEN = "Consultation with Ben on Tuesday at 11:00"
_ANN = "Ann Lee, ann@example.com"
_BOOKED: Lines = ((f"{_WITH_BEN}. {_ANN}", "book"), ("yes", "affirm"))
_OFFERS = ("utter_offers", "utter_offers_near")
CASES = {
    "wish": Case(
        Question.WISH, (("I need an appointment", "book"),), ("utter_ask_wish",), ("Ben", "inform"), "offers"
    ),
    "person": Case(
        Question.PERSON,
        (("Consultation with Zebediah on Tuesday", "book"),),
        ("utter_ask_person",),
        ("Ben", "inform"),
        "offers",
    ),
    "reading": Case(
        Question.READING,
        (("Consultation with Ben next Friday", "book"),),
        ("utter_ask_reading",),
        ("the second one", "choose"),
        "offers",
    ),
    "offers": Case(
        Question.OFFERS,
        (("Consultation with Ben on Tuesday afternoon", "book"),),
        _OFFERS,
        ("the second one", "choose"),
        "ask_contact",
    ),
    "is free": Case(
        Question.OFFERS,
        (("Is Ben free on Tuesday at 11:00?", "ask_availability"),),
        _OFFERS,
        ("yes", "affirm"),
        "ask_contact",
    ),
    "nearest": Case(
        Question.OFFERS,
        (("Consultation with Ben on Tuesday at 21:00", "book"),),
        _OFFERS,
        ("the first", "choose"),
        "ask_contact",
    ),
    "contact": Case(
        Question.CONTACT,
        ((_WITH_BEN, "book"),),
        ("utter_ask_contact_rest",),
        (_ANN, "inform"),
        "ask_book",
    ),
    "address alone": Case(
        Question.CONTACT,
        ((f"{_WITH_BEN}. My name is Ann Lee", "book"),),
        ("utter_ask_contact_rest",),
        ("ann@example.com", "inform"),
        "ask_book",
    ),
    "phone": Case(
        Question.CONTACT,
        ((f"{_WITH_BEN} by phone. {_ANN}", "book"),),
        ("utter_ask_contact_rest",),
        ("+44 20 7946 0958", "inform"),
        "ask_book",
    ),
    "book": Case(
        Question.BOOK, ((f"{_WITH_BEN}. {_ANN}", "book"),), ("utter_ask_book",), ("yes", "affirm"), "booked"
    ),
    "change": Case(
        Question.CHANGE,
        ((f"{_WITH_BEN}. {_ANN}", "book"), ("no", "deny")),
        ("utter_ask_change",),
        ("at 3 pm", "inform"),
        "ask_book",
    ),
    "times to move to": Case(
        Question.OFFERS,
        (*_BOOKED, ("move it to Friday", "reschedule")),
        _OFFERS,
        ("the second one", "choose"),
        "ask_move",
    ),
    "move": Case(
        Question.MOVE,
        (*_BOOKED, ("move it to Friday at 11:00", "reschedule")),
        ("utter_ask_move",),
        ("yes", "affirm"),
        "moved",
    ),
    "cancel": Case(
        Question.CANCEL,
        (*_BOOKED, ("cancel it", "cancel_appointment")),
        ("utter_ask_cancel",),
        ("yes", "affirm"),
        "cancelled",
    ),
    "undo": Case(
        Question.CANCEL,
        (*_BOOKED, ("undo that", "undo")),
        ("utter_ask_cancel",),
        ("yes", "affirm"),
        "cancelled",
    ),
    "address": Case(
        Question.ADDRESS,
        (("what do I have booked?", "list_appointments"),),
        ("utter_ask_address",),
        ("bea@example.com", "inform"),
        "code_sent",
    ),
    "code": Case(
        Question.CODE,
        (("what do I have booked? bea@example.com", "list_appointments"),),
        ("utter_ask_code",),
        CODE,
        "your_appointments",
    ),
    "which appointment": Case(
        Question.APPOINTMENT,
        (("cancel my appointment, bea@example.com", "cancel_appointment"), CODE),
        ("utter_ask_appointment",),
        ("the second one", "choose"),
        "ask_cancel",
    ),
    "time blocked": Case(
        Question.PLAN,
        (("block Friday, ben@example.org", "block_time"), CODE),
        ("utter_ask_block",),
        ("yes", "affirm"),
        "host_blocked",
    ),
    "illness": Case(
        Question.PLAN,
        (("I'm ill on Friday, ben@example.org", "call_in_sick"), CODE),
        ("utter_ask_ill",),
        ("yes", "affirm"),
        "host_ill",
    ),
    "told here": Case(
        Question.HERE, _BOOKED, ("utter_ask_here",), ("yes", "affirm"), "told_here", channel="telegram"
    ),
    "to be reached": Case(
        Question.REACH,
        (("I want to talk to a person", "human"),),
        ("utter_ask_reach",),
        ("ann@example.com", "inform"),
        "human",
    ),
    "resume": Case(
        Question.RESUME,
        ((f"{_WITH_BEN}. {_ANN}", "book"), END, ("hi", "greet")),
        ("utter_ask_resume",),
        ("go on", "alternatives"),
        "ask_book",
    ),
}
#: What is said beside the point, with the intent that the model gives it.
DIGRESSIONS: dict[str, tuple[str, str]] = {
    "help": ("what can you do?", "help"),
    "lost": ("I don't understand", "help"),
    "people": ("who is there?", "help"),
    "who": ("who will I meet?", "help"),
    "where": ("where is it?", "help"),
    "length": ("how long does it take?", "help"),
    "types": ("what types are there?", "help"),
    "price": ("what does it cost?", "out_of_scope"),
    "zone": ("which time zone is that?", "out_of_scope"),
    "privacy": ("is my data safe?", "export_data"),
    "reminders": ("will I get a reminder?", "out_of_scope"),
    "unknown": ("what do I need to bring?", "out_of_scope"),
    "bot_challenge": ("are you a robot?", "bot_challenge"),
    "chitchat": ("how are you?", "chitchat"),
    "out_of_scope": ("what's the weather like?", "out_of_scope"),
    "thank": ("thanks", "thank"),
    "greet": ("hi", "greet"),
    "goodbye": ("bye", "goodbye"),
    "unhappy": ("you are useless", "chitchat"),
    "language": ("ich möchte bitte einen Termin", "out_of_scope"),
    "ask_why_these": ("why these times?", "ask_why_these"),
    "wait": ("let me check my calendar", "list_appointments"),
    "hold on": ("hold on", "nlu_fallback"),
    "repeat": ("what did you say?", "help"),
    "emoji": ("😀", "chitchat"),
    "nonsense": ("asdf qwer zxcv", "out_of_scope"),
    "empty": ("", "nlu_fallback"),
}
#: Those that only concern what is being arranged.
OF_NEW_ONES = {"link": ("where is the link?", "resend")}


def begin(
    services: Services,
    store: Store,
    lines: Iterable[tuple[str, str]],
    sender: str = "ann",
    channel: str = "rest",
) -> Talk:
    """A conversation in which that was said."""
    talk = Talk(sender=sender, channel=channel)
    for text, intent in lines:
        if (text, intent) == END:
            expire(talk)
        else:
            hear(talk, services, _with_code(text, store), intent)
    return talk


def draft_of(talk: Talk) -> Draft:
    return from_json(talk.fields["draft"])


def settled(draft: Draft) -> Draft:
    """The draft without what says only how often it was not understood, and what can be tapped."""
    return replace(draft, misunderstood=0, options=())


def _with_code(text: str, store: Store) -> str:
    return text.replace("{code}", mailed(store)[-1]) if "{code}" in text else text


@pytest.mark.parametrize("name", CASES)
def test_a_digression_is_answered_and_the_question_put_again(
    services: Services, store: Store, name: str
) -> None:
    case = CASES[name]
    made(services, "12-02 10:00", BEN)
    made(services, "12-03 10:00", BEN)
    talk = begin(services, store, case.before, channel=case.channel)
    before = draft_of(talk)
    wrong: dict[str, object] = {}

    for said, (text, intent) in DIGRESSIONS.items():
        answers = hear(talk, services, text, intent)
        if len(answers) < 2 or answers[-1] not in case.again or settled(draft_of(talk)) != settled(before):
            wrong[said] = answers
    then = hear(talk, services, _with_code(case.answer[0], store), case.answer[1])

    assert (before.asked, wrong) == (case.asked, {})
    assert f"utter_{case.then}" in then


@pytest.mark.parametrize(
    "name", ["wish", "person", "reading", "offers", "contact", "address alone", "phone", "book", "change"]
)
def test_the_link_is_told_of_while_something_new_is_arranged(
    services: Services, store: Store, name: str
) -> None:
    talk = begin(services, store, CASES[name].before)
    before = draft_of(talk)

    answers = hear(talk, services, *OF_NEW_ONES["link"])

    told = "utter_about_link_none" if name == "phone" else "utter_about_link"
    assert (answers[0], answers[1] in CASES[name].again) == (told, True)
    assert settled(draft_of(talk)) == settled(before)


def test_no_question_and_no_digression_is_left_out() -> None:
    asked = {case.asked for case in CASES.values()}
    topics = {topic_of(text) for text, _ in [*DIGRESSIONS.values(), *OF_NEW_ONES.values()]}

    assert asked == set(Question) - {Question.NOTHING}
    assert topics - {None} == set(Topic)
    assert set(DIGRESSIONS) >= SMALL_TALK
