"""Edges that are read late, as on a busy machine, are judged by the time of the kernel."""

import heapq
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.panel import PinSource, StationPanel
from hardware.pins.gpiod_factory import GpiodFactory
from kiosk.ports.panel import Edge, PanelSettings
from tests.drivers.clocks import FakeClock
from tests.drivers.fake_kernel import FakeDevice, FakeKernel
from tests.drivers.panels import Ear
from tests.drivers.trains import Train, button_trains, microseconds


class HandReader:
    """Takes the place of the reader's thread, and reads in the test's own when the test says so."""

    def __init__(self, *_anything: object) -> None:
        self.drains: dict[int, Callable[[], None]] = {}

    def add(self, line: int, drain: Callable[[], None]) -> None:
        self.drains[line] = drain

    def remove(self, line: int) -> None:
        self.drains.pop(line, None)

    def read(self) -> None:
        for drain in list(self.drains.values()):
            drain()

    def close(self) -> None:
        pass


class ClockedFactory(GpiodFactory):
    """The pin factory, whose `ticks` are those of a fake clock."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock

    def ticks(self) -> float:
        return self._clock.now()


class LatePanel:
    """A panel on a fake kernel and a fake clock, whose reader lags behind."""

    def __init__(self, chip: FakeDevice) -> None:
        self.chip = chip
        self.clock = FakeClock()
        self.ear = Ear()
        self.factory = ClockedFactory(self.clock)
        source = PinSource("gpiod", lambda _on_loss: self.factory, self.clock, 1, 30)
        self.panel = StationPanel(PanelSettings(), source, self.ear.edge, self.ear.health)

    def live_through(self, train: Train, lateness: list[float]) -> None:
        """Let the edges of `train` happen, each being read up to a while later."""
        start = self.clock.now()
        happenings: list[tuple[float, int, bool | None]] = []
        for number, (at, down) in enumerate(train.edges):
            late = lateness[number % len(lateness)]
            happenings.append((start + at, 2 * number, down))
            happenings.append((start + at + late, 2 * number + 1, None))
        heapq.heapify(happenings)
        while happenings:
            moment, _, level = heapq.heappop(happenings)
            self.clock.advance(max(0.0, moment - self.clock.now()))
            if level is None:
                reader = self.factory.reader
                assert isinstance(reader, HandReader)
                reader.read()
            else:
                stamp = round(moment * 1e9)
                self.chip.wire(17, level=False if level else None, timestamp_ns=stamp)
        self.clock.advance(1.0)


@pytest.fixture(scope="module")
def late_kernel() -> Iterator[FakeKernel]:
    """A kernel with the header's chip, for all examples of a property; edges are read by hand."""
    kernel = FakeKernel()
    kernel.chips["/dev/gpiochip0"] = FakeDevice("pinctrl-bcm2711")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gpiod.Chip", kernel.open)
        patch.setattr("hardware.pins.chips.chip_devices", kernel.devices)
        patch.setattr("hardware.pins.gpiod_factory.EdgeReader", HandReader)
        yield kernel


@settings(deadline=None)
@given(train=button_trains(), lateness=st.lists(microseconds(1, 20_000), min_size=1, max_size=20))
def test_presses_told_are_presses_made_though_edges_are_read_late(
    late_kernel: FakeKernel, train: Train, lateness: list[float]
) -> None:
    late = LatePanel(late_kernel.chips["/dev/gpiochip0"])
    try:
        late.live_through(train, lateness)
        assert late.ear.edges == [Edge.DOWN, Edge.UP] * train.presses
    finally:
        late.panel.close()
