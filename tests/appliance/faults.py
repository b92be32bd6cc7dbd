"""What happens on a gym floor, done to the appliance, and what it made of it."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.appliance.box import CONFIG, KIOSK, STATION, UP_SECONDS, Box
from tests.systems.host import SystemsError, say

#: A running hold is saved at least this often, in seconds.
SAVED_EVERY = 5.0
#: From the look at the session to the fault, and for an emulated CPU that is late.
SLACK = 1.5
#: How often a session is paused when the fault comes, and its offer taken afterwards.
PAUSED, TAKEN = 0.3, 0.7


@dataclass(slots=True)
class Row:
    """A line of the table.

    Attributes:
        fault: What was done.
        took: Seconds to recovery, one for each time.
        wrong: What was not as it must be afterwards.
    """

    fault: str
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    times: int = 0

    def meet(self, recover: Callable[[], float], look: Callable[[], list[str]]) -> None:
        """Do it once: recover from it, then look for what is wrong."""
        self.times += 1
        try:
            self.took.append(recover())
            problems = look()
        except SystemsError as problem:
            problems = [str(problem)]
        for text in problems:
            say(f"WRONG {self.fault}, time {self.times}: {text}")
        self.wrong += problems
        say(f"{self.fault}, time {self.times}: {self.took[-1:]} s")


def kept(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Compare the store before and after a fault; say what is lost."""
    problems = [] if after["integrity"] == "ok" else [f"the store is damaged: {after['integrity']}"]
    now = {row["number"]: row for row in after["sessions"]}
    problems += [
        f"session {row['number']} was {row} and is {now.get(row['number'])}"
        for row in before["sessions"]
        if row["ended"] and now.get(row["number"]) != row
    ]
    if len(now) != len(before["sessions"]):
        problems.append(f"there were {len(before['sessions'])} sessions and are {len(now)}")
    return problems


def offered(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Compare the session before a fault with what is offered after it."""
    if after["status"] != "resume":
        return [f"{before['status']} in {before['step']} is not offered but {after['status']}"]
    problems = []
    if after["step"]["index"] - before["step"]["index"] not in {0, 1}:
        problems.append(f"{before['step']['id']} is offered as {after['step']['id']}")
    for side in ("left", "right"):
        gained = after["ledger"][side] - before["ledger"][side]
        if not -SAVED_EVERY - SLACK <= gained <= SLACK:
            problems.append(f"{side}: {before['ledger']} is offered as {after['ledger']}")
    return problems


class Faults:
    """Does each fault in the middle of a session.

    Args:
        box: The appliance.
        seed: Of the moments.
    """

    def __init__(self, box: Box, seed: int) -> None:
        self._box = box
        self._dice = random.Random(seed)

    def killed(self, times: int) -> Row:
        """Kill the station's process."""
        return self._station_fault(Row("kill -9 of the station"), "KILL", times)

    def stopped(self, times: int) -> Row:
        """Have the station's process hang: systemd's watchdog has to notice."""
        return self._station_fault(Row("SIGSTOP of the station"), "STOP", times)

    def power_cut(self, times: int) -> Row:
        """Pull the plug in the middle of a session."""
        row = Row("power cut in a session")
        for _ in range(times):
            look = self._into_a_session()
            self._box.machine.cut_power()
            row.meet(self._box.restart, look)
        return row

    def power_cut_at_boot(self, times: int) -> Row:
        """Pull the plug while the machine comes up with a session to offer."""
        row = Row("power cut while it starts")
        for _ in range(times):
            look = self._into_a_session()
            self._box.machine.cut_power()
            self._box.machine.boot()
            time.sleep(self._dice.uniform(0, 12))
            self._box.machine.cut_power()
            row.meet(self._box.restart, look)
        return row

    def browser_killed(self, times: int) -> Row:
        """Kill the browser."""
        return self._browser_fault(Row("kill -9 of the browser"), "pkill -KILL -x chromium", times)

    def graphics_crash(self, times: int) -> Row:
        """Have the browser's process for graphics crash: the browser starts another by itself.

        Of three such crashes in an hour a browser without graphics hardware ends, and is started
        anew.
        """
        row = Row("crash of the browser's graphics")
        for _ in range(times):
            browser, graphics = self._box.pid(KIOSK), self._graphics()
            self._box.machine.run(["kill", "-SEGV", graphics])
            row.meet(partial(self._until_other_graphics, graphics), partial(self._same, browser))
        return row

    def page_hangs(self, times: int) -> Row:
        """Have the page stand still, with its last picture on the screen."""
        return self._browser_fault(
            Row("SIGSTOP of the browser's page"), "pkill -STOP -f [-]-type=renderer", times
        )

    def settings_broken(self, times: int) -> Row:
        """Write nonsense into the settings file, and start the station anew in a session."""
        row = Row("wrong settings file")
        for _ in range(times):
            pid = self._box.pid(STATION)
            # Written before, so that nothing comes between the look at the session and the restart.
            self._box.machine.run(f"cp -p {CONFIG} {CONFIG}.right && echo '[station' >> {CONFIG}")
            look = self._into_a_session()
            self._box.machine.run(f"systemctl --no-block restart {STATION}")
            row.meet(partial(self._box.until_other, STATION, pid), partial(self._told, look))
            self._box.machine.run(f"mv {CONFIG}.right {CONFIG} && systemctl restart {STATION}")
        return row

    def _told(self, look: Callable[[], list[str]]) -> list[str]:
        """Look whether the session is offered as it was, and whether staff are told."""
        checked = json.loads(self._box.machine.run("matside check --json", check=False).out)
        told = {finding["name"]: finding for finding in checked}
        problems = look()
        if told["settings"]["ok"] or "the last settings that worked" not in told["set-up"]["text"]:
            problems.append(f"nobody is told: {told['settings']}, {told.get('set-up')}")
        return problems

    def _station_fault(self, row: Row, signal: str, times: int) -> Row:
        for _ in range(times):
            pid = self._box.pid(STATION)
            look = self._into_a_session()
            self._box.machine.run(f"kill -{signal} {pid}")
            row.meet(partial(self._box.until_other, STATION, pid), look)
        return row

    def _browser_fault(self, row: Row, fault: str, times: int) -> Row:
        for _ in range(times):
            pid = self._box.pid(KIOSK)
            self._box.machine.run(fault)
            row.meet(partial(self._until_other_page, pid), list)
        return row

    def _graphics(self) -> str:
        """The number of the browser's process for graphics, empty if there is none."""
        command = "pgrep --newest --full [-]-type=gpu-process"
        return self._box.machine.run(command, check=False).out.strip()

    def _until_other_graphics(self, graphics: str) -> float:
        """Wait until another process than `graphics` shows the page; give the seconds."""
        return (
            self._box.wait(
                "the browser's graphics have another process",
                lambda: self._graphics() not in {"", graphics},
                UP_SECONDS,
            )
            + self._box.until_page()
        )

    def _same(self, browser: int) -> list[str]:
        # What was seen first may be the last picture that the crashed process has drawn.
        time.sleep(5)
        self._box.until_page()
        now = self._box.pid(KIOSK)
        return [] if now == browser else [f"the browser was process {browser} and is {now}"]

    def _until_other_page(self, pid: int) -> float:
        return self._box.until_other(KIOSK, pid) + self._box.until_page()

    def _into_a_session(self) -> Callable[[], list[str]]:
        """Have a hold running or paused, at a random moment; give what to look at afterwards."""
        self._box.hand("begin")
        time.sleep(self._dice.uniform(0.5, 9))
        if self._dice.random() < PAUSED:
            self._box.hand("hold")
        return partial(self._look, self._box.hand("store"), self._box.hand("session"))

    def _look(self, store: dict[str, Any], session: dict[str, Any]) -> list[str]:
        found = offered(session, self._box.hand("session"))
        found += kept(store, self._box.hand("store"))
        # Take the offer or leave it, so that the next fault meets either.
        self._box.hand("press" if self._dice.random() < TAKEN else "hold")
        return found
