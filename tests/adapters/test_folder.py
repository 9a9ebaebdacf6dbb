from __future__ import annotations

import os
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from scheduler_core.errors import TemporaryFailure
from scheduler_core.mail.folder import FolderMailer
from scheduler_core.outbox import Topic
from tests.adapters.samples import COMPOSER, a_booking, a_message


async def test_mail_is_written_to_a_file_named_by_date_and_id(tmp_path: Path) -> None:
    mail = COMPOSER.compose(a_message(), a_booking())

    await FolderMailer(tmp_path / "mail").send(mail)

    (file,) = (tmp_path / "mail").iterdir()
    identity = mail.id.strip("<>").split("@")[0]
    assert file.name == f"20261124T090000Z-{identity}.eml"
    written = message_from_bytes(file.read_bytes(), policy=default)
    assert written["Message-ID"] == mail.id
    assert written["To"] == "Ann Lee <ann.lee@example.com>"


async def test_mail_sent_again_replaces_its_file(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path)

    await mailer.send(COMPOSER.compose(a_message(), a_booking()))
    await mailer.send(COMPOSER.compose(a_message(), a_booking()))
    await mailer.send(COMPOSER.compose(a_message(Topic.MAIL_CANCELLED), a_booking().cancelled()))

    assert len(os.listdir(tmp_path)) == 2  # noqa: PTH208


async def test_folder_that_cannot_be_written_is_a_temporary_failure(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file in the way")

    with pytest.raises(TemporaryFailure):
        await FolderMailer(tmp_path / "mail").send(COMPOSER.compose(a_message(), a_booking()))
