"""``matside fleet``: a key, what is sent to all stations of a gym, how they are, and farewells."""

import argparse
import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.errors import FleetError
from kiosk.main.commands.options import Commands, Parser, add_common, settings_of
from kiosk.settings.shapes import Settings

if TYPE_CHECKING:
    from kiosk.fleet.visit import Visit


def add_to(commands: Commands) -> None:
    """Add ``fleet`` with its verbs."""
    parser = commands.add_parser("fleet", help="look after many stations")
    verbs = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    key = verbs.add_parser("key", help="make the key pair by which stations know their gym")
    key.add_argument("file", type=Path, help="where the secret key is written")
    key.set_defaults(command=_key)
    push = verbs.add_parser("push", help="send a file to a group of stations")
    push.add_argument("file", type=Path, help="settings, a routine, or a language's words")
    push.add_argument("--group", required=True, help="the stations it is for; all is every one")
    push.add_argument("--key", type=Path, required=True, help="the secret key")
    push.add_argument("--kind", choices=("settings", "routine", "language"), default="routine")
    push.add_argument("--version", type=int, help="its number, which only grows; else the time")
    add_common(push)
    push.set_defaults(command=_push)
    status = verbs.add_parser("status", help="all stations as a table")
    add_common(status)
    status.set_defaults(command=_status)
    forget = verbs.add_parser("forget", help="take a station that is gone for good away")
    forget.add_argument("station", help="its id, as `matside fleet status` shows it")
    forget.add_argument("--force", action="store_true", help="even if the broker has it as online")
    add_common(forget)
    forget.set_defaults(command=_forget)


def _key(options: argparse.Namespace) -> int:
    from kiosk.fleet.signing import make_key  # noqa: PLC0415 - only this verb signs

    public = make_key(options.file)
    print(f"The secret key is in {options.file}. Keep it; whoever has it can change your stations.")
    print(f'For the settings of each station:\n\n[fleet]\npush_key = "{public}"')
    return 0


def _push(options: argparse.Namespace) -> int:
    from kiosk.fleet.push import Push, PushTopics, packed  # noqa: PLC0415 - only this verb sends
    from kiosk.main.push_check import check_push  # noqa: PLC0415 - only this verb sends

    settings = settings_of(options)
    push = Push(
        kind=options.kind,
        name="settings.toml" if options.kind == "settings" else options.file.name,
        group=options.group,
        version=int(time.time()) if options.version is None else options.version,
        made=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        content=_read(options.file),
    )
    check_push(options.file, push.kind, settings)
    payload = packed(push, options.key)
    visit = _visit(settings)
    topic = PushTopics(settings.fleet.prefix).of(push)
    visit.say(topic, payload)
    visit.close()
    print(f"{topic}: version {push.version}. Stations take it as soon as nobody uses them.")
    return 0


def _status(options: argparse.Namespace) -> int:
    from kiosk.fleet.table import table, topics_of_all  # noqa: PLC0415 - only this verb shows it

    settings = settings_of(options)
    visit = _visit(settings)
    kept = visit.kept(*topics_of_all(settings.fleet.prefix))
    visit.close()
    for line in table(kept):
        print(line)
    return 0


def _forget(options: argparse.Namespace) -> int:
    from kiosk.fleet.forgetting import forget  # noqa: PLC0415 - only this verb forgets

    settings = settings_of(options)
    visit = _visit(settings)
    try:
        topics = forget(visit, options.station, settings.fleet, force=options.force)
    finally:
        visit.close()
    for topic in topics:
        print(f"emptied: {topic}")
    print(f"{options.station} is gone from the broker, and from Home Assistant.")
    return 0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise FleetError(f"{file}: cannot be read: {problem}") from problem


def _visit(settings: Settings) -> "Visit":
    if not settings.fleet.is_on:
        raise FleetError("There is no broker in the settings. Set fleet.broker.")
    try:
        from kiosk.fleet.access import access  # noqa: PLC0415 - only if a broker is asked
        from kiosk.fleet.visit import Visit  # noqa: PLC0415 - only if a broker is asked
    except ImportError as problem:
        raise FleetError(f'{problem}. pip install "matside[fleet]"') from problem
    return Visit(access(settings.fleet))
