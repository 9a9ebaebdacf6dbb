from __future__ import annotations

from webchat.api import export


def test_the_client_of_the_pages_is_made_from_what_is_served() -> None:
    """`python -m webchat.api openapi` and `npm run api` bring both up to date."""
    assert export.FILE.read_text(encoding="utf-8") == export.description()
