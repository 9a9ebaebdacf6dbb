from __future__ import annotations

from pathlib import Path

from deploy.local.stamps import Stamp, digest, files_in


def test_stamp_remembers_the_last_success_until_it_is_removed(tmp_path: Path) -> None:
    stamp = Stamp("model", tmp_path / "stamps")
    heard = [stamp.text()]

    stamp.write("first")
    stamp.write("second")
    heard.append(Stamp("model", tmp_path / "stamps").text())
    stamp.remove()
    stamp.remove()

    assert [*heard, stamp.text()] == ["", "second", ""]


def test_digest_changes_with_content_name_and_words(tmp_path: Path) -> None:
    file = tmp_path / "domain.yml"
    file.write_text("a")
    before = digest([file], "3.10")
    again = digest([file], "3.10")
    other_word = digest([file], "3.12")
    moved = file.rename(tmp_path / "domains.yml")
    other_name = digest([moved], "3.10")
    moved.rename(file).write_text("b")
    other_content = digest([file], "3.10")

    assert before == again
    assert len({before, other_word, other_name, other_content}) == 4


def test_files_in_leaves_out_what_was_made(tmp_path: Path) -> None:
    for name in ("src/main.ts", "src/deep/view.tsx", "dist/main.js", "src/__pycache__/x.pyc", "package.json"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()

    found = [str(file.relative_to(tmp_path)) for file in files_in(tmp_path, without=["dist"])]

    assert found == ["package.json", "src/deep/view.tsx", "src/main.ts"]
