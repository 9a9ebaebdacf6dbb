"""Phone numbers as they can be dialled from anywhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.core import get_global
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    is_valid_number,
    parse,
)

_ABROAD = ("+", "00")  #: how a number begins that says its country


def dialled(written: str, *, zone: str, locale: str) -> str:
    """The number with its country, where the text, zone or locale tell it beyond doubt; else as written.

    Empty where it names a country and no number of that country can be so long or so short.
    """
    if written.startswith(_ABROAD):
        return _international(written, re.sub(r"^00", "+", written))
    numbers = {number for region in _regions(zone, locale) if (number := _national(written, region))}
    return numbers.pop() if len(numbers) == 1 else written


def _international(written: str, plain: str) -> str:
    try:
        number = parse(plain, None)
    except NumberParseException:
        return ""
    if not is_possible_number(number):
        return ""
    return format_number(number, PhoneNumberFormat.INTERNATIONAL) if is_valid_number(number) else written


def _national(written: str, region: str) -> str:
    """A number of that region; empty where it is none."""
    try:
        number = parse(written, region)
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.INTERNATIONAL) if is_valid_number(number) else ""


def _regions(zone: str, locale: str) -> Iterator[str]:
    """Where the writer is, and where their language comes from."""
    if region := _region_of(zone):
        yield region
    _, _, region = locale.replace("_", "-").rpartition("-")
    if len(region) == 2 and region.isupper():
        yield region


def _region_of(zone: str) -> str:
    region = str(get_global("zone_territories").get(zone, ""))
    return "" if region == "ZZ" else region
