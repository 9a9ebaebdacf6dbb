from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from scheduler_core.bootstrap import Core
from scheduler_core.links import Links
from tests.api.conftest import browser
from tests.api.html_page import HtmlPage
from tests.api.practice import PUBLIC_URL, Practice, at
from webchat.api.app import create_app
from webchat.api.demo import suggestions


@pytest.mark.usefixtures("practice")
async def test_first_page_says_what_this_is_who_works_here_and_what_can_be_booked(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/")

    page = HtmlPage(answer)
    assert page.status == 200
    assert "Book an appointment by writing one sentence." in page.text
    assert "BO Ben Okafor Intro 09:00 now in Europe/London" in page.text
    assert "EM Dr. Eva Meyer Intro, Consultation 10:00 now in Europe/Berlin" in page.text
    assert "Consultation 30 minutes, or 1 hour in person, by phone" in page.text
    assert {"/schedule", "/mails"} <= set(page.links)
    assert '<script src="/chat.js" data-title="Example Practice" defer></script>' in answer.text


async def test_first_page_of_an_empty_organisation_is_a_page(client: httpx.AsyncClient) -> None:
    page = HtmlPage(await client.get("/"))

    assert page.status == 200
    assert "Nobody can be booked yet." in page.text
    assert "Try one of these" not in page.text


async def test_first_page_answers_head(client: httpx.AsyncClient) -> None:
    answer = await client.head("/")

    assert (answer.status_code, answer.text) == (200, "")


def test_suggestions_fit_those_who_can_be_booked(practice: Practice) -> None:
    people = practice.core.people

    assert suggestions([(person, people.types_of(person.handle)) for person in people.all()]) == [
        "30 minutes with Dr. Eva Meyer next Tuesday afternoon? I'm Ann Lee, ann@example.com",
        "The first free intro, with anyone",
        "A consultation on Tuesday or Thursday between 2 and 5, but not at 3",
        "When does Ben Okafor have time next week?",
    ]


async def test_pages_below_a_path_link_below_that_path(core: Core, practice: Practice, build: Path) -> None:
    settings = replace(core.settings, public_url=f"{PUBLIC_URL}/practice")
    links = Links(settings.secret_key, settings.public_url)
    app = create_app(replace(core, settings=settings, links=links), build=build)
    path = practice.path(practice.book(at(1, 9, 30)))
    async with browser(app) as client:
        answers = [await client.get(address) for address in ("/", path, f"{path}/reschedule", "/mails")]
        cookie = answers[1].headers["Set-Cookie"]
        form = HtmlPage(answers[1]).form("/cancel")
        done = await client.post(
            f"{path}/cancel", data=form.fields, headers={"Cookie": cookie.split("; ")[0]}
        )

    shown = [link for answer in answers for link in HtmlPage(answer).links if link != "#content"]
    below = ("/practice/", f"{settings.public_url}/#chat=")
    assert [link for link in shown if not link.startswith(below)] == []
    assert "; Path=/practice/b;" in cookie
    assert form.action == f"/practice{path}/cancel"
    assert done.headers["Location"] == f"/practice{path}?done=cancelled"
