"""A mock panel on a fake clock, and a listener that takes note of what it tells."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hardware.mock_panel import PinDriver
from hardware.panel import PinSource, StationPanel
from hardware.pins.contract import PinFactory
from hardware.pins.mock import PanelMockFactory
from kiosk.ports.panel import Edge, PanelHealth, PanelSettings
from tests.drivers.clocks import FakeClock
from tests.drivers.threads import SOON

MOCK = PanelSettings(hardware="mock")


class Ear:
    """Takes what the panel tells, and waits for it."""

    def __init__(self) -> None:
        self.edges: list[Edge] = []
        self.healths: list[PanelHealth] = []
        self._told = threading.Condition()

    def edge(self, edge: Edge) -> None:
        with self._told:
            self.edges.append(edge)
            self._told.notify_all()

    def health(self, health: PanelHealth) -> None:
        with self._told:
            self.healths.append(health)
            self._told.notify_all()

    def hears(self, *edges: Edge) -> bool:
        """Whether the panel tells exactly these edges before long."""
        with self._told:
            return self._told.wait_for(lambda: self.edges == list(edges), SOON)

    def hears_of(self, health: Callable[[PanelHealth], bool]) -> bool:
        """Whether `health` says yes to the latest health that the panel tells before long."""
        with self._told:
            return self._told.wait_for(
                lambda: bool(self.healths) and health(self.healths[-1]), SOON
            )


def factory_of(panel: StationPanel) -> PinFactory:
    """The pin factory that the panel has opened, through which a test sees the pins themselves."""
    factory = panel._parts.factory
    assert factory is not None
    return factory


class PanelUnderTest:
    """A mock panel on a fake clock: all of it runs in the test's own thread."""

    def __init__(self, **settings: Any) -> None:
        self.clock = FakeClock()
        self.ear = Ear()
        source = PinSource("mock", lambda _lost: PanelMockFactory(self.clock), self.clock, 1, 30)
        wiring = replace(MOCK, **settings)
        self.panel = StationPanel(wiring, source, self.ear.edge, self.ear.health)

    @property
    def mock(self) -> PinDriver:
        """The hands at its mock pins."""
        assert self.panel.mock is not None
        return self.panel.mock

    def press(self, seconds: float = 0.1) -> None:
        """Press for `seconds`, and let the button settle."""
        self.mock.drive(Edge.DOWN)
        self.clock.advance(seconds)
        self.mock.drive(Edge.UP)
        self.clock.advance(0.05)
