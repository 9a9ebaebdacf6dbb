"""An attendee's calendar by secret address, from the page behind a mailed link.

A link is worth one booking, as a mail may be passed on; the calendar holds all of them. So the address is
proven first by a code, which is mailed to it and taken from one browser alone.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from scheduler_core.errors import DatabaseUnavailable, OutcomeUnknown, TooOften
from scheduler_core.feeds import Feed
from scheduler_core.identity import Proof, Refusal
from scheduler_core.links import ATTENDEE
from scheduler_core.model import Actor, ActorKind
from scheduler_core.texts import address_key
from webchat.api.forms import COOKIE
from webchat.api.mine import WHY
from webchat.api.visits import DEAD, GivenVisit, Visit

CHANNEL = "manage"
BUSY = "The system did not answer in time. Trying again is safe."
TOO_OFTEN = "That was asked for too often. Please try again in an hour."

router = APIRouter(prefix="/b/{token}/feed", include_in_schema=False)


class SentCode(BaseModel):
    """What came back; nothing in it is trusted before the guard has looked at it."""

    proof: Annotated[str, Field(max_length=100)] = ""
    code: Annotated[str, Field(max_length=40)] = ""


Sent = Annotated[SentCode, Form()]


@router.api_route("", methods=["GET", "HEAD"])
def show(visit: GivenVisit, asked: Annotated[str, Query(max_length=1)] = "") -> Response:
    """The address of the calendar once that is proven; before, how to prove it."""
    return _page(visit, asked=bool(asked))


@router.post("/code")
def ask_code(visit: GivenVisit, form: Sent, request: Request) -> Response:
    """Mails a code to the address that the booking was made for."""
    visit.guard.check(request, visit.token, form.proof)
    try:
        visit.core.identity.ask_code(_address(visit), channel=CHANNEL, sender=_sender(request))
    except TooOften:
        return _page(visit, asked=True, status=429, notice=TOO_OFTEN)
    except (OutcomeUnknown, DatabaseUnavailable):
        return _page(visit, asked=False, status=503, notice=BUSY)
    return RedirectResponse(f"{visit.address}/feed?asked=1", status_code=303)


@router.post("/prove")
def prove(visit: GivenVisit, form: Sent, request: Request) -> Response:
    """Proves the address, and makes its calendar if there is none."""
    visit.guard.check(request, visit.token, form.proof)
    proof = visit.core.identity.prove(form.code, channel=CHANNEL, sender=_sender(request))
    if isinstance(proof, Refusal):
        return _page(visit, asked=True, status=400, notice=WHY[proof.reason])
    visit.core.feeds.open(_owner(visit))
    return RedirectResponse(f"{visit.address}/feed", status_code=303)


@router.post("/renew")
def renew(visit: GivenVisit, form: Sent, request: Request) -> Response:
    """Gives the calendar another address; the old one leads nowhere."""
    return _changed(visit, form, request, "renew")


@router.post("/revoke")
def revoke(visit: GivenVisit, form: Sent, request: Request) -> Response:
    """Takes the calendar back."""
    return _changed(visit, form, request, "revoke")


def _changed(visit: Visit, form: SentCode, request: Request, what: str) -> Response:
    visit.guard.check(request, visit.token, form.proof)
    if _is_proven(visit):
        owner = _owner(visit)
        if what == "renew":
            visit.core.feeds.renew(owner)
        else:
            visit.core.feeds.revoke(owner)
            visit.core.identity.forget(channel=CHANNEL, sender=_sender(request))
    return RedirectResponse(f"{visit.address}/feed", status_code=303)


def _page(visit: Visit, *, asked: bool, status: int = 200, notice: str = "") -> Response:
    letter = visit.read()
    address, is_proven = _address(visit), _is_proven(visit)
    feed: Feed | None = visit.core.feeds.of(_owner(visit)) if is_proven else None
    values = {
        "token": visit.token,
        "address": address,
        "feed": feed,
        "web": ""
        if feed is None
        else feed.url.replace("https://", "webcal://").replace("http://", "webcal://"),
        "is_asked": asked and not is_proven,
        "notice": notice,
        "form": visit.form(letter.booking),
    }
    return visit.with_cookie(visit.pages.page("feed.html", values, status=status))


def _sender(request: Request) -> str:
    """The browser, by the cookie that its forms need."""
    return request.cookies.get(COOKIE, "")


def _is_proven(visit: Visit) -> bool:
    """Whether this browser has proven the address that the booking was made for."""
    sender = _sender(visit.request)
    if not sender:
        return False
    proof: Proof | None = visit.core.identity.proven(channel=CHANNEL, sender=sender)
    return proof is not None and address_key(proof.address or "") == address_key(_address(visit))


def _owner(visit: Visit) -> Actor:
    return Actor(ActorKind.ATTENDEE, address_key(_address(visit)))


def _address(visit: Visit) -> str:
    """The address that the booking was made for; persons have their calendar at the desk.

    Raises:
        HTTPException: 404, for links that were not made for the attendee.

    """
    attendee = visit.read().booking.attendee
    if attendee is None or visit.recipient != ATTENDEE:
        raise HTTPException(404, DEAD)
    return attendee.email
