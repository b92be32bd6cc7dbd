"""Staff at the panel of the appliance: settings and restarts, by those who have no rights there.

The station itself may not restart anything; what staff ask it for, the units of systemd do.
"""

import json
from collections.abc import Callable

from tests.appliance.box import CONFIG, KIOSK, STATION, Box
from tests.hil.install import run_script
from tests.systems.host import SystemsError, say

#: Told of each finding: what it is, whether it is right, and what was seen.
Find = Callable[[str, bool, str], object]


class StaffAtThePanel:
    """Goes through what staff ask for in the staff area.

    Args:
        box: The appliance, with its station at rest.
        find: Is told of each finding.
    """

    def __init__(self, box: Box, find: Find) -> None:
        self._box = box
        self._find = find

    def go_through(self) -> None:
        """Choose a PIN, change a setting, take settings anew, and restart everything."""
        say("staff at the panel")
        self._ask("choose")
        self._changes_a_setting()
        self._reloads()
        self._restarts("station", STATION)
        self._restarts("browser", KIOSK)
        self._restarts_the_machine()

    def _ask(self, *words: str) -> None:
        told = json.loads(run_script(self._box.machine, "staff", *words, timeout=120))
        self._find(f"staff: {' '.join(words)}", "error" not in told, str(told))

    def _changes_a_setting(self) -> None:
        before = self._box.pid(STATION)
        self._ask("change", "station.side", '"left"')
        self._box.wait("the new side is in force", lambda: self._side() == "left", 60)
        kept = b'side = "left"' in self._box.machine.get(CONFIG)
        self._find("a change of the settings is in their file", kept, "")
        self._find("and in force in the same process", self._box.pid(STATION) == before, "")
        mode = self._box.machine.run(f"stat -c '%a %U:%G' {CONFIG}").out.strip()
        self._find("the file is still nobody else's to read", mode.startswith("640"), mode)

    def _reloads(self) -> None:
        machine, before = self._box.machine, self._box.pid(STATION)
        machine.run(f"""sed -i 's/^side = "left"/side = "right"/' {CONFIG}""")
        machine.run(["systemctl", "reload", STATION])
        self._box.wait("the side is right again", lambda: self._side() == "right", 60)
        same = self._box.pid(STATION) == before and self._box.is_ready()
        self._find("systemctl reload takes settings anew in the same process", same, "")

    def _restarts(self, what: str, unit: str) -> None:
        before = self._box.pid(unit)
        self._ask("restart", what)
        seconds = self._box.until_other(unit, before)
        self._find(f"a restart of the {what} gives it another process", True, f"{seconds:.1f} s")
        self._box.until_ready()

    def _restarts_the_machine(self) -> None:
        self._ask("restart", "machine")
        down = self._box.machine.until_off(120)
        up = self._box.restart() + self._box.until_page()
        self._find("a restart of the machine boots it anew", True, f"{down:.0f} + {up:.0f} s")

    def _side(self) -> str | None:
        """The side that is chosen, None while the station takes its settings anew."""
        try:
            return str(self._box.hand("session")["choices"]["side"])
        except SystemsError:
            return None
