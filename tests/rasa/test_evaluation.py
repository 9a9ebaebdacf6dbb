from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

from nlu.evaluate import plain_spans, spans
from nlu.evaluation import outside, own, page
from nlu.evaluation.history import History, Run
from nlu.evaluation.judged import Judged, by_intent, confused, shares
from nlu.evaluation.model import Answer, pace
from nlu.evaluation.page import Figure

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
JUDGED = [
    Judged("book", "book", 0.9),
    Judged("book", "inform", 0.8),
    Judged("inform", "inform", 0.2),
    Judged("inform", "out_of_scope", 0.6),
    Judged("out_of_scope", "out_of_scope", 0.7),
    Judged("out_of_scope", "book", 0.1),
]


def test_the_shares_of_what_was_judged() -> None:
    assert shares(JUDGED) == {
        "right": 50.0,
        "right in scope": 50.0,
        "out of scope found": 50.0,
        "in scope turned away": 25.0,
    }


def test_the_fallback_turns_away_what_is_unsure() -> None:
    after = [one.at(0.3).given for one in JUDGED]

    assert after == ["book", "inform", "out_of_scope", "out_of_scope", "out_of_scope", "out_of_scope"]


def test_precision_and_recall_of_each_intent() -> None:
    assert by_intent(JUDGED)[2:] == [
        "| book | 2 | 50.0 % | 50.0 % |",
        "| inform | 2 | 50.0 % | 50.0 % |",
        "| out_of_scope | 2 | 50.0 % | 50.0 % |",
    ]


def test_what_is_confused_is_told_by_how_often() -> None:
    told = confused([*JUDGED, Judged("book", "inform", 0.5)])

    assert told.startswith("Most confused: book as inform (2), ")
    assert confused(JUDGED[:1]) == "Nothing was confused."


def test_the_folds_judge_each_example_once() -> None:
    things = ("it", "this one", "a slot", "some time", "the room")
    texts = [
        f"{word} {thing}" for word in ("book", "reserve", "thanks for", "cheers for") for thing in things
    ]
    intents = ["book"] * 10 + ["thank"] * 10

    judged = own.cross_validated(texts, intents)

    assert sorted(one.intent for one in judged) == intents
    assert all(one.right for one in judged)


def test_the_pace_is_that_of_the_middle_and_of_the_slow() -> None:
    answers = [Answer("book", 0.9, float(milliseconds)) for milliseconds in range(101)]

    assert pace(answers) == (50.0, 95.0)


def test_the_history_finds_the_last_run_with_a_figure(tmp_path: Path) -> None:
    history = History(tmp_path / "kept" / "runs.jsonl")
    early, late = Run("2026-11-01", "ours", {"right": 90.0}), Run("2026-11-02", "ours", {"right": 92.0})
    other = Run("2026-11-03", "ours", {"memory": 600.0})

    before = history.last("ours", "right")
    for run in (early, late, other):
        history.add(run)

    found = [history.last("ours", "right"), history.last("DIET", "right"), history.last("ours", "memory")]
    assert [before, *found] == [None, late, None, other]


def test_a_table_stands_beside_the_run_before_and_other_systems(tmp_path: Path) -> None:
    history = History(tmp_path / "runs.jsonl")
    history.add(Run("2026-11-01", "ours", {"right": 90.0}))
    history.add(Run("2026-10-01", "DIET", {"right": 73.5}))

    rows = page.table(
        [Figure("right", aim="92"), Figure("a message", "ms")], {"right": 93.0}, history, ["DIET"]
    )

    assert rows == [
        "| | now | aim | before | DIET |",
        "|---|---:|---:|---:|---:|",
        "| right | 93.0 % | 92 | 90.0 % | 73.5 % |",
        "| a message |  |  |  |  |",
        "",
        "Compared with: before on 2026-11-01, DIET on 2026-10-01.",
    ]


def test_figures_are_put_between_their_marks_only(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    rest = "<!-- end of one -->\n<!-- two -->\nkept\n<!-- end of two -->\n"
    file.write_text(f"above\n<!-- one -->\nold\n{rest}")

    page.put(file, "one", ["new \\1", ""])

    assert file.read_text() == f"above\n<!-- one -->\nnew \\1\n\n{rest}"


def test_answers_are_compared_in_the_words_of_the_data() -> None:
    lines = [{"label": "list_my_appointments"}, {"label": "out_of_scope"}, {"label": "deny"}]
    answers = [Answer(name, 0.5, 1.0) for name in ("list_appointments", "nlu_fallback", "bot_challenge")]

    judged = outside.judged(lines, answers)

    assert [(one.intent, one.given) for one in judged] == [
        ("list_my_appointments", "list_my_appointments"),
        ("out_of_scope", "out_of_scope"),
        ("deny", "other"),
    ]


def test_a_turn_fits_by_any_of_its_labels() -> None:
    turns = [{"accept": ["book", "inform"]}, {"accept": ["deny"]}]

    assert outside.fitting(turns, [Answer("inform", 0.9, 1.0), Answer("affirm", 0.9, 1.0)]) == 50.0


SCORER = """
import json, sys
from pathlib import Path
clock, day = {"values": [{"type": "time"}]}, {"values": [{"type": "value"}]}
good, bad = ["slot", "ok", True], ["slot", "wrong", False]
cases = [
    {"set": "sgd_appointments", "status": "ok", "gold": [clock, day], "spans": [good, good]},
    {"set": "sgd_appointments", "status": "wrong", "gold": [clock], "spans": [bad]},
    {"set": "time_recognizers", "status": "ok", "gold": [day], "spans": [good]},
]
Path(sys.argv[-1]).write_text("".join(json.dumps(case) + chr(10) for case in cases))
"""


def test_times_are_counted_from_what_the_folders_own_program_says(tmp_path: Path) -> None:
    (tmp_path / "eval_time.py").write_text(SCORER)

    assert outside.times(tmp_path, "nlu.evaluate:spans") == {
        "dates right": 100.0,
        "times right": 50.0,
        "turns with all of them right": 50.0,
        "single time expressions": 100.0,
    }


def test_lines_of_other_people_are_those_with_labels_of_ours(tmp_path: Path) -> None:
    utterances = [{"label": "book", "text": "a"}, {"label": "other", "text": "b"}]
    turns = [{"kind": "appointments", "accept": ["inform"]}, {"kind": "appointments", "accept": ["request"]}]
    for name, lines in (("intent_external", utterances), ("sgd_appointments", turns)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    found = outside.utterances(tmp_path), outside.turns(tmp_path)

    assert found == (utterances[:1], turns[:1])


def test_spans_are_ours_and_plain_spans_are_ducklings() -> None:
    ours, plain = ([one["value"] for one in read("tomorrow at 9 pm", NOW)] for read in (spans, plain_spans))

    assert ours == plain == ["2026-11-25T21:00:00.000+00:00"]
