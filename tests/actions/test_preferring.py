from __future__ import annotations

import pytest

from actions.preferring import Preferred, preferred_in, says_usual


@pytest.mark.parametrize(
    ("text", "zone", "said"),
    [
        ("remind me by text", "", Preferred(reminders="sms")),
        ("please send reminders via SMS", "", Preferred(reminders="sms")),
        ("text me a reminder please", "", Preferred(reminders="sms")),
        ("no reminders please", "", Preferred(reminders="none")),
        ("I don't want any more reminders", "", Preferred(reminders="none")),
        ("Don't remind me", "", Preferred(reminders="none")),
        ("stop sending me reminders", "", Preferred(reminders="none")),
        ("switch my reminders off", "", Preferred(reminders="none")),
        ("remind me by e-mail again", "", Preferred(reminders="mail")),
        ("turn reminders back on", "", Preferred(reminders="mail")),
        ("I always prefer video", "", Preferred(channel="video")),
        ("always by phone", "", Preferred(channel="phone")),
        ("Remember that I prefer Google Meet", "", Preferred(channel="google_meet")),
        ("from now on in person", "", Preferred(channel="in_person")),
        ("remember my time zone is Berlin", "Europe/Berlin", Preferred(zone="Europe/Berlin")),
        ("always use New York time", "America/New_York", Preferred(zone="America/New_York")),
        ("please remember that I'm in Tokyo", "Asia/Tokyo", Preferred(zone="Asia/Tokyo")),
        (
            "remember: I live in Berlin, always by phone, and no reminders",
            "Europe/Berlin",
            Preferred("Europe/Berlin", "phone", "none"),
        ),
        ("remember my time zone is Narnia", "", Preferred()),
        ("forget my preferences", "", Preferred(forget=True)),
        ("forget that I always prefer video", "", Preferred(forget=True)),
        ("what are my preferences?", "", Preferred(tell=True)),
    ],
)
def test_what_is_usually_wanted_is_told_by_its_words(text: str, zone: str, said: Preferred) -> None:
    assert says_usual(text)
    assert preferred_in(text, zone) == said


@pytest.mark.parametrize(
    "text",
    [
        "I'd prefer video",
        "by phone please",
        "I'm in Berlin",
        "use New York time",
        "a consultation by phone next Tuesday",
        "always by phone, and can I come on Friday",
        "usually I come at 10, by video",
        "remind me of my appointment",
        "when is my appointment?",
        "do you send reminders?",
        "it's about my tax reminder",
        "do you remember me?",
        "save me a place with Ben",
        "I usually take mornings",
        "what do you know about me?",
        "delete my data",
        "yes",
        "",
    ],
)
def test_what_is_wanted_once_or_asked_is_no_preference(text: str) -> None:
    assert not says_usual(text)
    assert preferred_in(text, "Europe/Berlin") == Preferred()
