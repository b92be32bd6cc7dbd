"""One line of a GPIO chip as a pin of gpiozero."""

import logging
import threading
from datetime import timedelta
from typing import Any, Protocol

import gpiod
from gpiod.line import Bias, Clock, Direction, Edge, Value
from gpiozero import (
    PinFixedPull,
    PinInvalidBounce,
    PinInvalidEdges,
    PinInvalidFunction,
    PinInvalidPull,
    PinInvalidState,
    PinPWMFixedValue,
    PinSetInput,
)
from gpiozero.pins.pi import PiPin

from hardware.pins.gpiod_reader import EdgeReader
from hardware.pins.pwm import SoftwarePWM

_log = logging.getLogger(__name__)

_BIAS = {"floating": Bias.DISABLED, "up": Bias.PULL_UP, "down": Bias.PULL_DOWN}
_EDGES = {"none": Edge.NONE, "rising": Edge.RISING, "falling": Edge.FALLING, "both": Edge.BOTH}


class Lines(Protocol):
    """Where a pin gets its line from, and who reads its edges. `GpiodFactory` is it.

    Attributes:
        reader: Calls the pin when its line has edges.
    """

    reader: EdgeReader

    def request(self, line: int, settings: gpiod.LineSettings) -> gpiod.LineRequest:
        """Request a line of the chip from the kernel.

        Raises:
            LineInUseError: Another program has the line.
            HardwareError: The line cannot be had for another reason; says what to do.
        """


class GpiodPin(PiPin):  # type: ignore[misc]  # gpiozero ships no types
    """A line that is requested from the kernel when it is first used, and freed by `close`.

    Edges carry the time that the kernel gave them: the ticks that `when_changed` is called with are
    seconds of CLOCK_MONOTONIC. `bounce` is the kernel's debouncing, in seconds, which delays every
    edge by its length; the panel does not use it.

    Args:
        factory: Where the line comes from.
        info: What gpiozero knows of the header's pin.
    """

    def __init__(self, factory: Lines, info: Any) -> None:
        super().__init__(factory, info)
        self._line: int = self._number
        # gpiod's objects are not safe for threads, and a pin is used by two: the one that reads
        # edges, and the one that plays cues or opens and closes the panel.
        self._lock = threading.RLock()
        self._request: gpiod.LineRequest | None = None
        self._reset()

    def close(self) -> None:
        """Free the line. If the pin is used again, it requests its line anew."""
        self.when_changed = None
        with self._lock:
            try:
                self._stop_pwm()
            finally:
                request, self._request = self._request, None
                if request is not None:
                    request.release()
                self._reset()

    def output_with_state(self, state: float) -> None:
        """Make the line an output that is at `state` from its first moment."""
        with self._lock:
            self._stop_pwm()
            self._function, self._level = "output", _level(state)
            self._configure()

    def input_with_pull(self, pull: str) -> None:
        """Make the line an input with `pull` (up, down or floating) in one step."""
        self._check_pull(pull)
        with self._lock:
            self._stop_pwm()
            self._function, self._pull = "input", pull
            self._configure()

    def drain(self) -> None:
        """Hand on the edges that wait to be read. Only the reader calls it.

        Raises:
            OSError: The chip has gone away.
        """
        with self._lock:
            if self._request is None or not self._detecting:
                return
            events = []
            if self._request.wait_edge_events(0):
                events = self._request.read_edge_events()
        for event in events:
            rising = event.event_type is gpiod.EdgeEvent.Type.RISING_EDGE
            try:
                self._call_when_changed(event.timestamp_ns / 1e9, rising)
            except BaseException:  # noqa: BLE001 - whatever it is, the next edge is to be read
                _log.exception("The handler of %r failed.", self)

    def _reset(self) -> None:
        self._function = "input"
        self._level = False
        self._pull = self.info.pull or "floating"
        self._bounce: float | None = None
        self._edges = "both"
        self._detecting = False
        self._pwm: SoftwarePWM | None = None

    def _settings(self) -> gpiod.LineSettings:
        if self._function == "output":
            value = Value.ACTIVE if self._level else Value.INACTIVE
            return gpiod.LineSettings(direction=Direction.OUTPUT, output_value=value)
        return gpiod.LineSettings(
            direction=Direction.INPUT,
            bias=_BIAS[self._pull],
            edge_detection=_EDGES[self._edges] if self._detecting else Edge.NONE,
            debounce_period=timedelta(seconds=self._bounce or 0.0),
            event_clock=Clock.MONOTONIC,
        )

    def _configure(self) -> gpiod.LineRequest:
        """Tell the kernel what the line is to be now, and request it if that has not been done.

        Raises:
            HardwareError: The line cannot be had.
            OSError: The chip has gone away.
        """
        if self._request is None:
            self._request = self.factory.request(self._line, self._settings())
        else:
            self._request.reconfigure_lines({self._line: self._settings()})
        return self._request

    def _requested(self) -> gpiod.LineRequest:
        return self._configure() if self._request is None else self._request

    def _get_function(self) -> str:
        return self._function

    def _set_function(self, value: str) -> None:
        if value not in {"input", "output"}:
            raise PinInvalidFunction(f"invalid function {value!r} for pin {self!r}")
        with self._lock:
            self._stop_pwm()
            self._function, self._level = value, False
            self._configure()

    def _get_state(self) -> float:
        with self._lock:
            if self._pwm is not None:
                return self._pwm.duty
            return int(self._requested().get_value(self._line) is Value.ACTIVE)

    def _set_state(self, value: float) -> None:
        with self._lock:
            if self._function != "output":
                raise PinSetInput(f"cannot set state of pin {self!r}")
            if self._pwm is not None:
                self._pwm.duty = value
            else:
                self._level = _level(value)
                self._write(self._level)

    def _write(self, level: bool) -> None:  # noqa: FBT001 - what a PWM writes with
        # The pin's lock must not be taken here. Whoever stops the PWM holds it while they wait for
        # the PWM's thread to finish a write, and that write comes through here.
        self._requested().set_value(self._line, Value.ACTIVE if level else Value.INACTIVE)

    def _get_frequency(self) -> float | None:
        return None if self._pwm is None else self._pwm.frequency

    def _set_frequency(self, value: float | None) -> None:
        with self._lock:
            if not value:
                self._stop_pwm()
            elif self._function != "output":
                raise PinPWMFixedValue(f"cannot start PWM on pin {self!r}")
            elif self._pwm is None:
                self._pwm = SoftwarePWM(self._write, value)
            else:
                self._pwm.frequency = value

    def _stop_pwm(self) -> None:
        pwm, self._pwm = self._pwm, None
        if pwm is not None:
            pwm.close()
            self._write(False)

    def _get_pull(self) -> str:
        return self._pull

    def _set_pull(self, value: str) -> None:
        if self._function != "input":
            raise PinFixedPull(f"cannot set pull on non-input pin {self!r}")
        self._check_pull(value)
        with self._lock:
            self._pull = value
            self._configure()

    def _check_pull(self, value: str) -> None:
        if self.info.pull not in {value, ""}:
            raise PinFixedPull(f"{self!r} has a physical pull-{self.info.pull} resistor")
        if value not in _BIAS:
            raise PinInvalidPull(f"invalid pull {value!r} for pin {self!r}")

    def _get_bounce(self) -> float | None:
        return self._bounce

    def _set_bounce(self, value: float | None) -> None:
        if value is not None and value < 0:
            raise PinInvalidBounce("bounce must be 0 or greater")
        with self._lock:
            if (value or None) != self._bounce:
                self._bounce = value or None
                self._configure()

    def _get_edges(self) -> str:
        return self._edges

    def _set_edges(self, value: str) -> None:
        if value not in _EDGES:
            raise PinInvalidEdges(f"invalid edges {value!r} for pin {self!r}")
        with self._lock:
            if value != self._edges:
                self._edges = value
                self._configure()

    def _call_when_changed(self, ticks: float, state: bool) -> None:  # noqa: FBT001 - gpiozero's
        handler: Any = self._get_when_changed()
        if handler is not None:
            handler(ticks, state)

    def _enable_event_detect(self) -> None:
        with self._lock:
            request = self._requested()
            while request.wait_edge_events(0):
                request.read_edge_events()  # they happened before anyone wanted to know
            self._detecting = True
            self._configure()
            self.factory.reader.add(request.fd, self.drain)

    def _disable_event_detect(self) -> None:
        with self._lock:
            # The kernel still queues edges. They are dropped when detection is enabled again.
            self._detecting = False
            if self._request is not None:
                self.factory.reader.remove(self._request.fd)


def _level(state: float) -> bool:
    if not 0 <= state <= 1:
        raise PinInvalidState(f"invalid state {state!r}: a pin without PWM is 0 or 1")
    return bool(state)
