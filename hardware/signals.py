"""Buzzer and light: one thread plays the pattern of a cue on both. A newer cue cuts it off.

For example, two pulses of 0.4 s with 0.2 s between them, and a light that is lit at rest (0.1 s a
letter):

    buzzer  on        ____  ____
            off  _____    __    _____________
    light   lit  _________  ____   __________
            dark          __    ___
                      :            :
                      `play`       at rest again
"""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

from gpiozero import LED

from hardware.clock import AlarmClock
from hardware.devices import Sounder
from kiosk.core.cues import PATTERNS, Cue, Pulse

_log = logging.getLogger(__name__)

#: Seconds that a single pulse may sound at the most, whatever its pattern asks for.
LONGEST_ON = 2.0

#: Seconds that the light stays dark after a cue. Without that, the last pulse could not be told
#: from a light that is lit at rest.
DARK_AFTER = 0.25

#: How often the light blinks by itself, and the seconds that it is dark, and then lit, each time.
BLINKS, BLINK = 4, 1.0


class _Stretch(NamedTuple):
    """A time in which buzzer and light do not change.

    Attributes:
        hertz: The tone that the buzzer sounds, None for silence.
        lit: Whether the light is lit.
        seconds: How long it lasts.
    """

    hertz: int | None
    lit: bool
    seconds: float


def _stretches(pattern: tuple[Pulse, ...]) -> Iterator[_Stretch]:
    """What is to be played of `pattern`, one stretch after the other."""
    for pulse in pattern:
        yield _Stretch(pulse.hertz, True, min(pulse.on, LONGEST_ON))
        if pulse.off > 0:
            yield _Stretch(None, False, pulse.off)
    yield _Stretch(None, False, DARK_AFTER)


def _blinking() -> Iterator[_Stretch]:
    """The light alone. It begins dark, since at rest it is often lit."""
    for _ in range(BLINKS):
        yield _Stretch(None, False, BLINK)
        yield _Stretch(None, True, BLINK)


class Signals:
    """Plays cues on what there is: a sounder, a light, both or neither.

    It outlives the pins: devices are attached and detached as the GPIO chip comes and goes. Only
    the alarm's thread writes to devices that are attached, so that nothing is written out of order.

    Args:
        clock: The panel's time.
        on_failure: Called in the alarm's thread when a device has failed. It must see to it that
            `detach` is called, which silences whatever can still be driven.
        quiet: Whether only the light plays cues, and the sounder stays silent.
    """

    def __init__(
        self, clock: AlarmClock, on_failure: Callable[[Exception], None], *, quiet: bool = False
    ) -> None:
        self._clock = clock
        self._quiet = quiet
        self._on_failure = on_failure
        # The lock `_plan` guards what is to be played. It is never held while a pin is written to,
        # so that `play` returns at once even if the pin library hangs.
        self._plan = threading.Lock()
        self._stretches: Iterator[_Stretch] = iter(())
        self._playing = False
        self._aloud = False
        self._lit = False
        self._pins = threading.Lock()  # guards the devices, and is held while they are written to
        self._sounder: Sounder | None = None
        self._light: LED | None = None
        self._alarm = clock.alarm("signals", self._ring)

    def attach_sounder(self, sounder: Sounder) -> None:
        """Use `sounder` from the next pulse on."""
        with self._pins:
            self._sounder = sounder

    def attach_light(self, light: LED) -> None:
        """Use `light` from the next pulse on; at rest it is lit or not at once."""
        with self._pins:
            self._light = light
        with self._plan:
            self._rest_again()

    def detach(self) -> None:
        """Drive the devices low and give their pins back. Detaching twice is fine."""
        with self._pins:
            sounder, self._sounder = self._sounder, None
            light, self._light = self._light, None
            try:
                if sounder is not None:
                    sounder.close()
            finally:
                if light is not None:
                    try:
                        light.off()
                    finally:
                        light.close()

    def play(self, cue: Cue, *, aloud: bool = False) -> None:
        """Start the pattern of `cue` and return at once; it cuts off what is played before it.

        Args:
            cue: What is played.
            aloud: Whether the sounder sounds even while it is to be silent.
        """
        self._start(_stretches(PATTERNS[cue]), aloud=aloud)

    def blink(self) -> None:
        """Blink the light for some seconds, without a sound; returns at once."""
        self._start(_blinking(), aloud=False)

    def rest_light(self, *, lit: bool) -> None:
        """Light the button, or not, whenever no cue is playing; returns at once."""
        with self._plan:
            if self._lit != lit:
                self._lit = lit
                self._rest_again()

    def silence(self, *, quiet: bool) -> None:
        """Keep the sounder silent, or not, from the next pulse on."""
        self._quiet = quiet

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the thread that plays the cues."""
        self._alarm.call_soon(callback)

    def close(self) -> None:
        """End the thread, drive the devices low and give their pins back. Twice is fine."""
        self._alarm.close()
        self.detach()

    def _start(self, stretches: Iterator[_Stretch], *, aloud: bool) -> None:
        with self._plan:
            self._stretches = stretches
            self._playing = True
            self._aloud = aloud
            self._alarm.set(self._clock.now())

    def _rest_again(self) -> None:
        """Have the light at rest written anew, unless a cue plays: it does so at its end."""
        if not self._playing:
            self._alarm.set(self._clock.now())

    def _ring(self) -> None:
        """Write the next stretch of the cue, or the light at rest once there is none."""
        with self._plan:
            stretch = next(self._stretches, None)
            self._playing = stretch is not None
            if stretch is not None:
                self._alarm.set(self._clock.now() + stretch.seconds)
            lit = self._lit if stretch is None else stretch.lit
            may_sound = self._aloud or not self._quiet
        try:
            with self._pins:
                self._write(stretch.hertz if stretch is not None and may_sound else None, lit=lit)
        except Exception as problem:  # noqa: BLE001 - each pin library has its own errors
            _log.error("Buzzer and light have failed: %s", problem)
            self._on_failure(problem)

    def _write(self, hertz: int | None, *, lit: bool) -> None:
        if self._sounder is not None:
            if hertz is None:
                self._sounder.silence()
            else:
                self._sounder.sound(hertz)
        if self._light is not None:
            self._light.value = lit
