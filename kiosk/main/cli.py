"""The command line, ``matside``: a function a command, each imports what it needs."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import msgspec

from kiosk.core.errors import MatsideError, SettingsError
from kiosk.main.logs import set_up_logs
from kiosk.records.store import SessionRecord, Store, as_csv, as_json, read_sessions
from kiosk.settings.loading import (
    FASTEST,
    SLOWEST,
    Settings,
    data_directory,
    load_settings,
    panel_settings,
)
from kiosk.version import VERSION

_log = logging.getLogger(__name__)

#: Exit statuses: something is wrong with what was asked for; something failed on the way.
USAGE, FAILED = 2, 1

HARDWARE = ("auto", "gpio", "lgpio", "mock")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (the process's own if None) and return its exit status."""
    options = _parser().parse_args(arguments)
    set_up_logs()
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except SettingsError as problem:
        _log.error("matside: %s", problem)
        return USAGE
    except MatsideError as problem:
        _log.error("matside: %s", problem)
        return FAILED
    except (BrokenPipeError, KeyboardInterrupt):
        return FAILED


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to read on."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"matside: {message}. See: {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="matside", description="A mat-side station.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"matside {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    _add_run(commands.add_parser("run", help="run the station", allow_abbrev=False))
    _add_check(commands.add_parser("check", help="say what is wrong, and what to do"))
    _add_silence(commands.add_parser("silence", help="drive buzzer and light low"))
    _add_routine(commands.add_parser("routine", help="list, check or show routines"))
    _add_sessions(commands.add_parser("sessions", help="list or export past sessions"))
    _add_wiring(commands.add_parser("wiring", help="draw the panel's wiring, as SVG"))
    return parser


def _add_run(run: argparse.ArgumentParser) -> None:
    run.add_argument("--hardware", choices=HARDWARE)
    run.add_argument("--host", help="address to listen on (127.0.0.1)")
    run.add_argument("--port", type=int, help="port to listen on (8080); 0 takes a free one")
    run.add_argument("--speed", type=_speed, default=1.0, help="run the routine N times faster")
    run.add_argument("--open", action="store_true", help="show the page in a browser")
    _add_common(run)
    run.set_defaults(command=_run)


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "--hardware",
        dest="by_hand",
        nargs="?",
        const=True,
        choices=HARDWARE,
        help="try light, buzzer and button, with you at the panel",
    )
    check.add_argument("--json", action="store_true", help="as JSON")
    _add_common(check)
    check.set_defaults(command=_check)


def _add_silence(silence: argparse.ArgumentParser) -> None:
    silence.add_argument("--hardware", choices=HARDWARE)
    _add_common(silence)
    silence.set_defaults(command=_silence)


def _add_routine(routine: argparse.ArgumentParser) -> None:
    verbs = routine.add_subparsers(required=True, metavar="VERB", parser_class=_Parser)
    listing = verbs.add_parser("list", help="the routines there are")
    _add_common(listing)
    listing.set_defaults(command=_routine_list)
    check = verbs.add_parser("check", help="check a routine's file")
    check.add_argument("file", type=Path)
    check.set_defaults(command=_routine_check)
    show = verbs.add_parser("show", help="the steps of a routine")
    show.add_argument("name")
    _add_common(show)
    show.set_defaults(command=_routine_show)


def _add_sessions(sessions: argparse.ArgumentParser) -> None:
    verbs = sessions.add_subparsers(required=True, metavar="VERB", parser_class=_Parser)
    listing = verbs.add_parser("list", help="the sessions, the newest first")
    _add_common(listing)
    listing.set_defaults(command=_sessions_list)
    export = verbs.add_parser("export", help="the sessions as JSON, or as CSV")
    export.add_argument("--csv", action="store_true", help="as CSV, for a spreadsheet")
    _add_common(export)
    export.set_defaults(command=_sessions_export)


def _add_wiring(wiring: argparse.ArgumentParser) -> None:
    wiring.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    wiring.set_defaults(command=_wiring)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    parser.add_argument("--data", metavar="DIR", help="data directory")


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(
            f"found {text!r}; it must be a number from {SLOWEST:g} to {FASTEST:g}"
        )
    return speed


def _settings(options: argparse.Namespace) -> Settings:
    """The settings file with what the command line overrides."""
    settings = load_settings(options.config)
    given = {name: value for name, value in vars(options).items() if value is not None}
    changed = msgspec.to_builtins(settings)
    for section, names in (
        ("station", ("data",)),
        ("server", ("host", "port")),
        ("panel", ("hardware",)),
    ):
        changed[section] |= {name: given[name] for name in names if name in given}
    try:
        return msgspec.convert(changed, Settings)
    except msgspec.ValidationError as cause:
        raise SettingsError(
            f"--port: found {given.get('port')}. It must be a number from 0 to 65535."
        ) from cause


def _run(options: argparse.Namespace) -> int:
    from kiosk.main import station  # noqa: PLC0415 - the other commands need neither web nor pins

    if options.data is not None:
        # A station gets by without its store; whoever names a directory here wants to be told.
        Store(Path(options.data).expanduser()).close()
    station.run(_settings(options), options.speed, open_browser=options.open)
    return 0


def _check(options: argparse.Namespace) -> int:
    from kiosk.main import report  # noqa: PLC0415 - as above

    if options.by_hand is not None:
        options.hardware = None if options.by_hand is True else options.by_hand
        return report.report_by_hand(_settings(options), as_json=options.json)
    return report.report(lambda: _settings(options), options.config, as_json=options.json)


def _silence(options: argparse.Namespace) -> int:
    from hardware.silence import drive_low  # noqa: PLC0415 - as above

    problems = drive_low(panel_settings(_settings(options).panel))
    for problem in problems:
        print(f"matside: {problem}", file=sys.stderr)
    return FAILED if problems else 0


def _wiring(options: argparse.Namespace) -> int:
    from hardware.wiring import draw_wiring  # noqa: PLC0415 - as above

    sys.stdout.write(draw_wiring(panel_settings(_settings(options).panel)))
    return 0


def _routine_list(options: argparse.Namespace) -> int:
    from kiosk.main import station  # noqa: PLC0415 - as above

    settings = _settings(options)
    for routine in station.routines_of(settings).values():
        text = next(iter(routine.texts.values()))
        lengths = "/".join(map(str, routine.side_seconds))
        print(f"{routine.id:24}{text.title}, {lengths} s a side, in {', '.join(routine.texts)}")
    return 0


def _routine_check(options: argparse.Namespace) -> int:
    from kiosk.library.routine_files import load_routine  # noqa: PLC0415 - as above
    from web.figures import POSES  # noqa: PLC0415 - as above

    routine = load_routine(options.file, POSES)
    print(f"{options.file}: is right. {len(routine.steps)} steps.")
    return 0


def _routine_show(options: argparse.Namespace) -> int:
    from kiosk.main import station  # noqa: PLC0415 - as above

    routines = station.routines_of(_settings(options))
    routine = routines.get(options.name)
    if routine is None:
        raise SettingsError(
            f"routine: found {options.name!r}. It must be one of: {', '.join(routines)}."
        )
    text = next(iter(routine.texts.values()))
    for section in ("prepare", "each_side", "switch", "finish"):
        print(section)
        for step in getattr(routine, section):
            seconds = "" if step.seconds is None else f"{step.seconds} s"
            print(
                f"  {step.id:12} {step.kind.value:7} {seconds:>5}  {text.steps[step.id].headline}"
            )
    return 0


def _sessions_list(options: argparse.Namespace) -> int:
    for record in _sessions(options):
        ended = record.ended or "running"
        print(
            f"{record.number:5}  {record.started}  {record.routine}  left {record.left:.0f} s, "
            f"right {record.right:.0f} s of {record.side_seconds}  {ended} at {record.step}"
        )
    return 0


def _sessions_export(options: argparse.Namespace) -> int:
    sys.stdout.write((as_csv if options.csv else as_json)(_sessions(options)))
    return 0


def _sessions(options: argparse.Namespace) -> list[SessionRecord]:
    return read_sessions(data_directory(_settings(options).station.data))


if __name__ == "__main__":
    sys.exit(main())
