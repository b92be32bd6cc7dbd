"""The appliance in its virtual machine: its button, its store, its screen, its plug."""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.appliance.picture import Picture, read_ppm
from tests.hil.install import run_script
from tests.hil.machine import Machine
from tests.systems.host import SystemsError

STATION, KIOSK = "matside.service", "matside-kiosk.service"
#: The station's settings.
CONFIG = "/etc/matside/config.toml"
#: Emulated, a boot takes most of a minute and a browser starts in another.
UP_SECONDS, PAGE_SECONDS = 240, 400
#: systemd starts a silent station anew after its WatchdogSec, the station a silent browser after a
#: minute.
HANGING_SECONDS = 240
#: What a screen without a page is: the console's black, or the white that a browser begins with;
#: and the share of the screen that one of them has at least.
BLANK, MOST = ("#000000", "#ffffff"), 0.9


class Box:
    """What a person at the appliance can do and see.

    Args:
        machine: The virtual machine, switched on.
        pictures: Folder for pictures of the screen.
    """

    def __init__(self, machine: Machine, pictures: Path) -> None:
        self.machine = machine
        self._pictures = pictures

    def hand(self, asked: str) -> Any:
        """Ask the hand at the button; see `tests.hil.guest.hand`."""
        return json.loads(run_script(self.machine, "hand", asked, timeout=600))

    def restart(self) -> float:
        """Switch the machine on again; give the seconds until the station is ready."""
        return self.machine.boot() + self.until_ready()

    def until_ready(self) -> float:
        """Wait until systemd knows that the station is ready; give the seconds."""
        return self.wait("the station is ready", self.is_ready, UP_SECONDS)

    def is_ready(self) -> bool:
        """Whether systemd knows that the station is ready."""
        return self.shown(STATION, "ActiveState") == "active"

    def shown(self, unit: str, name: str) -> str:
        """A property of a unit."""
        return self.machine.run(["systemctl", "show", "-P", name, unit]).out.strip()

    def pid(self, unit: str) -> int:
        """The main process of a unit, 0 if it has none."""
        return int(self.shown(unit, "MainPID") or 0)

    def wait(self, what: str, condition: Callable[[], bool], seconds: float) -> float:
        """Wait until `condition` holds; give the seconds that it took.

        Raises:
            SystemsError: It does not; the message has the end of the journal.
        """
        start = time.monotonic()
        while not condition():
            if time.monotonic() - start > seconds:
                journal = self.machine.run("journalctl -b --no-pager -n 60", check=False).out
                raise SystemsError(f"not within {seconds:.0f} s: {what}\n{journal}")
            time.sleep(0.5)
        return time.monotonic() - start

    def until_other(self, unit: str, pid: int) -> float:
        """Wait until another process than `pid` is the unit, and ready; give the seconds."""
        start = time.monotonic()
        other = f"{unit} has another process than {pid}"
        self.wait(other, lambda: self.pid(unit) not in {0, pid}, HANGING_SECONDS)
        self.wait(
            f"{unit} is ready", lambda: self.shown(unit, "ActiveState") == "active", UP_SECONDS
        )
        return time.monotonic() - start

    def until_page(self) -> float:
        """Wait until the kiosk shows a page; give the seconds."""
        return self.wait("the kiosk shows a page", self._drawn, PAGE_SECONDS)

    def picture(self, name: str) -> Picture:
        """Take a picture of the screen, and keep it under `name` for people to look at."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        self.machine.take_picture(self._pictures.resolve() / f"{name}.png", "png")
        return self._now()

    def _drawn(self) -> bool:
        picture = self._now()
        return all(picture.share(colour) < MOST for colour in BLANK)

    def _now(self) -> Picture:
        with tempfile.NamedTemporaryFile(suffix=".ppm") as file:
            self.machine.take_picture(Path(file.name), "ppm")
            return read_ppm(Path(file.name).read_bytes())
