"""``matside check --by-hand``: each part of the panel, tried by a person who stands at it.

Nobody may be there after all: every question and the wait for presses end by themselves.
"""

import select
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from hardware.check.panel import press_report, wire
from hardware.clock import AlarmClock
from hardware.header import nearest_ground, physical
from kiosk.core.cues import Cue
from kiosk.ports.finding import Finding
from kiosk.ports.panel import ButtonHealth, Panel, PanelSettings, PartStatus

#: Seconds that a question waits for its answer, and the button for the next press.
PATIENCE = 30.0

#: How often the button is to be pressed, and how long its last press has to be seen through.
PRESSES, SETTLE = 5, 2.0

#: Seconds between two looks at the button.
_LOOK = 0.1

_OPENING_CONTACT = "it is on the contact that opens (take C and NO, not NC)"


class Nobody(Exception):  # noqa: N818 - it is no error
    """There is nobody to answer: the input has ended."""


class Person(Protocol):
    """The person at the panel."""

    def say(self, text: str) -> None:
        """Tell them `text`."""

    def answer(self, seconds: float) -> bool | None:
        """Their yes or no, waited for up to `seconds`; None if there is none so far.

        Raises:
            Nobody: There never will be.
        """


class Terminal:
    """A person at a terminal; hears on stderr, so that stdout has the findings alone."""

    def say(self, text: str) -> None:
        """Print `text`."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def answer(self, seconds: float) -> bool | None:
        """Read a line, if one comes within `seconds`: y or n."""
        if not select.select([sys.stdin], [], [], seconds)[0]:
            return None
        line = sys.stdin.readline()
        if not line:
            raise Nobody
        said = line.strip().lower()[:1]
        if said not in {"y", "n"}:
            self.say("y or n, then Enter.")
            return None
        return said == "y"


def try_parts(
    panel: Panel, wiring: PanelSettings, person: Person, clock: AlarmClock, stop_it: str
) -> Iterator[Finding]:
    """Try light, buzzer and button, one after the other.

    Args:
        panel: The panel, just opened.
        wiring: Its settings.
        person: Who is there, maybe.
        clock: The time.
        stop_it: How another Matside that has the pins is stopped, for a person.
    """
    trials: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("light", lambda: _try_light(panel, wiring, person, clock)),
        ("buzzer", lambda: _try_buzzer(panel, wiring, person, clock)),
        ("button", lambda: _try_button(panel, wiring, person, clock, stop_it)),
    )
    for part, trial in trials:
        status: PartStatus = getattr(panel.health(), part)
        if status is PartStatus.ABSENT:
            yield Finding(part, True, "switched off in the settings")
        elif status is PartStatus.FAILED:
            yield Finding(part, False, _problem(panel, stop_it))
        else:
            yield trial()


def _try_light(panel: Panel, wiring: PanelSettings, person: Person, clock: AlarmClock) -> Finding:
    lit = False

    def blink() -> None:
        nonlocal lit
        lit = not lit
        panel.rest_light(lit=lit)

    seen = _ask(
        "Does the button's light blink, a second on and a second off?", blink, person, clock
    )
    panel.rest_light(lit=False)
    where = wire(wiring, "light")
    if seen is False:
        return Finding(
            "light",
            False,
            f"Not seen on {where}. Is the light the right way round (its + to the pin or to the "
            f"supply), has it its resistor, and is its ground on a ground pin? If it is lit all "
            f"the time, its wire is on a supply pin.",
        )
    return _answered("light", seen, f"blinks on {where}")


def _try_buzzer(panel: Panel, wiring: PanelSettings, person: Person, clock: AlarmClock) -> Finding:
    heard = _ask(
        "Do you hear the buzzer: two long tones, again and again?",
        lambda: panel.play(Cue.SWITCH),
        person,
        clock,
        every=3.0,
    )
    where = wire(wiring, "buzzer")
    if heard is False:
        other = "active" if wiring.buzzer == "passive" else "passive"
        return Finding(
            "buzzer",
            False,
            f"Not heard on {where}. Is its + on the supply and its - on the transistor's "
            f'collector? If it only clicks, it is of the other kind: set buzzer = "{other}".',
        )
    note = " (quiet is set: it stays silent in sessions)" if wiring.quiet else ""
    return _answered("buzzer", heard, f"sounds on {where}{note}")


def _try_button(
    panel: Panel, wiring: PanelSettings, person: Person, clock: AlarmClock, stop_it: str
) -> Finding:
    person.say(f"Press the button {PRESSES} times, shortly, then let it go.")
    counted = 0
    until = clock.now() + PATIENCE
    while clock.now() < until:
        clock.sleep(_LOOK)
        presses = panel.health().stats.presses
        if presses > counted:
            counted = presses
            person.say(f"  {counted}")
            until = clock.now() + (PATIENCE if counted < PRESSES else SETTLE)
    health = panel.health()
    if health.button is PartStatus.FAILED:
        return Finding("button", False, _problem(panel, stop_it))
    wrong = _what_is_wrong(health.stats, wiring)
    report = f"{wire(wiring, 'button')}: {press_report(replace(health.stats, since_last=None))}"
    return Finding("button", wrong is None, f"{report}. {wrong}" if wrong else report)


def _what_is_wrong(stats: ButtonHealth, wiring: PanelSettings) -> str | None:
    """What the presses that were counted, out of `PRESSES`, say about the wiring."""
    if stats.presses == 0:
        return _why_no_press(stats, wiring)
    if stats.down:
        return f"It has stayed down: it sticks, or something lies on it; or {_OPENING_CONTACT}."
    if stats.presses < PRESSES:
        return f"{PRESSES} presses were asked for. If you made them, a plug or a joint is loose."
    if stats.presses > PRESSES:
        return (
            f"{PRESSES} presses were asked for. If you made no more, the contact chatters for "
            f"longer than quiet_ms ({wiring.quiet_seconds * 1000:g}): set more, or change the "
            f"switch."
        )
    return None


def _why_no_press(stats: ButtonHealth, wiring: PanelSettings) -> str:
    if stats.down:
        return (
            f"It is down all the time: something lies on it, or its wire touches ground; or "
            f"{_OPENING_CONTACT}."
        )
    if stats.glitches:
        return (
            f"No press came, only pulses shorter than {wiring.filter_seconds * 1000:g} ms. Is a "
            f"plug or a joint loose, or does the cable run beside mains?"
        )
    ground = nearest_ground(physical(wiring.button_pin or 0))
    return (
        f"No edge came in {PATIENCE:.0f} s. Is the button between {wire(wiring, 'button')} and "
        f"ground (pin {ground}, say), and its plug in? Or nobody pressed: try again."
    )


def _ask(
    question: str, act: Callable[[], None], person: Person, clock: AlarmClock, every: float = 1.0
) -> bool | None:
    """Do `act` every so many seconds until `question` is answered; None if it never is."""
    person.say(f"{question} [y/n]")
    until = clock.now() + PATIENCE
    while clock.now() < until:
        act()
        try:
            answer = person.answer(every)
        except Nobody:
            return None
        if answer is not None:
            return answer
    return None


def _answered(part: str, answer: bool | None, text: str) -> Finding:  # noqa: FBT001
    if answer is None:
        return Finding(part, False, "Nobody answered. Try again at the panel.")
    return Finding(part, True, text)


def _problem(panel: Panel, stop_it: str) -> str:
    problem = panel.health().problem or "It does not work."
    return f"{problem} ({stop_it})" if "another Matside" in problem else problem
