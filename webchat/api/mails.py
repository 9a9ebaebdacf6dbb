"""The mails that were written instead of sent; only for the machine itself, and without a mail server."""

from __future__ import annotations

import re

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from webchat.api.given import GivenPages
from webchat.api.mailbox import Mail, Mailbox

#: Whatever a mail holds can neither run nor load anything; its links open beside it.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


def routes(mailbox: Mailbox) -> APIRouter:
    """The list of mails, and each of them as it looks, as text, as it travels, and its invitation."""
    router = APIRouter(prefix="/mails", include_in_schema=False)

    def found(name: str) -> Mail:
        mail = mailbox.mail(name)
        if mail is None:
            raise HTTPException(404, "There is no such mail.")
        return mail

    @router.api_route("", methods=["GET", "HEAD"])
    def mails(pages: GivenPages) -> Response:
        return pages.page("mails.html", {"mails": mailbox.newest()})

    @router.get("/{name}")
    def mail(name: str, pages: GivenPages) -> Response:
        return pages.page("mail.html", {"mail": found(name)})

    @router.get("/{name}/html")
    def letter(name: str) -> HTMLResponse:
        text = re.sub(r"<head>", '<head><base target="_blank">', found(name).html, count=1)
        headers = {"Content-Security-Policy": LETTER_POLICY, "X-Frame-Options": "SAMEORIGIN"}
        return HTMLResponse(text, headers=headers)

    @router.get("/{name}/raw")
    def raw(name: str) -> Response:
        return PlainTextResponse(found(name).raw)

    @router.get("/{name}/invite.ics")
    def invitation(name: str) -> Response:
        invitation = found(name).invitation
        if invitation is None:
            raise HTTPException(404, "There is no invitation in that mail.")
        return Response(invitation.text, media_type="text/calendar")

    return router
