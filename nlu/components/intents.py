"""The Rasa component that finds the intent by likeness to the examples, in meaning and in wording.

The sentence's vector knows meaning, words and letters know the exact phrase; together they were measured
better than either (`docs/evaluation.md`). Training takes seconds and always gives the same model.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu import spelling, wordpiece
from nlu.components import encoder, likeness, minilm
from nlu.components.encoder import sentence_encoder
from nlu.components.likeness import Array, Learned, learned
from nlu.spelling import respelt

OUT_OF_SCOPE = "out_of_scope"  #: the intent of what is like nothing else
_WORD = r"[\w']+|[\^$?!]"
_RANKED = 5  #: how many intents a message is given, the likeliest first
_SIGNS = str.maketrans(
    {
        "👍": " yes ",
        "👌": " ok ",
        "✅": " yes ",
        "👎": " no ",
        "❌": " no ",
        "🙏": " thanks ",
        "👋": " hello ",
    }
)


def plain(text: str) -> str:
    """The text in the form in which it is compared: signs as words, respelt, in lower case, numbers as 0."""
    return re.sub(r"\d+", "0", respelt(text.translate(_SIGNS)).text.lower())


def examples_in(training_data: TrainingData) -> tuple[list[str], list[str]]:
    """The texts to learn from and their intents; payloads of buttons are nothing to learn."""
    told = [(example.get(TEXT), example.get(INTENT)) for example in training_data.intent_examples]
    kept = [(text, intent) for text, intent in told if text and not text.startswith("/")]
    return [text for text, _ in kept], [intent for _, intent in kept]


def vectorizers() -> tuple[TfidfVectorizer, TfidfVectorizer]:
    """What counts the words and the letters of plain texts."""
    words = TfidfVectorizer(preprocessor=_marked, ngram_range=(1, 2), token_pattern=_WORD, sublinear_tf=True)
    letters = TfidfVectorizer(preprocessor=_marked, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return words, letters


def _marked(plain_text: str) -> str:
    """With marks at both ends, as "no" at the beginning says more than elsewhere."""
    return f"^ {plain_text} $"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LikenessClassifier(GraphComponent, IntentClassifier):
    """Knows the intents of the examples, and out of scope when a text is like none of them."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage = storage
        self._resource = resource
        self._vectorizers = vectorizers()
        self._intents: list[str] = []
        self._learned: Learned

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """What besides this class decides what is learned, so that Rasa's cache notices when it changes."""
        others = (encoder, likeness, minilm, spelling, wordpiece)
        own = [Path(__file__), *(Path(module.__file__) for module in others)]
        return hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LikenessClassifier:
        """A component that knows nothing yet."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep what was learned."""
        self.learn(*examples_in(training_data))
        with self._storage.write_to(self._resource) as folder:
            self._write(folder)
        return self._resource

    def learn(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Fit the model to texts and their intents; what is told twice counts once."""
        pairs = dict.fromkeys((plain(text), intent) for text, intent in zip(texts, intents, strict=True))
        told = [text for text, _ in pairs]
        for one in self._vectorizers:
            one.fit(told)
        vectors, wording = self._features(told)
        meant = [intent for _, intent in pairs]
        self._intents, self._learned = learned(vectors, wording, meant, OUT_OF_SCOPE)

    def ranked(self, text: str) -> list[dict[str, Any]]:
        """Every intent with its probability, the likeliest first."""
        (chances,) = self._learned.chances(*self._features([plain(text)]))
        order = np.argsort(-chances, kind="stable")
        return [{"name": self._intents[i], "confidence": float(chances[i])} for i in order]

    def _features(self, plain_texts: Sequence[str]) -> tuple[Array, csr_matrix]:
        """The vectors of the texts, and their words and letters; a row for each text."""
        wording = hstack([one.transform(plain_texts) for one in self._vectorizers], format="csr")
        return sentence_encoder().encode_all(plain_texts), wording.astype(np.float32)

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with their intents; payloads of buttons name their own."""
        for message in messages:
            text = message.get(TEXT) or ""
            ranking = self.ranked(text) if text and not text.startswith("/") else []
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set("intent", best, add_to_output=True)
            message.set("intent_ranking", ranking[:_RANKED], add_to_output=True)
        return messages

    def _write(self, folder: Path) -> None:
        """Plain numbers and JSON: nothing that could run when it is loaded."""
        words, letters = self._vectorizers
        np.savez(folder / "weights.npz", words=words.idf_, letters=letters.idf_, **vars(self._learned))
        known = {"intents": self._intents, "words": _listed(words), "letters": _listed(letters)}
        (folder / "known.json").write_text(json.dumps(known), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LikenessClassifier:
        """The component as it was trained."""
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.read(folder)
        return component

    def read(self, folder: Path) -> None:
        """Take up what `train` wrote into the folder."""
        known = json.loads((folder / "known.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as numbers:
            self._learned = Learned(**{one.name: numbers[one.name] for one in fields(Learned)})
            for name, one in zip(("words", "letters"), self._vectorizers, strict=True):
                one.vocabulary = {term: place for place, term in enumerate(known[name])}
                one.idf_ = numbers[name]
        self._intents = known["intents"]


def _listed(fitted: TfidfVectorizer) -> list[str]:
    """The terms in the order of their columns."""
    return sorted(fitted.vocabulary_, key=fitted.vocabulary_.__getitem__)
