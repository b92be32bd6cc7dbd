"""GPIO chips as the kernel keeps them, for tests of everything above libgpiod's bindings.

It takes the place of `gpiod.Chip` only. Settings, values and events are those of the real package.
A request has a real file descriptor that behaves as the kernel's does when it is polled: it can be
read while edges wait, and is hung up once its chip has gone away. A device has a lock as it has one
in the kernel, since a test may take a chip away while threads of the station use it.
"""

import errno
import os
import select
import threading
import time
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Self

import gpiod
from gpiod.line import Bias, Direction, Edge, Value

_RISING, _FALLING = gpiod.EdgeEvent.Type.RISING_EDGE, gpiod.EdgeEvent.Type.FALLING_EDGE


def gone() -> OSError:
    return OSError(errno.ENODEV, "No such device")


@dataclass
class FakeLine:
    """One line: what is wired to it, and who has requested it.

    Attributes:
        wire: The level that something outside forces on it, None if nothing does.
        consumer: Who has requested it, empty if nobody.
        settings: What it was last configured to.
        written: Every value that was written to it, from the request on.
    """

    wire: bool | None = None
    consumer: str = ""
    settings: gpiod.LineSettings = field(default_factory=gpiod.LineSettings)
    request: "FakeRequest | None" = None
    written: list[bool] = field(default_factory=list)

    @property
    def level(self) -> bool:
        if self.settings.direction is Direction.OUTPUT:
            return self.written[-1]
        if self.wire is not None:
            return self.wire
        return self.settings.bias is Bias.PULL_UP


class FakeRequest:
    def __init__(self, chip: "FakeDevice", offset: int) -> None:
        self.chip = chip
        self.offset = offset
        self.fd, self.writer = os.pipe()
        self.events: list[Any] = []
        self.released = False

    @property
    def line(self) -> FakeLine:
        return self.chip.lines[self.offset]

    def configure(self, settings: gpiod.LineSettings) -> None:
        self.chip.check()
        self.line.settings = settings
        if settings.direction is Direction.OUTPUT:
            self.line.written.append(settings.output_value is Value.ACTIVE)

    def reconfigure_lines(self, config: dict[int, gpiod.LineSettings]) -> None:
        self.configure(config[self.offset])

    def get_value(self, line: int) -> Value:
        self.chip.check()
        assert line == self.offset
        return Value.ACTIVE if self.line.level else Value.INACTIVE

    def set_value(self, line: int, value: Value) -> None:
        self.chip.check()
        assert line == self.offset
        assert not self.released
        assert self.line.settings.direction is Direction.OUTPUT
        self.line.written.append(value is Value.ACTIVE)

    def wait_edge_events(self, timeout: float) -> bool:
        return bool(select.select([self.fd], [], [], timeout)[0])

    def read_edge_events(self) -> list[Any]:
        self.chip.check()
        with self.chip.lock:
            os.read(self.fd, len(self.events))
            events, self.events = self.events, []
        return events

    def queue(self, *, rising: bool, timestamp_ns: int) -> None:
        wanted = (Edge.BOTH, Edge.RISING if rising else Edge.FALLING)
        if self.line.settings.edge_detection in wanted and self.writer >= 0:
            kind = _RISING if rising else _FALLING
            self.events.append(SimpleNamespace(event_type=kind, timestamp_ns=timestamp_ns))
            os.write(self.writer, b"e")

    def hang_up(self) -> None:
        with self.chip.lock:
            if self.writer >= 0:
                os.close(self.writer)
                self.writer = -1

    def release(self) -> None:
        with self.chip.lock:
            assert not self.released
            self.released = True
            self.hang_up()
            os.close(self.fd)
            self.line.consumer, self.line.request = "", None


class FakeDevice:
    """A chip in the kernel."""

    def __init__(self, label: str, num_lines: int = 54) -> None:
        self.label = label
        self.lines = [FakeLine() for _ in range(num_lines)]
        self.gone = False
        self.forbidden = False
        self.open_chips: list[FakeChip] = []
        self.lock = threading.RLock()

    def check(self) -> None:
        if self.gone:
            raise gone()

    def wire(self, offset: int, *, level: bool | None, timestamp_ns: int | None = None) -> None:
        """Force a level on a line from outside, or let go of it."""
        line = self.lines[offset]
        with self.lock:
            before, line.wire = line.level, level
            if line.level != before and line.request is not None:
                stamp = time.monotonic_ns() if timestamp_ns is None else timestamp_ns
                line.request.queue(rising=line.level, timestamp_ns=stamp)

    def vanish(self, *, tells: bool = True) -> None:
        """Go away. A kernel before 6.6 does not wake threads that wait for an edge then."""
        with self.lock:
            self.gone = True
            if tells:
                for chip in self.open_chips:
                    chip.hang_up()


class FakeChip:
    """A chip that a program has opened: the fake of `gpiod.Chip`."""

    def __init__(self, path: str, device: FakeDevice) -> None:
        self.path = path
        self.device = device
        self.fd, self.writer = os.pipe()
        self.closed = False
        with device.lock:
            device.open_chips.append(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()

    def get_info(self) -> Any:
        self.device.check()
        name = self.path.removeprefix("/dev/")
        return SimpleNamespace(name=name, label=self.device.label, num_lines=len(self.device.lines))

    def get_line_info(self, offset: int) -> Any:
        self.device.check()
        line = self.device.lines[offset]
        return SimpleNamespace(used=bool(line.consumer), consumer=line.consumer)

    def request_lines(
        self,
        config: dict[int, gpiod.LineSettings],
        consumer: str,
        event_buffer_size: int = 0,
    ) -> FakeRequest:
        ((offset, settings),) = config.items()
        assert event_buffer_size > 16 or settings.direction is Direction.OUTPUT
        if offset >= len(self.device.lines):
            raise ValueError("line offset of out range")
        line = self.device.lines[offset]
        with self.device.lock:
            self.device.check()
            if line.consumer:
                raise OSError(errno.EBUSY, "Device or resource busy")
            line.consumer, line.request = consumer, FakeRequest(self.device, offset)
            line.request.configure(settings)
            return line.request

    def hang_up(self) -> None:
        with self.device.lock:
            if self.writer >= 0:
                os.close(self.writer)
                self.writer = -1
            for line in self.device.lines:
                if line.request is not None:
                    line.request.hang_up()

    def close(self) -> None:
        with self.device.lock:
            if not self.closed:
                self.closed = True
                self.device.open_chips.remove(self)
                if self.writer >= 0:
                    os.close(self.writer)
                os.close(self.fd)


class FakeKernel:
    """All chips of a machine; `chips` can be changed at any time."""

    def __init__(self) -> None:
        self.chips: dict[str, FakeDevice] = {}

    def devices(self) -> list[str]:
        return list(self.chips)

    def open(self, path: str) -> FakeChip:
        device = self.chips.get(path)
        if device is None or device.gone:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory")
        if device.forbidden:
            raise PermissionError(errno.EACCES, "Permission denied")
        return FakeChip(path, device)
