"""Google's tokens and calendar events as their documentation has them, on loopback."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from scheduler_core.accounts import Google
from scheduler_core.meetings.google_login import SCOPE
from tests.adapters.web_service import Answer, Asked, WebService

CLIENT, SECRET, REFRESH_TOKEN = "google-client-of-tests", "google-s3cret", "refresh-s3cret"
SERVICE_ACCOUNT = "robot@practice.iam.example.com"
AUDIENCE = "https://oauth2.googleapis.com/token"
CODE = "4/code-of-the-browser"
SHARED = "c_appointments@group.calendar.google.com"


class GoogleServer(WebService):
    """One account's or several people's calendars; an event that is deleted is known for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.events: dict[tuple[str, str], dict[str, Any]] = {}
        self.requests: set[str] = set()  # for conferences
        self.conferences = 0
        self.tokens = 0
        self.conference_status = "success"
        self.lets_come_back = True
        self.page = 250
        self.subjects: dict[str, str] = {}  # of the tokens
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def calendars(self) -> set[str]:
        return {"primary", "eva.meyer@example.org", "work@example.org", SHARED}

    @property
    def confirmed(self) -> list[dict[str, Any]]:
        """The events that take place."""
        return [event for event in self.events.values() if event["status"] == "confirmed"]

    def end_token(self) -> None:
        """Takes back the token that is out."""
        self.subjects.clear()

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            return self._token(asked)
        token = asked.headers.get("Authorization", "")
        if token not in self.subjects:
            return _error(401, "authError", "Invalid Credentials")
        path = re.fullmatch(r"/calendar/v3/calendars/([^/]+)/events(?:/([^/]+))?", asked.path)
        assert path, "no such path"
        calendar, event = path.groups()
        subject = self.subjects[token]
        if calendar not in self.calendars or subject not in {"", calendar, "eva.meyer@example.org"}:
            return _error(404, "notFound", "Not Found")
        if (event, asked.method) == (None, "GET"):
            return self._list(asked, calendar)
        assert asked.query["sendUpdates"] == "none", "Google mails people by itself"
        if event is None:
            assert asked.method == "POST"
            return self._insert(asked, calendar)
        return self._change(asked, (calendar, event))

    def _token(self, asked: Asked) -> Answer:
        form = asked.form
        if form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer":
            public = self.key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            claims = jwt.decode(form["assertion"], certs=public, audience=AUDIENCE)
            assert (claims["iss"], claims["scope"]) == (SERVICE_ACCOUNT, SCOPE)
            return self._new_token(claims["sub"])
        if (form["client_id"], form["client_secret"]) != (CLIENT, SECRET):
            return Answer(
                401, {"error": "invalid_client", "error_description": "The OAuth client was not found."}
            )
        if form["grant_type"] == "authorization_code":
            assert len(form["code_verifier"]) >= 43
            assert form["redirect_uri"].startswith("http://127.0.0.1:")
            if form["code"] != CODE:
                return Answer(400, {"error": "invalid_grant", "error_description": "Malformed auth code."})
            return self._new_token("", refresh_token=REFRESH_TOKEN)
        assert form["grant_type"] == "refresh_token"
        if form["refresh_token"] != REFRESH_TOKEN:
            return Answer(400, {"error": "invalid_grant", "error_description": "Token has been revoked."})
        return self._new_token("")

    def _new_token(self, subject: str, **more: str) -> Answer:
        self.tokens += 1
        self.subjects[f"Bearer ya29.token-{self.tokens}"] = subject
        content = {"access_token": f"ya29.token-{self.tokens}", "expires_in": 3599, "scope": SCOPE}
        return Answer(200, {**content, "token_type": "Bearer", **more})

    def _list(self, asked: Asked, calendar: str) -> Answer:
        since = datetime.fromisoformat(asked.query["timeMin"])
        assert since.utcoffset() is not None, "RFC 3339 with an offset"
        assert asked.query["singleEvents"] == "true"
        assert 1 <= int(asked.query["maxResults"]) <= 2500
        assert asked.query["fields"] == "nextPageToken,items(start,end,extendedProperties/private)"
        theirs = [event for (place, _), event in self.events.items() if place == calendar]
        shown = [
            {name: event[name] for name in ("start", "end", "extendedProperties") if name in event}
            for event in theirs
            if event["status"] != "cancelled" and _end(event) > since
        ]
        begin = int(asked.query.get("pageToken") or 0)
        more = {"nextPageToken": str(begin + self.page)} if begin + self.page < len(shown) else {}
        return Answer(200, {"items": shown[begin : begin + self.page], **more})

    def _insert(self, asked: Asked, calendar: str) -> Answer:
        fields = asked.fields
        assert re.fullmatch(r"[a-v0-9]{5,1024}", fields["id"]), "base32hex"
        if (calendar, fields["id"]) in self.events:
            return _error(409, "duplicate", "The requested identifier already exists.")
        _check(fields)
        return self._kept((calendar, fields["id"]), fields, asked)

    def _change(self, asked: Asked, key: tuple[str, str]) -> Answer:
        if key not in self.events:
            return _error(404, "notFound", "Not Found")
        if asked.method == "DELETE":
            if self.events[key]["status"] == "cancelled":
                return _error(410, "deleted", "Resource has been deleted")
            self.events[key]["status"] = "cancelled"
            return Answer(204)
        assert asked.method == "PATCH"
        if self.events[key]["status"] == "cancelled" and not self.lets_come_back:
            return _error(403, "forbidden", "Forbidden")
        changed = {**self.events[key], **asked.fields}
        _check(changed)
        return self._kept(key, changed, asked)

    def _kept(self, key: tuple[str, str], event: dict[str, Any], asked: Asked) -> Answer:
        self.events[key] = event
        wish = event.get("conferenceData", {}).get("createRequest")
        if wish and asked.query["conferenceDataVersion"] == "1" and wish["requestId"] not in self.requests:
            assert wish["conferenceSolutionKey"] == {"type": "hangoutsMeet"}
            self.requests.add(wish["requestId"])
            self._start_conference(event, wish)
        return Answer(200, event)

    def _start_conference(self, event: dict[str, Any], wish: dict[str, Any]) -> None:
        event["conferenceData"] = {
            "createRequest": {**wish, "status": {"statusCode": self.conference_status}}
        }
        if self.conference_status == "success":
            self.finish_conference(event)

    def finish_conference(self, event: dict[str, Any]) -> None:
        """Gives the event the link that it has asked for."""
        self.conferences += 1
        event["hangoutLink"] = f"https://meet.example.com/abc-{self.conferences}"
        event["conferenceData"]["createRequest"]["status"]["statusCode"] = "success"


def signed_in(url: str, folder: Path) -> Google:
    """One account that has signed in."""
    file = folder / "google-token.json"
    file.write_text(json.dumps({"refresh_token": REFRESH_TOKEN}))
    return Google(file, CLIENT, SECRET, None, url, f"{url}/consent", f"{url}/token")


def acting_for_people(server: GoogleServer, url: str, folder: Path) -> Google:
    """A service account with domain-wide delegation."""
    pem = server.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "service-account.json"
    kept = {
        "type": "service_account",
        "client_email": SERVICE_ACCOUNT,
        "private_key": pem.decode(),
        "token_uri": f"{url}/token",
    }
    file.write_text(json.dumps(kept))
    return Google(folder / "none.json", service_account_file=file, api_url=url)


def _end(event: dict[str, Any]) -> datetime:
    end = event["end"]
    day = datetime.fromisoformat(f"{end['date']}T00:00:00+00:00") if "date" in end else None
    return day or datetime.fromisoformat(end["dateTime"])


def _check(event: dict[str, Any]) -> None:
    """Raises what is wrong with an event."""
    start, end = (datetime.fromisoformat(event[bound]["dateTime"]) for bound in ("start", "end"))
    assert start.utcoffset() == timedelta(), "an instant in UTC"
    assert start < end
    ZoneInfo(event["start"]["timeZone"])
    assert event["status"] in {"confirmed", "tentative", "cancelled"}
    assert all(isinstance(value, str) for value in event["extendedProperties"]["private"].values())
    assert "attendees" not in event


def _error(status: int, reason: str, message: str, headers: dict[str, str] | None = None) -> Answer:
    errors = [{"domain": "global", "reason": reason, "message": message}]
    return Answer(status, {"error": {"errors": errors, "code": status, "message": message}}, headers or {})


RATE_LIMIT = _error(403, "rateLimitExceeded", "Rate Limit Exceeded")
TOO_MANY = _error(429, "rateLimitExceeded", "Quota exceeded", {"Retry-After": "20"})
NOT_ENABLED = _error(403, "accessNotConfigured", "Calendar API has not been used in project 1 before")
OUTAGE = _error(503, "backendError", "Backend Error")
INVALID = _error(400, "invalid", "Invalid value for: start")
UNAUTHORIZED = _error(401, "authError", "Invalid Credentials")
