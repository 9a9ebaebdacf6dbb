from __future__ import annotations

import httpx
import pytest

from tests.api.html_page import HtmlPage
from tests.api.practice import Practice
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
