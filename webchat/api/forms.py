"""Forms that only their own page can send, and that do nothing twice."""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated

from fastapi import Form, Request, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

COOKIE = "form"
STALE = "This form is too old. Please go back, reload the page and try again."


@dataclass(frozen=True)
class FreshForm:
    """The hidden fields of a form."""

    proof: str
    key: str  #: makes a repeated request harmless
    version: int  #: of the booking that the reader saw
    start: str = ""
    people: str = ""  #: handles with commas between them
    reason: str = ""


class SentForm(BaseModel):
    """What came back; nothing in it is trusted before the guard has looked at it."""

    proof: Annotated[str, Field(max_length=100)] = ""
    key: Annotated[str, Field(min_length=1, max_length=100)]
    version: Annotated[int, Field(ge=0, le=2**31 - 1)]
    start: Annotated[str, Field(max_length=40)] = ""
    people: Annotated[str, Field(max_length=400)] = ""
    reason: Annotated[str, Field(max_length=500)] = ""  #: why it is called off


Sent = Annotated[SentForm, Form()]


@dataclass(frozen=True)
class FormGuard:
    """Binds a form to one link and to the browser that loaded its page, by a cookie and a signed proof.

    A page of another site can send a form here, but it can neither read the signature nor set the cookie.
    """

    secret: str = field(repr=False)
    path: str  #: below which the cookie is sent
    secure: bool  #: whether the cookie is kept off unencrypted connections

    def form(self, request: Request, link: str, version: int) -> FreshForm:
        """The hidden fields of a form on a page of that link."""
        return FreshForm(self._proof(_cookie(request), link), secrets.token_urlsafe(12), version)

    def remember(self, request: Request, response: Response) -> None:
        """Gives the browser its cookie, unless it has one."""
        if COOKIE not in request.cookies:
            response.set_cookie(
                COOKIE, _cookie(request), path=self.path, secure=self.secure, httponly=True, samesite="lax"
            )

    def check(self, request: Request, link: str, proof: str) -> None:
        """Lets a form through that a page of ours gave to this browser.

        Raises:
            HTTPException: 403, for any other.

        """
        value = request.cookies.get(COOKIE, "")
        if not value or not hmac.compare_digest(proof.encode(), self._proof(value, link).encode()):
            raise HTTPException(403, STALE)

    def _proof(self, cookie: str, link: str) -> str:
        digest = hmac.digest(self.secret.encode(), f"manage-form\0{cookie}\0{link}".encode(), sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _cookie(request: Request) -> str:
    """The browser's cookie; a new one, the same for the whole request, where it has none."""
    if COOKIE in request.cookies:
        return request.cookies[COOKIE]
    if not hasattr(request.state, "form_cookie"):
        request.state.form_cookie = secrets.token_urlsafe(16)
    value: str = request.state.form_cookie
    return value
