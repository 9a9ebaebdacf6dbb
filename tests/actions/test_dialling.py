from __future__ import annotations

import pytest

from actions.dialling import dialled

BERLIN, LONDON, NEW_YORK, UTC = "Europe/Berlin", "Europe/London", "America/New_York", "Etc/UTC"


@pytest.mark.parametrize(
    ("written", "zone", "locale", "number"),
    [
        ("030 1234567", BERLIN, "de-DE", "+49 30 1234567"),
        ("030/1234567", BERLIN, "de", "+49 30 1234567"),
        ("0171 2345678", BERLIN, "", "+49 171 2345678"),
        ("020 7946 0958", LONDON, "en-GB", "+44 20 7946 0958"),
        ("(212) 555-0101", NEW_YORK, "en-US", "+1 212-555-0101"),
        ("212.555.0101", NEW_YORK, "en_US", "+1 212-555-0101"),
        ("98765 43210", "Asia/Kolkata", "en-IN", "+91 98765 43210"),
        ("020 7946 0958", UTC, "en-GB", "+44 20 7946 0958"),
        ("020 7946 0958", BERLIN, "en-GB", "+44 20 7946 0958"),
    ],
)
def test_a_national_number_is_that_of_the_writers_country(
    written: str, zone: str, locale: str, number: str
) -> None:
    assert dialled(written, zone=zone, locale=locale) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+49 30 1234567", "+49 30 1234567"),
        ("+49 (0)30 1234567", "+49 30 1234567"),
        ("+4930 1234567", "+49 30 1234567"),
        ("0049 30 1234567", "+49 30 1234567"),
        ("0044 20 7946 0958", "+44 20 7946 0958"),
        ("+55 11 91234 5678", "+55 11 91234-5678"),
        ("+44 7700 900123", "+44 7700 900123"),
    ],
)
@pytest.mark.parametrize("zone", [BERLIN, LONDON, NEW_YORK, UTC])
def test_a_number_that_names_its_country_is_the_same_everywhere(written: str, number: str, zone: str) -> None:
    assert dialled(written, zone=zone, locale="en-GB") == number


@pytest.mark.parametrize(
    ("written", "zone", "locale"),
    [
        ("030 1234567", BERLIN, "it-IT"),  # a number of either country
        ("555 1234", NEW_YORK, "en-US"),  # without its area code
        ("030 1234567", UTC, "de"),
        ("030 1234567", UTC, ""),
    ],
)
def test_a_number_stays_as_written_where_its_country_is_in_doubt(
    written: str, zone: str, locale: str
) -> None:
    assert dialled(written, zone=zone, locale=locale) == written


@pytest.mark.parametrize("written", ["+1 212 555", "+49 1", "+999 12345678", "+44 20 7946 0958 1234 5678"])
def test_a_number_that_no_country_has_is_none(written: str) -> None:
    assert dialled(written, zone=BERLIN, locale="de-DE") == ""
