"""``python -m bench [NAME ...]`` makes all measurements, or those that are named."""

import argparse
from collections.abc import Callable

from bench import (
    archive,
    first_load,
    fleet,
    flood,
    idle,
    lateness,
    loudspeaker,
    memory,
    press_to_paint,
    press_to_stream,
    smooth,
    staff_area,
    start,
    statistics,
    voice,
    voice_session,
    weight,
)
from bench.table import Row, print_row, write

MEASUREMENTS: dict[str, Callable[[], list[Row]]] = {
    "start": start.measure,
    "first-load": first_load.measure,
    "stream": press_to_stream.measure,
    "flood": flood.measure,
    "idle": idle.measure,
    "memory": memory.measure,
    "lateness": lateness.measure,
    "paint": press_to_paint.measure,
    "smooth": smooth.measure,
    "statistics": statistics.measure,
    "voice": voice.measure,
    "loudspeaker": loudspeaker.measure,
    "voice-session": voice_session.measure,
    "weight": weight.measure,
    "fleet": fleet.measure,
    "fleet-killed": fleet.measure_killed,
    "archive": archive.measure,
    "staff": staff_area.measure,
}


def main() -> None:
    """Measure, print the table and write it as JSON."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure the station.")
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(MEASUREMENTS)}; all if none")
    names = parser.parse_args().names or list(MEASUREMENTS)
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        parser.error(f"no measurement {unknown[0]!r}; there are: {', '.join(MEASUREMENTS)}")
    rows = []
    for name in names:
        for row in MEASUREMENTS[name]():
            print_row(row)
            rows.append(row)
    print(f"written to {write(rows)}")


main()
