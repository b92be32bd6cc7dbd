"""What is done with an appliance that works: install, start, use, upgrade, uninstall."""

import re
import time
from pathlib import Path
from typing import Any

from tests.appliance.box import CONFIG, KIOSK, STATION, Box
from tests.appliance.faults import kept
from tests.appliance.release import BEFORE, current_version, make_release
from tests.appliance.staff import StaffAtThePanel
from tests.hil import report
from tests.hil.install import put_scripts
from tests.systems.host import TREE, say

#: Nothing in the machine draws by hardware.
SOFTWARE = """[Service]
Environment=WLR_RENDERER=pixman
"""
#: Emulated, making a virtual environment takes minutes.
INSTALL_SECONDS = 1200
#: What `systemd-analyze security` may give at most.
EXPOSURE = 1.3
#: The ground of the page's first screen.
GROUND = "#111111"
#: What staff change in the settings, to be there after an upgrade.
CHANGED = "viewing_distance_m = 2.5"
UNITS = (STATION, KIOSK, "matside-kiosk-restart.path", "matside-screen.path")


class Chapters:
    """Goes through the appliance's life, and notes what is right and what is not.

    Args:
        box: The appliance.
        scratch: Folder for releases.
        results: Folder for transcripts.

    Attributes:
        findings: What was found, as `report.lines` takes it.
        measured: Seconds by what took them.
    """

    def __init__(self, box: Box, scratch: Path, results: Path) -> None:
        self.findings: list[dict[str, Any]] = []
        self.measured: dict[str, float] = {}
        self._box = box
        self._scratch = scratch
        self._results = results

    def install(self) -> None:
        """Install the version before this one with the one command, twice."""
        machine = self._box.machine
        version = machine.run("python3 -c 'import sys; print(*sys.version_info[:2], sep=\".\")'")
        self._python = version.out.strip()
        machine.put(SOFTWARE.encode(), f"/etc/systemd/system/{KIOSK}.d/software.conf")
        put_scripts(machine)
        self._unpack(BEFORE)
        first = self._command("install", f"./matside-{BEFORE}/install.sh")
        self._find("the one command installs it", "done" in first, "")
        before = self._made()
        again = self._command("install again", f"./matside-{BEFORE}/install.sh")
        self._find("a second time it changes nothing", self._made() == before, again[-200:].strip())
        # What staff do on a board that is no Raspberry Pi; the chip it has is found by its label.
        machine.run(f"sed -i 's/^#hardware = .*/hardware = \"gpio\"/' {CONFIG}")

    def start_by_itself(self) -> None:
        """Switch off and on: station and page come by themselves, with no network."""
        machine = self._box.machine
        addresses = machine.run("ip -brief address").out
        self._find("there is no network", addresses.split()[0::1].count("UP") == 0, addresses)
        machine.run("sync")
        machine.cut_power()
        boot = machine.boot()
        self._box.until_ready()
        self.measured["page after power on"] = boot + self._box.until_page()
        self._find("the station starts by itself", self._box.is_ready())
        for unit, what in ((STATION, "station"), (KIOSK, "kiosk")):
            wanted = ("InactiveExitTimestampMonotonic", "ActiveEnterTimestampMonotonic")
            begun, ended = (int(self._box.shown(unit, name)) / 1e6 for name in wanted)
            self.measured[f"{what}: kernel to start of the unit"] = begun
            self.measured[f"{what}: start of the unit to ready"] = ended - begun
        self._find(
            "the page shows the first screen",
            self._box.picture("attract").share(GROUND) > 0.3,
        )

    def shut_in(self) -> None:
        """Have systemd judge the units."""
        machine = self._box.machine
        verified = machine.run(["systemd-analyze", "verify", *UNITS], check=False)
        said = verified.out + verified.err
        self._find("systemd-analyze verify is clean", not verified.code and not said, said)
        shown = machine.run(["systemd-analyze", "security", "--no-pager", STATION], check=False).out
        (self._results / "security.txt").write_text(shown)
        found = re.search(r"Overall exposure level.*?: ([0-9.]+)", shown)
        exposure = float(found[1]) if found else 10.0
        self._find(f"its exposure is {EXPOSURE} at most", exposure <= EXPOSURE, str(exposure))
        check = machine.run(["matside", "check"], check=False)
        (self._results / "check.txt").write_text(check.out + check.err)
        self._find("matside check gives a report", bool(check.out) and check.code in {0, 1})

    def session(self) -> None:
        """Go through a whole session by the button, as `make hil` does."""
        say("a whole session by the button")
        self.findings += self._box.hand("through")
        store = self._box.hand("store")
        ended = [row["ended"] for row in store["sessions"]]
        self._find("it is stored as finished", ended == ["finished"], str(ended))

    def pages(self) -> None:
        """Look at the kiosk's screen in some steps."""
        say("the kiosk's screen")
        ground = self._colours()
        gate = self._box.hand("press")
        time.sleep(5)
        self._box.picture("gate")
        self._find("a press brings the gate", gate["step"]["id"] == "check")
        switch = self._box.hand("switch")
        side = switch["step"]["side"]
        time.sleep(5)
        share = self._box.picture("switch").share(ground[side])
        self._find(
            "the switch fills the screen with its side's colour", share > 0.4, f"{share:.2f}"
        )
        self._box.hand("begin")
        paused = self._box.hand("hold")
        time.sleep(5)
        share = self._box.picture("weight-off").share(ground["stop"])
        red = paused["status"] == "paused" and share > 0.3
        self._find("weight off fills the screen with red", red, f"{share:.2f}")

    def staff(self) -> None:
        """Let staff change settings and restart everything, at the panel."""
        StaffAtThePanel(self._box, self._find).go_through()

    def upgrade(self) -> None:
        """Install this version over the one before."""
        machine = self._box.machine
        self._box.hand("begin")
        before = self._box.hand("store")
        machine.run(f"sed -i 's/^#viewing_distance_m = .*/{CHANGED}/' {CONFIG}")
        settings = machine.get(CONFIG)
        self._unpack(current_version())
        self._command("upgrade", f"./matside-{current_version()}/install.sh")
        self._box.until_ready()
        said = machine.run(["matside", "--version"]).out
        self._find("an upgrade installs this version", current_version() in said, said.strip())
        kept_settings = machine.get(CONFIG) == settings and CHANGED.encode() in settings
        self._find("it keeps the settings", kept_settings)
        lost = kept(before, self._box.hand("store"))
        self._find("it keeps the sessions", not lost, "; ".join(lost))
        offered = self._box.hand("session")["status"]
        self._find("it offers the session that it broke into", offered == "resume", offered)

    def kiosk_off(self) -> None:
        """Leave the browser out of what follows: emulated, it takes a minute to start."""
        self._box.machine.run(["systemctl", "disable", "--now", "--quiet", KIOSK])

    def uninstall(self) -> None:
        """Take it off; only settings and sessions stay."""
        machine = self._box.machine
        before = self._box.hand("store")
        self._command("uninstall", f"./matside-{current_version()}/install.sh --uninstall")
        left = machine.run(
            "find / -xdev -name '*matside*' -not -path '/root/*' -not -path '/proc/*'"
            " -not -path '/var/log/*' -not -path '/tmp/*' -not -path '/var/tmp/*'"
        ).out.split()
        allowed = (
            "/etc/matside",
            "/var/lib/matside",
            "/var/lib/dpkg",
            f"/etc/systemd/system/{KIOSK}.d",
        )
        strange = [path for path in left if not path.startswith(allowed) and "hil" not in path]
        self._find(
            "uninstalling leaves settings and sessions alone", not strange, ", ".join(strange)
        )
        lost = kept(before, self._box.hand("store"))
        self._find("the sessions are still there", not lost, "; ".join(lost))

    def package(self) -> None:
        """Install the .deb over what stayed, then purge it."""
        machine = self._box.machine
        tree = f"/root/matside-{current_version()}"
        self._command("deb", f"{tree}/packaging/deb {tree}/wheels amd64 /root/dist")
        self._command(
            "apt install", "DEBIAN_FRONTEND=noninteractive apt-get install -y /root/dist/*.deb"
        )
        self._box.until_ready()
        status = self._box.hand("session")["status"]
        self._find("the .deb takes up where it was left", status in {"attract", "resume"}, status)
        self._command("apt purge", "DEBIAN_FRONTEND=noninteractive apt-get purge -y matside")
        left = machine.run("ls -d /etc/matside /var/lib/matside /usr/lib/matside", check=False).out
        self._find("purging it leaves nothing", not left, left.strip())

    def _unpack(self, version: str) -> None:
        release = make_release(self._scratch, version, self._python)
        self._box.machine.put(release, "/root/release.tar.gz")
        self._box.machine.run("cd /root && tar -xzf release.tar.gz && rm release.tar.gz")

    def _command(self, name: str, command: str) -> str:
        """Do it as staff would; keep what it said."""
        start = time.monotonic()
        done = self._box.machine.run(
            f"cd /root && {command} 2>&1", timeout=INSTALL_SECONDS, check=False
        )
        self.measured[name] = time.monotonic() - start
        file = self._results / f"{name.replace(' ', '-')}.txt"
        file.write_text(f"$ {command}\n{done.out}")
        self._find(
            f"{name}: exit status 0", not done.code, "" if not done.code else done.out[-400:]
        )
        return done.out

    def _made(self) -> str:
        """What an installation makes, with the times of its files."""
        made = "/etc/matside /usr/lib/matside /var/lib/matside /etc/passwd /etc/group"
        return self._box.machine.run(
            f"find {made} -name '*.sqlite3*' -o -printf '%p %T@ %m %u\\n'"
        ).out

    def _colours(self) -> dict[str, str]:
        """The style sheet's named colours."""
        text = (TREE / "web" / "static" / "css" / "colours.css").read_text()
        return dict(re.findall(r"--(left|right|stop): (#[0-9a-f]{6});", text))

    def _find(self, what: str, right: bool, seen: str = "") -> None:  # noqa: FBT001
        finding = {"what": what, "right": right, "seen": seen}
        self.findings.append(finding)
        print(report.lines([finding]), flush=True)
