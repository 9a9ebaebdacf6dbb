"""Zoom's token and meeting calls as its documentation has them, on loopback."""

from __future__ import annotations

import base64
import re
from datetime import datetime
from typing import Any

from scheduler_core.accounts import Zoom
from tests.adapters.web_service import Answer, Asked, WebService

ACCOUNT, CLIENT, SECRET = "account-of-tests", "client-of-tests", "zoom-s3cret"
HOSTS = {"eva.meyer@example.org", "Eva_Own-Id.1"}
AGENDA_IN_LISTS = 250  #: characters of an agenda that a list shows
START_URL = "https://zoom.example.com/s/{}?zak=host-s3cret"


class ZoomServer(WebService):
    """Hosts and their meetings; tokens end when a test says so."""

    def __init__(self, *, page: int = 300) -> None:
        super().__init__()
        self.meetings: dict[int, dict[str, Any]] = {}
        self.created = 0
        self.tokens = 0
        self.page = page
        self.lifetime = 3599

    def end_token(self) -> None:
        """Takes back the token that is out."""
        self.tokens += 1

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/oauth/token":
            return self._token(asked)
        if asked.headers.get("Authorization") != f"Bearer token-{self.tokens}":
            return Answer(401, {"code": 124, "message": "Invalid access token."})
        users = re.fullmatch(r"/v2/users/([^/]+)/meetings", asked.path)
        if users:
            return self._of_user(asked, users[1])
        meeting = re.fullmatch(r"/v2/meetings/(\d+)", asked.path)
        assert meeting, "no such path"
        return self._meeting(asked, int(meeting[1]))

    def _token(self, asked: Asked) -> Answer:
        assert asked.method == "POST"
        assert asked.form == {"grant_type": "account_credentials", "account_id": ACCOUNT}
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked.headers["Authorization"] != f"Basic {basic}":
            return Answer(400, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"})
        self.tokens += 1
        return Answer(
            200,
            {
                "access_token": f"token-{self.tokens}",
                "token_type": "bearer",
                "expires_in": self.lifetime,
                "scope": "meeting:write:meeting:admin",
            },
        )

    def _of_user(self, asked: Asked, host: str) -> Answer:
        if host not in HOSTS:
            return Answer(404, {"code": 1001, "message": f"User does not exist: {host}."})
        if asked.method == "GET":
            return self._list(asked, host)
        assert asked.method == "POST"
        fields = _checked(asked.fields)
        assert fields["type"] == 2, "a scheduled meeting"
        self.created += 1
        number = 81_000_000_000 + self.created
        self.meetings[number] = {"host": host, **fields}
        return Answer(201, {**self._shown(number), "start_url": START_URL.format(number), "password": "p4ss"})

    def _list(self, asked: Asked, host: str) -> Answer:
        assert asked.query["type"] in {"scheduled", "live", "upcoming", "upcoming_meetings"}
        assert 1 <= int(asked.query["page_size"]) <= 300
        numbers = [number for number, meeting in self.meetings.items() if meeting["host"] == host]
        begin = int(asked.query.get("next_page_token") or 0)
        page = [self._shown(number) for number in numbers[begin : begin + self.page]]
        short = [{**one, "agenda": one["agenda"][:AGENDA_IN_LISTS]} for one in page]
        more = begin + self.page < len(numbers)
        return Answer(200, {"meetings": short, "next_page_token": str(begin + self.page) if more else ""})

    def _meeting(self, asked: Asked, number: int) -> Answer:
        if number not in self.meetings:
            return Answer(404, {"code": 3001, "message": f"Meeting does not exist: {number}."})
        if asked.method == "PATCH":
            self.meetings[number] |= _checked(asked.fields)
        else:
            assert asked.method == "DELETE"
            assert asked.query["schedule_for_reminder"] == asked.query["cancel_meeting_reminder"] == "false"
            del self.meetings[number]
        return Answer(204)

    def _shown(self, number: int) -> dict[str, Any]:
        meeting = self.meetings[number]
        told = {name: meeting[name] for name in ("topic", "start_time", "duration", "agenda")}
        return {"id": number, "type": 2, "join_url": f"https://zoom.example.com/j/{number}?pwd=p4ss", **told}


def zoom_account(url: str) -> Zoom:
    """The account of the tests at a server of theirs."""
    return Zoom(ACCOUNT, CLIENT, SECRET, f"{url}/v2", f"{url}/oauth/token")


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, if they are as Zoom wants them: a Z stands for a time that is really in UTC."""
    datetime.strptime(fields["start_time"], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007
    assert isinstance(fields["duration"], int)
    assert fields["duration"] > 0
    assert 0 < len(fields["topic"]) <= 200
    assert len(fields["agenda"]) <= 2000
    return {name: fields[name] for name in fields if name not in {"user_id", "id"}}
