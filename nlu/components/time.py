"""The Rasa component that finds days, times, lengths and zones, with the writer's own zone and clock."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu import entities, spans
from nlu.components.duckling import Duckling, duckling_for
from nlu.components.settings import LanguageSettings, read_language_settings
from scheduler_core import zones
from scheduler_core.errors import InvalidTime, TemporaryFailure, UnknownZone
from scheduler_core.timerange import as_utc

_log = structlog.get_logger()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TimeExtractor(GraphComponent, EntityExtractorMixin):
    """Adds `date`, `time`, `duration` and `zone`; it comes after the extractors of names and details.

    The writer's zone and locale come from the message's metadata (`timezone`, `locale`), else from the
    settings. So does the instant at which it was written (`reference_time`, ISO 8601 with an offset), which
    only a channel's own code can set: what a client says about it is dropped in `channels.incoming`.
    """

    def __init__(self, settings: LanguageSettings, duckling: Duckling) -> None:
        self._settings = settings
        self._duckling = duckling

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TimeExtractor:
        """The component, set up from the environment.

        Raises:
            InvalidSetting: a setting cannot be used, or there is no Duckling.

        """
        settings = read_language_settings(os.environ)
        return cls(settings, duckling_for(settings.duckling_url))

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with their times; payloads of buttons hold none."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text and not text.startswith("/"):
                found = self._found(text, message)
                known = message.get(ENTITIES) or []
                message.set(ENTITIES, known + self.add_extractor_name(found), add_to_output=True)
        return messages

    def _found(self, text: str, message: Message) -> list[dict[str, Any]]:
        metadata = message.get("metadata")
        facts = metadata if isinstance(metadata, dict) else {}
        known = message.get(ENTITIES) or []
        zone = entities.zone_in(text, known, self._zone(facts.get("timezone")))
        wall = zones.to_wall(self._now(facts.get("reference_time")), zone)
        locale = duckling_locale(facts.get("locale") or self._settings.default_locale)
        try:
            return self._times(text, known, wall, locale)
        except TemporaryFailure as failure:
            _log.error("times.unread", error=str(failure))
            return []

    def _times(
        self, text: str, known: list[dict[str, Any]], wall: datetime, locale: str
    ) -> list[dict[str, Any]]:
        @cache  # where nothing was taken out of the text, it is asked for twice
        def parse(words: str) -> Any:
            return self._duckling.parse(words, wall=wall, locale=locale) if words.strip() else []

        found = entities.times(text, known, parse, today=wall.date(), day_first=locale != "EN_US")
        return found + spans.time_entities(text, known, parse)

    def _now(self, said: object) -> datetime:
        """The instant that a channel vouches for, else that of the clock."""
        if isinstance(said, str):
            with suppress(ValueError, InvalidTime):
                return as_utc(datetime.fromisoformat(said.replace("Z", "+00:00")))
        return self._settings.clock.now()

    def _zone(self, said: object) -> str:
        try:
            return zones.canonical(said) if isinstance(said, str) else self._settings.default_zone
        except UnknownZone:
            return self._settings.default_zone


def duckling_locale(locale: str) -> str:
    """Duckling's name for a locale; only that of the United States writes the month first."""
    country = locale.replace("_", "-").upper().partition("-")[2][:2]
    return "EN_US" if country == "US" else "EN_GB"
