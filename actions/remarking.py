"""What is said about a remark. Pure."""

from __future__ import annotations

from actions.catalogue import kind_of, length_of
from actions.draft import Draft
from actions.facts import Facts
from actions.replies import Listing, Reply, Text, length, some, way
from actions.telling import Remark, RemarkKind


def remarked(remark: Remark, draft: Draft, facts: Facts) -> Reply:
    """The remark as a reply, with what there is instead."""
    values = {
        RemarkKind.UNKNOWN_PERSON: _people,
        RemarkKind.NOT_BOOKABLE: _people,
        RemarkKind.UNKNOWN_TYPE: _types,
        RemarkKind.NOT_OFFERED: _offering,
        RemarkKind.INVALID_DURATION: _lengths,
        RemarkKind.INVALID_CHANNEL: _channels,
    }.get(remark.kind)
    found = values(draft, facts) if values else {}
    words: Text = way(remark.words) if remark.kind is RemarkKind.INVALID_CHANNEL else remark.words
    return Reply(f"utter_remark_{remark.kind.value}", {"words": words, **found})


def _people(_draft: Draft, facts: Facts) -> dict[str, Text]:
    return {"people": some([person.name for person in facts.catalogue.people])}


def _types(draft: Draft, facts: Facts) -> dict[str, Text]:
    kind = kind_of(draft, facts.catalogue)
    return {
        "types": Listing(tuple(one.name for one in facts.catalogue.types)),
        "kind": kind.name if kind else "",
    }


def _offering(draft: Draft, facts: Facts) -> dict[str, Text]:
    kind = kind_of(draft, facts.catalogue)
    people = facts.catalogue.offering(kind) if kind else ()
    return {
        "kind": kind.name if kind else "",
        "people": some([person.name for person in people]),
    }


def _lengths(draft: Draft, facts: Facts) -> dict[str, Text]:
    kind = kind_of(draft, facts.catalogue)
    if kind is None:
        return {}
    return {
        "kind": kind.name,
        "lengths": Listing(tuple(length(one, facts) for one in kind.durations), "or"),
        "length": length(length_of(draft, kind), facts),
    }


def _channels(draft: Draft, facts: Facts) -> dict[str, Text]:
    kind = kind_of(draft, facts.catalogue)
    if kind is None:
        return {}
    return {"kind": kind.name, "channels": Listing(tuple(way(one.value) for one in kind.channels), "or")}
