"""The parts of the panel and their pins: taken when they can be had, given back when they go."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hardware.pins.contract import FactoryOpener, LossListener
from kiosk.core.errors import HardwareError

_log = logging.getLogger(__name__)


@dataclass
class Part:
    """One part of the panel.

    Attributes:
        name: For people.
        pin: BCM number.
        attach: Takes a pin, by its BCM number, on the given factory.
        attached: Whether it has its pin.
        problem: Why it has not.
    """

    name: str
    pin: int
    attach: Callable[[int, Any], None]
    attached: bool = False
    problem: str | None = None


class Parts:
    """Takes the pins of all parts, each by itself: one that is in use does not stop the others.

    Not safe for threads, except for reading.

    Args:
        parts: The parts there are.
        opener: Opens the pin factory, again after a loss.
        on_loss: Handed to `opener`.
        detach: Takes all pins away from the parts.
    """

    def __init__(
        self,
        parts: list[Part],
        opener: FactoryOpener,
        on_loss: LossListener,
        detach: Callable[[], None],
    ) -> None:
        self._parts = {part.name: part for part in parts}
        self._opener = opener
        self._on_loss = on_loss
        self._detach = detach
        self._problem: str | None = None
        self.factory: Any = None

    @property
    def problem(self) -> str | None:
        """What is wrong and what to do about it, None if nothing is."""
        problems = [self._problem, *(part.problem for part in self._parts.values())]
        return " ".join(problem for problem in problems if problem) or None

    def is_there(self, name: str) -> bool:
        """Whether there is such a part at all."""
        return name in self._parts

    def is_attached(self, name: str) -> bool:
        """Whether the part has its pin."""
        return self._parts[name].attached

    def take(self) -> bool:
        """Take what is missing; whether nothing is missing any more."""
        if self.factory is None:
            try:
                self.factory = self._opener(self._on_loss)
            except Exception as failure:  # noqa: BLE001 - no failure may stop the station
                if not isinstance(failure, HardwareError):
                    _log.debug("The pin factory failed.", exc_info=True)
                self._note(str(failure))
                return False
            self._problem = None
        attached = [self._attach(part) for part in self._parts.values()]
        return all(attached)

    def give_back(self, problem: str | None = None) -> None:
        """Give everything back, because of `problem` if there is one."""
        for part in self._parts.values():
            part.attached, part.problem = False, None
        factory, self.factory = self.factory, None
        if problem is not None:
            self._note(problem)
        for release in (self._detach, *([] if factory is None else [factory.close])):
            try:
                release()
            except Exception as failure:  # noqa: BLE001 - each pin library has its own errors
                _log.warning("A pin could not be given back: %s", failure)

    def _attach(self, part: Part) -> bool:
        if part.attached:
            return True
        try:
            part.attach(part.pin, self.factory)
        except Exception as failure:  # noqa: BLE001 - each pin library has its own errors
            problem = f"The {part.name} on GPIO {part.pin}: {failure}"
            if part.problem != problem:
                _log.error("%s", problem)
            part.problem = problem
            return False
        part.attached, part.problem = True, None
        return True

    def _note(self, problem: str) -> None:
        if self._problem != problem:
            _log.error("%s", problem)
        self._problem = problem
