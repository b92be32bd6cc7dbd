"""What was written to the output pins, from the kernel's own trace, which disturbs nobody."""

import re
from pathlib import Path
from typing import NamedTuple

TRACING = Path("/sys/kernel/tracing")
_WRITE = re.compile(r" (\d+\.\d+): gpio_value: (\d+) set (\d)")


class Write(NamedTuple):
    """One write to a pin: seconds of the monotonic clock, and the level."""

    at: float
    level: int


class Trace:
    """Records every write to some lines.

    Args:
        base: The kernel's global number of the chip's line 0.
        lines: The lines to record.
    """

    def __init__(self, base: int, lines: tuple[int, ...]) -> None:
        self._base = base
        self._put("tracing_on", "0")
        self._put("trace_clock", "mono")
        self._put("buffer_size_kb", "4096")
        wanted = " || ".join(f"gpio == {base + line}" for line in lines)
        self._put("events/gpio/gpio_value/filter", f"get == 0 && ({wanted})")
        self._put("events/gpio/gpio_value/enable", "1")
        self.clear()
        self._put("tracing_on", "1")

    def clear(self) -> None:
        """Forget what was recorded."""
        self._put("trace", "")

    def writes(self, line: int) -> list[Write]:
        """Give the writes to `line` in order."""
        text = (TRACING / "trace").read_text()
        found = _WRITE.findall(text)
        return sorted(
            Write(float(at), int(level))
            for at, number, level in found
            if int(number) == self._base + line
        )

    def changes(self, line: int) -> list[Write]:
        """Give the writes to `line` that changed its level; it starts low."""
        changes: list[Write] = []
        level = 0
        for write in self.writes(line):
            if write.level != level:
                changes.append(write)
                level = write.level
        return changes

    def _put(self, name: str, value: str) -> None:
        (TRACING / name).write_text(value)
