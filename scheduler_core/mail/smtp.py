"""Mail over SMTP, on one connection that is kept and opened again when it is lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from scheduler_core.errors import PermanentFailure, TemporaryFailure
from scheduler_core.settings import Smtp


@dataclass(frozen=True)
class Patience:
    """How long is waited for the server, in seconds."""

    connecting: float = 10.0
    command: float = 60.0
    acceptance: float = 600.0  #: after the final dot; giving up early makes duplicates (RFC 5321 4.5.3.2.6)


@dataclass(frozen=True)
class _Envelope:
    sender: str
    recipient: str
    content: bytes
    options: tuple[str, ...]


class SmtpMailer:
    """Hands mail to one server. Used from one event loop; mails go one after the other."""

    def __init__(self, settings: Smtp, patience: Patience | None = None) -> None:
        self._settings = settings
        self._patience = patience or Patience()
        self._client: SMTP | None = None
        self._turn = asyncio.Lock()

    async def send(self, mail: EmailMessage) -> None:
        """Hands the mail over to its one recipient.

        Raises:
            TemporaryFailure: a 4yz answer, none at all, or a refusal of ourselves: it may be tried again.
            PermanentFailure: a 5yz answer to the recipient or the content.

        """
        envelope = _envelope(mail)
        async with self._turn, _translated(envelope):
            client = await self._open(envelope)
            await self._hand_over(client, envelope)

    async def close(self) -> None:
        """Says goodbye to the server; the next mail connects again."""
        client, self._client = self._client, None
        if client is None or not client.is_connected:
            return
        try:
            await client.quit(timeout=self._patience.connecting)
        except (SMTPException, OSError):
            client.close()

    async def _open(self, envelope: _Envelope) -> SMTP:
        """A connection on which the server has accepted the sender: the kept one, or a new one."""
        kept = self._client
        if kept is not None and kept.is_connected:
            try:
                await self._offer(kept, envelope)
            except (SMTPServerDisconnected, SMTPSenderRefused):
                self._drop()  # servers end idle connections; nothing was handed over yet
            else:
                return kept
        self._client = await self._connect()
        await self._offer(self._client, envelope)
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
        )
        await client.connect()
        return client

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None

    async def _offer(self, client: SMTP, envelope: _Envelope) -> None:
        """Says who writes; whether this connection still works shows here."""
        if envelope.options:
            if client.is_ehlo_or_helo_needed:
                await client.ehlo()
            if not client.supports_extension("smtputf8"):
                raise PermanentFailure(reason="the mail server cannot carry an address with such letters")
        await client.mail(
            envelope.sender,
            options=envelope.options,
            encoding="utf-8" if envelope.options else "ascii",
            timeout=self._patience.command,
        )

    async def _hand_over(self, client: SMTP, envelope: _Envelope) -> None:
        """Names the one recipient and gives the content; a refusal leaves the connection fit for the next."""
        try:
            await client.rcpt(
                envelope.recipient,
                encoding="utf-8" if envelope.options else "ascii",
                timeout=self._patience.command,
            )
            await client.data(envelope.content, timeout=self._patience.acceptance)
        except SMTPResponseException:
            await self._reset(client)
            raise

    async def _reset(self, client: SMTP) -> None:
        try:
            await client.rset(timeout=self._patience.connecting)
        except (SMTPException, OSError):
            self._drop()


def _envelope(mail: EmailMessage) -> _Envelope:
    """Exactly one recipient, taken from the parsed header rather than from any text.

    Raises:
        PermanentFailure: the mail has none or several.

    """
    senders, recipients = mail["From"].addresses, mail["To"].addresses
    if len(senders) != 1 or len(recipients) != 1:
        raise PermanentFailure(reason="a mail goes from one address to one address")
    sender, recipient = senders[0].addr_spec, recipients[0].addr_spec
    ascii_only = (sender + recipient).isascii()
    return _Envelope(sender, recipient, mail.as_bytes(), () if ascii_only else ("SMTPUTF8", "BODY=8BITMIME"))


@asynccontextmanager
async def _translated(envelope: _Envelope) -> AsyncIterator[None]:
    """Turns what aiosmtplib raises into the two kinds of failure; neither names the recipient.

    Only what is said of the recipient or the content is final. A refused login or sender is our set-up's
    fault, not the mail's: it is tried again, so that a wrong password costs time and not mails.
    """
    try:
        yield
    except SMTPResponseException as error:
        final = isinstance(error, SMTPRecipientRefused | SMTPDataError) and error.code >= 500
        raise (PermanentFailure if final else TemporaryFailure)(
            reason=_anonymous(f"{error.code} {error.message}", envelope)
        ) from error
    except (SMTPException, OSError) as error:
        raise TemporaryFailure(reason=_anonymous(str(error) or type(error).__name__, envelope)) from error


def _anonymous(answer: str, envelope: _Envelope) -> str:
    """The answer without the recipient's address, which servers like to repeat: it is kept and logged."""
    address = re.escape(envelope.recipient)
    return re.sub(rf"<?{address}>?", "the recipient", answer, flags=re.IGNORECASE)
