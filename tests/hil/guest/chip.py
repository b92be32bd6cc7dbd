"""The simulated GPIO chip, seen from the wires: close a contact, read a pin, pull the chip out."""

import subprocess
import time
from pathlib import Path

SIM = Path("/sys/devices/platform/gpio-sim.0")


class Chip:
    """The header's chip; its lines are numbered as on the Pi (BCM)."""

    def put_in(self) -> None:
        """Give the chip (back)."""
        subprocess.run(["hil-chip", "up"], check=True)

    def take_out(self) -> None:
        """Take the chip away while it is in use."""
        subprocess.run(["hil-chip", "down"], check=True)

    def value(self, line: int) -> int:
        """Level of a line: 0 or 1."""
        return int(self._line(line, "value").read_text())

    def wire(self, line: int) -> "Wire":
        """Take hold of a contact between a line and ground."""
        return Wire(self._line(line, "pull"))

    def number(self) -> int:
        """Give the number in the chip's name, which is higher each time that it comes back."""
        (folder,) = SIM.glob("gpiochip*")
        return int(folder.name.removeprefix("gpiochip"))

    def base(self) -> int:
        """Give the kernel's global number of line 0, which its trace uses."""
        shown = subprocess.run(["hil-chip", "base"], check=True, capture_output=True, text=True)
        return int(shown.stdout)

    def _line(self, line: int, name: str) -> Path:
        (path,) = SIM.glob(f"gpiochip*/sim_gpio{line}/{name}")
        return path


class Wire:
    """A contact between a line and ground; it is open again once a program requests the line."""

    def __init__(self, pull: Path) -> None:
        self._pull = pull.open("wb", buffering=0)

    def set(self, *, closed: bool) -> None:
        """Connect the line to ground, or let go of it, so that its pull-up makes it high."""
        self._pull.write(b"pull-down" if closed else b"pull-up")

    def press(self, seconds: float) -> None:
        """Close the contact for `seconds`, without any chatter."""
        self.set(closed=True)
        time.sleep(seconds)
        self.set(closed=False)
