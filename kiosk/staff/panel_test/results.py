"""What staff found out in the panel test: for each part whether it works, and when that was."""

import contextlib
import datetime as dt
import logging
import threading
from collections.abc import Collection, Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.ports.clock import WallClock
from kiosk.ports.finding import Finding
from kiosk.whole_file import write_whole

_log = logging.getLogger(__name__)

#: The file's name in the data directory, and what it is called once it was found to be damaged.
RESULTS_FILE, ASIDE = "panel-test.json", "panel-test.json.damaged"


class PanelTest(Enum):
    """What can be tested; the value is its name in addresses and in the file."""

    LIGHT = "light"
    BUZZER = "buzzer"
    LOUDNESS = "loudness"
    BUTTON = "button"
    SCREEN = "screen"
    TOUCH = "touch"


class PanelResult(msgspec.Struct, frozen=True):
    """The outcome of a test.

    Attributes:
        passed: Whether it works.
        at: The date and time in the gym's time zone.
        known: Whether that could be trusted.
        text: What was seen, if the test itself can tell.
    """

    passed: bool
    at: Annotated[dt.datetime, Meta(tz=True)]
    known: bool
    text: str = ""

    @property
    def when(self) -> str:
        """When it was tested, for people."""
        return f"{self.at:%Y-%m-%d %H:%M}" if self.known else "when the clock was not set"


class PanelResults:
    """The last result of each test. Any thread may use it.

    The file is read when somebody first asks. One that cannot be written is no reason not to test:
    then the results stay until the station ends.

    Args:
        directory: The data directory; it need not be there yet.
        wall: The date and time.
    """

    def __init__(self, directory: Path, wall: WallClock) -> None:
        self._path = directory / RESULTS_FILE
        self._wall = wall
        self._lock = threading.Lock()
        self._kept: Mapping[PanelTest, PanelResult] | None = None
        self._problem: str | None = None

    @property
    def problem(self) -> str | None:
        """What is wrong with the file, for people; None if nothing is."""
        self.all()
        return self._problem

    def all(self) -> Mapping[PanelTest, PanelResult]:
        """The last result of each test that was ever done."""
        with self._lock:
            return self._read()

    def keep(self, test: PanelTest, *, passed: bool, text: str = "") -> None:
        """Keep the outcome of a test, with the date and time of now."""
        wall = self._wall()
        with self._lock:
            kept = {**self._read(), test: PanelResult(passed, wall.at, wall.known, text)}
            self._kept = kept
            self._problem = None
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(self._path, msgspec.json.encode(kept))
            except OSError as cause:
                self._problem = (
                    f"{self._path} cannot be written ({cause.strerror}), so the results are kept "
                    "until the station restarts."
                )
                _log.warning("The panel test: %s", self._problem)

    def _read(self) -> Mapping[PanelTest, PanelResult]:
        if self._kept is None:
            self._kept = self._from_file()
        return self._kept

    def _from_file(self) -> Mapping[PanelTest, PanelResult]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[PanelTest, PanelResult])
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as cause:
            self._problem = f"{self._path} cannot be read ({cause.strerror})."
        except msgspec.DecodeError:
            with contextlib.suppress(OSError):  # then the next result takes its place
                self._path.replace(self._path.with_name(ASIDE))
            self._problem = (
                f"{self._path} was damaged, and is called {ASIDE} now. The earlier results are "
                "lost: test anew."
            )
        _log.warning("The panel test: %s", self._problem)
        return {}


def panel_finding(
    results: Mapping[PanelTest, PanelResult], wanted: Collection[PanelTest]
) -> Finding:
    """How the station's parts were when they were last tested, in a line.

    Args:
        results: The last results.
        wanted: The tests of the parts that the station has; others are left out.
    """
    done = {test: results[test] for test in PanelTest if test in wanted and test in results}
    bad = [test.value for test, result in done.items() if not result.passed]
    if bad:
        worst = max((result for result in done.values() if not result.passed), key=_at)
        what = f"{', '.join(bad)} did not work"
        return Finding("panel test", False, f"{what}, tested {worst.when}. Mend it and test again.")
    if not done:
        return Finding("panel test", True, "not done yet")
    last = max(done.values(), key=_at)
    what = f"{len(done)} of {len(wanted)} parts work"
    return Finding("panel test", True, f"{what}, last tested {last.when}")


def _at(result: PanelResult) -> dt.datetime:
    return result.at
