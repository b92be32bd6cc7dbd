"""Updates as the staff area has them installed: signed, unsigned, and one that does not start."""

import json
import time
from typing import Any

from tests.appliance.box import STATION, Box
from tests.hil import report
from tests.systems.host import say

#: Where packages are brought, where the keys are, and what asks for the installation.
FOLDER, SIGNERS = "/var/lib/matside/updates", "/etc/matside-update/signers"
REQUEST, RESULT = "/run/matside/install-update", "/var/lib/matside-update/result.json"
UNIT = "matside-install-update.service"
#: A key of the gym's; a real one would never be on a station.
KEY = "/root/gym-key"
#: Versions that work, and one that does not start.
NEWER, BROKEN = "90.0.0", "91.0.0"
#: Emulated, making a virtual environment takes minutes, and a station that fails is tried twice.
SECONDS = 1800


class UpdateChapter:
    """Has packages installed by the unit that the staff area asks, and notes what is right.

    Args:
        box: The appliance, with a release unpacked.
        tree: The folder of that release in the machine; versions are made of it there.
    """

    def __init__(self, box: Box, tree: str) -> None:
        self.findings: list[dict[str, Any]] = []
        self._box = box
        self._tree = tree

    def run(self) -> None:
        """Refuse one, install one, take one back."""
        say("updates")
        machine = self._box.machine
        machine.run(f"ssh-keygen -q -t ed25519 -N '' -f {KEY}")
        machine.run(f"printf 'matside namespaces=\"matside-update\" ' | cat - {KEY}.pub >{SIGNERS}")
        self._unsigned()
        self._newer()
        self._broken()

    def _unsigned(self) -> None:
        process = self._box.pid(STATION)
        self._bring(NEWER, signed=False)
        found = self._install()
        refused = found["stage"] == "refused" and "is not signed" in found["text"]
        self._find("an unsigned package is refused", refused, found["text"])
        self._find("nothing is restarted for it", self._box.pid(STATION) == process)

    def _newer(self) -> None:
        self._bring(NEWER, signed=True)
        self._box.hand("begin")
        found = self._install()
        refused = found["stage"] == "refused" and "A session is running" in found["text"]
        self._find("nothing is installed in a session", refused, found["text"])
        before = self._box.hand("store")
        self._end_session()
        found = self._install()
        self._find("a signed package is installed", found["stage"] == "done", found["text"])
        self._find("it runs", self._version() == NEWER, self._version())
        self._find("it keeps the sessions", self._keeps(before))

    def _broken(self) -> None:
        before = self._box.hand("store")
        self._bring(BROKEN, signed=True, spoil="raise SystemExit('broken on purpose')")
        found = self._install()
        self._find("what does not start is taken back", found["stage"] == "fell-back", str(found))
        self._box.until_ready()
        self._find("the version before runs", self._version() == NEWER, self._version())
        self._find("it still has the sessions", self._keeps(before))

    def _keeps(self, before: dict[str, Any]) -> bool:
        now = {row["number"] for row in self._box.hand("store")["sessions"]}
        return {row["number"] for row in before["sessions"]} <= now

    def _end_session(self) -> None:
        """Hold the button down twice: weight off, then the end."""
        for _ in range(2):
            self._box.hand("hold")

    def _bring(self, version: str, *, signed: bool, spoil: str = "") -> None:
        """Make a package of that version, and put it into the folder.

        Args:
            version: What it calls itself.
            signed: Whether the gym's key signs it.
            spoil: A line of Python that its command begins with.
        """
        made = f"/root/made-{version}"
        wheel = f"{made}/wheels/matside-{version}-py3-none-any.whl"
        old = self._tree.rpartition("-")[2]
        edit = (
            "import pathlib, sys, zipfile\n"
            "source, target, old, new, spoil = sys.argv[1:]\n"
            "with zipfile.ZipFile(source) as wheel, zipfile.ZipFile(target, 'w') as made:\n"
            "    for name in wheel.namelist():\n"
            "        data = wheel.read(name)\n"
            "        if name.endswith(('kiosk/version.py', 'METADATA')):\n"
            "            data = data.replace(old.encode(), new.encode())\n"
            "        if name.endswith('kiosk/main/cli.py') and spoil:\n"
            "            data = spoil.encode()\n"
            "        name = name.replace(f'matside-{old}', f'matside-{new}')\n"
            "        if not name.endswith('RECORD'):\n"
            "            made.writestr(name, data)\n"
            "    made.writestr(f'matside-{new}.dist-info/RECORD', '')\n"
        )
        machine = self._box.machine
        machine.put(edit.encode(), "/root/another-version.py")
        machine.run(f"rm -rf {made} && cp -r {self._tree} {made}")
        machine.run(f'sed -i \'s/"{old}"/"{version}"/\' {made}/kiosk/version.py')
        source = f"{made}/wheels/matside-{old}-py3-none-any.whl"
        machine.run(
            ["python3", "/root/another-version.py", source, wheel, old, version, spoil], timeout=300
        )
        machine.run(f"rm {source}")
        machine.run(f"{made}/packaging/deb {made}/wheels amd64 {made}/dist", timeout=600)
        machine.run(f"rm -rf {FOLDER} && mkdir -p {FOLDER} && cp {made}/dist/*.deb {FOLDER}")
        if signed:
            machine.run(f"ssh-keygen -q -Y sign -f {KEY} -n matside-update {FOLDER}/*.deb")

    def _install(self) -> dict[str, Any]:
        """Ask for the installation as the station does, and give how it went."""
        machine = self._box.machine
        machine.run(f"rm -f {RESULT}; touch {REQUEST}")
        start = time.monotonic()
        while time.monotonic() - start < SECONDS:
            told = machine.run(f"cat {RESULT}", check=False)
            at_rest = self._box.shown(UNIT, "ActiveState") in {"inactive", "failed"}
            if told.out and at_rest:
                found: dict[str, Any] = json.loads(told.out)
                return found
            time.sleep(2)
        return {"stage": "none", "text": f"no result after {SECONDS} s"}

    def _version(self) -> str:
        return self._box.machine.run(["matside", "--version"]).out.split()[-1]

    def _find(self, what: str, right: bool, seen: str = "") -> None:  # noqa: FBT001
        finding = {"what": what, "right": right, "seen": seen}
        self.findings.append(finding)
        print(report.lines([finding]), flush=True)
