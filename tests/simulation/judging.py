"""What came of a simulated conversation: what was said against what is stored, mailed and left alone."""

from __future__ import annotations

from dataclasses import dataclass

from tests.chat import Conversation
from tests.dialogue import moments, received
from tests.rows import Row
from tests.simulation.goals import Opening, Twist
from tests.simulation.habits import Liking
from tests.simulation.person import Person
from tests.stack import Assistant

_OTHERS = """
SELECT coalesce(md5(string_agg(concat_ws('|', uid, status, starts, ends, version), ';' ORDER BY uid)), '')
    AS sum
FROM booking WHERE status = 'CONFIRMED' AND actor_id NOT LIKE '%:' || :sender
"""
_OVERLAPS = """
SELECT count(*) AS overlaps FROM booking_person a JOIN booking_person b
    ON a.person_number = b.person_number AND a.uid < b.uid AND a.starts < b.ends AND b.starts < a.ends
WHERE a.status = 'CONFIRMED' AND b.status = 'CONFIRMED'
"""


@dataclass(frozen=True)
class Verdict:
    """What came of one conversation."""

    opening: Opening
    twist: Twist
    turns: int  #: messages of the person
    booked: bool
    wrong: tuple[str, ...]  #: what broke the promise that words, row, mail and invitation are one
    dead_end: str  #: why the person left without what they came for; empty if they did not
    surprises: tuple[str, ...]  #: questions for a yes to something they had not said
    liking: Liking = Liking.NONE
    took_first: bool | None = None  #: whether they took one of the first times on offer; None without a list

    @property
    def success(self) -> bool:
        """Whether they got what they came for, and everything holds."""
        return not self.wrong and not self.dead_end


def others(assistant: Assistant, chat: Conversation) -> str:
    """A sum over all bookings that are not this conversation's."""
    (row,) = assistant.rows.select(_OTHERS, sender=chat.sender)
    return str(row["sum"])


def overlaps(assistant: Assistant) -> int:
    """How many pairs of bookings take the same person's time."""
    (row,) = assistant.rows.select(_OVERLAPS)
    return int(row["overlaps"])


def judged(assistant: Assistant, chat: Conversation, person: Person, before: str) -> Verdict:
    """The verdict on a conversation that has ended; `before` is the sum over what others had before it."""
    rows = assistant.rows.of_conversation(chat.sender)
    confirmed = [row for row in rows if row.status == "CONFIRMED"]
    wrong = [*_of_rows(rows, confirmed, person)]
    if others(assistant, chat) != before:
        wrong.append("somebody else's booking has changed")
    for row in confirmed[:1]:
        wrong += [*_of_goal(row, person), *_of_words(row, chat, person), *_of_mails(assistant, row)]
    if not all(reply.text for reply in chat.replies):
        wrong.append("silence")
    wanted = person.goal.twist is not Twist.GIVES_UP
    dead_end = person.stuck or ("" if bool(confirmed) == wanted else "left without a booking")
    return Verdict(
        opening=person.goal.opening,
        twist=person.goal.twist,
        turns=len(person.said),
        booked=bool(confirmed),
        wrong=tuple(wrong),
        dead_end=dead_end,
        surprises=tuple(person.surprises),
        liking=person.goal.habit.liking,
        took_first=person.took_first,
    )


def _of_rows(rows: list[Row], confirmed: list[Row], person: Person) -> list[str]:
    wrong = []
    if len(confirmed) > 1:
        wrong.append(f"{len(confirmed)} bookings")
    if person.gave_up and confirmed:
        wrong.append("booked though they gave up")
    if (confirmed or person.gave_up) and any(row.status == "TENTATIVE" for row in rows):
        wrong.append("a time is still held")
    return wrong


def _of_goal(row: Row, person: Person) -> list[str]:
    goal = person.goal
    host = goal.host.handle if goal.host else row.people[0]
    wanted = ([host], goal.service.handle, goal.minutes, (goal.name, goal.email), person.chosen)
    stored = (row.people, row.kind, row.minutes, row.attendee, row.starts)
    return [
        f"{there} is stored, {asked} was wanted"
        for asked, there in zip(wanted, stored, strict=True)
        if asked != there
    ]


def _of_words(row: Row, chat: Conversation, person: Person) -> list[str]:
    text = chat.last.text
    wrong = [
        f"{words} is not in the answer"
        for words in (row.reference, str(row.attendee_email))
        if words not in text
    ]
    if moments(text, person.goal.zone)[:1] != [row.starts]:
        wrong.append("another time in the answer than in the row")
    return wrong


def _of_mails(assistant: Assistant, row: Row) -> list[str]:
    try:
        mails = received(assistant, row)
    except AssertionError as error:
        return [str(error)]
    sent = {(invitation.start, invitation.end) for invitation in mails.invitations}
    wrong = [] if sent == {(row.starts, row.ends)} else ["another time in an invitation than in the row"]
    return wrong + [
        f"no reference in the mail to {mail.to}" for mail in mails.all if row.reference not in mail.text
    ]
