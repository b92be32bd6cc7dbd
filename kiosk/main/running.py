"""A station from its start to its end: on the settings as they are, and again on newer ones.

Each time it takes its settings anew, all its parts end and are made again, while the process stays.
"""

import contextlib
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.core.errors import MatsideError, ServerError, SettingsError
from kiosk.core.session import Status
from kiosk.main.kept import Kept, open_kept
from kiosk.main.local_browser import open_in_browser
from kiosk.main.setup import Setup, keep_if_good, set_up, with_problem
from kiosk.main.station import Observers, Station, build
from kiosk.main.told import MainSignals, Told
from kiosk.main.warming import start_warming
from kiosk.ports.clock import SystemClock
from kiosk.ports.panel import Panel
from kiosk.runner import Change, Runner, start_ticker
from kiosk.service.duties import Service
from kiosk.settings.address import (
    Listeners,
    from_here,
    is_loopback,
    open_sockets,
    page_address,
)
from kiosk.settings.fallback import FoundSettings
from kiosk.version import VERSION
from web.server import WebServer

_log = logging.getLogger(__name__)

#: Seconds after which Python interrupts a thread that computes, so that another can run; its own
#: value is 0.005. A press passes through three threads until its cue sounds, and each of them may
#: have to wait for a thread that is making the HTML of a screen.
SWITCH_INTERVAL = 0.001

#: Seconds that nobody must have used the station before it takes its settings anew.
SETTLED = 0.5


#: Finds the settings. Given what keeps the station from starting on those of the file, others that
#: it may start on.
FindSettings = Callable[[str | None], FoundSettings]


@dataclass(frozen=True, slots=True)
class Lasting:
    """What stays while the station takes its settings anew."""

    signals: MainSignals
    kept: Kept


@dataclass(frozen=True, slots=True)
class Running:
    """A station that is up.

    Attributes:
        setup: What it was started with.
        station: Its parts.
        service: What systemd and the watchdog are told.
        address: The address of its page, one that other machines can use too.
    """

    setup: Setup
    station: Station
    service: Service
    address: str


def run(find: FindSettings, speed: float, *, open_browser: bool) -> None:
    """Run the station until SIGTERM or SIGINT; SIGHUP has it take its settings anew.

    Settings are taken anew when nobody uses the station, and the process stays: each part ends and
    is made again with what the files say then. That takes a few tenths of a second, and there is
    no setting that needs more.

    Args:
        find: Finds the settings, now and at each SIGHUP.
        speed: Routine seconds a clock second; anything but 1 is for mock hardware only.
        open_browser: Whether to show the page in a browser of this machine.

    Raises:
        MatsideError: It cannot start; the text says what to do.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    with MainSignals() as signals, contextlib.ExitStack() as whole:
        lasting = Lasting(signals, open_kept(whole, SystemClock()))
        with contextlib.ExitStack() as stack:
            running = _come_up(find, speed, lasting, stack)
            if open_browser:
                open_in_browser(running.address)
            told = _wait(running, signals)
        while told is Told.RELOAD:
            with contextlib.ExitStack() as stack:
                running = _come_up_anew(running.setup, find, speed, lasting, stack)
                told = _wait(running, signals)
    _log.info("stopped")


def _come_up(
    find: FindSettings, speed: float, lasting: Lasting, stack: contextlib.ExitStack
) -> Running:
    """Start the station. `stack` is given what ends it.

    If it cannot listen as the file says, and nobody is there to be told, it starts on other
    settings: a screen that is dark tells nobody anything.

    Raises:
        MatsideError: It cannot start.
    """
    setup = set_up(find(None), speed)
    try:
        return _start(setup, lasting, stack)
    except ServerError as problem:
        if not setup.forgiving:
            raise
        reason = str(problem)
    # Not in the handler, where what has failed would be held as long as the station runs.
    return _start(set_up(find(reason), speed), lasting, stack)


def _come_up_anew(
    before: Setup,
    find: FindSettings,
    speed: float,
    lasting: Lasting,
    stack: contextlib.ExitStack,
) -> Running:
    """Start the station on the settings as they are now, or as `before` if it would not start."""
    try:
        return _start(set_up(find(None), speed), lasting, stack)
    except MatsideError as problem:
        reason = f"{problem} Until that is mended, the settings from before stay in force."
    running = _start(with_problem(before, reason), lasting, stack)
    return replace(running, setup=before)  # so that the problem is told no longer than it is there


def _start(setup: Setup, lasting: Lasting, whole: contextlib.ExitStack) -> Running:
    """Start the station on `setup`. `whole` is given what ends it, if it has started.

    Raises:
        MatsideError: It cannot start on that; what had begun is ended again.
    """
    where = setup.settings.server
    with contextlib.ExitStack() as stack:
        listeners = open_sockets(where.host, where.port, forgiving=setup.forgiving)
        for listener in listeners.sockets:
            stack.enter_context(listener)
        told = with_problem(setup, listeners.problem)
        clock = SystemClock()
        service = Service(setup.settings.screen, clock)
        station = build(told, stack, clock, _observers(service, lasting.signals), lasting.kept)
        _check_speed(setup.rules.speed, station.panel)
        server = _start_server(station, listeners, stack)
        start_ticker(station.runner)
        service.look_after(station.runner, (station.runner, station.panel, server), stack)
        start_warming(station.app, told, station.streams)
        here = listeners.sockets[0]
        service.ready(station.panel.health(), page_address(here, from_here(where.host)))
        keep_if_good(told)
        address = _say_ready(here, where.host, station.panel)
        whole.enter_context(stack.pop_all())
    return Running(setup, station, service, address)


def _observers(service: Service, signals: MainSignals) -> Observers:
    return Observers(
        service.on_health, service.painted, service.in_use, service.restart, signals.reload
    )


def _wait(running: Running, signals: MainSignals) -> Told:
    """Wait until the station is to stop, or is to take its settings anew and nobody uses it."""
    told = _next_told(running.station.runner, signals)
    if told is Told.STOP:
        running.service.stopping()
    return told


def _next_told(runner: Runner, signals: MainSignals) -> Told:

    def tell_free(change: Change) -> None:
        if change.state.status is Status.ATTRACT:
            signals.free()

    runner.listen(tell_free)
    asked = False
    while True:
        # For a moment nobody must have used it: answers are still on their way to the page.
        due = asked and runner.state.status is Status.ATTRACT
        told = signals.wait(SETTLED if due else None)
        if told is Told.STOP:
            return told
        if told is None and runner.state.status is Status.ATTRACT:
            return Told.RELOAD
        if told is Told.RELOAD and not asked:
            asked = True
            _log.info("the settings are taken anew as soon as nobody uses the station")


def _start_server(station: Station, listeners: Listeners, stack: contextlib.ExitStack) -> WebServer:
    server = WebServer(station.app, listeners.sockets)
    stack.callback(server.stop)
    # Streams are closed before the server is stopped: the server waits for its requests to end, and
    # a stream does not end by itself.
    stack.callback(station.streams.close)
    server.start()
    return server


def _check_speed(speed: float, panel: Panel) -> None:
    """Refuse to run a routine faster than real time on hardware that a member may lie beside.

    Raises:
        SettingsError: `speed` is not 1, and the hardware is real.
    """
    if speed != 1 and panel.mock is None:
        raise SettingsError(
            f"--speed: found {speed:g}. It is for mock hardware only; this is "
            f"{panel.health().factory}. Leave it out, or add --hardware mock."
        )


def _say_ready(listener: socket.socket, host: str, panel: Panel) -> str:
    """Log the page's address, one that other machines can use too, and return it."""
    address = page_address(listener, host if is_loopback(host) else socket.gethostname())
    _log.info("Matside %s on %s hardware is ready: %s", VERSION, panel.health().factory, address)
    return address
