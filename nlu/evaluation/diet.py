"""Rasa's own classifier, trained on our examples with the features its documentation names: a comparison."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from rasa.model_training import train_nlu

from nlu.evaluation.model import Model

_CONFIG = """
recipe: default.v1
assistant_id: diet
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 30
    batch_size: 128
    constrain_similarities: true
    entity_recognition: false
    random_seed: 1
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
policies: []
"""


def diet(examples: Path) -> tuple[Model, float]:
    """The model, and the seconds of processor time that its training took: minutes to half an hour."""
    with tempfile.TemporaryDirectory() as place:
        config = Path(place) / "config.yml"
        config.write_text(_CONFIG, encoding="utf-8")
        began = time.process_time()
        file = train_nlu(str(config), str(examples), place)
        return Model(Path(str(file))), time.process_time() - began
