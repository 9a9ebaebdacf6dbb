"""The description of the API that clients are made from: every answer, refusals too, with examples."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from webchat.api.problems import MEDIA_TYPE, Problem

TAGS = [
    {"name": "public", "description": "Who can be booked, for what, and when. Needs no proof."},
    {"name": "holds", "description": "A time is kept for ten minutes, and then booked, by one browser."},
    {"name": "chat", "description": "What the chat's browser side needs."},
    {"name": "health", "description": "Whether the service can do its work."},
    {"name": "desk", "description": "A host's own calendar, or everybody's for administrators."},
]
_EVERYWHERE = (503,)  # the database may be away wherever it is asked
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_EXAMPLE = {
    "type": "about:blank",
    "title": "Conflict",
    "status": 409,
    "detail": "That time is no longer free.",
    "code": "slot_unavailable",
    "reason": "taken",
    "nearest": ["2026-12-01T09:30:00Z"],
}

Answers = dict[int | str, dict[str, Any]]


def failing(*statuses: int) -> Answers:
    """The statuses with which a request may be refused; what they carry is the same for all."""
    return {status: {"description": HTTPStatus(status).phrase} for status in (*statuses, *_EVERYWHERE)}


class DescribedApi(FastAPI):
    """An application that describes itself as clients need it."""

    def openapi(self) -> dict[str, Any]:
        """The whole description (OpenAPI 3.1)."""
        if self.openapi_schema is None:
            found = get_openapi(
                title=self.title,
                version=self.version,
                summary="Appointments: free times, bookings, and the hosts' desk.",
                description="Times are ISO 8601 in UTC. Refusals are problem details (RFC 9457).",
                routes=self.routes,
                tags=TAGS,
            )
            schemas = found.setdefault("components", {}).setdefault("schemas", {})
            schemas["Problem"] = Problem.model_json_schema() | {"examples": [_EXAMPLE]}
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            for operation in _operations(found):
                _document_refusals(operation)
            self.openapi_schema = found
        return self.openapi_schema


def _operations(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in found["paths"].values() for operation in path.values()]


def _document_refusals(operation: dict[str, Any]) -> None:
    """Gives every refusal the shape that it has, unless it has one of its own."""
    for status, response in operation["responses"].items():
        has_its_own = status == "503" and "content" in response
        if status.isdigit() and int(status) >= HTTPStatus.BAD_REQUEST and not has_its_own:
            response["description"] = HTTPStatus(int(status)).phrase
            response["content"] = {MEDIA_TYPE: {"schema": _PROBLEM}}
