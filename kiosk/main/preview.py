"""A station for whoever writes a routine: on mock hardware, and new each time the file is saved.

It keeps its sessions in a folder that is gone afterwards, and never touches the real one.
"""

import contextlib
import datetime as dt
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from kiosk.core.errors import RoutineError
from kiosk.core.routine import Routine
from kiosk.library.places import routine_of
from kiosk.library.remarks import Judge, Remark
from kiosk.library.routine_files import RoutineReader
from kiosk.library.routine_report import report_on
from kiosk.library.shelf import Library
from kiosk.main.local_browser import open_in_browser
from kiosk.main.rules import judge_of, library_of, rules_of
from kiosk.main.setup import Setup
from kiosk.main.station import Station, build
from kiosk.main.told import MainSignals
from kiosk.ports.clock import SystemClock
from kiosk.runner import start_ticker
from kiosk.settings.address import open_socket, page_address
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from web.app import add_preview
from web.contact_sheet import ContactSheet, Draft, DraftRemarks
from web.server import WebServer

_log = logging.getLogger(__name__)

#: Seconds between two looks at the file.
LOOK_EVERY = 0.3

#: How many faults the page shows, and how many warnings.
MOST = 50

#: What changes when a file is saved: its name, kind, number, time and size.
_Stamp = tuple[tuple[str, int, int, int, int], ...]


class Previewer:
    """The station of the routine in a file, as a WSGI application; `look` follows the file.

    Args:
        path: The routine's file.
        settings: Those of a station. Its screen, its breaths and its folders are taken from them.
        judge: What the file is judged by.
        speed: Routine seconds a clock second.
    """

    def __init__(self, path: Path, settings: Settings, judge: Judge, speed: float = 1.0) -> None:
        self._path = path
        self._settings = _for_preview(settings)
        self._judge = judge
        self._speed = speed
        self._library = library_of(self._settings)
        self._stamp: _Stamp | None = None
        self.draft = Draft(path.name, 0, "")
        self._built = self._build(self._library, Settings().station)

    def __call__(self, environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        return self._built.station.app(environ, start_response)

    def look(self) -> bool:
        """Read the file anew if it or a translation has changed; return whether it had.

        If it has faults, the station goes on with what it had before.
        """
        stamp = self._stamp_now()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        remarks = report_on(self._path, self._judge)
        routine = None
        if not any(remark.kind == "fault" for remark in remarks):
            try:
                routine = self._reader().read(self._path)
            except RoutineError as problem:  # it has been saved again meanwhile
                remarks = [Remark(self._path, "fault", None, "", str(problem))]
        self._show(remarks, routine)
        return True

    def close(self) -> None:
        """End the station."""
        self._built.stack.close()

    def _show(self, remarks: list[Remark], routine: Routine | None) -> None:
        """Show the remarks, and `routine` if there is one, else the one before."""
        faults, warnings = (
            _first([each for each in remarks if each.kind == kind]) for kind in ("fault", "warning")
        )
        now = dt.datetime.now().astimezone().strftime("%H:%M:%S")
        version = self.draft.version + 1
        shown = self.draft.routine if routine is None else routine
        if routine is not None:
            self._rebuild(routine)
        self.draft = Draft(self._path.name, version, now, shown, faults, warnings)

    def _rebuild(self, routine: Routine) -> None:
        """A new station with `routine`, in place of the one before."""
        routines = self._with_alternative(routine)
        library = replace(self._library, routines=routines, names=tuple(routines))
        station = msgspec.structs.replace(
            self._settings.station,
            routine=routine.id,
            offered=(routine.id,),
            language=next(iter(routine.texts)),
            offered_languages=tuple(routine.texts),
        )
        before, self._built = self._built, self._build(library, station)
        before.stack.close()

    def _with_alternative(self, routine: Routine) -> dict[str, Routine]:
        """The routines of the library, `routine`, and its alternative if that lies beside it."""
        routines = {**self._library.routines, routine.id: routine}
        name = routine.alternative
        if name is not None and name not in routines:
            try:
                other = self._reader().read(self._path.with_name(f"{name}.toml"))
                routines[name] = replace(other, alternative=None)
            except RoutineError as problem:
                _log.warning("the alternative is left out of the preview: %s", problem)
                routines[routine.id] = replace(routine, alternative=None)
        return routines

    def _build(self, library: Library, station: StationSection) -> "_Built":
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="matside-preview-"))
            settings = msgspec.structs.replace(
                self._settings, station=msgspec.structs.replace(station, data=folder)
            )
            setup = Setup(settings, rules_of(settings, library, self._speed), library.languages)
            built = build(setup, stack, SystemClock())
            add_preview(built.app, ContactSheet(lambda: self.draft, library.languages))
            start_ticker(built.runner)
            return _Built(built, stack.pop_all())

    def _reader(self) -> RoutineReader:
        judge = self._judge
        return RoutineReader(judge.poses, judge.breath_seconds, judge.languages)

    def _stamp_now(self) -> _Stamp:
        """What changes whenever the file or a translation is saved."""
        return tuple(self._stamps())

    def _stamps(self) -> Iterator[tuple[str, int, int, int, int]]:
        for path in sorted(self._path.parent.glob("*.toml")):
            if path.name == self._path.name or path.name.startswith(f"{self._path.stem}."):
                with contextlib.suppress(OSError):  # it has gone away
                    found = path.stat()
                    yield path.name, found.st_mode, found.st_ino, found.st_mtime_ns, found.st_size


@dataclass(frozen=True, slots=True)
class _Built:
    """A station, and what ends it."""

    station: Station
    stack: contextlib.ExitStack


def _first(remarks: list[Remark]) -> DraftRemarks:
    """The first of `remarks`, and how many more there are."""
    return DraftRemarks(tuple(remarks[:MOST]), max(0, len(remarks) - MOST))


def _for_preview(settings: Settings) -> Settings:
    """Settings of a station on mock hardware, with screen, breaths and folders of `settings`."""
    station = StationSection(
        routines=settings.station.routines,
        languages=settings.station.languages,
        breath_seconds=settings.station.breath_seconds,
    )
    return Settings(station=station, panel=PanelSection(hardware="mock"), screen=settings.screen)


def preview(file: Path, settings: Settings, speed: float, *, open_browser: bool) -> None:
    """Show the routine in `file` until SIGTERM, SIGINT or SIGHUP.

    Args:
        file: Its file, or a translation of it.
        settings: Those of a station. Its port is listened on, on this machine only; 0 takes a
            free one.
        speed: Routine seconds a clock second.
        open_browser: Whether to show the page in a browser.

    Raises:
        RoutineError: There is no such file.
        ServerError: The port cannot be used.
    """
    path = file.with_name(f"{routine_of(file)}.toml") if "." in file.stem else file
    if not path.is_file():
        raise RoutineError(
            f"{path}: there is no such file. To write one: matside routine new {path.stem}"
        )
    with MainSignals() as signals, contextlib.ExitStack() as stack:
        listener = stack.enter_context(open_socket("127.0.0.1", settings.server.port))
        previewer = Previewer(path, settings, judge_of(settings), speed)
        stack.callback(previewer.close)
        previewer.look()
        server = WebServer(previewer, [listener])
        stack.callback(server.stop)
        # Before the server waits for its requests to end: a stream does not end by itself.
        stack.callback(previewer.close)
        server.start()
        address = f"{page_address(listener, '127.0.0.1')}preview"
        _log.info("the preview of %s is ready: %s", path, address)
        _log.info("save the file to see it there; Ctrl-C ends the preview")
        if open_browser:
            open_in_browser(address)
        # Any signal ends it, also that of a terminal that is closed.
        while signals.wait(LOOK_EVERY) is None:
            if previewer.look():
                wrong = previewer.draft.faults.total
                _log.info("saved: %s", f"{wrong} wrong, see the page" if wrong else "is right")
