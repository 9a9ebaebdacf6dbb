"""Commands about people, their hours and what they offer."""

from __future__ import annotations

import argparse
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from scheduler_core import reminders
from scheduler_core.bootstrap import build
from scheduler_core.cli import accounts, words
from scheduler_core.model import AppointmentType, Channel, ExtraHours, TimeOff
from scheduler_core.people import People
from scheduler_core.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no other name

MINUTE = timedelta(minutes=1)


def add_commands(commands: Commands) -> None:
    """Adds person, hours, time-off, type and offer."""
    _person(_group(commands, "person", "those whose calendars are kept"))
    _hours(_group(commands, "hours", "when people work, in their own zone"))
    _time_off(_group(commands, "time-off", "when people cannot be booked"))
    _type(_group(commands, "type", "what can be booked"))
    offer = commands.add_parser("offer", help="let a person be booked for an appointment type")
    offer.add_argument("person")
    offer.add_argument("type")
    offer.set_defaults(run=_offer)


def _group(commands: Commands, name: str, about: str) -> Commands:
    return commands.add_parser(name, help=about).add_subparsers(metavar="action", required=True)


def _person(actions: Commands) -> None:
    add = actions.add_parser("add", help="a new person")
    add.add_argument("handle", help="short name in links, such as eva-meyer")
    add.add_argument("name")
    add.add_argument("email")
    add.add_argument("zone", help="such as Europe/Berlin")
    add.add_argument("--locale", default="en")
    add.set_defaults(run=_add_person)
    actions.add_parser("list", help="everybody").set_defaults(run=_list_people)
    accounts.add_person_command(actions)


def _hours(actions: Commands) -> None:
    change = actions.add_parser("set", help="replace the weekly hours")
    change.add_argument("person")
    change.add_argument(
        "hours", nargs="*", type=words.weekly_hours, metavar="'mon-thu 9:00-12:00 13:00-17:00'"
    )
    change.set_defaults(run=_set_hours)
    extra = actions.add_parser("extra", help="work on one day besides the weekly hours")
    extra.add_argument("person")
    extra.add_argument("day", type=words.day)
    extra.add_argument("span", type=words.span_of_day, metavar="9:00-12:00")
    extra.set_defaults(run=_add_extra_hours)
    show = actions.add_parser("show", help="weekly and extra hours")
    show.add_argument("person")
    show.set_defaults(run=_show_hours)


def _time_off(actions: Commands) -> None:
    add = actions.add_parser("add", help="keep a person from being booked")
    add.add_argument("person")
    add.add_argument("start", type=words.moment, help="local, such as 2026-12-24 or 2026-12-01T14:00")
    add.add_argument("end", type=words.moment, help="the end is not part of it")
    add.add_argument("--repeat", metavar="RRULE", help="such as FREQ=WEEKLY;BYDAY=FR")
    add.set_defaults(run=_add_time_off)
    show = actions.add_parser("list", help="time off of a person")
    show.add_argument("person")
    show.set_defaults(run=_list_time_off)


def _type(actions: Commands) -> None:
    add = actions.add_parser("add", help="a new appointment type, or a new policy for one; times in minutes")
    add.add_argument("handle")
    add.add_argument("name")
    add.add_argument("durations", type=words.several_minutes, help="the default first, such as 30,45,60")
    for option, default in (("before", 0), ("after", 0), ("notice", 0), ("horizon", 86400), ("grid", 30)):
        add.add_argument(f"--{option}", type=words.minutes, default=default * MINUTE, metavar="MINUTES")
    add.add_argument("--daily-limit", type=int, metavar="NUMBER", help="a person and day")
    add.add_argument(
        "--channels",
        nargs="+",
        type=Channel,
        default=[Channel.JITSI],
        choices=list(Channel),
        metavar="CHANNEL",
    )
    add.add_argument("--location", default="", help="where, if in person")
    add.add_argument(
        "--reminders",
        type=words.reminders,
        default=reminders.USUAL,
        metavar="MINUTES",
        help="so long before the start, such as 1440,60 (which is the default), or none",
    )
    add.set_defaults(run=_add_type)
    actions.add_parser("list", help="every appointment type").set_defaults(run=_list_types)


def _people(settings: Settings) -> People:
    """With types as they are stored, also where an account for one of their channels is missing."""
    return People(build(settings).store)


def _add_person(settings: Settings, options: argparse.Namespace) -> int:
    _people(settings).add_person(options.handle, options.name, options.email, options.zone, options.locale)
    return 0


def _list_people(settings: Settings, _: argparse.Namespace) -> int:
    rows = [(one.handle, one.name, one.email, one.zone) for one in _people(settings).all()]
    print(words.table([("handle", "name", "email", "zone"), *rows]))
    return 0


def _set_hours(settings: Settings, options: argparse.Namespace) -> int:
    _people(settings).set_hours(options.person, list(chain.from_iterable(options.hours)))
    return 0


def _add_extra_hours(settings: Settings, options: argparse.Namespace) -> int:
    _people(settings).add_extra_hours(options.person, ExtraHours(options.day, *options.span))
    return 0


def _show_hours(settings: Settings, options: argparse.Namespace) -> int:
    calendar = _people(settings).calendar(options.person)
    extra = [f"{one.day} {one.start:%H:%M}-{one.end:%H:%M}" for one in calendar.extra_hours]
    print("\n".join([*words.in_words(calendar.working_hours), *extra, f"({calendar.person.zone})"]))
    return 0


def _add_time_off(settings: Settings, options: argparse.Namespace) -> int:
    _people(settings).add_time_off(options.person, TimeOff(options.start, options.end, options.repeat))
    return 0


def _list_time_off(settings: Settings, options: argparse.Namespace) -> int:
    found = _people(settings).calendar(options.person).time_off
    rows = [(one.start.isoformat(" "), one.end.isoformat(" "), one.rrule or "") for one in found]
    print(words.table([("start", "end", "repeat"), *rows]))
    return 0


def _add_type(settings: Settings, options: argparse.Namespace) -> int:
    kind = AppointmentType(
        handle=options.handle,
        name=options.name,
        durations=options.durations,
        buffer_before=options.before,
        buffer_after=options.after,
        minimum_notice=options.notice,
        horizon=options.horizon,
        interval=options.grid,
        daily_limit=options.daily_limit,
        channels=tuple(options.channels),
        location=options.location,
        reminders=options.reminders,
    )
    _people(settings).add_type(kind)
    return 0


def _list_types(settings: Settings, _: argparse.Namespace) -> int:
    people = _people(settings)
    rows = [
        (
            kind.handle,
            kind.name,
            words.in_minutes(kind.durations),
            words.in_minutes(kind.reminders) or "none",
            ",".join(channel.value for channel in kind.channels),
            ",".join(person.handle for person in people.people_of(kind.handle)),
        )
        for kind in people.types()
    ]
    print(words.table([("handle", "name", "minutes", "reminders", "channels", "people"), *rows]))
    return 0


def _offer(settings: Settings, options: argparse.Namespace) -> int:
    _people(settings).offer(options.person, options.type)
    return 0
