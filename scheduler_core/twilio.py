"""Text messages by Twilio's Messages API."""

from __future__ import annotations

from http import HTTPStatus

from scheduler_core.accounts import Twilio
from scheduler_core.clock import Clock
from scheduler_core.errors import PermanentFailure
from scheduler_core.meetings.line import Line, Patience, object_in
from scheduler_core.meetings.refusals import failure
from scheduler_core.text_messages import TextMessage

#: Twilio's own code for a recipient who has answered STOP.
_STOPPED = 21610
#: How the id of a Messaging Service begins, which chooses the sender by itself.
_SERVICE = "MG"


class TwilioMessenger:
    """Hands texts to Twilio, which knows no key by which a repeated request were harmless.

    So a text whose acceptance was not heard may arrive twice.
    """

    def __init__(self, account: Twilio, clock: Clock, patience: Patience | None = None) -> None:
        self._account = account
        self._clock = clock
        self._line = Line("Twilio", patience or Patience(whole=15))

    async def send(self, text: TextMessage) -> None:
        """Hands the text over.

        Raises:
            TemporaryFailure: no answer in time, 401, 403, 429 or 5xx: it may be tried again.
            PermanentFailure: any other refusal; `stopped` in its details where STOP was answered.

        """
        await self._line.call(lambda: self._post(text))

    async def check(self) -> None:
        """Has the account looked up, which sends and costs nothing.

        Raises:
            TemporaryFailure, PermanentFailure: Twilio does not answer, does not know the account, or has
                closed or suspended it.

        """
        await self._line.call(self._look_up)

    def _look_up(self) -> None:
        account = self._account
        answer = self._line.get(
            f"{account.url}/2010-04-01/Accounts/{account.account_sid}.json",
            auth=(account.account_sid, account.auth_token),
        )
        content = object_in(answer)
        if answer.status_code != HTTPStatus.OK:
            said = f"code {content.get('code', 'unknown')}"
            raise failure("Twilio", answer.status_code, said, answer.headers, self._clock.now())
        if content.get("status") != "active":
            raise PermanentFailure(reason=f"the account is {content.get('status', 'unknown')}")

    def _post(self, text: TextMessage) -> None:
        account = self._account
        by = "MessagingServiceSid" if account.sender.startswith(_SERVICE) else "From"
        answer = self._line.post(
            f"{account.url}/2010-04-01/Accounts/{account.account_sid}/Messages.json",
            data={"To": text.to, by: account.sender, "Body": text.words},
            auth=(account.account_sid, account.auth_token),
        )
        if answer.status_code == HTTPStatus.CREATED:
            return
        content = object_in(answer)
        if content.get("code") == _STOPPED:
            raise PermanentFailure(reason="the recipient has answered STOP", stopped=True)
        # What Twilio says may name the number; its code has to do.
        said = f"code {content.get('code', 'unknown')}"
        raise failure("Twilio", answer.status_code, said, answer.headers, self._clock.now())
