"""Short addresses: booking links, robots.txt, the icon."""

from __future__ import annotations

import httpx
import pytest

pytestmark = pytest.mark.usefixtures("practice")


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("/book/eva-meyer", "/schedule?person=eva-meyer"),
        ("/book/eva-meyer/consultation", "/schedule?person=eva-meyer&type=consultation"),
        (
            "/book/eva-meyer/consultation?minutes=60&zone=Asia/Kolkata&x=1&week=",
            "/schedule?person=eva-meyer&type=consultation&minutes=60&zone=Asia%2FKolkata",
        ),
    ],
)
async def test_a_booking_link_leads_to_the_schedule(client: httpx.AsyncClient, link: str, place: str) -> None:
    answer = await client.get(link)

    assert (answer.status_code, answer.headers["Location"]) == (302, place)


@pytest.mark.parametrize("link", ["/book/nobody", "/book/ben-okafor/consultation", "/book/eva-meyer/nothing"])
async def test_a_booking_link_of_what_is_not_offered_says_so(client: httpx.AsyncClient, link: str) -> None:
    answer = await client.get(link)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


async def test_robots_leave_alone_what_is_for_one_reader(client: httpx.AsyncClient) -> None:
    answer = await client.get("/robots.txt")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert {"Disallow: /b/", "Disallow: /feeds/", "Disallow: /desk"} <= set(answer.text.splitlines())


async def test_the_icon_is_where_browsers_look_for_it(client: httpx.AsyncClient) -> None:
    answer = await client.get("/favicon.ico")

    assert (answer.status_code, answer.content[:4]) == (200, b"\x00\x00\x01\x00")
