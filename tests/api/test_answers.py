from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core import errors
from scheduler_core.errors import SchedulerError
from tests.api.html_page import HtmlPage
from tests.api.practice import PUBLIC_URL, problem
from webchat.api.answers import ANSWERS, FIELDS


def family(kind: type[SchedulerError]) -> set[type[SchedulerError]]:
    return {kind}.union(*map(family, kind.__subclasses__()))


def test_every_code_of_the_core_has_its_answer() -> None:
    with_code = {kind for kind in family(SchedulerError) if "code" in vars(kind)}

    assert set(ANSWERS) == with_code - {SchedulerError}


def test_no_answer_succeeds() -> None:
    assert {kind.code: answer.status for kind, answer in ANSWERS.items() if answer.status < 400} == {}


@pytest.mark.parametrize("kind", list(ANSWERS))
async def test_error_below_api_becomes_code_and_sentence_without_details(
    app: FastAPI, client: httpx.AsyncClient, kind: type[SchedulerError]
) -> None:
    @app.get("/api/broken")
    def broken() -> None:
        raise kind(value="a secret")

    app.router.routes.insert(0, app.router.routes.pop())
    answer = await client.get("/api/broken")

    status, sentence = ANSWERS[kind]
    fields = {"fields": {FIELDS[kind]: sentence}} if kind in FIELDS else {}
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json() == problem(status, kind.code, sentence, **fields)


async def test_error_elsewhere_becomes_a_page(app: FastAPI, client: httpx.AsyncClient) -> None:
    @app.get("/broken")
    def broken() -> None:
        raise errors.DatabaseUnavailable(reason="a secret")

    page = HtmlPage(await client.get("/broken"))

    assert page.status == 503
    assert "The system cannot be reached right now Nothing was changed." in page.text
    assert "secret" not in page.text


@pytest.mark.parametrize("path", ["/api/broken", "/broken"])
async def test_unexpected_error_tells_nothing_and_carries_all_headers(app: FastAPI, path: str) -> None:
    @app.get(path)
    def broken() -> None:
        raise RuntimeError("a secret")

    app.router.routes.insert(0, app.router.routes.pop())
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as client:
        answer = await client.get(path)

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


_MISSING = dict.fromkeys(("from", "to", "type"), "This is needed.")


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/api/nothing", 404, problem(404, "not_found", "There is nothing here.")),
        (
            "DELETE",
            "/api/people",
            405,
            problem(405, "method_not_allowed", "That cannot be done here."),
        ),
        (
            "GET",
            "/api/slots",
            422,
            problem(422, "invalid_input", "The request cannot be read.", fields=_MISSING),
        ),
    ],
)
async def test_what_the_router_turns_away_looks_like_every_other_error(
    client: httpx.AsyncClient, method: str, path: str, status: int, body: dict[str, object]
) -> None:
    answer = await client.request(method, path)

    assert (answer.status_code, answer.json()) == (status, body)
