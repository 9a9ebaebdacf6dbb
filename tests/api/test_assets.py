from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core.bootstrap import Core
from tests.api.html_page import HtmlPage
from tests.api.practice import PUBLIC_URL
from webchat.api.app import create_app

FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    [
        ("/chat.js", "text/javascript", SHORT),
        ("/w/abc123/widget.mjs", "text/javascript", FOREVER),
        ("/assets/schedule-a1B2c3D4.js", "text/javascript", FOREVER),
        ("/assets/pages.css", "text/css", SHORT),
        ("/assets/icon.svg", "image/svg+xml", SHORT),
    ],
)
async def test_files_for_other_sites_may_be_loaded_there_and_kept(
    client: httpx.AsyncClient, path: str, kind: str, caching: str
) -> None:
    answer = await client.get(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] == kind
    assert answer.headers["Cache-Control"] == caching
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("path", "title"), [("/schedule", "Schedule"), ("/desk", "Host desk")])
async def test_pages_are_served_and_never_kept(client: httpx.AsyncClient, path: str, title: str) -> None:
    answer = await client.get(path)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.text == f"<!doctype html><title>{title}</title>"


@pytest.mark.parametrize(
    "path", ["/w/abc123/gone.mjs", "/w/zzz/widget.mjs", "/assets/gone-a1B2c3D4.js", "/assets/"]
)
async def test_missing_file_is_not_found_and_that_is_not_kept(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    "path", ["/assets/%2e%2e/pages.py", "/w/%2e%2e/%2e%2e/secret", "/assets//etc/passwd", "/w/%00"]
)
async def test_no_path_leads_out_of_the_folders(client: httpx.AsyncClient, build: Path, path: str) -> None:
    (build.parent / "secret").write_text("a secret", encoding="utf-8")

    answer = await client.get(path)

    assert answer.status_code == 404


async def test_page_that_is_not_built_says_how_to_build_it(core: Core, tmp_path: Path) -> None:
    app = create_app(core, build=tmp_path / "nothing")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL) as client:
        pages = {path: HtmlPage(await client.get(path)) for path in ("/schedule", "/desk", "/")}
        files = [await client.get(path) for path in ("/chat.js", "/w/abc123/widget.mjs", "/assets/x.js")]

    assert {path: page.status for path, page in pages.items()} == {"/schedule": 503, "/desk": 503, "/": 200}
    assert all("make run" in page.text for page in pages.values())
    assert [file.status_code for file in files] == [404] * 3


async def test_page_appears_once_it_is_built(core: Core, tmp_path: Path) -> None:
    app = create_app(core, build=tmp_path)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL) as client:
        before = await client.get("/w/new/widget.mjs")
        (tmp_path / "w" / "new").mkdir(parents=True)
        (tmp_path / "w" / "new" / "widget.mjs").write_text("// new", encoding="utf-8")
        after = await client.get("/w/new/widget.mjs")

    assert (before.status_code, after.status_code) == (404, 200)


@pytest.mark.parametrize("path", ["/", "/schedule", "/api/people", "/mails", "/b/xyz", "/health", "/nothing"])
async def test_every_answer_says_what_it_may_load(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)

    wanted = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self' https://chat.example.org wss://chat.example.org; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store",
    }
    assert {name: answer.headers.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("path", "hidden"), [("/", False), ("/mails", True), ("/b/xyz", True)])
async def test_pages_for_one_reader_are_kept_out_of_search_engines(
    client: httpx.AsyncClient, path: str, *, hidden: bool
) -> None:
    answer = await client.get(path)

    assert answer.headers.get("X-Robots-Tag") == ("noindex, nofollow" if hidden else None)
    assert ('<meta name="robots" content="noindex' in answer.text) is hidden


async def test_openapi_describes_the_api_and_no_page(app: FastAPI) -> None:
    paths = app.openapi()["paths"]

    assert {path.split("/")[1] for path in paths} == {"api", "health"}
