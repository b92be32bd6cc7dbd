"""Measures one way of reading the button: prints a JSON object.

python3 -m tests.hil.guest.measure gpio|lgpio|plain PRESSES
"""

import json
import os
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.hil.guest.chip import Chip
from tests.hil.guest.fingers import Press, press_often
from tests.hil.guest.station import Stream, start_station
from tests.hil.guest.trace import Trace

BUTTON, BUZZER = 17, 27
PYTHON = "/opt/matside/bin/python"
BOUNCE = 0.03
SEED = 20
#: Seconds that a station gets on an emulated CPU until it has drawn and compiled everything and is
#: at rest; and seconds that it is then watched for.
WARM_UP_SECONDS, REST_SECONDS = 30, 20


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out; latencies in milliseconds, in the order of the presses.

    Attributes:
        made: Presses made; `edges` is how many edges they had in all.
        counted: Presses that the program counted.
        lost: Presses made beyond those counted.
        double: Presses counted beyond those made.
        late: Presses counted, but without a sound before the next one was made.
        torn: Presses that the machine did not make as they were meant: two of their edges came
            so far apart that the second may rightly count as another press.
        buzzer: First edge of a press to the write of the buzzer's pin.
        stream: First edge of a press to the first bytes of its event.
        switches: Context switches of the whole process a second, at rest.
        cpu: Share of one processor at rest, in percent.
    """

    made: int
    edges: int
    counted: int
    lost: int
    double: int
    late: int
    torn: int
    buzzer: list[float]
    stream: list[float]
    switches: float
    cpu: float


def measure_station(hardware: str, presses: int) -> Measured:
    """Measure the station on `hardware` with one page open."""
    chip = Chip()
    station = start_station(hardware)
    trace = Trace(chip.base(), (BUZZER,))
    with Stream() as stream:
        time.sleep(WARM_UP_SECONDS)
        switches, cpu = at_rest(station.pid())
        before = station.health()["button"]["presses"]
        trace.clear()
        made = press_often(chip.wire(BUTTON), presses, SEED)
        time.sleep(2)
        counted = station.health()["button"]["presses"] - before
        told = [event.at for event in stream.events()]
    sounded = [write.at for write in trace.changes(BUZZER) if write.level]
    station.end()
    return outcome(made, counted, sounded, told, (switches, cpu))


def measure_plain(presses: int) -> Measured:
    """Measure gpiozero's Button and Buzzer on lgpio with 30 ms of bounce time."""
    chip = Chip()
    script = str(Path(__file__).with_name("plain.py"))
    environment = {**os.environ, "LG_WD": "/run"}
    with subprocess.Popen(
        [PYTHON, script, str(chip.number()), str(BUTTON), str(BUZZER), str(BOUNCE)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise RuntimeError("plain gpiozero did not start")
        trace = Trace(chip.base(), (BUZZER,))
        time.sleep(3)
        switches, cpu = at_rest(process.pid)
        made = press_often(chip.wire(BUTTON), presses, SEED)
        time.sleep(1)
        process.terminate()
        reported = [float(line) for line in process.stdout]
    sounded = [write.at for write in trace.changes(BUZZER) if write.level]
    return outcome(made, len(reported), sounded, [], (switches, cpu))


def outcome(
    made: Sequence[Press],
    counted: int,
    sounded: Sequence[float],
    told: Sequence[float],
    rest: tuple[float, float],
) -> Measured:
    """Put together what came out: when it sounded, when the page was told, and `at_rest`."""
    buzzer = first_after(made, sounded)
    lost = max(0, len(made) - counted)
    return Measured(
        made=len(made),
        edges=sum(press.edges for press in made),
        counted=counted,
        lost=lost,
        double=max(0, counted - len(made)),
        late=max(0, buzzer.count(None) - lost),
        torn=sum(press.torn for press in made),
        buzzer=milliseconds(buzzer),
        stream=milliseconds(first_after(made, told)),
        switches=rest[0],
        cpu=rest[1],
    )


def first_after(made: Sequence[Press], moments: Sequence[float]) -> list[float | None]:
    """Give the seconds from each press to the first of `moments` before the next press."""
    delays: list[float | None] = []
    for number, press in enumerate(made):
        end = made[number + 1].at if number + 1 < len(made) else float("inf")
        found = bisect_left(moments, press.at)
        inside = found < len(moments) and moments[found] < end
        delays.append(moments[found] - press.at if inside else None)
    return delays


def milliseconds(delays: Sequence[float | None]) -> list[float]:
    """Leave out what is missing."""
    return [round(delay * 1000, 3) for delay in delays if delay is not None]


def at_rest(pid: int) -> tuple[float, float]:
    """Context switches a second of all threads of a process, and its share of a processor."""
    start, begun = time.monotonic(), _counts(pid)
    time.sleep(REST_SECONDS)
    ended, seconds = _counts(pid), time.monotonic() - start
    ticks = os.sysconf("SC_CLK_TCK")
    # The count of a thread that has ended meanwhile is lost.
    switches = sum(count - begun[0].get(thread, 0) for thread, count in ended[0].items())
    return switches / seconds, (ended[1] - begun[1]) / ticks / seconds * 100


def _counts(pid: int) -> tuple[dict[str, int], int]:
    switches = {
        status.parent.name: sum(
            int(line.split()[1])
            for line in status.read_text().splitlines()
            if "ctxt_switches" in line
        )
        for status in Path(f"/proc/{pid}/task").glob("*/status")
    }
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return switches, int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    way, number = sys.argv[1], int(sys.argv[2])
    measured = measure_plain(number) if way == "plain" else measure_station(way, number)
    json.dump(asdict(measured), sys.stdout)
