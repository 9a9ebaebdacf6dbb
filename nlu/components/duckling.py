"""Duckling, as a library where there is a wheel for the machine, else by its HTTP server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from scheduler_core.errors import InvalidSetting, TemporaryFailure

try:
    import duckling as _library
except ImportError:  # no wheel for this machine, as on Linux arm64
    _library = None

_TIMEOUT = 2.0  #: seconds a turn may wait for the server


#: A moment of a year that no date can have, as in "42 BC".
_BEYOND = re.compile(r'"value": "(?!\d{4}-)')


class Duckling(Protocol):
    """What reads the times in a text."""

    def parse(self, text: str, *, wall: datetime, locale: str) -> Sequence[Mapping[str, Any]]:
        """Duckling's results for `time`; `wall` is the writer's naive wall time, which stands for UTC."""
        ...


def duckling_for(url: str) -> Duckling:
    """The server at `url` if there is one, else the library in a process of its own.

    Raises:
        InvalidSetting: neither is there; the message says what to do.

    """
    if url:
        return DucklingServer(url)
    if _library is None:
        raise InvalidSetting(
            setting="DUCKLING_URL",
            value="",
            hint="there is no Duckling library for this machine: run its server and name its address",
        )
    return DucklingProcess()


class DucklingLibrary:
    """Duckling in this process; it costs about a millisecond a text."""

    def __init__(self) -> None:
        # Only UTC is ever asked for, but the library wants a database to look it up in.
        self._zones = _library.load_time_zones(str(resources.files("tzdata") / "zoneinfo"))
        self._dimensions = _library.parse_dimensions(["time"])
        self._default = _library.default_locale_lang(_library.parse_lang("EN"))

    def parse(self, text: str, *, wall: datetime, locale: str) -> Sequence[Mapping[str, Any]]:
        """As promised by `Duckling`."""
        seconds = int(wall.replace(tzinfo=timezone.utc).timestamp())
        context = _library.Context(
            _library.parse_ref_time(self._zones, "UTC", seconds), _library.parse_locale(locale, self._default)
        )
        return _in_our_calendar(_library.parse(text, context, self._dimensions, False))


class DucklingProcess:
    """The library in a process that is given up where a text keeps it busy (`duckling_process`)."""

    def __init__(self) -> None:
        self._process = _started()

    def parse(self, text: str, *, wall: datetime, locale: str) -> Sequence[Mapping[str, Any]]:
        """As promised by `Duckling`.

        Raises:
            TemporaryFailure: the text took too long.

        """
        question = json.dumps({"text": text, "wall": wall.isoformat(), "locale": locale})
        answer = ""
        if self._process.stdin is not None and self._process.stdout is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.write(f"{question}\n")
                self._process.stdin.flush()
                answer = self._process.stdout.readline()
        if not answer:
            self._process.kill()
            self._process.communicate()
            self._process = _started()
            raise TemporaryFailure(service="duckling", error="a text took too long")
        found: Sequence[Mapping[str, Any]] = json.loads(answer)
        return found


def _in_our_calendar(found: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Those results whose years are from 1 to 9999."""
    return [one for one in found if not _BEYOND.search(json.dumps(one["value"]))]


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "nlu.components.duckling_process"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


class DucklingServer:
    """Duckling's own HTTP server."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/parse"

    def parse(self, text: str, *, wall: datetime, locale: str) -> Sequence[Mapping[str, Any]]:
        """As promised by `Duckling`.

        Raises:
            TemporaryFailure: it cannot be reached or did not answer in time.

        """
        milliseconds = int(wall.replace(tzinfo=timezone.utc).timestamp()) * 1000
        form = {"text": text, "locale": locale, "tz": "UTC", "dims": '["time"]', "reftime": str(milliseconds)}
        data = urllib.parse.urlencode(form).encode()
        try:
            # The scheme was checked when the setting was read.
            with urllib.request.urlopen(self._url, data, timeout=_TIMEOUT) as answer:  # noqa: S310
                return _in_our_calendar(json.load(answer))
        except (OSError, ValueError) as error:
            raise TemporaryFailure(service="duckling", error=str(error)) from error
