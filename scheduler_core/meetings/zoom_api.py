"""zoomus with what it lacks: deadlines, fresh tokens, and errors that are raised."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import requests
from requests.auth import AuthBase

from scheduler_core.accounts import Zoom
from scheduler_core.clock import Clock
from scheduler_core.errors import DeliveryError, TemporaryFailure
from scheduler_core.meetings.line import Line
from scheduler_core.meetings.refusals import failure

with warnings.catch_warnings():
    # One of its texts has an escape that is none; Python says so whenever it has to compile the file.
    warnings.simplefilter("ignore", SyntaxWarning)
    from zoomus.components.meeting import MeetingComponentV2
    from zoomus.util import API_VERSION_2

#: Before a token's end, so that it does not end on the way.
_MARGIN = 60.0
_PAGE_SIZE = 300
#: Zoom's own codes for a token that may not do this: "does not contain scopes", "invalid access token".
_NO_PERMISSION = frozenset({104, 124, 4700, 4711})

Carry = Callable[..., requests.Response]


class _Meetings(MeetingComponentV2):  # type: ignore[misc]  # zoomus carries no types
    """zoomus's calls, carried by us; by itself it asks without a deadline that holds."""

    def __init__(self, url: str, carry: Carry) -> None:
        super().__init__(base_uri=url, config={"version": API_VERSION_2})
        self._carry = carry

    def get_request(self, endpoint: str, params: Any = None) -> requests.Response:
        return self._carry("GET", self.url_for(endpoint), params=params)

    def post_request(self, endpoint: str, data: Any = None) -> requests.Response:
        return self._carry("POST", self.url_for(endpoint), json=data)

    def patch_request(self, endpoint: str, data: Any = None) -> requests.Response:
        return self._carry("PATCH", self.url_for(endpoint), json=data)

    def delete_request(self, endpoint: str, params: Any = None) -> requests.Response:
        return self._carry("DELETE", self.url_for(endpoint), params=params)


class _Bearer(AuthBase):
    """An access token; said this way, nothing in a .netrc takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class ZoomApi:
    """Zoom's meetings; every method may raise TemporaryFailure or PermanentFailure, and runs on the line."""

    def __init__(self, account: Zoom, line: Line, clock: Clock) -> None:
        self._account = account
        self._line = line
        self._clock = clock
        self._meetings = _Meetings(account.api_url, self._carry)
        self._token = ""
        self._token_ends = 0.0

    def create(self, host: str, **fields: Any) -> dict[str, Any]:
        """A new meeting of the host, as Zoom describes it."""
        return self._content(self._meetings.create(user_id=_quoted(host), **fields))

    def update(self, meeting: str, **fields: Any) -> bool:
        """Gives the meeting these fields; False if there is no such meeting."""
        return self._is_there(self._meetings.update(id=meeting, **fields))

    def delete(self, meeting: str) -> bool:
        """Takes the meeting away without a mail from Zoom; False if there is none."""
        quiet = {"schedule_for_reminder": "false", "cancel_meeting_reminder": "false"}
        return self._is_there(self._meetings.delete(id=meeting, **quiet))

    def of_host(self, host: str) -> Iterator[dict[str, Any]]:
        """The host's meetings that are scheduled, each with the beginning of its agenda."""
        more: dict[str, str] = {}
        while True:  # the line's own deadline ends it where Zoom does not
            wanted = {"user_id": _quoted(host), "type": "scheduled", "page_size": _PAGE_SIZE, **more}
            content = self._content(self._meetings.list(**wanted))
            if "meetings" not in content:
                raise TemporaryFailure(reason="Zoom listed no meetings")
            yield from content["meetings"]
            if not content.get("next_page_token"):
                return
            more = {"next_page_token": content["next_page_token"]}

    def sign_in(self) -> None:
        """Asks for a new access token."""
        answer = self._line.request(
            "POST",
            self._account.token_url,
            data={"grant_type": "account_credentials", "account_id": self._account.account_id},
            auth=(self._account.client_id, self._account.client_secret),
            timeout=self._line.patience.token,
        )
        # Whatever is wrong with the app, somebody can mend it while the booking waits.
        content = self._content(answer, may_pass=True)
        try:
            self._token = str(content["access_token"])
            self._token_ends = time.monotonic() + float(content["expires_in"]) - _MARGIN
        except (KeyError, TypeError, ValueError):
            raise TemporaryFailure(reason="Zoom gave no access token") from None

    def _carry(self, method: str, url: str, **content: Any) -> requests.Response:
        """The answer; asked for again, once, with a new token where the old one is refused."""
        if time.monotonic() >= self._token_ends:
            self.sign_in()
        answer = self._line.request(method, url, auth=_Bearer(self._token), **content)
        if answer.status_code != HTTPStatus.UNAUTHORIZED:
            return answer
        self.sign_in()
        return self._line.request(method, url, auth=_Bearer(self._token), **content)

    def _content(self, answer: requests.Response, *, may_pass: bool = False) -> dict[str, Any]:
        content = _read(answer)
        if not 200 <= answer.status_code < 300:
            raise _failure(answer, content, self._clock.now(), may_pass=may_pass)
        return content

    def _is_there(self, answer: requests.Response) -> bool:
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return False
        self._content(answer)
        return True


def _quoted(host: str) -> str:
    """The host as a part of an address; zoomus puts it there as it is."""
    return quote(host, safe="@")


def _read(answer: requests.Response) -> dict[str, Any]:
    """The object in the answer; an empty one where there is none."""
    try:
        content = answer.json()
    except requests.JSONDecodeError:
        return {}
    return content if isinstance(content, dict) else {}


def _failure(
    answer: requests.Response, content: dict[str, Any], now: datetime, *, may_pass: bool
) -> DeliveryError:
    code, said = content.get("code", ""), content.get("message") or content.get("reason") or answer.reason
    may_pass = may_pass or code in _NO_PERMISSION or 300 <= answer.status_code < 400
    return failure(
        "Zoom", answer.status_code, f"{code} {said}".strip(), answer.headers, now, may_pass=may_pass
    )
