"""Who writes, where the channel says so: their name and address need not be asked for."""

from __future__ import annotations

import logging
from dataclasses import replace

from actions.draft import Draft
from actions.turn import Message
from scheduler_core.errors import InvalidAddress, InvalidName
from scheduler_core.identity import Identity, Proof
from scheduler_core.texts import checked_address, checked_name

log = logging.getLogger(__name__)


def introduced(before: Draft, message: Message) -> Draft:
    """The draft with what the channel says of the writer, where they have not said otherwise.

    While something is being arranged it stays as it is: what was taken back is not given again.
    """
    if before.open and not before.begins:
        return before
    writer = before.writer
    name, email = writer.name or _name(message), writer.email or _address(message)
    return replace(before, writer=replace(writer, name=name, email=email))


def vouched(identity: Identity, message: Message) -> Proof | None:
    """What the channel's word for the writer's address proves; nothing where it gives none."""
    address = _address(message)
    if not address:
        return None
    return identity.vouch(address, channel=message.channel, sender=message.sender)


def _name(message: Message) -> str:
    try:
        return checked_name(message.name) if message.name else ""
    except InvalidName:
        log.info("a name that the channel gave cannot be used, message %s", message.id)
        return ""


def _address(message: Message) -> str:
    try:
        return checked_address(message.address) if message.address else ""
    except InvalidAddress:
        log.info("an address that the channel gave cannot be used, message %s", message.id)
        return ""
