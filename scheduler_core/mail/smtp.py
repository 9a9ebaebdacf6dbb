"""Mail over SMTP, on one connection that is kept and opened again when it is lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from scheduler_core.errors import PermanentFailure, SchedulerError, TemporaryFailure
from scheduler_core.ports import Mail, Ready
from scheduler_core.settings import Smtp

_DATE = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


@dataclass(frozen=True)
class Patience:
    """How long is waited for the server, in seconds."""

    connecting: float = 10.0
    command: float = 60.0
    acceptance: float = 600.0  #: after the final dot; giving up early makes duplicates (RFC 5321 4.5.3.2.6)


class SmtpMailer:
    """Hands mail to one server. Used from one event loop; mails go one after the other."""

    def __init__(self, settings: Smtp, patience: Patience | None = None) -> None:
        self._settings = settings
        self._patience = patience or Patience()
        self._client: SMTP | None = None
        self._turn = asyncio.Lock()
        self._greeting = ""

    async def send(self, mail: Mail, *, ready: Ready | None = None) -> None:
        """Hands the mail over to its one recipient; the content only after `ready`.

        Raises:
            TemporaryFailure: a 4yz answer, none at all, or a refusal of ourselves: it may be tried again.
            PermanentFailure: a 5yz answer to the recipient or the content.

        """
        async with self._turn, _translated(mail.recipient):
            client = await self._open(mail)
            await self._hand_over(client, mail, ready)

    async def check(self) -> datetime | None:
        """Connects, encrypted where that is set, and signs in; no mail is sent.

        Gives the time that the server greets with; most say none.

        Raises:
            TemporaryFailure: the server cannot be reached so, or does not let us in.

        """
        try:
            self._client = await self._connect()
        except (SMTPException, OSError) as error:
            raise TemporaryFailure(reason=str(error) or type(error).__name__) from error
        await self.close()
        return _moment_in(self._greeting)

    async def close(self) -> None:
        """Says goodbye to the server; the next mail connects again."""
        client, self._client = self._client, None
        if client is None or not client.is_connected:
            return
        try:
            await client.quit(timeout=self._patience.connecting)
        except (SMTPException, OSError):
            client.close()

    async def _open(self, mail: Mail) -> SMTP:
        """A connection on which the server has accepted the sender: the kept one, or a new one."""
        kept = self._client
        if kept is not None and kept.is_connected:
            try:
                await self._offer(kept, mail)
            except (SMTPServerDisconnected, SMTPSenderRefused):
                self._drop()  # servers end idle connections; nothing was handed over yet
            else:
                return kept
        self._client = await self._connect()
        await self._offer(self._client, mail)
        return self._client

    async def _connect(self) -> SMTP:
        settings = self._settings
        client = SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            username=settings.username or None,
            password=settings.password or None,
            timeout=self._patience.connecting,
            validate_certs=True,
            cert_bundle=None if settings.ca_file is None else str(settings.ca_file),
        )
        self._greeting = (await client.connect()).message
        return client

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None

    async def _offer(self, client: SMTP, mail: Mail) -> None:
        """Says who writes; whether this connection still works shows here."""
        options = _options(mail)
        if options:
            if client.is_ehlo_or_helo_needed:
                await client.ehlo()
            if not client.supports_extension("smtputf8"):
                raise PermanentFailure(reason="the mail server cannot carry an address with such letters")
        await client.mail(
            mail.sender,
            options=options,
            encoding="utf-8" if options else "ascii",
            timeout=self._patience.command,
        )

    async def _hand_over(self, client: SMTP, mail: Mail, ready: Ready | None) -> None:
        """Names the one recipient and gives the content; a refusal leaves the connection fit for the next."""
        try:
            await client.rcpt(
                mail.recipient,
                encoding="utf-8" if _options(mail) else "ascii",
                timeout=self._patience.command,
            )
            if ready is not None:
                await ready()
            await client.data(mail.content, timeout=self._patience.acceptance)
        except (SMTPResponseException, SchedulerError):
            await self._reset(client)
            raise

    async def _reset(self, client: SMTP) -> None:
        try:
            await client.rset(timeout=self._patience.connecting)
        except (SMTPException, OSError):
            self._drop()


def _moment_in(greeting: str) -> datetime | None:
    """The date and time in the greeting, as some servers give them (RFC 5321 section 4.2.3)."""
    found = _DATE.search(greeting)
    return None if found is None else parsedate_to_datetime(found[0])


def _options(mail: Mail) -> tuple[str, ...]:
    """What the server has to be able to do for addresses in other letters (RFC 6531)."""
    return () if (mail.sender + mail.recipient).isascii() else ("SMTPUTF8", "BODY=8BITMIME")


@asynccontextmanager
async def _translated(recipient: str) -> AsyncIterator[None]:
    """Turns what aiosmtplib raises into the two kinds of failure; neither names the recipient.

    Only what is said of the recipient or the content is final. A refused login or sender is our set-up's
    fault, not the mail's: it is tried again, so that a wrong password costs time and not mails.
    """
    try:
        yield
    except SMTPResponseException as error:
        final = isinstance(error, SMTPRecipientRefused | SMTPDataError) and error.code >= 500
        raise (PermanentFailure if final else TemporaryFailure)(
            reason=_anonymous(f"{error.code} {error.message}", recipient)
        ) from error
    except (SMTPException, OSError) as error:
        raise TemporaryFailure(reason=_anonymous(str(error) or type(error).__name__, recipient)) from error


def _anonymous(answer: str, recipient: str) -> str:
    """The answer without the recipient's address, which servers like to repeat: it is kept and logged."""
    address = re.escape(recipient)
    return re.sub(rf"<?{address}>?", "the recipient", answer, flags=re.IGNORECASE)
