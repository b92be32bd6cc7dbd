"""Puts the station through a session and through faults: prints a JSON list of findings.

python3 -m tests.hil.guest.checks gpio|lgpio
"""

import json
import signal
import sys
import time

from tests.hil.guest.bench import BUTTON, BUZZER, LIGHT, Bench
from tests.hil.guest.fingers import APART
from tests.hil.guest.station import Stream

#: A hold of the button is weight off after 1.2 s.
LONG = 1.5
#: An emulated CPU on a busy host is late by this much at times, in seconds.
SLACK = 0.15
#: The panel retries with waits that grow up to 30 s.
RECOVERY = 60
STUCK_AFTER = 30


def at_rest(bench: Bench) -> None:
    """The station has started, and nobody has touched it."""
    hardware = bench.station.health()["hardware"]
    bench.find(
        "all parts work",
        {hardware[part] for part in ("button", "buzzer", "light")} == {"ok"},
        hardware,
    )
    levels = [write.level for write in bench.trace.writes(BUZZER)]
    bench.find("the buzzer is driven low at start", levels[:1] == [0] and 1 not in levels, levels)
    bench.find("the light asks for a press", bench.chip.value(LIGHT) == 1)
    bench.find("nothing is pressed", bench.station.session()["status"] == "attract")


def a_session(bench: Bench) -> None:
    """A whole session by the button alone, a minute a side."""
    bench.station.post("/api/choose", {"seconds": 60})
    session = bench.press()
    bench.find("a press begins a session", session["step"]["id"] == "check", session["step"])
    wrong, silent = [], []
    while session["step"]["kind"] != "hold":
        before = session["step"]["index"]
        bench.trace.clear()
        session = bench.press()
        if session["step"]["index"] != before + 1:
            wrong.append(session["step"])
        if len(bench.pulses()) != 1 or len(bench.pulses(LIGHT)) > 1:
            silent.append(session["step"]["id"])
    bench.find("each press goes on by one step", not wrong, wrong)
    bench.find("each step sounds once", not silent, silent)
    _weight_off(bench)
    _hold_to_its_end(bench)
    _switch_and_finish(bench)


def _weight_off(bench: Bench) -> None:
    time.sleep(3)
    before = bench.station.session()
    bench.trace.clear()
    paused = bench.press_long(LONG)
    bench.find("1.5 s of the button is weight off", paused["status"] == "paused", paused["status"])
    same = paused["step"]["id"] == before["step"]["id"]
    bench.find("the press's own advance is taken back", same, paused["step"]["id"])
    lost = before["remaining"] - paused["remaining"]
    bench.find("the clock stops at the press", 0 <= lost < 1, f"{lost:.2f} s later")
    time.sleep(2.5)
    pulses = bench.pulses()[-5:]
    sounds = len(pulses) == 5 and all(abs(pulse - 0.25) < SLACK for pulse in pulses)
    bench.find("weight off sounds five times", sounds, pulses)
    together = _apart(bench)
    bench.find("buzzer and light are within 5 ms", together < 0.005, f"{together * 1000:.2f} ms")
    ready = bench.press()
    bench.find("a press gets ready again", ready["status"] == "ready", ready["status"])
    bench.wait("the hold goes on", lambda: bench.station.session()["status"] == "running", 7)
    left = bench.station.session()["remaining"]
    goes_on = abs(left - paused["remaining"]) < 1
    bench.find("it goes on with what was left", goes_on, f"{left} of {paused['remaining']} s")


def _apart(bench: Bench) -> float:
    """The largest distance in seconds between the buzzer's changes and the light's."""
    sound, light = bench.trace.changes(BUZZER)[-8:], bench.trace.changes(LIGHT)
    return max(min(abs(one.at - other.at) for other in light) for one in sound)


def _hold_to_its_end(bench: Bench) -> None:
    session = bench.station.session()
    index, left = session["step"]["index"], session["remaining"]
    bench.wait(
        "a hold ends by itself",
        lambda: bench.station.session()["step"]["index"] == index + 1,
        left + 2,
    )
    time.sleep(0.6)  # a press right after that was meant for the step before


def _switch_and_finish(bench: Bench) -> None:
    session = bench.station.session()
    sides = {session["step"]["side"]}
    while session["step"]["kind"] != "switch":
        bench.trace.clear()
        session = bench.press()
    bench.wait("the switch sounds twice", lambda: len(bench.pulses()) == 2, 3)
    pulses = bench.pulses()
    bench.find("for 0.6 s each", all(abs(pulse - 0.6) < SLACK for pulse in pulses), pulses)
    while session["status"] == "running":
        session = bench.press()
        sides.add(session["step"]["side"] if session["step"] else None)
    bench.find("both sides come up", {"left", "right"} <= sides, sides)
    bench.find("it ends with the summary", session["status"] == "summary", session["status"])
    bench.find("the ledger has what was held", session["ledger"]["right"] > 10, session["ledger"])
    session = bench.press_long(LONG)
    bench.find("a hold leaves the summary", session["status"] == "attract", session["status"])


def a_stuck_button(bench: Bench) -> None:
    """The contact stays closed."""
    wire = bench.chip.wire(BUTTON)
    wire.set(closed=True)
    bench.wait(
        "a button down for 30 s is stuck",
        lambda: bench.health("button") == "stuck",
        STUCK_AFTER + 5,
    )
    bench.station.post("/api/button", {"action": "press"})
    session = bench.station.session()
    bench.find("touch goes on meanwhile", session["status"] == "running", session["status"])
    bench.station.post("/api/button", {"action": "hold"})
    wire.set(closed=False)
    bench.wait("it comes free", lambda: bench.health("button") == "ok", 5)
    time.sleep(APART)
    _works(bench, "the next press counts")


def a_chip_that_goes(bench: Bench) -> None:
    """The chip is taken away from the running station and given back."""
    pid = bench.station.pid()
    with Stream() as stream:
        bench.chip.take_out()
        bench.wait("the loss is noticed", lambda: bench.health("button") == "failed", 10)
        bench.wait(
            "the page is told",
            lambda: any("banner" in event.data["html"] for event in stream.events()),
            3,
        )
    problem = bench.station.health()["hardware"]["problem"]
    bench.find("the problem is named", bool(problem), problem)
    bench.station.post("/api/button", {"action": "press"})
    session = bench.station.session()
    bench.find("touch goes on meanwhile", session["status"] == "running", session["status"])
    bench.station.post("/api/button", {"action": "hold"})
    bench.chip.put_in()
    bench.watch()
    bench.wait("the chip is taken up again", lambda: bench.health("button") == "ok", RECOVERY)
    time.sleep(APART)
    _works(bench, "the button works again")
    bench.find("by the same process", bench.station.pid() == pid)


def _works(bench: Bench, what: str) -> None:
    """Press from attract to the gate with a sound, and back."""
    bench.trace.clear()
    session = bench.press()
    sounded = len(bench.pulses())
    bench.find(
        what,
        session["status"] == "running" and sounded == 1,
        f"{session['status']}, sounded {sounded} times",
    )
    session = bench.press_long(LONG)
    bench.find("and a hold ends it", session["status"] == "attract", session["status"])


def an_end_while_it_sounds(bench: Bench) -> None:
    """SIGTERM, then SIGKILL, in the middle of a cue."""
    bench.station.end(signal.SIGKILL)
    bench.start()
    _sound(bench)
    seconds = bench.station.end(signal.SIGTERM)
    levels = [bench.trace.writes(line)[-1].level for line in (BUZZER, LIGHT)]
    bench.find(
        "SIGTERM leaves buzzer and light low", levels == [0, 0], f"{levels}, {seconds:.1f} s"
    )
    bench.start()
    bench.find("the session is offered again", bench.station.session()["status"] == "resume")
    bench.press_long(LONG)
    _sound(bench)
    seconds = bench.station.end(signal.SIGKILL)
    levels = [bench.trace.writes(line)[-1].level for line in (BUZZER, LIGHT)]
    bench.find(
        "after SIGKILL the stop step leaves them low",
        levels == [0, 0],
        f"{levels}, {seconds:.1f} s",
    )
    bench.start()
    levels = [write.level for write in bench.trace.writes(BUZZER)]
    bench.find("the next start drives it low", levels[:1] == [0] and 1 not in levels, levels)
    bench.find("the session is offered again", bench.station.session()["status"] == "resume")
    bench.station.end()


def _sound(bench: Bench) -> None:
    """Make the longest cue sound: weight off, in the first hold."""
    session = bench.press()
    while session["step"]["kind"] != "hold":
        session = bench.press()
    bench.press_long(LONG)
    deadline = time.monotonic() + 3
    while not bench.chip.value(BUZZER):
        if time.monotonic() > deadline:
            raise TimeoutError("weight off does not sound")
        time.sleep(0.005)


def main(hardware: str) -> None:
    """Go through all chapters."""
    bench = Bench(hardware)
    bench.start()
    for chapter in (at_rest, a_session, a_stuck_button, a_chip_that_goes, an_end_while_it_sounds):
        bench.run(chapter)
    json.dump(bench.report(), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
