"""Letting one Google account sign in for good: OAuth 2.0 for desktop programs (RFC 8252) with PKCE."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from scheduler_core.accounts import Google
from scheduler_core.errors import PermanentFailure
from scheduler_core.meetings.line import Line

SCOPE = "https://www.googleapis.com/auth/calendar.events"
#: Nothing listens there: the browser shows the address with the code, and that is copied.
_REDIRECT = "http://127.0.0.1:48217/"


@dataclass(frozen=True)
class Login:
    """One sign-in from its address to its code."""

    account: Google
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    @property
    def url(self) -> str:
        """Where somebody allows it."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query = {
            "client_id": self.account.client_id,
            "redirect_uri": _REDIRECT,
            "response_type": "code",
            "scope": SCOPE,
            "access_type": "offline",
            "prompt": "consent",  # or a second sign-in would bring no refresh token
            "state": self.state,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{self.account.consent_url}?{urlencode(query)}"

    def code_in(self, pasted: str) -> str:
        """The code in the address that the browser was sent to, or the code itself.

        Raises:
            PermanentFailure: there is none, or it is not from this sign-in.

        """
        text = pasted.strip()
        if "://" not in text:
            code = text
        else:
            query = parse_qs(urlsplit(text).query)
            if query.get("state") != [self.state]:
                raise PermanentFailure(reason="that address is not from this sign-in; begin anew")
            code = query.get("code", [""])[0]
        if not code:
            raise PermanentFailure(reason="there is no code in that; the access was not allowed")
        return code

    def refresh_token(self, code: str, line: Line) -> str:
        """What the code is exchanged for; to be called on the line.

        Raises:
            TemporaryFailure: Google cannot be reached.
            PermanentFailure: it does not take the code.

        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": self.verifier,
            "client_id": self.account.client_id,
            "client_secret": self.account.client_secret,
            "redirect_uri": _REDIRECT,
        }
        answer = line.request("POST", self.account.token_url, data=form)
        try:
            return str(answer.json()["refresh_token"])
        except (ValueError, KeyError, TypeError):
            raise PermanentFailure(
                reason=f"Google gave no token for the code ({answer.status_code})"
            ) from None


def keep(token: str, file: Path) -> None:
    """Writes the refresh token where only this user can read it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as target:
        json.dump({"refresh_token": token}, target)
    new.replace(file)
