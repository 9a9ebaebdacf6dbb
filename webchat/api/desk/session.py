"""Signing in and out."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from scheduler_core.bootstrap import Core
from scheduler_core.identity import Refusal, Why
from scheduler_core.signing_in import Member
from webchat.api.desk.browsers import GivenBrowser, remember
from webchat.api.desk.clocks import DeskPerson, desk_person
from webchat.api.desk.doors import COOKIE, GivenMember, Token, let_in
from webchat.api.given import ClientAddress, GivenCore, GivenDeskLimit
from webchat.api.openapi import failing
from webchat.api.problems import Refused

router = APIRouter()

_WHY = {
    Why.WRONG: "That is not the code.",
    Why.EXPIRED: "That code is no longer valid. Please ask for a new one.",
    Why.TOO_MANY: "That were too many tries. Please ask for a new code.",
}
Address = Annotated[str, Field(max_length=254, examples=["eva.meyer@example.org"])]


class WhoSignsIn(BaseModel):
    """Whose address a code is to be mailed to."""

    model_config = ConfigDict(extra="forbid")

    email: Address


class SentCode(WhoSignsIn):
    """The code that was mailed to the address, or what the mailed link holds."""

    code: Annotated[str, Field(max_length=100, examples=["1234 5678"])]


class Me(BaseModel):
    """Who is signed in, and whose calendars they may see and change."""

    name: str
    email: str
    role: Literal["host", "admin"]
    people: list[DeskPerson]
    zone: str
    locale: str
    organisation: str
    mail: Literal["smtp", "folder"] = Field(description="Whether mail is sent, or written into a folder.")


@router.post("/sign-in", status_code=202, responses=failing(400, 403, 413, 422, 429))
def sign_in(
    wanted: WhoSignsIn, core: GivenCore, limit: GivenDeskLimit, address: ClientAddress, browser: GivenBrowser
) -> Response:
    """Mails a code and a link, if the address is a host's or an administrator's; the answer never tells."""
    _check(limit.allows(address))
    core.signing_in.ask_code(wanted.email, browser)
    response = Response(status_code=202)
    remember(response, browser, secure=_is_secure(core))
    return response


@router.post("/session", responses=failing(400, 401, 403, 413, 422, 429))
def begin(
    sent: SentCode,
    core: GivenCore,
    limit: GivenDeskLimit,
    address: ClientAddress,
    browser: GivenBrowser,
    token: Token,
    response: Response,
) -> Me:
    """Signs in for twelve hours, the browser that asked for the code or any that was given the link."""
    _check(limit.allows(address))
    begun = core.signing_in.begin(sent.email, sent.code, browser, instead_of=token or "")
    if isinstance(begun, Refusal):
        fields = {"code": _WHY[begun.reason]}
        raise Refused(401, f"code_{begun.reason.value}", _WHY[begun.reason], fields=fields)
    member = core.signing_in.whoever(begun.token)
    if member is None:
        raise Refused(401, "signed_out", "Please sign in.")
    let_in(response, begun.token, secure=_is_secure(core))
    remember(response, browser, begun.mark, secure=_is_secure(core))
    return _me(core, member)


@router.delete("/session", status_code=204, responses=failing(403))
def end(core: GivenCore, token: Token, response: Response) -> None:
    """Signs out."""
    if token:
        core.signing_in.end(token)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")


@router.get("/me", responses=failing(401))
def me(core: GivenCore, member: GivenMember) -> Me:
    """Who is signed in."""
    return _me(core, member)


def _me(core: Core, member: Member) -> Me:
    settings = core.settings
    return Me(
        name=member.name,
        email=member.address,
        role=member.role.value,
        people=[desk_person(person, settings.clock.now()) for person in member.people],
        zone=settings.default_zone if member.own is None else member.own.zone,
        locale=settings.default_locale if member.own is None else member.own.locale,
        organisation=settings.organisation_name,
        mail="folder" if settings.smtp is None else "smtp",
    )


def _is_secure(core: Core) -> bool:
    return core.settings.public_url.startswith("https:")


def _check(allowed: bool) -> None:  # noqa: FBT001  # there is nothing else to tell
    if not allowed:
        raise Refused(
            429, "too_often", "That was too often. Please wait a minute.", headers={"Retry-After": "60"}
        )
