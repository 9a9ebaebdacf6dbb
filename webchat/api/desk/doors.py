"""The doors of the desk: who is signed in, and that no page of another site asks in their name."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request, Response
from fastapi.security import APIKeyCookie

from scheduler_core.model import Person
from scheduler_core.signing_in import SESSION_LIFE, Member, Role
from webchat.api.given import GivenCore
from webchat.api.problems import Refused

COOKIE = "desk"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_cookie = APIKeyCookie(name=COOKIE, scheme_name="desk", auto_error=False)
Token = Annotated[str | None, Depends(_cookie)]


def same_origin(
    request: Request,
    site: Annotated[str, Header(alias="Sec-Fetch-Site", include_in_schema=False)] = "",
    origin: Annotated[str, Header(alias="Origin", include_in_schema=False)] = "",
) -> None:
    """Lets changes through that a page of ours asks for.

    Raises:
        Refused: 403, for any other.

    """
    if request.method in _SAFE:
        return
    is_ours = site == "same-origin" if site else _host(origin) == request.headers.get("host", "").lower()
    if not is_ours:
        raise Refused(403, "other_origin", "Only our own pages can ask for that.")


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _member(core: GivenCore, token: Token) -> Member:
    """Who is signed in.

    Raises:
        Refused: 401, where nobody is.

    """
    member = core.signing_in.whoever(token or "")
    if member is None:
        raise Refused(401, "signed_out", "Please sign in.")
    return member


GivenMember = Annotated[Member, Depends(_member)]


def _admin(member: GivenMember) -> Member:
    """An administrator who is signed in.

    Raises:
        Refused: 403, for hosts.

    """
    if member.role is not Role.ADMIN:
        raise Refused(403, "not_admin", "Only administrators can change that.")
    return member


GivenAdmin = Annotated[Member, Depends(_admin)]


def _person(handle: str, member: GivenMember) -> Person:
    return member.person(handle)


#: The person named in the path, whose calendar the member may see and change.
GivenPerson = Annotated[Person, Depends(_person)]


def let_in(response: Response, token: str, *, secure: bool) -> None:
    """Has the browser keep the token of its session."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LIFE.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )
