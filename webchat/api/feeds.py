"""Calendars by secret address, for the programs that fetch them: appointments, and free/busy time."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from scheduler_core.errors import NotAllowed, UnknownPerson
from webchat.api.given import GivenCore

GONE = "This calendar is not shared any more. Please ask its owner for the new address."
#: Whoever keeps a copy asks each time whether it is still the present one.
CACHING = "private, no-cache"

router = APIRouter(prefix="/feeds", include_in_schema=False)


@router.api_route("/{token}.ics", methods=["GET", "HEAD"])
def calendar(token: str, request: Request, core: GivenCore) -> Response:
    """The appointments of a person or of an attendee (RFC 5545); 304 for whoever has them."""
    name = f"Appointments with {core.settings.organisation_name}"
    try:
        return _answer(request, core.feeds.calendar(token, name=name))
    except (NotAllowed, UnknownPerson) as error:
        raise HTTPException(404, GONE) from error


@router.api_route("/{token}.ifb", methods=["GET", "HEAD"])
def free_busy(token: str, request: Request, core: GivenCore) -> Response:
    """When the owner is taken, and nothing else (RFC 5545 section 3.6.4); 304 for whoever has it."""
    try:
        return _answer(request, core.feeds.free_busy(token))
    except (NotAllowed, UnknownPerson) as error:
        raise HTTPException(404, GONE) from error


def _answer(request: Request, text: str) -> Response:
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": CACHING}
    if _knows(request.headers.get("If-None-Match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="text/calendar", headers=headers)


def _knows(wanted: str, tag: str) -> bool:
    """Whether one of the tags is the present one; weakly, as RFC 9110 section 13.1.2 has it."""
    tags = {one.strip().removeprefix("W/") for one in wanted.split(",")}
    return bool(tags & {tag, "*"})
