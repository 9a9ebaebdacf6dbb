"""What of the running assistant can be reached, and from where."""

from __future__ import annotations

import httpx
import psutil
import pytest

from tests.stack import Assistant

pytestmark = pytest.mark.conversation

#: Rasa's own HTTP API, by which a model could be exchanged, and conversations read and written.
CLOSED = (
    ("PUT", "/model"),
    ("DELETE", "/model"),
    ("POST", "/model/train"),
    ("POST", "/model/parse"),
    ("POST", "/model/predict"),
    ("POST", "/model/test/intents"),
    ("GET", "/conversations/ann/tracker"),
    ("POST", "/conversations/ann/tracker/events"),
    ("PUT", "/conversations/ann/tracker/events"),
    ("POST", "/conversations/ann/messages"),
    ("POST", "/conversations/ann/execute"),
    ("POST", "/conversations/ann/predict"),
    ("POST", "/conversations/ann/trigger_intent"),
    ("GET", "/conversations/ann/story"),
    ("GET", "/domain"),
    ("GET", "/status"),
    ("GET", "/version"),
)


def listening(pid: int) -> set[tuple[str, int]]:
    """Where the process and all it has started listen."""
    process = psutil.Process(pid)
    return {
        (connection.laddr.ip, connection.laddr.port)
        for one in (process, *process.children(recursive=True))
        for connection in one.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }


def test_every_part_listens_on_this_machine_alone_and_at_its_own_port(assistant: Assistant) -> None:
    stack = assistant.stack
    pids = {name: process.pid for name, process in stack.processes.items()}
    if stack.embedded:
        pids["postgres"] = stack.database.process.pid

    found = {name: listening(pid) for name, pid in pids.items()}

    expected = {name: {("127.0.0.1", stack.ports[name])} for name in pids if name in stack.ports}
    assert found == {**expected, "worker": set()}


def test_rasa_answers_nothing_of_its_own_api(assistant: Assistant) -> None:
    url = assistant.stack.urls["rasa"]

    answers = {
        (method, path): httpx.request(method, url + path, json={}).status_code for method, path in CLOSED
    }

    assert answers == dict.fromkeys(CLOSED, 404)


def test_the_action_server_refuses_who_is_not_rasa(assistant: Assistant) -> None:
    url = assistant.stack.urls["actions"]
    call = {"next_action": "action_converse", "tracker": {"sender_id": "ann"}}

    refused = httpx.post(f"{url}/webhook", json=call)

    assert (refused.status_code, refused.content) == (403, b"")
