"""Templates of one's own: what they may, and what becomes of a mail whose template is broken."""

from __future__ import annotations

import logging
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from scheduler_core.mail import preview
from scheduler_core.mail.compose import Composer
from scheduler_core.mail.rendering import BUILT_IN, TemplateFault, Templates
from scheduler_core.mail.samples import samples
from scheduler_core.outbox import Topic
from tests.adapters.mails import NOTICES, html_of, text_of
from tests.adapters.samples import COMPOSER, a_booking, a_message, read


def own(folder: Path, **files: str) -> Path:
    """A folder with these templates; `confirmed__body_txt` is `confirmed/body.txt`."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/").replace("_txt", ".txt").replace("_html", ".html"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def composer(folder: Path, *, strict: bool = False) -> Composer:
    return replace(COMPOSER, templates=Templates(folder, strict=strict))


def confirmation(folder: Path) -> EmailMessage:
    return read(composer(folder).compose(a_message(), a_booking()))


def test_file_of_ones_own_wins_and_the_others_stay(tmp_path: Path) -> None:
    mail = confirmation(own(tmp_path, confirmed__subject_txt="Ours: {{ letter.what }}"))

    assert mail["Subject"] == "Ours: Consultation with Dr. Eva Meyer"
    assert "your appointment is booked." in text_of(mail)


def test_layout_of_ones_own_serves_the_built_in_bodies(tmp_path: Path) -> None:
    layout = (BUILT_IN / "layout.html").read_text("utf-8").replace("#17786c", "#aa0066")

    assert "#aa0066" in html_of(confirmation(own(tmp_path, layout_html=layout)))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("Hello\n{{ nobody }}\n", "body.txt, line 2: 'nobody' is undefined"),
        ("Hello\n{% if %}\n", "body.txt, line 2: Expected an expression"),
        ("{% extends 'none.txt' %}\n", "body.txt, line 1: 'none.txt' not found in search paths"),
        ("\n\n{{ 1 // 0 }}\n", "body.txt, line 3: "),
        ("{{ letter.facts.nothing.at_all }}", "body.txt, line 1: "),
    ],
)
def test_broken_template_is_logged_by_line_and_the_mail_goes_all_the_same(
    tmp_path: Path, broken: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = own(tmp_path, confirmed__body_txt=broken, confirmed__subject_txt="Ours")

    mail = confirmation(folder)

    assert mail.as_string() == read(COMPOSER.compose(a_message(), a_booking())).as_string()
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert said in record.getMessage()
    assert "confirmed" in record.getMessage()


def test_who_looks_first_is_told_of_faults_and_of_slips_in_names(tmp_path: Path) -> None:
    folder = own(
        tmp_path / "own",
        confirmed__body_txt="Hello\n{{ nobody }}\n",
        cancelled__subject_txt="{% endif %}",
        confirmd__body_txt="Hello",
    )

    pages, faults = preview.write(composer(folder, strict=True), tmp_path / "preview")

    assert [fault.removeprefix(f"{folder}/") for fault in faults] == [
        "confirmed/body.txt, line 2: 'nobody' is undefined",
        "cancelled/subject.txt, line 1: Encountered unknown tag 'endif'.",
        "confirmd/body.txt: no mail uses a template of that name",
    ]
    assert faults == preview.faults(composer(folder, strict=True))
    assert not any(page.name.startswith(("confirmed", "cancelled")) for page in pages)


def test_strict_templates_raise(tmp_path: Path) -> None:
    strict = composer(own(tmp_path, confirmed__body_txt="{{ nobody }}"), strict=True)

    with pytest.raises(TemplateFault, match=r"line 1: 'nobody' is undefined"):
        strict.compose(a_message(), a_booking())


def test_preview_writes_every_kind_of_mail(tmp_path: Path) -> None:
    pages, faults = preview.write(COMPOSER, tmp_path)
    names = [page.name for page in pages]
    kinds = {*(topic for topic in Topic if topic.value.startswith("mail_")), Topic.REMINDER}

    assert faults == []
    assert names == [sample.name for sample in samples()]
    for kind in kinds | NOTICES:
        assert any(name.startswith(kind.value.removeprefix("mail_").replace("_", "-")) for name in names)
    for name in names:
        assert (tmp_path / f"{name}.html").read_text("utf-8").startswith(("<!doctype html>", "\n<!doctype"))
        assert (tmp_path / f"{name}.txt").read_text("utf-8").endswith("Example Practice\n")
        assert f'href="{name}.eml"' in (tmp_path / "index.html").read_text("utf-8")
