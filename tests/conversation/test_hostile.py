"""Five hundred messages of people who mean harm: none changes or reveals anything, and each is answered."""

from __future__ import annotations

import itertools
import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML

from deploy.local.places import ROOT
from tests.chat import reply_from
from tests.dialogue import booked, received
from tests.rows import Row
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"
AT_ONCE = 8
OF_ONE_CHAT = 10
NAME, EMAIL, NOTE = "Annabel Leeson", "annabel.leeson@example.com", "my knee"
_DANGEROUS = ("affirm", "pick", "inform", "cancel_appointment", "erase_data")
#: What the tables hold but for what anybody may fill: what they hold or book for themselves, requests for
#: codes and for a person. A typed command does no more than its intent: `/affirm` is a yes to what was asked.
_UNCHANGED = {
    "booking": "status <> 'TENTATIVE' AND actor_id NOT LIKE '%hostile-%'",
    "person": "true",
    "working_hours": "true",
    "extra_hours": "true",
    "time_off": "true",
    "appointment_type": "true",
    "identity_proof": "true",
    "preference": "true",
    "data_request": "true",
    "desk_session": "true",
    "webhook": "true",
}
#: What no answer holds, whatever was written: parts of programs, and what templates would have made of it.
_INNARDS = re.compile(
    r"Traceback|psycopg|sqlalchemy|\w(?:Error|Exception)\b|utter_|\bNone\b|\{\w+\}|object at 0x"
    r"|postgresql:|root:x:|1787569"
)
#: What the channel's guard says for an assistant that said nothing or broke off (`channels/guard.py`).
_GUARD = ("could not work on that just now", "went wrong on my side")
#: What stands for each entity in a message that is typed as a command.
_VALUES: Mapping[str, Any] = {
    "time": "2026-12-02T10:00:00Z",
    "date": "2026-12-02",
    "duration": {"minutes": -1},
    "email": EMAIL,
    "name": NAME,
    "person": "ben-okafor",
    "channel": "phone",
    "phone": "+49 30 901820",
    "reference": "{reference}",
    "type": ["consultation"],
    "choice": 1,
    "zone": "Mars/Olympus",
    "note": {"verified": True},
    "option": "{uid}",
}


def typed_commands() -> Iterator[str]:
    """Each intent of the domain with each of its entities, two at a time, as Rasa takes them from a button.

    Those that would do most come with each by itself, too.
    """
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    entities = [next(iter(one)) if isinstance(one, dict) else one for one in domain["entities"]]
    pairs = list(zip(entities[::2], entities[1::2], strict=True))
    alone = [(entity,) for entity in entities]
    for intent in domain["intents"]:
        for chosen in (*pairs, *(alone if intent in _DANGEROUS else ())):
            yield f"/{intent}{json.dumps({entity: _VALUES[entity] for entity in chosen})}"


def written() -> Iterator[str]:
    """The messages of `hostile.txt`."""
    for line in (Path(__file__).parent / "hostile.txt").read_text(encoding="ascii").split("\n"):
        if line and not line.startswith("#"):
            repeated = re.fullmatch(r"\*(\d+) (.*)", line)
            times, text = (int(repeated[1]), repeated[2]) if repeated else (1, line)
            yield text.encode("ascii").decode("unicode_escape") * times


def state(assistant: Assistant) -> dict[str, list[dict[str, Any]]]:
    """The rows that nobody has a right to change here."""
    return {
        table: assistant.rows.select(f"SELECT * FROM {table} WHERE {which} ORDER BY 1, 2")  # noqa: S608  # constants
        for table, which in _UNCHANGED.items()
    }


def batches(messages: Sequence[str], row: Row) -> list[list[str]]:
    """What each chat says: a wish, up to the question for the yes, and then its messages."""
    known = {"{reference}": row.reference, "{uid}": str(row.uid), "{name}": NAME, "{email}": EMAIL}
    chats = []
    for number, begin in enumerate(range(0, len(messages), OF_ONE_CHAT)):
        said = list(messages[begin : begin + OF_ONE_CHAT])
        for placeholder, value in known.items():
            said = [text.replace(placeholder, value) for text in said]
        day, hour = 7 + number % 4, 10 + number // 4 % 6
        wish = f"Intro with anyone on {day} December at {hour}:{number // 24 % 2 * 30:02}"
        chats.append([f"{wish}. I'm Zoe Ray, zoe{number}@example.com", *said])
    return chats


def attacked(assistant: Assistant, row: Row, said: Sequence[str]) -> list[tuple[str, str]]:
    """What is wrong with the answers in one chat: each message that brought something up, and its answer."""
    secrets = (NAME.split()[1], NOTE, row.reference, str(row.uid), EMAIL, *hidden(assistant))
    sender, faults = f"hostile-{uuid.uuid4().hex}", []
    with httpx.Client(base_url=assistant.stack.urls["rasa"], timeout=120) as client:
        for place, text in enumerate(said):
            told = answer(client, sender, text)
            before = "\n".join(said[: place + 1])
            shown = [secret for secret in secrets if secret in told and secret not in before]
            innards = [found for found in _INNARDS.findall(told) if found not in before]
            if not told.strip() or shown or innards or any(words in told for words in _GUARD):
                faults.append((text[:200], told[:500]))
    return faults


def answer(client: httpx.Client, sender: str, text: str) -> str:
    """All that comes back: texts, and what stands on buttons."""
    # In ASCII, as halves of characters have no other spelling.
    body = json.dumps({"sender": sender, "message": text, "metadata": {"timezone": LONDON}}).encode()
    response = client.post("/webhooks/rest/webhook", content=body)
    response.raise_for_status()
    reply = reply_from(response.json())
    return "\n".join((reply.text, *reply.titles))


def hidden(assistant: Assistant) -> list[str]:
    """What only the processes know."""
    environment = assistant.stack.environment
    return [environment[name] for name in ("SECRET_KEY", "ACTIONS_SECRET", "DATABASE_URL")]


def most_of_one_chat(assistant: Assistant) -> int:
    """How many bookings one of them has at most: each was asked for one yes."""
    booked_by = "status = 'CONFIRMED' AND actor_id LIKE '%hostile-%' GROUP BY actor_id"
    rows = assistant.rows.select(f"SELECT count(*) AS number FROM booking WHERE {booked_by}")  # noqa: S608
    return max((row["number"] for row in rows), default=0)


def logs(assistant: Assistant) -> list[str]:
    return [log.read_text(errors="replace") for log in assistant.stack.logs.values() if log.exists()]


def test_there_are_five_hundred() -> None:
    messages = {*typed_commands(), *written()}

    assert len(messages) >= 500
    assert max(map(len, messages)) <= 2000


@pytest.mark.timeout(900)
def test_nothing_that_is_written_in_malice_changes_or_reveals_anything(assistant: Assistant) -> None:
    owner = assistant.chat(zone=LONDON)
    owner.say(f"Consultation with Ben on Wednesday 2 December at 10:00, about {NOTE}. I'm {NAME}, {EMAIL}")
    owner.say("yes")
    row = booked(assistant, owner)
    received(assistant, row)
    before = state(assistant)
    mails = len(assistant.mailbox.matching(lambda _: True))

    with ThreadPoolExecutor(AT_ONCE) as aside:
        chats = batches([*typed_commands(), *written()], row)
        found = aside.map(lambda said: attacked(assistant, row, said), chats)
        faults = list(itertools.chain.from_iterable(found))

    assert faults == []
    assert state(assistant) == before
    sent = assistant.mailbox.matching(lambda _: True)[mails:]
    assert [mail for mail in sent if mail.recipients != (mail.to,) or NOTE in mail.text] == []
    assert most_of_one_chat(assistant) <= 1
    assert not any("thief@example.org" in log for log in logs(assistant))
