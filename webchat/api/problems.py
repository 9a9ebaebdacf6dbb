"""Errors as programs are told them: problem details (RFC 9457) with our code and a sentence a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """Why a request was not carried out."""

    type: str = "about:blank"
    title: str = Field(description="The name of the status.")
    status: int
    detail: str = Field(description="One sentence for people.")
    code: str = Field(description="A stable name of what is wrong.")
    fields: dict[str, str] | None = Field(None, description="A sentence for each field that is wrong.")
    reason: str | None = Field(None, description="Why a time cannot be had.")
    nearest: list[datetime] | None = Field(None, description="Free starts near a time that cannot be had.")


class Refused(HTTPException):
    """A request that is refused with a code of the web's own."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        fields: Mapping[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.code = code
        self.fields = fields


def answer(status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    """The problem as an answer."""
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, code=code, **more)
    content = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, status_code=status, media_type=MEDIA_TYPE)


def unreadable_fields(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What is wrong with each part of a request; no value that was sent is repeated."""
    return {_name(error["loc"]): _sentence(error) for error in errors}


def _name(location: Sequence[str | int]) -> str:
    """The field as it stands in the request; `body` where it is the whole."""
    return ".".join(str(part) for part in location[1:]) or str(location[0])


def _sentence(error: Mapping[str, Any]) -> str:
    if error["type"] == "missing":
        return "This is needed."
    if error["type"] == "json_invalid":
        return "This is no JSON."
    return f"{error['msg'].removeprefix('Value error, ')}."
