"""What the library weighs: a station with all routines and languages, beside one with a single one.

The small station is a copy of this one whose folders have the psoas release in English, and nothing
else; so it is the station that Matside would be without a library. The two take turns, so that
what the machine does besides falls on both alike.
"""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import first_load
from bench.browser import chromium
from bench.proc import megabytes, status
from bench.stations import ROOT, running
from bench.table import Row, percentile
from bench.wire import Client, Stream
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.words import SHIPPED_LANGUAGES
from tests.drivers.sessions import go_through

#: The packages that a station consists of.
PACKAGES = ("kiosk", "web", "hardware")

#: Turns that each station has. A first one is not counted: in it Python compiles.
TURNS = 5

#: Seconds between presses, so that none is taken for a repetition of the last.
APART = 0.3

#: How much the library may add, in percent.
MOST = 5.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A station to be weighed, and what was measured of it: the values of all turns by their names.

    Attributes:
        root: The folder that has its Python packages.
        settings: The text of its settings file.
        values: What was measured.
    """

    root: Path
    settings: str
    values: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def note(self, name: str, value: float, unit: str) -> None:
        """Add a measured value."""
        self.values.setdefault((name, unit), []).append(value)


def measure() -> list[Row]:
    """Start, memory and first load of both stations, and how much more the large one takes."""
    languages = ", ".join(f'"{path.stem}"' for path in sorted(SHIPPED_LANGUAGES.glob("*.toml")))
    with _small_copy() as root, chromium() as browser:
        small = Weighed(root, "")
        large = Weighed(ROOT, f"[station]\noffered_languages = [{languages}]\n")
        for turn in range(TURNS + 1):
            for station in (small, large):
                _weigh(Weighed(station.root, station.settings) if turn == 0 else station)
        for station in (small, large):
            with running(settings=station.settings, root=station.root) as up:
                bodies = first_load.bodies(browser, up, "/?panel=off")
            station.note("first load, as sent", first_load.kilobytes(bodies, 0), "kB")
            station.note("first load, unpacked", first_load.kilobytes(bodies, 1), "kB")
    return [row for name, unit in small.values for row in _rows(name, unit, small, large)]


def _weigh(station: Weighed) -> None:
    """Start the station once, go through a session, and note what that took."""
    with (
        running("--speed", "60", settings=station.settings, root=station.root) as up,
        Client(up) as client,
    ):
        client.get("/")
        station.note("start → ready", up.ready - up.spawned, "s")
        station.note("start → first page answered", time.perf_counter() - up.spawned, "s")
        with Stream(up):
            time.sleep(1)  # the first screens are being prepared
            _note_memory(station, up.pid, "at the attract screen")
            go_through(client, lambda: time.sleep(APART))
            client.get("/")
            _note_memory(station, up.pid, "after a session")


def _note_memory(station: Weighed, pid: int, when: str) -> None:
    shares = status(Path(f"/proc/{pid}/smaps_rollup"))
    for name in ("Rss", "Pss"):
        station.note(f"{name.upper()} {when}", megabytes(shares[name]), "MB")


def _rows(name: str, unit: str, small: Weighed, large: Weighed) -> Iterator[Row]:
    one, all_of_it = (percentile(each.values[name, unit], 0.5) for each in (small, large))
    yield Row(f"one routine, one language: {name}", one, unit)
    yield Row(f"the whole library: {name}", all_of_it, unit)
    yield Row(f"the library adds: {name}", 100 * (all_of_it / one - 1), "%", most=MOST)


@contextlib.contextmanager
def _small_copy() -> Iterator[Path]:
    """A folder with a copy of the packages that have the psoas release in English alone."""
    with tempfile.TemporaryDirectory(prefix="matside-bench-") as directory:
        root = Path(directory)
        for name in PACKAGES:
            shutil.copytree(ROOT / name, root / name)
        routines, languages = (
            root / folder.relative_to(ROOT) for folder in (SHIPPED_ROUTINES, SHIPPED_LANGUAGES)
        )
        for folder, kept in ((routines, "psoas-release.toml"), (languages, "en.toml")):
            for path in folder.glob("*.toml"):
                if path.name != kept:
                    path.unlink()
        psoas = routines / "psoas-release.toml"
        lines = psoas.read_text(encoding="utf-8").splitlines(keepends=True)
        text = "".join(line for line in lines if not line.startswith("alternative"))
        psoas.write_text(text, encoding="utf-8")
        yield root
