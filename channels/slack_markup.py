"""Between what people write and what Slack makes of it; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What Slack sets between angle brackets: what it points to and, behind a bar, the words that are shown.
_SPECIAL = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def mentioned(text: str) -> tuple[str, ...]:
    """The users whom a text mentions, each once."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def plain(text: str, names: Mapping[str, str]) -> str:
    """A text of Slack's as its writer typed it; `names` are those of the users whom it mentions."""
    spoken = _SPECIAL.sub(lambda found: _spoken(found[1], found[2] or "", names), text)
    for entity, character in _ENTITIES:
        spoken = spoken.replace(entity, character)
    return spoken


def escaped(text: str) -> str:
    """A text of ours in which nothing points to anybody or anything."""
    for entity, character in reversed(_ENTITIES):
        text = text.replace(character, entity)
    return text


def _spoken(target: str, shown: str, names: Mapping[str, str]) -> str:
    """The words for one thing between angle brackets; links are shown as they were typed."""
    if target.startswith("@"):
        return names.get(target[1:], "")
    if target.startswith(("#", "!")):
        return shown
    if target.startswith("mailto:"):
        return target.removeprefix("mailto:").partition("?")[0]  # the address, whatever is shown for it
    return shown or target.removeprefix("tel:")
