"""A hand at the installed station: what the host asks for is done by the button. Prints JSON.

python3 -m tests.hil.guest.hand session|press|hold|begin|switch|through|store
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.hil.guest.bench import Bench
from tests.hil.guest.checks import LONG, a_session
from tests.hil.guest.station import Station

UNIT = "matside"
DATABASE = "/var/lib/matside/matside.sqlite3"


def session(bench: Bench) -> Any:
    """Only look."""
    return bench.station.session()


def press(bench: Bench) -> Any:
    """Press the button once."""
    return bench.press()


def hold(bench: Bench) -> Any:
    """Hold the button: weight off in a session, and "no" where the station offers to go on."""
    return bench.press_long(LONG)


def begin(bench: Bench) -> Any:
    """Press until a hold runs, wherever the session stands."""
    return _press_until(bench, "hold")


def switch(bench: Bench) -> Any:
    """Press until the switch."""
    return _press_until(bench, "switch")


def through(bench: Bench) -> Any:
    """Go through a whole session, and give what was found."""
    bench.watch()
    bench.run(a_session)
    return bench.report()


def store(_bench: Bench) -> Any:
    """Look into the database."""
    with sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        (check,) = database.execute("PRAGMA integrity_check").fetchone()
        sessions = [dict(row) for row in database.execute("SELECT * FROM session")]
    return {"integrity": check, "sessions": sessions}


def _press_until(bench: Bench, kind: str) -> dict[str, Any]:
    found = bench.station.session()
    while found["status"] != "running" or found["step"]["kind"] != kind:
        # Getting ready ends by itself; a press would pass over it, as over the hold after it.
        if found["status"] == "ready":
            time.sleep(0.2)
            found = bench.station.session()
        else:
            found = bench.press()
    return found


#: What can be asked for.
ASKED: dict[str, Callable[[Bench], Any]] = {
    asked.__name__: asked for asked in (session, press, hold, begin, switch, through, store)
}


def main(asked: str) -> None:
    """Do one thing."""
    bench = Bench("gpio")
    bench.station = Station(UNIT)
    json.dump(ASKED[asked](bench), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
