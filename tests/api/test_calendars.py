from __future__ import annotations

import httpx
import pytest

from tests.api.conftest import Practice, at
