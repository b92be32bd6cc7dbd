"""The log as whoever reads it meets it: on a terminal, and with priorities in the journal."""

import logging
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from kiosk.main.logs import JournalFormatter, RecentLines
from kiosk.ports.log_line import LogLine
from tests.drivers.clocks import FakeClock
from tests.drivers.processes import MATSIDE, live_station


def log_of(directory: Path, *arguments: str, journal: bool) -> list[str]:
    """What a command that ends by itself says on standard error."""
    with (directory / "log").open("w+b") as log:
        status = os.fstat(log.fileno())
        named = f"{status.st_dev}:{status.st_ino}" if journal else "1:1"
        subprocess.run(
            [*MATSIDE, *arguments],
            stderr=log,
            env={**os.environ, "JOURNAL_STREAM": named},
            timeout=30,
            check=False,
        )
    return (directory / "log").read_text().splitlines()


@pytest.mark.process
def test_the_journal_is_told_how_bad_it_is(tmp_path: Path) -> None:
    (line,) = log_of(tmp_path, "routine", "show", "yoga", journal=True)
    assert line.startswith("<3>matside: ")


@pytest.mark.process
def test_a_file_or_a_terminal_gets_plain_lines(tmp_path: Path) -> None:
    (line,) = log_of(tmp_path, "routine", "show", "yoga", journal=False)
    assert line.startswith("matside: ")


def test_every_line_of_a_traceback_has_its_priority() -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "so", (), sys.exc_info())
    lines = JournalFormatter().format(record).splitlines()
    assert len(lines) > 2
    assert all(line.startswith("<3>") for line in lines)


@pytest.mark.parametrize(
    ("level", "priority"),
    [(logging.DEBUG, 7), (logging.INFO, 6), (logging.WARNING, 4), (logging.CRITICAL, 2)],
)
def test_levels_become_the_priorities_of_syslog(level: int, priority: int) -> None:
    record = logging.LogRecord("x", level, "x.py", 1, "so", (), None)
    assert JournalFormatter().format(record) == f"<{priority}>so"


def test_the_last_ten_lines_that_matter_are_kept_the_newest_first() -> None:
    recent = RecentLines(FakeClock(time=5))
    log = logging.getLogger("matside.test")
    log.addHandler(recent)
    log.setLevel(logging.INFO)
    log.info("not this one")
    for number in range(11):
        log.warning("trouble %d", number)
    log.error("the last")
    assert [line.text for line in recent.lines()] == [
        "the last",
        *(f"trouble {number}" for number in range(10, 1, -1)),
    ]
    assert recent.lines()[0] == LogLine(5, error=True, text="the last")
    assert not recent.lines()[1].error


@pytest.mark.process
@pytest.mark.parametrize("pin", ["918273", '"91827x"', "[918273]", '"918273'])
def test_no_message_repeats_the_staff_pin(tmp_path: Path, pin: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"[server]\nstaff_pin = {pin}\n")
    lines = log_of(tmp_path, "run", "--hardware", "mock", "--config", str(config), journal=True)
    assert len(lines) == 1
    assert "9182" not in lines[0]


@pytest.mark.process
def test_the_log_of_a_day_with_one_short_session(tmp_path: Path) -> None:
    """A line for each event that matters, none for the pages, presses and requests between."""
    config = tmp_path / "config.toml"
    config.write_text(f'[server]\nstaff_pin = "918273"\n[station]\ndata = "{tmp_path}/data"\n')
    with live_station(None, "--config", str(config)) as station:
        for path in ("/", "/healthz", "/api/session"):
            urllib.request.urlopen(station.url + path, timeout=5).close()
        station.button("press")
        time.sleep(0.3)  # a press sooner than a quarter of a second is not meant
        station.button("press")
        station.button("hold")
        station.button("hold")
        station.process.send_signal(signal.SIGTERM)
        rest = station.process.communicate(timeout=10)[1].splitlines()
    moved, ready = station.said.splitlines()
    assert moved.startswith("server.staff_pin has moved into the data directory, as a hash.")
    assert "918273" not in moved
    assert ready.startswith("Matside ")
    assert rest == [
        "session 1 started: psoas-release",
        "session 1 stopped at equipment: left 0 s, right 0 s",
        "stopped",
    ]
