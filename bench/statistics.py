"""What statistics, a session's end, an export and a new layout take with a million sessions."""

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.table import Row, percentile
from kiosk.records.before import copy_of, keep_copy
from kiosk.records.layout import LAYOUT_1
from kiosk.records.placing import day_number
from kiosk.records.record import records
from kiosk.records.store import FILE, Keeping, Store, reading
from kiosk.statistics import queries
from kiosk.statistics.past import Past
from kiosk.statistics.period import Period
from kiosk.wall_clock import SystemWallClock
from tests.drivers.made_up_past import ZONE, MadeUpPast

#: Ten years, with 274 sessions a day.
SESSIONS, DAYS = 1_000_000, 3650
FIRST = dt.date(2016, 12, 1)
LAST = FIRST + dt.timedelta(days=DAYS - 1)

#: Each picture is about one of these; there are none of more days than a year.
PERIODS = {
    "8 weeks": Period.weeks_until(LAST),
    "a month": Period.month_of(dt.date(LAST.year - 1, 3, 1)),
    "a year": Period.year_of(dt.date(LAST.year - 1, 1, 1)),
}

_Query = Callable[[sqlite3.Connection, Period], object]

QUERIES: dict[str, _Query] = {
    "sessions by ending": queries.ended,
    "hour and weekday": queries.hours,
    "funnel": lambda db, period: queries.funnel(db, period, "psoas-release"),
    "evenness": queries.evenness,
    "weight-offs": queries.weight_offs,
    "made-up seconds": queries.made_up,
    "time to get ready": queries.ready,
    "routines and languages": queries.chosen,
    "button": queries.button,
}


def measure() -> list[Row]:
    """Every picture's query, the whole page's, and what writes and reads the sessions."""
    # Beside the results: the folder for temporary files may be in memory, which has no fsync.
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        directory = Path(folder) / "million"
        MadeUpPast(directory, FIRST, DAYS, SESSIONS).make()
        return [
            *_queries(directory),
            *_opening(directory),
            *_export(directory),
            *_ending(directory),
            _copy(directory),
            _new_layout(directory, Path(folder) / "old"),
        ]


def _queries(directory: Path) -> Iterator[Row]:
    with reading(directory, check=False) as db:
        for name, query in QUERIES.items():
            times = {
                span: _milliseconds(partial(query, db, period)) for span, period in PERIODS.items()
            }
            yield Row(f"statistics: {name}", max(times.values()), "ms", most=50, detail=times)
    past = Past(directory, SystemWallClock(ZONE))
    times = {
        span: _milliseconds(partial(past.statistics, period)) for span, period in PERIODS.items()
    }
    yield Row("statistics: all of them", max(times.values()), "ms", most=150, detail=times)


def _milliseconds(what: Callable[[], object], times: int = 9) -> float:
    """The median of several times."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        what()
        taken.append(1000 * (time.perf_counter() - begun))
    return percentile(taken, 0.5)


def _opening(directory: Path) -> Iterator[Row]:
    begun = time.perf_counter()
    Store(directory, Keeping(ZONE)).close()
    size = (directory / FILE).stat().st_size / 1e6
    yield Row("open a store of a million sessions", time.perf_counter() - begun, "s")
    yield Row("its size", size, "MB")


def _ending(directory: Path) -> Iterator[Row]:
    """How long a session's end takes, with all that is forgotten and summed with it."""
    day = day_number(LAST)
    with reading(directory, check=False) as db:
        kind = next(records(db))
    with closing(Store(directory, Keeping(ZONE, sessions_days=DAYS))) as store:
        taken = []
        for number in range(SESSIONS + 1, SESSIONS + 201):
            record = replace(kind, number=number, day=day, hour=12)
            begun = time.perf_counter()
            store.finish(record)
            taken.append(1000 * (time.perf_counter() - begun))
    detail = {"p95": percentile(taken, 0.95), "most": max(taken), "of fsync": _fsync(directory)}
    yield Row("a session's end, durable", percentile(taken, 0.5), "ms", most=50, detail=detail)


def _fsync(directory: Path) -> float:
    """Milliseconds that this disk takes for 4 kB and one fsync, which nothing can be quicker than.

    A session's end has three of them: the log, the database, and the log again.
    """
    with (directory / "fsync").open("wb", buffering=0) as file:

        def write() -> None:
            file.write(bytes(4096))
            os.fsync(file.fileno())

        return _milliseconds(write, 49)


def _export(directory: Path) -> Iterator[Row]:
    command = [sys.executable, "-c", _EXPORT, "sessions", "export", "--data", str(directory)]
    for form in ("csv", "json"):
        begun = time.perf_counter()
        done = subprocess.run(
            [*command, "--format", form],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=True,
        )
        taken = time.perf_counter() - begun
        yield Row(f"export of a million sessions as {form}", taken, "s")
        yield Row("the memory that it takes", int(done.stderr) / 1000, "MB", most=60)


_EXPORT = """
import sys
from kiosk.main.cli import main
main(sys.argv[1:])
with open("/proc/self/status") as file:
    print(next(line.split()[1] for line in file if line.startswith("VmHWM")), file=sys.stderr)
"""


def _copy(directory: Path) -> Row:
    """How long the copy from before a change of layout takes, until it is on the disk."""
    path = directory / FILE
    with closing(sqlite3.connect(path)) as db:
        begun = time.perf_counter()
        keep_copy(db, path)
        taken = time.perf_counter() - begun
    megabytes = copy_of(path).stat().st_size / 1e6
    copy_of(path).unlink()
    return Row("a copy of a million sessions", taken, "s", detail={"MB": megabytes})


def _new_layout(million: Path, directory: Path) -> Row:
    """How long a station takes to bring the sessions of version 0.1.0 to today's layout."""
    directory.mkdir()
    shutil.copy(million / FILE, directory / "new")
    with closing(sqlite3.connect(directory / FILE, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=OFF")
        db.execute("ATTACH ? AS new", (str(directory / "new"),))
        for statement in LAYOUT_1:
            db.execute(statement)
        db.execute("PRAGMA user_version=1")
        db.execute(
            "INSERT INTO session SELECT number, started, routine, side_seconds, left_seconds, "
            "right_seconds, ended, step FROM new.session"
        )
    begun = time.perf_counter()
    Store(directory, Keeping(ZONE)).close()
    return Row("a million sessions of 0.1.0 to today's layout", time.perf_counter() - begun, "s")
