from __future__ import annotations

from collections.abc import Iterator

import pytest

from scheduler_core.clock import FixedClock
from scheduler_core.errors import DeliveryError, PermanentFailure, TemporaryFailure
from scheduler_core.meetings.line import Patience
from scheduler_core.text_messages import TextMessage, number_in
from scheduler_core.twilio import TwilioMessenger
from tests.adapters.samples import NOW
from tests.adapters.twilio_server import SEND, SERVICE, TwilioServer, twilio_account
from tests.adapters.web_service import CUT, DONE_SILENTLY, LOST, SILENT, SLOWLY, Answer, serving_web

QUICK = Patience(connecting=0.5, answer=0.3, whole=1, pause=0)
TEXT = TextMessage("+493012345678", "Example Practice: Consultation with Dr. Eva Meyer. Ends: “now” – & +1")


@pytest.fixture
def server() -> TwilioServer:
    return TwilioServer()


@pytest.fixture
def twilio(server: TwilioServer) -> Iterator[TwilioMessenger]:
    with serving_web(server) as url:
        yield TwilioMessenger(twilio_account(url), FixedClock(NOW), QUICK)


async def failure_of(messenger: TwilioMessenger, text: TextMessage = TEXT) -> DeliveryError:
    with pytest.raises(DeliveryError) as failed:
        await messenger.send(text)
    return failed.value


async def test_text_arrives_word_for_word(twilio: TwilioMessenger, server: TwilioServer) -> None:
    await twilio.send(TEXT)

    assert server.sent == [(TEXT.to, TEXT.words)]


async def test_messaging_service_chooses_the_sender(server: TwilioServer) -> None:
    with serving_web(server) as url:
        await TwilioMessenger(twilio_account(url, sender=SERVICE), FixedClock(NOW), QUICK).send(TEXT)

    assert [asked.form["MessagingServiceSid"] for asked in server.asked] == [SERVICE]


async def test_who_has_answered_stop_is_said_to_have(twilio: TwilioMessenger, server: TwilioServer) -> None:
    server.stopped.add(TEXT.to)

    failure = await failure_of(twilio)

    assert isinstance(failure, PermanentFailure)
    assert failure.details == {"reason": "the recipient has answered STOP", "stopped": True}


async def test_refused_number_is_final_and_not_repeated_in_the_reason(
    twilio: TwilioMessenger, server: TwilioServer
) -> None:
    server.not_mobile.add(TEXT.to)

    failure = await failure_of(twilio)

    assert isinstance(failure, PermanentFailure)
    assert failure.details == {"reason": "Twilio 400: code 21614"}


async def test_wrong_password_may_be_mended(server: TwilioServer) -> None:
    with serving_web(server) as url:
        failure = await failure_of(TwilioMessenger(twilio_account(url, token="old"), FixedClock(NOW), QUICK))

    assert isinstance(failure, TemporaryFailure)
    assert failure.details == {"reason": "Twilio 401: code 20003"}
    assert server.sent == []


@pytest.mark.parametrize(
    ("answer", "details"),
    [
        (Answer(429, {"code": 20429}), {"reason": "Twilio 429: code 20429"}),
        (
            Answer(429, {"code": 20429}, {"Retry-After": "17"}),
            {"reason": "Twilio 429: code 20429", "retry_after": 17.0},
        ),
        (
            Answer(503, None, {"Retry-After": "Tue, 24 Nov 2026 09:05:00 GMT"}),
            {"reason": "Twilio 503: code unknown", "retry_after": 300.0},
        ),
        (Answer(500, ["no object"]), {"reason": "Twilio 500: code unknown"}),
    ],
)
async def test_refusal_that_may_pass_says_when(
    twilio: TwilioMessenger, server: TwilioServer, answer: Answer, details: dict[str, object]
) -> None:
    server.fail(SEND, answer)

    failure = await failure_of(twilio)

    assert isinstance(failure, TemporaryFailure)
    assert failure.details == details


@pytest.mark.parametrize(
    ("fault", "sent"), [(CUT, 0), (SILENT, 0), (LOST, 1), (DONE_SILENTLY, 1), (SLOWLY, 1)]
)
async def test_missing_answer_may_pass_whatever_became_of_the_text(
    twilio: TwilioMessenger, server: TwilioServer, fault: str, sent: int
) -> None:
    server.fail(SEND, fault)

    assert isinstance(await failure_of(twilio), TemporaryFailure)
    assert len(server.sent) == sent


def test_secrets_are_not_shown() -> None:
    assert "s3cret" not in repr(twilio_account("https://api.example.org"))


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+49 30 1234567", "+49301234567"),
        ("+49 (0)30 / 1234-567", "+49301234567"),
        ("0049 30 1234567", "+49301234567"),
        ("+1 (212) 555-0100", "+12125550100"),
        ("+44\u201120\u20117946\u20110000", "+442079460000"),
        ("030 1234567", None),
        ("+0 12345678", None),
        ("+49 30", None),
        ("+49 30 1234567 ext. 5", None),
        ("call me", None),
        ("", None),
    ],
)
def test_number_is_used_only_where_it_names_its_country(phone: str, number: str | None) -> None:
    assert number_in(phone) == number
