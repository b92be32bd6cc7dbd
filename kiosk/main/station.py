"""The composition root: the one place that makes all parts of a station and joins them."""

import contextlib
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Flask

from hardware.panel import open_panel
from kiosk.core.errors import MatsideError, SettingsError
from kiosk.core.routine import Routine
from kiosk.core.screen import asks_for_press
from kiosk.core.session import ButtonDown, ButtonStuck, ButtonUp, Rules, Status
from kiosk.main.past import open_store
from kiosk.main.setup import Setup, keep_if_good, set_up, with_problem
from kiosk.main.staff import StaffArea, findings, open_staff_area, settings_file_of
from kiosk.main.told import MainSignals, Told
from kiosk.main.voice import start_voice
from kiosk.ports.clock import MonotonicClock, SystemClock
from kiosk.ports.panel import (
    ButtonHealth,
    Edge,
    HealthListener,
    Panel,
    PanelHealth,
    PartStatus,
)
from kiosk.ports.restart import Restart
from kiosk.records.keeper import KeeperThread, SessionKeeper
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
from kiosk.settings.loading import panel_settings, time_zone
from kiosk.settings.shapes import Settings
from kiosk.version import VERSION
from kiosk.wall_clock import SystemWallClock
from web.app import create_app
from web.context import Context
from web.server import WebServer
from web.streams import Streams
from web.warm_up import warm_up

_log = logging.getLogger(__name__)

#: Seconds after which Python interrupts a thread that computes, so that another can run; its own
#: value is 0.005. A press passes through three threads until its cue sounds, and each of them may
#: have to wait for a thread that is making the HTML of a screen.
SWITCH_INTERVAL = 0.001

#: Seconds that nobody must have used the station before it takes its settings anew.
SETTLED = 0.5


@dataclass(frozen=True, slots=True)
class Station:
    """The parts of a station that is up, for the server to serve and for tests to drive."""

    runner: Runner
    panel: Panel
    streams: Streams
    app: Flask


@dataclass(frozen=True, slots=True)
class Observers:
    """Who else wants to be told of some things: nobody, unless the station is a service.

    Attributes:
        on_health: Called when the panel's health has changed.
        painted: Called when the kiosk's page has painted.
        in_use: Called when staff ask for something at the panel.
        restart: Called when staff ask for a restart; None if nobody is there to do it.
        take_anew: Called when staff have changed the settings.
    """

    on_health: HealthListener = lambda _health: None
    painted: Callable[[], None] = lambda: None
    in_use: Callable[[], None] = lambda: None
    restart: Callable[[Restart], None] | None = None
    take_anew: Callable[[], None] = lambda: None


def build(
    setup: Setup,
    stack: contextlib.ExitStack,
    clock: MonotonicClock,
    observers: Observers = Observers(),
    staff: StaffArea | None = None,
) -> Station:
    """Put a station together. Closing `stack` ends its parts, the one that was made last first.

    Args:
        setup: What it is started with.
        stack: Is given what ends each part.
        clock: The clock that sessions run by.
        observers: Who else wants to be told.
        staff: What the staff area keeps from one station to the next; None begins anew.

    Raises:
        SettingsError: The panel's settings are wrong.
    """
    settings, rules = setup.settings, setup.rules
    staff = staff or open_staff_area(stack, clock)
    streams = Streams()
    stack.callback(streams.close)

    def button() -> ButtonHealth:
        return panel.health().stats

    keeper = _start_keeper(settings, rules, clock, streams, button)
    runner = Runner(keeper.recover(), rules, clock)
    keeping = KeeperThread(keeper)
    stack.callback(keeping.close)
    panel = _start_panel(settings, runner, streams, observers)
    stack.callback(panel.close)
    door = staff.door(settings)
    for listener in (_cues_for(panel), streams, keeping, door):
        runner.listen(listener)
    stack.callback(runner.close)
    voice = start_voice(setup, runner, clock, stack)
    context = Context(
        runner=runner,
        rules=rules,
        panel=panel,
        saving_problem=lambda: keeper.problem,
        setup=setup.health,
        streams=streams,
        languages=setup.languages,
        voice=voice.on_page,
        voice_health=voice.health,
        server=settings.server,
        screen=settings.screen,
        started=clock.now(),
        painted=observers.painted,
        in_use=observers.in_use,
        restart=observers.restart,
        findings=partial(findings, settings),
        log_lines=staff.recent.lines,
        door=door,
        settings_file=settings_file_of(setup),
        take_anew=observers.take_anew,
        name=settings.station.name,
    )
    return Station(runner, panel, streams, create_app(context))


def run(find: Callable[[], FoundSettings], speed: float, *, open_browser: bool) -> None:
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
    with MainSignals() as signals, contextlib.ExitStack() as stack:
        staff = open_staff_area(stack, SystemClock())
        setup = set_up(find(), speed)
        told = _run_on(setup, signals, staff, open_browser=open_browser)
        while told is Told.RELOAD:
            setup, told = _run_anew(setup, lambda: set_up(find(), speed), signals, staff)
    _log.info("stopped")


def _run_anew(
    before: Setup, set_up_anew: Callable[[], Setup], signals: MainSignals, staff: StaffArea
) -> tuple[Setup, Told]:
    """Run the station on the settings as they are now, or as before if it would not start on them.

    Returns:
        What it ran on, and why it has ended.
    """
    try:
        setup = set_up_anew()
        return setup, _run_on(setup, signals, staff)
    except MatsideError as problem:
        told = f"{problem} Until that is mended, the settings from before stay in force."
        return before, _run_on(with_problem(before, told), signals, staff)


def _run_on(
    setup: Setup, signals: MainSignals, staff: StaffArea, *, open_browser: bool = False
) -> Told:
    """Run the station on the settings in `setup`.

    Returns:
        Why it has ended: it is to stop, or to take its settings anew.

    Raises:
        MatsideError: It cannot start on them.
    """
    server_section = setup.settings.server
    with contextlib.ExitStack() as stack:
        listeners = open_sockets(
            server_section.host, server_section.port, forgiving=setup.forgiving
        )
        for listener in listeners.sockets:
            stack.enter_context(listener)
        setup = with_problem(setup, listeners.problem)
        clock = SystemClock()
        service = Service(setup.settings.screen, clock)
        observers = Observers(
            service.on_health,
            service.painted,
            service.in_use,
            service.restart,
            signals.reload,
        )
        station = build(setup, stack, clock, observers, staff)
        _check_speed(setup.rules.speed, station.panel)
        server = _start_server(station, listeners, stack)
        start_ticker(station.runner)
        service.look_after(station.runner, (station.runner, station.panel, server), stack)
        to_draw = _drawn_at_start(setup.rules)
        warming = threading.Thread(
            target=warm_up, args=(station.app, to_draw), name="warm-up", daemon=True
        )
        warming.start()
        here, host = listeners.sockets[0], server_section.host
        service.ready(station.panel.health(), page_address(here, from_here(host)))
        keep_if_good(setup)
        _say_ready(here, host, station.panel, open_browser=open_browser)
        told = _wait(station.runner, signals)
        if told is Told.STOP:
            service.stopping()
    return told


def _wait(runner: Runner, signals: MainSignals) -> Told:
    """Wait until the station is to stop, or is to take its settings anew and nobody uses it."""

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


def _drawn_at_start(rules: Rules) -> list[Routine]:
    """The default routine and its alternative. What others show is drawn when it is needed."""
    default = rules.routines[rules.defaults.routine]
    alternative = rules.routines.get(default.alternative or "")
    return [default] if alternative is None else [default, alternative]


def _start_keeper(
    settings: Settings,
    rules: Rules,
    clock: MonotonicClock,
    streams: Streams,
    button: Callable[[], ButtonHealth],
) -> SessionKeeper:
    """The keeper of sessions. It opens the store itself, at the first time that it needs it."""
    wall = SystemWallClock(time_zone(settings.station.time_zone))
    return SessionKeeper(
        lambda: open_store(settings),
        rules,
        clock,
        wall=wall,
        on_health=streams.refresh,
        button=button,
    )


def _start_panel(
    settings: Settings, runner: Runner, streams: Streams, observers: Observers
) -> Panel:
    """The panel. Its button posts to `runner`, and its light is as the first state needs it."""

    def on_button(edge: Edge) -> None:
        runner.post(ButtonDown() if edge is Edge.DOWN else ButtonUp())

    def on_health(health: PanelHealth) -> None:
        runner.post(ButtonStuck(health.button is PartStatus.STUCK))
        streams.refresh()
        observers.on_health(health)

    panel = open_panel(panel_settings(settings.panel), on_button, on_health)
    panel.rest_light(lit=asks_for_press(runner.state))
    return panel


def _cues_for(panel: Panel) -> Callable[[Change], None]:
    """A listener of the runner that plays the cue of a change, and sets the button's light."""

    def play(change: Change) -> None:
        if change.cue is not None:
            panel.play(change.cue)
        panel.rest_light(lit=asks_for_press(change.state))

    return play


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


def _say_ready(listener: socket.socket, host: str, panel: Panel, *, open_browser: bool) -> None:
    """Log the page's address, one that other machines can use too, and show the page if asked."""
    address = page_address(listener, host if is_loopback(host) else socket.gethostname())
    _log.info("Matside %s on %s hardware is ready: %s", VERSION, panel.health().factory, address)
    if open_browser:
        open_in_browser(address)


def open_in_browser(address: str) -> None:
    """Show the page in a browser. Without a browser or a display, log where the page is."""
    displayed = (
        sys.platform != "linux" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    )
    if not displayed:
        _log.info("no display here: open %s in a browser", address)
        return

    def show() -> None:
        if not webbrowser.open(address):
            _log.info("no browser found here: open %s in one", address)

    # Some browsers return only when they are closed, so the call has a thread of its own.
    threading.Thread(target=show, name="browser", daemon=True).start()
