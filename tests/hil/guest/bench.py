"""The station on its chip, and the list of what was found out about it."""

import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.hil.guest.chip import Chip
from tests.hil.guest.fingers import press_often
from tests.hil.guest.station import Station, start_station
from tests.hil.guest.trace import Trace

BUTTON, BUZZER, LIGHT = 17, 27, 22


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is right, and what was seen."""

    what: str
    right: bool
    seen: str


@dataclass(slots=True)
class Bench:
    """A running station, its chip, and the findings so far."""

    hardware: str
    chip: Chip = field(default_factory=Chip)
    findings: list[Finding] = field(default_factory=list)
    station: Station = field(init=False)
    trace: Trace = field(init=False)

    def start(self) -> None:
        """Start the station; the trace begins before it."""
        self.watch()
        self.station = start_station(self.hardware)

    def watch(self) -> None:
        """Record what is written to the pins from now on."""
        self.trace = Trace(self.chip.base(), (BUZZER, LIGHT))

    def find(self, what: str, right: bool, seen: object = "") -> None:  # noqa: FBT001
        """Note a finding."""
        self.findings.append(Finding(what, right, str(seen)))

    def wait(self, what: str, condition: Callable[[], Any], seconds: float) -> None:
        """Note whether `condition` comes true in time, and how long it took."""
        start = time.monotonic()
        while not (right := bool(condition())) and time.monotonic() - start < seconds:
            time.sleep(0.05)
        self.find(what, right, f"{time.monotonic() - start:.1f} s")

    def press(self) -> dict[str, Any]:
        """Press the button once, with chatter; give the session after it."""
        press_often(self.chip.wire(BUTTON), 1, len(self.findings))
        return self.station.session()

    def press_long(self, seconds: float) -> dict[str, Any]:
        """Press the button for `seconds`; give the session after it."""
        self.chip.wire(BUTTON).press(seconds)
        time.sleep(0.3)
        return self.station.session()

    def pulses(self, line: int = BUZZER) -> list[float]:
        """Lengths in seconds of the pulses on a line since the trace was cleared."""
        changes = self.trace.changes(line)
        pairs = zip(changes[::2], changes[1::2], strict=False)
        return [round(off.at - on.at, 3) for on, off in pairs]

    def health(self, part: str) -> str:
        """Give how a part of the panel is, as ``/healthz`` says."""
        return str(self.station.health()["hardware"][part])

    def run(self, chapter: Callable[["Bench"], None]) -> None:
        """Go through a chapter; one that breaks off is a finding, and the next one goes on."""
        try:
            chapter(self)
        except Exception:  # noqa: BLE001 - whatever breaks off belongs in the report
            self.find(f"{chapter.__name__} runs to its end", right=False, seen=self._broken())

    def report(self) -> list[dict[str, Any]]:
        """Give all findings as JSON has them."""
        return [asdict(finding) for finding in self.findings]

    def _broken(self) -> str:
        return f"{traceback.format_exc()}\nThe station's log:\n{self.station.log()}"
