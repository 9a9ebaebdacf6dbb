"""Where webhooks may lead, when names change what they lead to."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme

from scheduler_core import webhook_calls
from scheduler_core.errors import PermanentFailure
from scheduler_core.webhook_calls import PublicOnly, public_address
from tests.adapters.web_service import Answer, Asked, WebService, serving_web

NAME = "hooks.example.org"


class Anything(WebService):
    def answer(self, asked: Asked) -> Answer:  # noqa: ARG002
        return Answer(204)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def session(authority: trustme.CA, tmp_path: Path) -> Iterator[requests.Session]:
    """What trusts the authority and reaches public addresses alone."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(tmp_path / "ca.pem")
        session.mount("https://", PublicOnly())
        yield session


@pytest.fixture
def lookups(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the name leads to, one after the other; this machine counts as public."""
    addresses: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *more: Any, **options: Any) -> list[Any]:
        return real(addresses.pop(0) if host == NAME else host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(webhook_calls, "_is_public", lambda address: address.startswith("127."))
    return addresses


def certificate(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_name_is_looked_up_once_and_stays_the_name_that_is_certified(
    session: requests.Session, authority: trustme.CA, lookups: list[str]
) -> None:
    lookups += ["127.0.0.1", "10.0.0.1"]
    service = Anything()
    with serving_web(service, tls=certificate(authority, NAME)) as url:
        port = url.rpartition(":")[2]
        answer = session.post(f"https://{NAME}:{port}/hook", data=b"{}", timeout=5)

    assert answer.status_code == 204
    assert [asked.headers["Host"] for asked in service.asked] == [f"{NAME}:{port}"]
    assert lookups == ["10.0.0.1"]


def test_certificate_for_another_name_is_refused(
    session: requests.Session, authority: trustme.CA, lookups: list[str]
) -> None:
    lookups += ["127.0.0.1"]
    service = Anything()
    with (
        serving_web(service, tls=certificate(authority, "other.example.org")) as url,
        pytest.raises(requests.exceptions.SSLError, match="is not valid for"),
    ):
        session.post(f"https://{NAME}:{url.rpartition(':')[2]}/hook", data=b"{}", timeout=5)

    assert service.asked == []


def test_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: Any, **__: Any) -> list[Any]:
        return [(None, None, 0, "", (address, 443)) for address in ("8.8.8.8", "192.168.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    with pytest.raises(PermanentFailure):
        public_address(NAME, 443)
