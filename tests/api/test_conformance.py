"""Every address is asked at random: nothing breaks, and every answer is one that is described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from scheduler_core.bootstrap import Core
from scheduler_core.clock import Clock
from scheduler_core.db import desk
from scheduler_core.rate_limit import RateLimit
from scheduler_core.signing_in import SESSION_LIFE, token_hash
from tests.api.desk.desk_client import ADMIN
from tests.api.practice import PUBLIC_URL, Practice, at
from webchat.api import export

EXAMPLES = 4  #: of one address
ENDLESS = "/api/changes"
TOKEN = "the token of an administrator"
#: Where a name drawn by lot would only find nothing.
KNOWN = {"/people/{handle}": "eva-meyer", "/types/{handle}": "consultation"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_path(export.FILE).exclude(path=ENDLESS)


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "ADMIN_EMAILS": ADMIN}


@pytest.fixture
def patient(app: FastAPI, practice: Practice) -> FastAPI:
    """The app with a booking in it, which may be asked as often as a test likes."""
    practice.book(at(1, 9))
    for name in ("chat_limit", "desk_limit", "hold_limit"):
        setattr(app.state, name, RateLimit(1_000_000, 60))
    return app


def test_whatever_is_asked_is_answered_as_described(patient: FastAPI, core: Core, clock: Clock) -> None:
    headers = {"Origin": PUBLIC_URL, "Cookie": f"desk={TOKEN}"}
    with TestClient(patient, base_url=PUBLIC_URL, raise_server_exceptions=False) as client:
        for found in operations():
            sign_in(core, clock)

            @settings(
                max_examples=EXAMPLES,
                derandomize=True,
                database=None,
                deadline=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=found.as_strategy())
            def ask(case: Case[Any]) -> None:
                for part, handle in KNOWN.items():
                    if part in case.path:
                        case.path_parameters["handle"] = handle
                asked = case.as_transport_kwargs(base_url=PUBLIC_URL)
                asked.pop("cookies", None)
                sent = {**(asked.pop("headers") or {}), **headers}
                answer = client.request(**asked, headers=sent)
                case.validate_response(answer, checks=CHECKS)

            ask()


def operations() -> list[APIOperation[Any, Any, Any, Any]]:
    """Everything that is described."""
    results = list(SCHEMA.get_all_operations())
    found = [result.ok() for result in results if isinstance(result, Ok)]
    assert len(found) == len(results)
    return found


def sign_in(core: Core, clock: Clock) -> None:
    """A session of an administrator; the one that a sign-out has ended is there again."""
    now = clock.now()
    with core.store.transaction() as connection:
        desk.end_session(connection, token_hash(TOKEN))
        desk.begin_session(connection, token_hash(TOKEN), ADMIN, now, now + SESSION_LIFE)
