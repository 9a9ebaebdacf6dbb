"""What the words of an answer say beyond their intent: a clear yes, doubt, or that this is all. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.draft import Question
from actions.turn import Turn
from nlu.english import ENGLISH
from nlu.language import Language

#: The intent of a message that says again what the question offers to do: "yes, cancel it".
_SAYS_IT = {
    Question.BOOK: "book",
    Question.MOVE: "reschedule",
    Question.CANCEL: "cancel_appointment",
}
_TELLS = frozenset({"inform", "choose"})


def agrees(turn: Turn, asked: Question, words: Language = ENGLISH) -> bool:
    """Whether it is a clear yes to that question: nothing in it denies, there is no "but" and no question.

    It is given what changes nothing: "ok, Tuesday then" says again what was asked.
    """
    answers = words.answers
    if answers.reserved.search(turn.text) or _denies(turn.text, words):
        return False
    says_it = turn.intent == _SAYS_IT.get(asked) and answers.willing.match(turn.text) is not None
    says_again = (
        turn.intent in _TELLS and turn.says_something and answers.assents.match(turn.text) is not None
    )
    return turn.intent == "affirm" or says_it or says_again or _denies_twice(turn, words)


def hesitates(turn: Turn, words: Language = ENGLISH) -> bool:
    """Whether it is neither yes nor no: "maybe", or a yes with a condition."""
    return bool(words.answers.unsure.search(turn.text)) or turn.intent == "affirm"


def refuses(turn: Turn, words: Language = ENGLISH) -> bool:
    """Whether words that repeat the offer turn it down: "no, don't cancel it"."""
    return turn.intent == "deny" or bool(words.answers.unwilling.search(turn.text))


def has_all(turn: Turn, words: Language = ENGLISH) -> bool:
    """Whether the writer says that nothing more is wanted: "no thanks, that's all"."""
    return turn.intent == "deny" and bool(words.answers.all_.search(turn.text))


def begins_with_no(turn: Turn, words: Language = ENGLISH) -> bool:
    """Whether the first word is a no."""
    return bool(words.answers.no_first.match(turn.text))


def is_content(turn: Turn, words: Language = ENGLISH) -> bool:
    """Whether it is content with things as they are: "4 pm is fine as scheduled", "see you on Tuesday"."""
    return bool(words.answers.content.search(turn.text)) and not words.answers.otherwise.search(turn.text)


def any_of_the_times(turn: Turn, words: Language = ENGLISH) -> Turn:
    """The answer to a list of times: "any of them" means a time, not anybody."""
    if not words.answers.any_of_them.search(turn.text):
        return turn
    return replace(turn, anyone=False, choice="none" if _denies(turn.text, words) else "any")


def _denies(text: str, words: Language) -> bool:
    left = words.answers.twice.sub("", words.answers.no_denial.sub("", text))
    return bool(words.answers.denies.search(left))


def _denies_twice(turn: Turn, words: Language) -> bool:
    """Whether it was taken for a no, but denies that something is wrong: "that's not incorrect"."""
    return turn.intent == "deny" and bool(words.answers.twice.search(turn.text))
