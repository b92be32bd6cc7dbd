"""The parts of the panel and their pins: taken when they can be had, given back when they go."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from hardware.pins.contract import LineInUseError, PinFactory
from kiosk.core.errors import HardwareError
from kiosk.ports.panel import PartName

_log = logging.getLogger(__name__)


@dataclass
class Part:
    """One part of the panel.

    Attributes:
        name: Which part it is.
        pin: BCM number of its pin.
        attach: Takes a pin, by its BCM number, on the given pin factory. It may raise whatever
            the pin library raises.
        attached: Whether the part has its pin.
        problem: Why it does not have its pin, None if it has, or if nobody has tried yet.
        held_by_another_matside: Whether it has no pin because another Matside has it.
    """

    name: PartName
    pin: int
    attach: Callable[[int, PinFactory], None]
    attached: bool = False
    problem: str | None = None
    held_by_another_matside: bool = False


class Parts:
    """Takes the pins of all parts, each by itself: one that is in use does not stop the others.

    Not safe for threads, except for reading.

    Args:
        parts: The parts that the settings ask for.
        open_factory: Opens a pin factory; called again after the pins have gone away.
        detach: Takes all pins away from the parts.

    Attributes:
        factory: The pin factory, None while there is none.
    """

    def __init__(
        self, parts: list[Part], open_factory: Callable[[], PinFactory], detach: Callable[[], None]
    ) -> None:
        self._parts = {part.name: part for part in parts}
        self._open_factory = open_factory
        self._detach = detach
        self._factory_problem: str | None = None
        self.factory: PinFactory | None = None

    @property
    def problem(self) -> str | None:
        """What is wrong and what to do about it, None if nothing is."""
        problems = [self._factory_problem, *(part.problem for part in self._parts.values())]
        return " ".join(problem for problem in problems if problem) or None

    @property
    def held_by_another_matside(self) -> bool:
        """Whether another Matside has the pin of a part."""
        return any(part.held_by_another_matside for part in self._parts.values())

    def is_there(self, name: PartName) -> bool:
        """Whether the settings ask for such a part at all."""
        return name in self._parts

    def is_attached(self, name: PartName) -> bool:
        """Whether the part has its pin."""
        return self._parts[name].attached

    def take(self) -> bool:
        """Take every pin that is missing.

        Returns:
            Whether nothing is missing any more.
        """
        factory = self.factory
        if factory is None:
            try:
                self.factory = factory = self._open_factory()
            except Exception as failure:  # noqa: BLE001 - no failure may stop the station
                if not isinstance(failure, HardwareError):
                    _log.debug("The pin factory failed.", exc_info=True)
                self._note(str(failure))
                return False
            self._factory_problem = None
        attached = [self._attach(part, factory) for part in self._parts.values()]
        return all(attached)

    def give_back(self, problem: str | None = None) -> None:
        """Give all pins and the factory back.

        Args:
            problem: Why, if something is wrong; it is the panel's problem until pins are had again.
        """
        for part in self._parts.values():
            part.attached, part.problem, part.held_by_another_matside = False, None, False
        factory, self.factory = self.factory, None
        if problem is not None:
            self._note(problem)
        for release in (self._detach, *([] if factory is None else [factory.close])):
            try:
                release()
            except Exception as failure:  # noqa: BLE001 - each pin library has its own errors
                _log.warning("A pin could not be given back: %s", failure)

    def _attach(self, part: Part, factory: PinFactory) -> bool:
        if part.attached:
            return True
        try:
            part.attach(part.pin, factory)
        except Exception as failure:  # noqa: BLE001 - each pin library has its own errors
            problem = f"The {part.name.value} on GPIO {part.pin}: {failure}"
            if part.problem != problem:
                _log.error("%s", problem)
            part.problem = problem
            part.held_by_another_matside = (
                isinstance(failure, LineInUseError) and failure.by_matside
            )
            return False
        part.attached, part.problem, part.held_by_another_matside = True, None, False
        return True

    def _note(self, problem: str) -> None:
        """Keep the problem of the factory, and log it unless it is the one that is known."""
        if self._factory_problem != problem:
            _log.error("%s", problem)
        self._factory_problem = problem
