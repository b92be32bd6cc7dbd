"""What a station does once it is ready: it prepares the first presses, and reads the rest."""

import threading

from flask import Flask

from kiosk.core.routine import Routine
from kiosk.core.session import Rules
from kiosk.main.setup import Setup
from web.streams import Streams
from web.warm_up import warm_up


def start_warming(app: Flask, setup: Setup, streams: Streams) -> None:
    """Prepare screens and figures, and then read the routines that nobody has asked for yet.

    It has a thread of its own. If the file of one of them is wrong, pages show at once what that
    means for them.
    """

    def prepare() -> None:
        warm_up(app, _drawn_at_start(setup.rules))
        read_all(setup, streams)

    threading.Thread(target=prepare, name="warm-up", daemon=True).start()


def read_all(setup: Setup, streams: Streams) -> None:
    """Read every routine that has not been read; tell `streams` if the file of one is wrong."""
    tuple(setup.rules.routines)  # going through them reads them
    if setup.found_later():
        streams.refresh()


def _drawn_at_start(rules: Rules) -> list[Routine]:
    """The default routine and its alternative. What others show is drawn when it is needed."""
    default = rules.routines[rules.defaults.routine]
    alternative = rules.routines.get(default.alternative or "")
    return [default] if alternative is None else [default, alternative]
