"""Twilio's call for sending a message as its documentation has it, on loopback."""

from __future__ import annotations

import base64
import re

from scheduler_core.accounts import Twilio
from tests.adapters.web_service import Answer, Asked, WebService

ACCOUNT, TOKEN, SENDER = "AC00000000000000000000000000000001", "twilio-s3cret", "+15005550006"
SERVICE = "MG00000000000000000000000000000001"
SEND = "POST /2010-04-01/Accounts"
LOOK = "GET /2010-04-01/Accounts"


class TwilioServer(WebService):
    """Takes texts; those who have answered STOP get none."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.stopped: set[str] = set()
        self.not_mobile: set[str] = set()
        self.status = "active"

    def answer(self, asked: Asked) -> Answer:
        assert str(asked) in {f"{SEND}/{ACCOUNT}/Messages.json", f"{LOOK}/{ACCOUNT}.json"}
        basic = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if asked.headers.get("Authorization") != f"Basic {basic}":
            return _error(401, 20003, "Authenticate")
        if asked.method == "GET":
            return Answer(200, {"sid": ACCOUNT, "status": self.status, "type": "Full"})
        form = asked.form
        assert set(form) in ({"To", "From", "Body"}, {"To", "MessagingServiceSid", "Body"})
        assert form.get("From", SENDER) == SENDER
        assert form.get("MessagingServiceSid", SERVICE) == SERVICE
        assert 0 < len(form["Body"]) <= 1600
        to = form["To"]
        if not re.fullmatch(r"\+[1-9]\d{1,14}", to):
            return _error(400, 21211, f"Invalid 'To' Phone Number: {to}")
        if to in self.not_mobile:
            return _error(400, 21614, f"'To' number {to} is not a valid mobile number")
        if to in self.stopped:
            return _error(400, 21610, "Attempt to send to unsubscribed recipient")
        self.sent.append((to, form["Body"]))
        return Answer(201, {"sid": f"SM{len(self.sent):032}", "status": "queued", "to": to})


def twilio_account(url: str, token: str = TOKEN, sender: str = SENDER) -> Twilio:
    """The account of the tests at a server of theirs."""
    return Twilio(ACCOUNT, token, sender, url)


def _error(status: int, code: int, message: str) -> Answer:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return Answer(status, {"code": code, "message": message, "more_info": more, "status": status})
