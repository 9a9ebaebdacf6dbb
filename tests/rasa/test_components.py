from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.details import DetailExtractor
from nlu.components.duckling import Duckling, DucklingLibrary, DucklingServer
from nlu.components.intents import LikenessClassifier
from nlu.components.settings import LanguageSettings
from nlu.components.time import TimeExtractor, duckling_locale
from scheduler_core.clock import FixedClock

NOW = datetime(2026, 11, 24, 23, 30, tzinfo=timezone.utc)
SETTINGS = LanguageSettings(
    default_zone="Europe/Berlin", default_locale="en", clock=FixedClock(NOW), duckling_url=""
)


def times(text: str, duckling: Duckling | None = None, **metadata: Any) -> list[dict[str, Any]]:
    """The entities of a message after both extractors."""
    message = Message({"text": text, "metadata": metadata or None})
    DetailExtractor().process([message])
    TimeExtractor(SETTINGS, duckling or DucklingLibrary()).process([message])
    found: list[dict[str, Any]] = message.get("entities") or []
    return found


def dates(text: str, **metadata: Any) -> list[dict[str, str]]:
    return [entity["value"] for entity in times(text, **metadata) if entity["entity"] == "date"]


@pytest.mark.parametrize(
    ("metadata", "day"),
    [
        ({"timezone": "Europe/Berlin"}, "2026-11-26"),
        ({"timezone": "America/Los_Angeles"}, "2026-11-25"),
        ({"timezone": "Nowhere/Land"}, "2026-11-26"),
        ({"timezone": 7}, "2026-11-26"),
        ({}, "2026-11-26"),
    ],
)
def test_tomorrow_is_the_writers(metadata: dict[str, Any], day: str) -> None:
    assert [value["from"] for value in dates("tomorrow", **metadata)] == [day]


def test_the_locale_of_the_message_says_which_number_is_the_month() -> None:
    said = [dates("3/12/2027", locale=locale)[0]["from"] for locale in ("en-US", "en-GB", "de", "en_us")]

    assert said == ["2027-03-12", "2027-12-03", "2027-12-03", "2027-03-12"]


def test_the_locale_of_duckling() -> None:
    assert [duckling_locale(name) for name in ("en-US", "en", "de-DE", "")] == [
        "EN_US",
        "EN_GB",
        "EN_GB",
        "EN_GB",
    ]


def test_every_entity_has_the_documented_form() -> None:
    text = "45 min with Ben tomorrow at 3 Tokyo time? Ann Lee, ann@example.org, cc bob@example.com"

    found = [{key: entity.get(key) for key in ("entity", "value", "role")} for entity in times(text)]

    assert found == [
        {"entity": "email", "value": "ann@example.org", "role": None},
        {"entity": "email", "value": "bob@example.com", "role": "guest"},
        {"entity": "person", "value": "Ben", "role": None},
        {"entity": "name", "value": "Ann Lee", "role": None},
        {"entity": "date", "value": {"from": "2026-11-26", "to": "2026-11-27"}, "role": None},
        {"entity": "duration", "value": 45, "role": None},
        {"entity": "zone", "value": "Asia/Tokyo", "role": None},
        {"entity": "time", "value": "2026-11-26T03:00:00.000+00:00", "role": None},
    ]


def test_every_entity_says_where_it_stands_and_who_found_it() -> None:
    text = "45 min with Ben tomorrow"

    assert [
        (entity["entity"], text[entity["start"] : entity["end"]], entity["extractor"])
        for entity in times(text)
    ] == [
        ("person", "Ben", "DetailExtractor"),
        ("date", "tomorrow", "TimeExtractor"),
        ("duration", "45 min", "TimeExtractor"),
        ("time", "tomorrow", "TimeExtractor"),
    ]


@pytest.mark.parametrize("text", ['/pick{"option":"k3f9"}', "/book tomorrow at 3", ""])
def test_payloads_hold_nothing_to_extract(text: str) -> None:
    assert times(text) == []


class _Handler(BaseHTTPRequestHandler):
    """Duckling's HTTP interface over the library."""

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        wall = datetime.fromtimestamp(int(form["reftime"][0]) / 1000, tz=timezone.utc).replace(tzinfo=None)
        found = DucklingLibrary().parse(form["text"][0], wall=wall, locale=form["locale"][0])
        body = json.dumps(found).encode() if form["tz"] == ["UTC"] and form["dims"] == ['["time"]'] else b"["
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()


def test_ducklings_server_gives_what_the_library_gives(server: str) -> None:
    text = "Tuesday or Friday after 3, for 30 minutes"

    assert times(text, DucklingServer(server)) == times(text)


def test_without_its_server_a_message_keeps_its_other_details() -> None:
    found = times("with Ben tomorrow", DucklingServer("http://127.0.0.1:1"))

    assert [entity["entity"] for entity in found] == ["person"]


EXAMPLES = {
    "book": [
        "book an appointment",
        "I need an appointment",
        "make an appointment please",
        "can I get a slot",
    ],
    "cancel_appointment": ["cancel it", "call it off", "delete my booking", "I won't be coming"],
    "thank": ["thanks", "thank you", "much appreciated", "cheers"],
}


def training_data() -> TrainingData:
    return TrainingData(
        [Message({"text": text, "intent": intent}) for intent, texts in EXAMPLES.items() for text in texts]
    )


def trained(folder: Path) -> tuple[LikenessClassifier, LocalModelStorage, Resource]:
    folder.mkdir(exist_ok=True)
    storage, resource = LocalModelStorage(folder), Resource("intents")
    classifier = LikenessClassifier(storage, resource)
    classifier.train(training_data())
    return classifier, storage, resource


def test_the_classifier_understands_what_it_never_saw(tmp_path: Path) -> None:
    classifier, _, _ = trained(tmp_path)

    texts = [
        "could you arrange a meeting for me",
        "scrap my booking, I cannot come",
        "that was kind of you, thx",
    ]

    assert [classifier.ranked(text)[0]["name"] for text in texts] == ["book", "cancel_appointment", "thank"]


def test_a_stored_classifier_ranks_as_the_trained_one(tmp_path: Path) -> None:
    classifier, storage, resource = trained(tmp_path)

    stored = LikenessClassifier.load(
        {},
        storage,
        resource,
        None,  # type: ignore[arg-type]  # the context, which is not used
    )

    assert stored.ranked("nxt slot pls") == classifier.ranked("nxt slot pls")


def test_training_twice_gives_the_same_model(tmp_path: Path) -> None:
    first, second = (trained(tmp_path / name)[0] for name in ("one", "two"))

    assert first.ranked("cancel that") == second.ranked("cancel that")


def test_what_is_like_no_example_is_out_of_scope(tmp_path: Path) -> None:
    storage, resource = LocalModelStorage(tmp_path), Resource("intents")
    classifier = LikenessClassifier(storage, resource)
    examples = {**EXAMPLES, "out_of_scope": ["will it rain", "play some music", "who won the game"]}
    pairs = [(text, intent) for intent, texts in examples.items() for text in texts]
    classifier.learn([text for text, _ in pairs], [intent for _, intent in pairs])

    texts = ["xqzzt", "entropy never decreases", "meine Oma strickt rote Socken", "cancel my booking"]

    assert [classifier.ranked(text)[0]["name"] for text in texts] == [
        "out_of_scope",
        "out_of_scope",
        "out_of_scope",
        "cancel_appointment",
    ]


def test_what_is_told_twice_counts_once(tmp_path: Path) -> None:
    once, twice = (LikenessClassifier(LocalModelStorage(tmp_path), Resource(name)) for name in ("a", "b"))
    texts, intents = ["book it for 3", "cancel it", "thanks"], ["book", "cancel_appointment", "thank"]
    once.learn(texts, intents)
    twice.learn([*texts, "Book it for 4", "thanks"], [*intents, "book", "thank"])

    assert once.ranked("please cancel") == twice.ranked("please cancel")


def test_confidences_are_chances(tmp_path: Path) -> None:
    classifier, _, _ = trained(tmp_path)
    message = Message({"text": "cancel my booking"})

    classifier.process([message])

    ranking = message.get("intent_ranking")
    assert message.get("intent") == ranking[0]
    assert ranking[0]["name"] == "cancel_appointment"
    assert sum(intent["confidence"] for intent in ranking) == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", '/pick{"option":"k3f9"}'])
def test_a_payload_is_given_no_intent(tmp_path: Path, text: str) -> None:
    classifier, _, _ = trained(tmp_path)
    message = Message({"text": text})

    classifier.process([message])

    assert message.get("intent") == {"name": None, "confidence": 0.0}
