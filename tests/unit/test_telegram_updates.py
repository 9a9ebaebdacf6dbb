from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from channels.incoming import readable
from channels.telegram_messages import MESSAGE_LIMIT, split, units
from channels.telegram_updates import Bot, Kind, Update, update_from

KEYS = (
    "update_id", "message", "edited_message", "callback_query", "chat", "from", "id", "type", "is_bot",
    "text", "data", "first_name", "language_code", "reply_markup", "inline_keyboard", "callback_data",
    "reply_to_message", "message_id", "photo",
)  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.just("private")
    | st.just("/start x") | st.just('/pick{"option":"k3f9ab"}')
)  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8),
    max_leaves=40,
)
PRIVATE = {"message": {"chat": {"id": 1, "type": "private"}, "from": {"id": 1, "is_bot": False}}}


@given(JSON, JSON)
def test_whatever_is_sent_is_an_update_or_nothing(anything: Any, part: Any) -> None:
    told = update_from({"update_id": 9, "message": anything, "callback_query": part}, Bot(1, "bot"))
    bare = update_from(anything, Bot(1, "bot"))
    keyboard = {"reply_markup": {"inline_keyboard": anything}, "text": part, "message_id": part}
    query = {"id": "1", "data": "x", "from": part, "message": {**PRIVATE["message"], **keyboard}}
    tapped = update_from({"update_id": 9, "callback_query": query}, Bot(1, "bot"))

    for update in (told, bare, tapped):
        assert update is None or isinstance(update.kind, Kind)


@given(st.text(min_size=1))
def test_whatever_is_written_is_words_for_the_assistant_to_understand(text: str) -> None:
    said = {"update_id": 9, "message": {**PRIVATE["message"], "text": text}}

    update = update_from(said, Bot(1, "bot"))

    assert isinstance(update, Update)
    assert update.kind is Kind.WORDS
    assert not readable(update.text).startswith("/") or readable(update.text).startswith('/pick{"option":"')


@given(st.text(alphabet=st.sampled_from("ab .\n😀é"), max_size=300), st.integers(2, 40))
def test_parts_of_a_text_fit_and_hold_all_that_can_be_seen(text: str, limit: int) -> None:
    parts = split(text, limit)

    assert all(0 < units(part) <= min(limit, MESSAGE_LIMIT) for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
