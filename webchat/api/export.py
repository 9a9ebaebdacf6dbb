"""The description of the API as a file, from which the pages' client is made; a test holds the two equal."""

from __future__ import annotations

import json
from pathlib import Path

from scheduler_core import bootstrap
from scheduler_core.settings import read_settings
from webchat.api.app import create_app

FILE = Path(__file__).parents[1] / "ui" / "openapi.json"


def description() -> str:
    """The description as JSON; it depends on no setting, and nothing is connected for it."""
    core = bootstrap.build(read_settings({"SECRET_KEY": "no secret, as nothing is signed here"}))
    return json.dumps(create_app(core).openapi(), ensure_ascii=False, indent=2) + "\n"
