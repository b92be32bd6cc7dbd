"""``matside check --by-hand``: each part of the panel, tried by a person who stands at it.

Nobody may be there after all: every question and the wait for presses end by themselves.
"""

import select
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from hardware.check.panel import OPENING_CONTACT, press_report, wire
from hardware.clock import AlarmClock
from hardware.header import nearest_ground, physical
from kiosk.core.cues import Cue
from kiosk.ports.finding import Finding
from kiosk.ports.panel import ButtonHealth, Panel, PanelSettings, PartName, PartStatus

#: Seconds that a question waits for its answer, and the button for the next press.
PATIENCE = 30.0

#: How often the person is asked to press the button.
PRESSES = 5

#: Seconds that the button is watched after the last of these presses, so that a press too many or
#: a button that stays down is noticed.
SETTLE = 2.0

#: Seconds between two looks at the button.
_LOOK = 0.1

#: Seconds that the light is on, and then off, while the person is asked whether it blinks.
_BLINK = 1.0

#: Seconds from one sound of the buzzer to the next; the cue that it plays is shorter.
_SOUND = 3.0


class Nobody(Exception):  # noqa: N818 - it is no error
    """There is nobody to answer: the input has ended."""


class Person(Protocol):
    """The person at the panel."""

    def say(self, text: str) -> None:
        """Tell them `text`."""

    def answer(self, seconds: float) -> bool | None:
        """Wait up to `seconds` for their answer.

        Returns:
            Yes or no; None if there is no answer so far.

        Raises:
            Nobody: There never will be one.
        """


class Terminal:
    """A person at a terminal, spoken to on stderr, so that stdout has the findings alone."""

    def say(self, text: str) -> None:
        """Print `text`."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def answer(self, seconds: float) -> bool | None:
        """Read one line, if it comes within `seconds`.

        Returns:
            True for a line that begins with y, False for n. None for no line yet; also for any
            other line, after saying what is right.

        Raises:
            Nobody: The input has ended.
        """
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


class Trials:
    """Tries the parts of a panel together with the person who stands at it.

    Args:
        panel: The panel, just opened.
        wiring: Its settings.
        person: Who is there, maybe.
        clock: The time that waits are measured by.
        if_held: What to do, in words for a person, if another Matside has the pins. It follows the
            panel's own words, in parentheses.
    """

    def __init__(
        self, panel: Panel, wiring: PanelSettings, person: Person, clock: AlarmClock, if_held: str
    ) -> None:
        self._panel = panel
        self._wiring = wiring
        self._person = person
        self._clock = clock
        self._if_held = if_held

    def try_all(self) -> Iterator[Finding]:
        """Try light, buzzer and button, one after the other."""
        trials: dict[PartName, Callable[[], Finding]] = {
            PartName.LIGHT: self._try_light,
            PartName.BUZZER: self._try_buzzer,
            PartName.BUTTON: self._try_button,
        }
        for part, trial in trials.items():
            status = self._panel.health().status(part)
            if status is PartStatus.ABSENT:
                yield Finding(part.value, True, "switched off in the settings")
            elif status is PartStatus.FAILED:
                yield Finding(part.value, False, self._problem())
            else:
                yield trial()

    def _try_light(self) -> Finding:
        lit = False

        def blink() -> None:
            nonlocal lit
            lit = not lit
            self._panel.rest_light(lit=lit)

        question = "Does the button's light blink, a second on and a second off?"
        seen = self._ask(question, blink, _BLINK)
        self._panel.rest_light(lit=False)
        where = wire(self._wiring, PartName.LIGHT)
        if seen is None:
            return _nobody_answered(PartName.LIGHT)
        if not seen:
            return Finding(
                "light",
                False,
                f"Not seen on {where}. Is the light the right way round (its + to the pin or to "
                f"the supply), has it its resistor, and is its ground on a ground pin? If it is "
                f"lit all the time, its wire is on a supply pin.",
            )
        return Finding("light", True, f"blinks on {where}")

    def _try_buzzer(self) -> Finding:
        question = "Do you hear the buzzer: two long tones, again and again?"
        heard = self._ask(question, lambda: self._panel.play(Cue.SWITCH), _SOUND)
        where = wire(self._wiring, PartName.BUZZER)
        if heard is None:
            return _nobody_answered(PartName.BUZZER)
        if not heard:
            other = "active" if self._wiring.buzzer == "passive" else "passive"
            return Finding(
                "buzzer",
                False,
                f"Not heard on {where}. Is its + on the supply and its - on the transistor's "
                f"collector? If it only clicks, it is of the other kind: set buzzer = "
                f'"{other}".',
            )
        note = " (quiet is set: it stays silent in sessions)" if self._wiring.quiet else ""
        return Finding("buzzer", True, f"sounds on {where}{note}")

    def _try_button(self) -> Finding:
        self._person.say(f"Press the button {PRESSES} times, shortly, then let it go.")
        self._count_presses()
        health = self._panel.health()
        if health.button is PartStatus.FAILED:
            return Finding("button", False, self._problem())
        wrong = _what_is_wrong(health.stats, self._wiring)
        presses = press_report(replace(health.stats, since_last=None))
        report = f"{wire(self._wiring, PartName.BUTTON)}: {presses}"
        return Finding("button", wrong is None, f"{report}. {wrong}" if wrong else report)

    def _count_presses(self) -> None:
        """Say the number of each press, until no more come."""
        counted = 0
        until = self._clock.now() + PATIENCE
        while self._clock.now() < until:
            self._clock.sleep(_LOOK)
            presses = self._panel.health().stats.presses
            if presses > counted:
                counted = presses
                self._person.say(f"  {counted}")
                until = self._clock.now() + (PATIENCE if counted < PRESSES else SETTLE)

    def _ask(self, question: str, act: Callable[[], None], every: float) -> bool | None:
        """Ask `question`, and call `act` every so many seconds until it is answered.

        Returns:
            The answer; None if there is none within `PATIENCE`.
        """
        self._person.say(f"{question} [y/n]")
        until = self._clock.now() + PATIENCE
        while self._clock.now() < until:
            act()
            try:
                answer = self._person.answer(every)
            except Nobody:
                return None
            if answer is not None:
                return answer
        return None

    def _problem(self) -> str:
        health = self._panel.health()
        problem = health.problem or "It does not work."
        return f"{problem} ({self._if_held})" if health.held_by_another_matside else problem


def _nobody_answered(part: PartName) -> Finding:
    return Finding(part.value, False, "Nobody answered. Try again at the panel.")


def _what_is_wrong(stats: ButtonHealth, wiring: PanelSettings) -> str | None:
    """What the presses that were counted, out of `PRESSES`, say about the wiring."""
    if stats.presses == 0:
        return _why_no_press(stats, wiring)
    if stats.down:
        return (
            f"It has stayed down: it sticks, or something lies on it; or it is {OPENING_CONTACT}."
        )
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
            f"It is down all the time: something lies on it, or its wire touches ground; or it is "
            f"{OPENING_CONTACT}."
        )
    if stats.glitches:
        return (
            f"No press came, only pulses shorter than {wiring.filter_seconds * 1000:g} ms. Is a "
            f"plug or a joint loose, or does the cable run beside mains?"
        )
    ground = nearest_ground(physical(wiring.button_pin or 0))
    return (
        f"No edge came in {PATIENCE:.0f} s. Is the button between "
        f"{wire(wiring, PartName.BUTTON)} and ground (pin {ground}, say), and its plug in? Or "
        f"nobody pressed: try again."
    )
