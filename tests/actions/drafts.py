"""Drafts as they stand before a message: times on offer, one of them held, the question put."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from actions.draft import Confirmation, Draft, Question
from nlu.wishes import Days, Hours, Part, TimeWish
from tests.actions.samples import AFTERNOON, ANN, chosen

FRIDAY = Part(days=(Days(date(2026, 11, 27), date(2026, 11, 28)),))
TUESDAY_AFTERNOON = TimeWish(
    parts=(Part(days=(Days(date(2026, 12, 1), date(2026, 12, 2)),), hours=(Hours(720, 1080),)),)
)
OFFERED = Draft(
    id="m1", people=(("eva-meyer",),), when=TUESDAY_AFTERNOON, offers=AFTERNOON, asked=Question.OFFERS
)
HELD = chosen(when=TUESDAY_AFTERNOON, writer=ANN)
ASKED_TO_BOOK = replace(HELD, asked=Question.BOOK, confirmation=Confirmation(UUID(int=7), 0, "m1/7"), holds=1)
ASKED_FOR_CONTACT = chosen(when=TUESDAY_AFTERNOON)
