"""``matside pin`` as staff meet it in a shell."""

import os
import pty
import subprocess
import time
from pathlib import Path

import pytest

from kiosk.staff.pin_file import PIN_FILE, PinFile
from tests.drivers.processes import MATSIDE, matside

pytestmark = pytest.mark.process

PIN = "480917"


def set_pin(data: Path, typed: str) -> subprocess.CompletedProcess[str]:
    """Run ``matside pin set`` with a line on standard input."""
    return subprocess.run(
        [*MATSIDE, "pin", "set", "--data", str(data)],
        input=typed,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def type_at_a_terminal(data: Path, *lines: str) -> str:
    """Run ``matside pin set`` at a terminal and type `lines`; gives what the terminal shows."""
    master, slave = pty.openpty()
    command = [*MATSIDE, "pin", "set", "--data", str(data)]
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    ) as process:
        os.close(slave)
        shown = ""
        for line in lines:
            while not shown.endswith(": "):
                shown += os.read(master, 1000).decode()
            time.sleep(0.05)  # getpass has asked, and is about to read
            os.write(master, f"{line}\n".encode())
            shown += "\n"
        process.wait(30)
        shown += os.read(master, 1000).decode()
    os.close(master)
    return shown


def test_a_pin_is_set_from_standard_input_and_forgotten(tmp_path: Path) -> None:
    done = set_pin(tmp_path, f"{PIN}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The staff PIN is set." in done.stdout
    kept = PinFile(tmp_path).read()
    assert kept is not None
    assert kept.is_made_of(PIN)
    assert "is forgotten" in matside("pin", "forget", "--data", str(tmp_path)).stdout
    assert PinFile(tmp_path).read() is None
    assert "There was no staff PIN" in matside("pin", "forget", "--data", str(tmp_path)).stdout


@pytest.mark.parametrize("typed", ["123456\n", "4809\n", ""])
def test_a_pin_that_will_not_do_changes_nothing(tmp_path: Path, typed: str) -> None:
    set_pin(tmp_path, f"{PIN}\n")
    before = (tmp_path / PIN_FILE).read_bytes()
    done = set_pin(tmp_path, typed)
    assert done.returncode == 1
    assert "PIN" in done.stderr
    assert not typed.strip() or typed.strip() not in done.stderr
    assert (tmp_path / PIN_FILE).read_bytes() == before


def test_a_pin_is_never_an_argument(tmp_path: Path) -> None:
    done = matside("pin", "set", PIN, "--data", str(tmp_path))
    assert done.returncode == 2
    assert not (tmp_path / PIN_FILE).exists()


def test_a_terminal_asks_twice_and_does_not_show_what_is_typed(tmp_path: Path) -> None:
    shown = type_at_a_terminal(tmp_path, PIN, PIN)
    assert "The staff PIN is set." in shown
    assert PIN not in shown
    shown = type_at_a_terminal(tmp_path, "332648", "332649")
    assert "The two are not the same. Nothing was changed." in shown
    kept = PinFile(tmp_path).read()
    assert kept is not None
    assert kept.is_made_of(PIN)


def test_a_pin_that_the_settings_would_bring_back_is_not_forgotten(tmp_path: Path) -> None:
    set_pin(tmp_path, f"{PIN}\n")
    config = tmp_path / "config.toml"
    config.write_text(f'[server]\nstaff_pin = "{PIN}"\n')
    done = matside("pin", "forget", "--config", str(config), "--data", str(tmp_path))
    assert done.returncode == 1
    assert "server.staff_pin. Take that line out first." in done.stderr
    assert PIN not in done.stderr
    assert PinFile(tmp_path).read() is not None
