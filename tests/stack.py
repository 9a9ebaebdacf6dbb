"""The whole assistant as tests talk to it: every process real, a real mail server, and movable time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from deploy.local import ports
from deploy.local.places import MODEL, ROOT
from deploy.local.stack import Stack
from tests.adapters.web_service import serving_web
from tests.chat import Conversation
from tests.clockwork import START, Clockwork
from tests.mailbox import Mailbox
from tests.rasa import slack_server, telegram_server
from tests.rasa.slack_server import SlackServer
from tests.rasa.telegram_server import TelegramServer
from tests.rows import Rows

ADMIN = "office@example.org"
LAST = ("conversation", "browser")
LOG_LINES = 15


@dataclass(repr=False)
class Assistant:
    """The running assistant and the other ends of its wires."""

    stack: Stack
    mailbox: Mailbox
    clock: Clockwork
    rows: Rows
    foreign_port: int  #: of the page on another origin that may hold the chat
    telegram: TelegramServer
    slack: SlackServer
    chats: list[Conversation] = field(default_factory=list)  #: those of the test that runs now

    @property
    def api(self) -> str:
        return self.stack.urls["api"]

    def chat(self, **facts: Any) -> Conversation:
        """A new conversation; `zone` and `locale` are what the browser would say."""
        begun = Conversation(self.stack.urls["rasa"], **facts)
        self.chats.append(begun)
        return begun

    def report(self) -> str:
        """The chats of this test and the ends of all logs."""
        ends = [
            f"--- {name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-LOG_LINES:])
            for name, log in self.stack.logs.items()
            if log.exists()
        ]
        return "\n".join([*(chat.transcript() for chat in self.chats), *ends])


@pytest.fixture(scope="session")
def whole_assistant(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """Started once and shared; tests keep apart by using conversations and times of their own."""
    if not MODEL.exists():
        pytest.fail(f"{MODEL.relative_to(ROOT)} is missing: `make train` makes it.")
    folder = tmp_path_factory.mktemp("assistant")
    with running(folder) as assistant:
        request.config.stash[RUNNING] = assistant
        yield assistant
    if not request.session.testsfailed:
        shutil.rmtree(folder / "postgres-data", ignore_errors=True)


@contextmanager
def running(folder: Path) -> Iterator[Assistant]:
    """The assistant with its data in the folder, for the block."""
    clock = Clockwork(folder / "now")
    clock.set(START)
    mailbox = Mailbox()
    mailbox.start()
    foreign_port = ports.free_port()
    telegram, slack = TelegramServer(), SlackServer()
    with serving_web(telegram) as telegram_url, serving_web(slack) as slack_url:
        bot = {"TELEGRAM_BOT_TOKEN": telegram_server.TOKEN, "TELEGRAM_API_URL": telegram_url}
        app = {
            "SLACK_BOT_TOKEN": slack_server.TOKEN,
            "SLACK_SIGNING_SECRET": slack_server.SIGNING_SECRET,
            "SLACK_API_URL": f"{slack_url}/api",
        }
        stack = Stack(folder, {**environment(clock, mailbox, foreign_port), **bot, **app})
        try:
            stack.start()
            engine = database(stack)
            yield Assistant(stack, mailbox, clock, Rows(engine), foreign_port, telegram, slack)
            engine.dispose()
        finally:
            stack.stop()
            telegram.end()
            mailbox.stop()


def environment(clock: Clockwork, mailbox: Mailbox, foreign_port: int) -> dict[str, str]:
    """Settings of the assistant under test."""
    return {
        "TESTING": "1",
        "TEST_NOW": clock.setting,
        "SMTP_HOST": ports.HOST,
        "SMTP_PORT": str(mailbox.port),
        "SMTP_SECURITY": "none",
        "ORGANISATION_NAME": "Example Practice",
        "DEFAULT_ZONE": "Europe/Berlin",
        "ADMIN_EMAILS": ADMIN,
        "CHAT_ALLOWED_ORIGINS": f"http://localhost:{foreign_port}",
    }


def database(stack: Stack) -> Engine:
    url = stack.urls["database"].replace("postgresql://", "postgresql+psycopg2://", 1)
    return create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)


@pytest.fixture
def assistant(whole_assistant: Assistant) -> Iterator[Assistant]:
    """The assistant at its Tuesday morning, with all its processes running before and after the test.

    What earlier tests have arranged is gone, as nobody's address and no calendar takes that much from chats.
    """
    whole_assistant.chats.clear()
    whole_assistant.clock.set(START)
    whole_assistant.rows.forget_conversations()
    yield whole_assistant
    whole_assistant.clock.set(START)
    whole_assistant.stack.check()


@pytest.fixture
def start_chat(assistant: Assistant) -> Callable[..., Conversation]:
    """Begins conversations that are shown when the test fails."""
    return assistant.chat


RUNNING: pytest.StashKey[Assistant] = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what was said and logged where a test that used the assistant has failed."""
    report = yield
    running = item.config.stash.get(RUNNING, None)
    if report.failed and running is not None and "assistant" in getattr(item, "fixturenames", ()):
        report.sections.append(("The assistant", running.report()))
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the whole assistant comes last: the smaller tests tell sooner and more exactly."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    return max((LAST.index(mark.name) for mark in item.iter_markers() if mark.name in LAST), default=-1)
