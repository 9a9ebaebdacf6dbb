"""Google's calendar by its own library, carried over our line: deadlines, no hidden repeats, our errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httplib2
import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account
from googleapiclient.discovery import build
from googleapiclient.errors import Error, HttpError

from scheduler_core.accounts import Google
from scheduler_core.clock import Clock
from scheduler_core.errors import DeliveryError, TemporaryFailure
from scheduler_core.meetings.google_login import SCOPE
from scheduler_core.meetings.line import Line
from scheduler_core.meetings.refusals import failure, without_addresses

_PAGE_SIZE = 250
#: A calendar that several share belongs to nobody whom a service account could act for.
_SHARED = "@group.calendar.google.com"


class _Carrier:
    """What Google's library takes for an `httplib2.Http`: the line, signed in."""

    def __init__(self, line: Line, credentials: Credentials) -> None:
        self._line = line
        self._credentials = credentials
        self._signing_in = Request(line)

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """Status and content; asked for again, once, with a new token where the old one is refused."""
        answer = self._ask(uri, method, body, headers or {})
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            self._credentials.refresh(self._signing_in)
            answer = self._ask(uri, method, body, headers or {})
        response = httplib2.Response({**answer.headers, "status": str(answer.status_code)})
        response.reason = answer.reason
        return response, answer.content

    def sign_in(self) -> None:
        """Asks for a new access token."""
        self._credentials.refresh(self._signing_in)

    def close(self) -> None:
        """Nothing is kept open."""

    def _ask(
        self, uri: str, method: str, body: str | bytes | None, headers: Mapping[str, str]
    ) -> requests.Response:
        signed = dict(headers)
        self._credentials.before_request(self._signing_in, method, uri, signed)
        return self._line.request(method, uri, data=body, headers=signed, auth=_as_signed)


class GoogleApi:
    """Events of calendars. Every method runs on the line and may raise Temporary- or PermanentFailure."""

    def __init__(self, account: Google, line: Line, clock: Clock) -> None:
        self._account = account
        self._line = line
        self._clock = clock
        self._carriers: dict[str, _Carrier] = {}
        self._events: dict[str, Any] = {}

    @property
    def acts_for_people(self) -> bool:
        """Whether each person's own account is acted for, and not one for all."""
        return self._account.service_account_file is not None

    def insert(self, calendar: str, owner: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
        """The new event; None if there is one of that id already, or was."""
        wanted = self._of(calendar, owner).insert(
            calendarId=calendar, body=body, conferenceDataVersion=1, sendUpdates="none"
        )
        return _event(self._result(wanted, {HTTPStatus.CONFLICT}))

    def patch(self, calendar: str, owner: str, event: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
        """The changed event; None if there is none, or one that is deleted and may not come back."""
        wanted = self._of(calendar, owner).patch(
            calendarId=calendar, eventId=event, body=body, conferenceDataVersion=1, sendUpdates="none"
        )
        return _event(self._result(wanted, {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}, but_for="forbidden"))

    def delete(self, calendar: str, owner: str, event: str) -> None:
        """Takes the event away; one that is gone already is well."""
        wanted = self._of(calendar, owner).delete(calendarId=calendar, eventId=event, sendUpdates="none")
        self._result(wanted, {HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

    def of_calendar(self, calendar: str, owner: str, since: datetime) -> Iterator[dict[str, Any]]:
        """The events that end after the instant, with start, end and our own properties, and nothing else."""
        events, more = self._of(calendar, owner), ""
        while True:  # the line's own deadline ends it where Google does not
            wanted = events.list(
                calendarId=calendar,
                timeMin=since.isoformat(),
                singleEvents=True,
                maxResults=_PAGE_SIZE,
                fields="nextPageToken,items(start,end,extendedProperties/private)",
                **({"pageToken": more} if more else {}),
            )
            content = self._result(wanted, set()) or {}
            yield from content.get("items", [])
            more = content.get("nextPageToken", "")
            if not more:
                return

    def sign_in(self, calendar: str, owner: str) -> None:
        """Asks for a new access token for the calendar."""
        self._translated(lambda: self._carrier(self._subject(calendar, owner)).sign_in())

    def _of(self, calendar: str, owner: str) -> Any:
        """The calls for events, as whoever may change the calendar."""
        subject = self._subject(calendar, owner)
        if subject not in self._events:
            carrier = self._translated(lambda: self._carrier(subject))
            address = {"api_endpoint": f"{self._account.api_url}/calendar/v3/"}
            # The description of the API comes with the library: it is neither fetched nor cached.
            described = {"static_discovery": True, "cache_discovery": False}
            service = build("calendar", "v3", http=carrier, client_options=address, **described)
            self._events[subject] = service.events()
        return self._events[subject]

    def _subject(self, calendar: str, owner: str) -> str:
        """The account that is acted for; empty for the one that has signed in."""
        if not self.acts_for_people:
            return ""
        return owner if calendar.endswith(_SHARED) or "@" not in calendar else calendar

    def _carrier(self, subject: str) -> _Carrier:
        if subject not in self._carriers:
            self._carriers[subject] = _Carrier(self._line, self._credentials(subject))
        return self._carriers[subject]

    def _credentials(self, subject: str) -> Credentials:
        account = self._account
        file = account.service_account_file
        try:
            kept = json.loads((file or account.token_file).read_text(encoding="utf-8"))
            if file is not None:
                signed_in: Credentials = service_account.Credentials.from_service_account_info(
                    kept, scopes=[SCOPE], subject=subject
                )
                return signed_in
            token = str(kept["refresh_token"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TemporaryFailure(reason=f"Google: {type(error).__name__} in the stored sign-in") from None
        return user_credentials.Credentials(
            None,
            refresh_token=token,
            token_uri=account.token_url,
            client_id=account.client_id,
            client_secret=account.client_secret,
            scopes=[SCOPE],
        )

    def _result(self, wanted: Any, expected: set[HTTPStatus], *, but_for: str = "") -> dict[str, Any] | None:
        """The object in the answer; None where its status, or the reason for 403, is an expected one."""
        try:
            content = self._translated(lambda: wanted.execute(num_retries=0))
        except HttpError as error:
            if error.status_code in expected or (but_for and _reason(error) == but_for):
                return None
            raise _failure(error, self._clock.now()) from None
        return content if isinstance(content, dict) else {}

    def _translated[Result](self, work: Callable[[], Result]) -> Result:
        """What the work gives; all that Google's libraries raise is said in our words, but for HttpError."""
        try:
            return work()
        except HttpError:
            raise
        except GoogleAuthError as error:
            # The rest of what it holds is the answer itself. Somebody can mend it while the booking waits.
            said = without_addresses(str(error.args[0] if error.args else type(error).__name__))
            raise TemporaryFailure(reason=f"Google does not let us sign in: {said}") from None
        except Error as error:
            raise TemporaryFailure(reason=f"Google: {type(error).__name__}") from None


def _as_signed(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """The request with the token that it has; nothing in a .netrc takes its place."""
    return request


def _event(content: dict[str, Any] | None) -> dict[str, Any] | None:
    """The content, if it is an event or none."""
    if content is not None and "id" not in content:
        raise TemporaryFailure(reason="Google named no event")
    return content


def _reason(error: HttpError) -> str:
    """Google's own word for what is wrong, which alone tells the kinds of 403 apart."""
    try:
        return str(json.loads(error.content)["error"]["errors"][0]["reason"])
    except (ValueError, KeyError, IndexError, TypeError):
        return ""


def _failure(error: HttpError, now: datetime) -> DeliveryError:
    """403 stands for limits and for missing rights alike: both may pass, as somebody can grant those."""
    headers = {name.title(): value for name, value in error.resp.items()}
    return failure("Google", int(error.status_code), str(error.reason), headers, now)
