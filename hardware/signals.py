"""Buzzer and light: one thread plays the pattern of a cue on both; a newer cue cuts it off."""

import logging
import threading
from typing import Any, Protocol

from gpiozero import LED, Buzzer, GPIOZeroError, TonalBuzzer
from gpiozero.tones import Tone

from kiosk.core.cues import PATTERNS, Cue, Pulse

_log = logging.getLogger(__name__)


class Sounder(Protocol):
    """Something that makes a sound."""

    def sound(self, hertz: int) -> None:
        """Sound, at `hertz` if it can choose."""

    def silence(self) -> None:
        """Stop sounding."""

    def close(self) -> None:
        """Fall silent and give the pin back."""


class ActiveBuzzer:
    """A buzzer with a tone of its own."""

    def __init__(self, pin: int, factory: Any) -> None:
        self._buzzer = Buzzer(pin, initial_value=False, pin_factory=factory)

    def sound(self, hertz: int) -> None:  # noqa: ARG002 - it has its own tone
        """Sound, at the buzzer's own tone."""
        self._buzzer.on()

    def silence(self) -> None:
        """Stop sounding."""
        self._buzzer.off()

    def close(self) -> None:
        """Fall silent and give the pin back."""
        self._buzzer.off()
        self._buzzer.close()


class PassiveBuzzer:
    """A buzzer that sounds what the pin makes."""

    def __init__(self, pin: int, factory: Any) -> None:
        self._buzzer = TonalBuzzer(pin, octaves=2, pin_factory=factory)

    def sound(self, hertz: int) -> None:
        """Sound at `hertz`."""
        self._buzzer.play(Tone.from_frequency(hertz))

    def silence(self) -> None:
        """Stop sounding."""
        self._buzzer.stop()

    def close(self) -> None:
        """Fall silent and give the pin back."""
        self._buzzer.stop()
        self._buzzer.close()


class Signals:
    """Plays cues on what there is: a sounder, a light, both or neither."""

    def __init__(self, sounder: Sounder | None, light: LED | None) -> None:
        self._sounder = sounder
        self._light = light
        self._changed = threading.Condition(threading.Lock())
        self._pattern: tuple[Pulse, ...] = ()
        self._lit = False
        self._turn = 0  # grows with each cue, so that a pulse notices that it is cut off
        self._closed = False
        self.failed = False
        self._thread = threading.Thread(target=self._run, name="signals", daemon=True)
        self._thread.start()

    def play(self, cue: Cue) -> None:
        """Start the pattern of `cue` and return at once; it cuts off the cue before it."""
        with self._changed:
            self._pattern = PATTERNS[cue]
            self._turn += 1
            self._changed.notify()

    def rest_light(self, *, lit: bool) -> None:
        """Light the button, or not, whenever no cue is playing."""
        with self._changed:
            if self._lit != lit:
                self._lit = lit
                self._changed.notify()

    def close(self) -> None:
        """Drive both low and give the pins back; closing twice is fine."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(timeout=2)
        for part in (self._sounder, self._light):
            if part is not None:
                part.close()

    def _run(self) -> None:
        try:
            with self._changed:
                while not self._closed:
                    if self._pattern:
                        self._play_pattern()
                    else:
                        self._light_to(on=self._lit)
                        self._changed.wait()
        except (GPIOZeroError, OSError):
            self.failed = True
            _log.exception("buzzer and light have failed; cues go on on the screen")
        finally:
            self._silence()

    def _play_pattern(self) -> None:
        """Play the pattern to its end, or until another one takes its turn."""
        turn, pattern = self._turn, self._pattern
        for pulse in pattern:
            if self._sounder is not None:
                self._sounder.sound(pulse.hertz)
            self._light_to(on=True)
            self._rest(turn, pulse.on)
            if self._sounder is not None:
                self._sounder.silence()
            self._light_to(on=False)
            self._rest(turn, pulse.off)
            if self._turn != turn or self._closed:
                return
        self._pattern = ()

    def _rest(self, turn: int, seconds: float) -> None:
        if seconds > 0:
            self._changed.wait_for(lambda: self._turn != turn or self._closed, seconds)

    def _light_to(self, *, on: bool) -> None:
        if self._light is not None:
            self._light.value = on

    def _silence(self) -> None:
        """Low, on every way out: a buzzer that sounds on helps nobody."""
        for part in (self._sounder, self._light):
            try:
                if part is self._sounder and self._sounder is not None:
                    self._sounder.silence()
                elif self._light is not None:
                    self._light.off()
            except (GPIOZeroError, OSError) as problem:
                _log.warning("a pin could not be driven low: %s", problem)
