"""The cookie by which a browser is told from others before anybody has signed in, and known afterwards."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request, Response

from scheduler_core import desk_browsers
from scheduler_core.desk_browsers import Browser
from webchat.api.given import ClientAddress

COOKIE = "desk-browser"
ASKING = timedelta(hours=1)  #: a browser that has asked for a code
KNOWN = timedelta(days=365)  #: one in which somebody has signed in
_COOKIE = re.compile(r"([A-Za-z0-9_-]{22})(?:\.([A-Za-z0-9_-]{22}))?")


def _browser(request: Request, address: ClientAddress) -> Browser:
    found = _COOKIE.fullmatch(request.cookies.get(COOKIE, ""))
    secret, mark = (found[1], found[2] or "") if found else (desk_browsers.new_secret(), "")
    return Browser(secret, mark, address)


#: The browser that asks; a new one where it has no cookie of ours.
GivenBrowser = Annotated[Browser, Depends(_browser)]


def remember(response: Response, browser: Browser, mark: str = "", *, secure: bool) -> None:
    """Has the browser keep its cookie: for a year with a mark, else for an hour."""
    mark = mark or browser.mark
    response.set_cookie(
        COOKIE,
        f"{browser.secret}.{mark}" if mark else browser.secret,
        max_age=int((KNOWN if mark else ASKING).total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )
