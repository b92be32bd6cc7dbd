"""A station in this process whose clock only goes on when told, for screens that take minutes."""

import contextlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from werkzeug.serving import WSGIRequestHandler, make_server

from kiosk.core.session import ButtonDown, ButtonHeld, ButtonUp, State
from kiosk.main.rules import library_of, rules_of
from kiosk.main.setup import Setup
from kiosk.main.station import Observers, Station, build
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from tests.drivers.clocks import FakeClock
from tests.drivers.sessions import Standing, press_until, standing_of

MOCK = Settings(panel=PanelSection(hardware="mock"))

#: Nobody else wants to be told of anything.
NOBODY = Observers()


@dataclass(frozen=True, slots=True)
class Stage:
    """A station whose page can be opened.

    Attributes:
        url: Its address, without a slash at the end.
        station: Its parts.
        clock: Its clock.
    """

    url: str
    station: Station
    clock: FakeClock

    @property
    def state(self) -> State:
        """The session's state."""
        return self.station.runner.state

    @property
    def step(self) -> str | None:
        """The id of the step that is, or was, being done."""
        return None if self.state.step is None else self.state.step.id

    def wait(self, seconds: float) -> None:
        """Let `seconds` of the station's clock pass."""
        self.clock.advance(seconds)
        self.station.runner.tick()

    def press(self) -> None:
        """Press the button, long enough after the last press to be meant."""
        self.wait(1)
        self.station.runner.post(ButtonDown())
        self.station.runner.post(ButtonUp())

    def hold(self) -> None:
        """Hold the button for weight off."""
        self.wait(1)
        self.station.runner.post(ButtonHeld())

    def press_until(self, step: str) -> None:
        """Press from step to step up to `step`."""
        press_until(self, step)

    def standing(self) -> Standing:
        """Where the session stands."""
        return standing_of(self.state)


class _Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - inherited name
        pass


@contextlib.contextmanager
def open_stage(
    data: Path, settings: Settings = MOCK, observers: Observers = NOBODY
) -> Iterator[Stage]:
    """A station with `settings` and its data in `data`, served on a free port."""
    clock = FakeClock()
    where = msgspec.structs.replace(settings.station, data=str(data))
    settings = msgspec.structs.replace(settings, station=where)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with contextlib.ExitStack() as stack:
        rules = rules_of(settings, library_of(settings))
        station = build(Setup(settings, rules, file=data / "config.toml"), stack, clock, observers)
        server = make_server("127.0.0.1", 0, station.app, threaded=True, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever, name="stage")
        thread.start()
        try:
            yield Stage(f"http://127.0.0.1:{server.server_port}", station, clock)
        finally:
            station.streams.close()
            server.shutdown()
            thread.join()
            server.server_close()


def with_routines(folder: Path) -> Settings:
    """Settings for a station that also has the routines in `folder`."""
    return msgspec.structs.replace(MOCK, station=StationSection(routines=str(folder)))
