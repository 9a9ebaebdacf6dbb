"""The command that shows what mails look like."""

from __future__ import annotations

from pathlib import Path

from tests.service.conftest import Terminal


def test_preview_writes_files_and_says_where(terminal: Terminal, tmp_path: Path) -> None:
    code, lines = terminal.run("mail", "preview", "--to", str(tmp_path / "preview"))

    assert code == 0
    assert lines == [f"31 mails: {tmp_path}/preview/index.html"]
    assert len(list((tmp_path / "preview").glob("*.eml"))) == 31


def test_preview_of_broken_templates_says_where_they_break(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "own" / "ticket").mkdir(parents=True)
    (tmp_path / "own" / "ticket" / "body.txt").write_text("{{ ticket.name }}")
    folders = ("--templates", str(tmp_path / "own"), "--to", str(tmp_path / "preview"))

    code, lines = terminal.run("mail", "preview", *folders)

    assert code == 1
    assert lines[0] == f"30 mails: {tmp_path}/preview/index.html"
    assert f"{tmp_path}/own/ticket/body.txt, line 1" in lines[1]


def test_folder_of_templates_that_is_not_there_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    code, lines = terminal.run("mail", "preview", "--templates", str(tmp_path / "none"))

    assert (code, lines) == (2, [f"{tmp_path}/none: there is no such folder"])
