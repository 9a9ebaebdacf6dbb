"""A reply as Slack shows it, in Block Kit, within Slack's limits; pure.

https://docs.slack.dev/reference/block-kit/blocks: 50 blocks, text of a section 3,000 characters;
https://docs.slack.dev/reference/block-kit/block-elements: text of a button 75, its value 2,000; in a list 100
options with a text of 75 and a value of 150.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from channels.replies import Card, Choice, Reply
from channels.slack_markup import escaped

SECTION_LIMIT = 3000
TEXT_LIMIT = 4000  #: of what stands in notifications
TITLE_LIMIT = 75
MOST_BUTTONS = 5
MOST_OPTIONS = 100
MOST_BLOCKS = 50
CHOOSE = "Choose one"
CHOSEN = "✓ {title}"
_CARD_LINES = ("when", "where")

Block = dict[str, Any]


def message(reply: Reply) -> dict[str, Any]:
    """The `text` and the `blocks` of a message; without anything to show, nothing."""
    blocks = list(_blocks(reply))[:MOST_BLOCKS]
    if not blocks:
        return {}
    text = reply.text or (str(reply.card.facts.get("title", "")) if reply.card else "")
    return {"text": _cut(escaped(text or CHOOSE), TEXT_LIMIT), "blocks": blocks}


def chosen(blocks: Sequence[Block], title: str) -> dict[str, Any]:
    """The message with those blocks once something on it was tapped: what that was, and nothing to tap."""
    shown = CHOSEN.format(title=escaped(title))
    left = [block for block in blocks if block.get("type") != "actions"][: MOST_BLOCKS - 1]
    mark = {"type": "context", "elements": [{"type": "mrkdwn", "text": shown}]}
    return {"text": shown, "blocks": [*left, mark]}


def _blocks(reply: Reply) -> Iterator[Block]:
    yield from (_section(part) for part in _parts(escaped(reply.text)))
    if reply.card is not None and reply.card.type == "booking":
        yield from _card(reply.card)
    if reply.choices:
        yield {"type": "actions", "elements": list(_elements(reply.choices))}


def _elements(choices: tuple[Choice, ...]) -> Iterator[Block]:
    """Buttons for a few choices, one list for many; what is beyond that stands in the text."""
    if len(choices) <= MOST_BUTTONS:
        for place, choice in enumerate(choices):
            yield {
                "type": "button",
                "action_id": f"choice-{place}",
                "text": _words(choice.title),
                "value": choice.payload,
            }
        return
    options = [{"text": _words(one.title), "value": one.payload} for one in choices[:MOST_OPTIONS]]
    yield {
        "type": "static_select",
        "action_id": "choice",
        "placeholder": _words(CHOOSE),
        "options": options,
    }


def _card(card: Card) -> Iterator[Block]:
    """A booking: what and with whom, when, where; its reference below."""
    facts = {name: escaped(str(value)) for name, value in card.facts.items() if value}
    head = " – ".join(facts[name] for name in ("title", "person") if name in facts)
    struck = card.facts.get("status") == "CANCELLED"
    lines = [f"~{head}~" if struck else f"*{head}*", *(facts[name] for name in _CARD_LINES if name in facts)]
    if "link" in facts and not struck:
        lines.append(facts["link"])
    yield {"type": "divider"}
    yield _section(_cut("\n".join(lines), SECTION_LIMIT))
    if "reference" in facts:
        yield {"type": "context", "elements": [{"type": "mrkdwn", "text": facts["reference"]}]}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _words(text: str) -> Block:
    return {"type": "plain_text", "text": _cut(text, TITLE_LIMIT), "emoji": False}


def _parts(text: str) -> Iterable[str]:
    """The text in parts that a section holds, cut at the ends of lines where there are any."""
    while len(text) > SECTION_LIMIT:
        end = text.rfind("\n", 1, SECTION_LIMIT)
        end = end if end > 0 else _before_entity(text, SECTION_LIMIT)
        yield text[:end]
        text = text[end:].lstrip("\n")
    if text:
        yield text


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: _before_entity(text, limit - 1)]}…"


def _before_entity(text: str, end: int) -> int:
    """A place to cut near the end that is not within `&amp;` and its like."""
    begun = text.rfind("&", max(end - 4, 1), end)
    return begun if begun > 0 and ";" not in text[begun:end] else end
