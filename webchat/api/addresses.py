"""Short addresses: links by which somebody can be booked, and what browsers and crawlers ask for."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException

from scheduler_core.errors import UnknownPerson
from webchat.api.given import GivenCore, GivenPages
from webchat.api.pages import STATIC_FOLDER

#: What a booking link may say besides person and type, in the schedule's own words.
SAID = ("minutes", "zone", "week", "day", "show")
_LONGEST = 80
NOT_OFFERED = "This cannot be booked any more. The schedule shows who and what can be booked."

#: Links of mails and feeds belong to one reader; the schedule and the first page may be found by anybody.
ROBOTS = """\
User-agent: *
Disallow: /b/
Disallow: /d/
Disallow: /n/
Disallow: /desk
Disallow: /feeds/
Disallow: /mails
Disallow: /api/
"""

router = APIRouter(include_in_schema=False)


@router.api_route("/book/{person}", methods=["GET", "HEAD"])
@router.api_route("/book/{person}/{kind}", methods=["GET", "HEAD"])
def book(
    person: str, request: Request, core: GivenCore, pages: GivenPages, kind: str | None = None
) -> RedirectResponse:
    """The schedule of that person and appointment type; what else the address says comes along."""
    try:
        offered = [one.handle for one in core.people.types_of(person)]
    except UnknownPerson:
        offered = []
    if not offered or (kind is not None and kind not in offered):
        raise HTTPException(404, NOT_OFFERED)
    given = request.query_params
    said = {name: given[name] for name in SAID if 0 < len(given.get(name, "")) <= _LONGEST}
    wanted = {"person": person} | ({} if kind is None else {"type": kind}) | said
    return RedirectResponse(f"{pages.base}/schedule?{urlencode(wanted)}", status_code=302)


@router.api_route("/robots.txt", methods=["GET", "HEAD"])
def robots() -> PlainTextResponse:
    """What crawlers leave alone."""
    return PlainTextResponse(ROBOTS)


@router.api_route("/favicon.ico", methods=["GET", "HEAD"])
def favicon() -> FileResponse:
    """The icon, for programs that ask for it without reading the page."""
    return FileResponse(STATIC_FOLDER / "favicon.ico", media_type="image/vnd.microsoft.icon")
