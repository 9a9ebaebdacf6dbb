from __future__ import annotations

import re
from uuid import UUID

from scheduler_core.meetings.jitsi import Jitsi, host_signs_in
from scheduler_core.model import Channel
from tests.adapters.samples import UID, a_booking

JITSI = Jitsi("https://meet.example.org", "a secret of the tests")


async def test_room_is_the_same_for_life() -> None:
    booking = a_booking(meeting=None)
    made = await JITSI.create(booking)

    assert await JITSI.create(booking) == made
    assert await JITSI.move(booking) == made
    assert made.channel is Channel.JITSI
    assert made.url == f"https://meet.example.org/{made.id}"
    await JITSI.delete(booking)


async def test_room_cannot_be_guessed() -> None:
    ours = await JITSI.create(a_booking())
    of_another_booking = await JITSI.create(a_booking(uid=UUID(int=UID.int + 1)))
    of_another_secret = await Jitsi("https://meet.example.org", "another secret").create(a_booking())

    assert re.fullmatch(r"appointment-[a-z2-7]{26}", ours.id)
    assert len({ours.id, of_another_booking.id, of_another_secret.id}) == 3


def test_host_signs_in_on_the_public_server_alone() -> None:
    assert host_signs_in("https://meet.jit.si/appointment-abc")
    assert not host_signs_in("https://meet.example.org/meet.jit.si")
