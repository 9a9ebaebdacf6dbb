"""A trained model in this process: what it says about messages, how fast, and in how much memory."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog


@dataclass(frozen=True)
class Answer:
    """What the whole pipeline said about one message."""

    intent: str
    confidence: float
    milliseconds: float  #: of processor time, which an idle core takes as long for


class Model:
    """The model of a file, with every part of its pipeline."""

    def __init__(self, file: Path) -> None:
        configure_structlog(logging.INFO)
        self._agent: Any = Agent.load(str(file))

    def answers(self, texts: Sequence[str]) -> list[Answer]:
        """What is said about each text, one after the other."""
        return asyncio.run(self._answers(texts))

    async def _answers(self, texts: Sequence[str]) -> list[Answer]:
        answers = []
        for text in texts:
            began = time.process_time()
            found = await self._agent.parse_message(text)
            passed = 1000 * (time.process_time() - began)
            intent = found["intent"]
            answers.append(Answer(intent["name"] or "", intent["confidence"], passed))
        return answers


def pace(answers: Sequence[Answer]) -> tuple[float, float]:
    """Milliseconds of processor time that half of the messages, and 95 in 100, took at most."""
    middle, slow = np.percentile([answer.milliseconds for answer in answers], [50, 95])
    return float(middle), float(slow)


def memory() -> float:
    """Megabytes that this process holds now; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
