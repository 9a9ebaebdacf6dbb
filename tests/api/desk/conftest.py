from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core.bootstrap import Core
from tests.api.desk.desk_client import ADMIN, EVA, browser, signed_in
from tests.api.practice import Practice


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "ADMIN_EMAILS": ADMIN}


@pytest.fixture
async def visitor(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which nobody has signed in."""
    async with browser(app) as client:
        yield client


@pytest.fixture
async def eva(app: FastAPI, core: Core, practice: Practice) -> AsyncIterator[httpx.AsyncClient]:
    """A host's browser."""
    assert practice.core is core
    async with signed_in(app, core, EVA) as client:
        yield client


@pytest.fixture
async def admin(app: FastAPI, core: Core, practice: Practice) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator's browser."""
    assert practice.core is core
    async with signed_in(app, core, ADMIN) as client:
        yield client
