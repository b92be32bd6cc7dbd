"""The composition root: the only place that knows everybody, and starts and stops them."""

import contextlib
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from hardware import open_panel
from kiosk.core.errors import SettingsError
from kiosk.core.routine import Routine, Side
from kiosk.core.screen import asks_for_press
from kiosk.core.session import ButtonDown, ButtonStuck, ButtonUp, Choices, Rules
from kiosk.library.routine_files import SHIPPED, load_routines
from kiosk.library.words import Words, load_languages
from kiosk.main.stop import StopSignal
from kiosk.ports.clock import MonotonicClock, SystemClock
from kiosk.ports.panel import Edge, HealthListener, Panel, PanelHealth, PartStatus
from kiosk.records.keeper import KeeperThread, SessionKeeper
from kiosk.records.store import Store
from kiosk.runner import Change, Runner, start_ticker
from kiosk.service.duties import Service
from kiosk.settings.loading import (
    Settings,
    check_address,
    data_directory,
    default_choices,
    is_loopback,
    panel_settings,
)
from kiosk.version import VERSION
from web.app import create_app
from web.context import Context
from web.figures import POSES
from web.server import WebServer, open_socket
from web.streams import Streams
from web.warm_up import warm_up

_log = logging.getLogger(__name__)

#: Seconds after which a thread that computes lets others run; Python's own are 0.005. A press goes
#: through three threads until it sounds, and each may find one that draws a screen in its way.
SWITCH_INTERVAL = 0.001


@dataclass(frozen=True, slots=True)
class Station:
    """A station that is up: what a test needs to drive it, or the server to serve it."""

    runner: Runner
    panel: Panel
    streams: Streams
    app: Flask


@dataclass(frozen=True, slots=True)
class Around:
    """Who else wants to know what the station hears: nobody, unless it is a service.

    Attributes:
        on_health: Told when the panel's health has changed.
        painted: Told when the kiosk's page has painted.
    """

    on_health: HealthListener = lambda _health: None
    painted: Callable[[], None] = lambda: None


def routines_of(settings: Settings) -> dict[str, Routine]:
    """The routines that ship with Matside, and those of the folder in the settings.

    Raises:
        RoutineError: One of them is wrong.
    """
    routines = load_routines(SHIPPED, POSES)
    if settings.station.routines is not None:
        routines |= load_routines(Path(settings.station.routines).expanduser(), POSES)
    return routines


def rules_of(settings: Settings, speed: float = 1.0) -> Rules:
    """The rules that a station with `settings` runs by.

    Raises:
        RoutineError: A routine is wrong.
        SettingsError: The defaults of the settings are not among what there is.
    """
    routines = routines_of(settings)
    anything = Choices(settings.station.routine, Side.RIGHT, 0, settings.station.language)
    rules = Rules(routines, anything, speed)
    return replace(rules, defaults=default_choices(settings.station, rules))


def build(
    settings: Settings,
    rules: Rules,
    stack: contextlib.ExitStack,
    clock: MonotonicClock,
    around: Around = Around(),
) -> Station:
    """Put a station together; `stack` takes it apart again, in reverse order.

    Args:
        settings: The settings.
        rules: What its sessions run by.
        stack: Takes what must be closed.
        clock: The session's clock.
        around: Who else wants to know.

    Raises:
        SettingsError: The panel's settings or the languages are wrong.
    """
    languages = load_languages()
    _check_languages(rules, languages)
    streams = Streams()
    stack.callback(streams.close)
    directory = data_directory(settings.station.data)
    keeper = SessionKeeper(lambda: Store(directory), rules, clock, streams.refresh)
    runner = Runner(keeper.first_state(), rules, clock)
    keeping = KeeperThread(keeper)
    stack.callback(keeping.close)

    def show_health(health: PanelHealth) -> None:
        runner.post(ButtonStuck(health.button is PartStatus.STUCK))
        streams.refresh()
        around.on_health(health)

    panel = open_panel(
        panel_settings(settings.panel), lambda edge: _post_edge(runner, edge), show_health
    )
    stack.callback(panel.close)

    def cue(change: Change) -> None:
        if change.cue is not None:
            panel.play(change.cue)
        panel.rest_light(lit=asks_for_press(change.state))

    panel.rest_light(lit=asks_for_press(runner.state))
    for listener in (cue, streams, keeping):
        runner.listen(listener)
    stack.callback(runner.close)
    app = create_app(
        Context(
            runner=runner,
            panel=panel,
            keeper=keeper,
            streams=streams,
            languages=languages,
            server=settings.server,
            screen=settings.screen,
            started=clock.now(),
            painted=around.painted,
        )
    )
    return Station(runner, panel, streams, app)


def run(settings: Settings, speed: float, *, open_browser: bool) -> None:
    """Run the station until SIGTERM or SIGINT.

    Args:
        settings: The settings.
        speed: Routine seconds a clock second; anything but 1 is for mock hardware only.
        open_browser: Whether to show the page in a browser of this machine.

    Raises:
        MatsideError: It cannot start; the text says what to do.
    """
    check_address(settings.server)
    sys.setswitchinterval(SWITCH_INTERVAL)
    rules = rules_of(settings, speed)
    with StopSignal() as told_to_stop, contextlib.ExitStack() as stack:
        listener = stack.enter_context(open_socket(settings.server.host, settings.server.port))
        clock = SystemClock()
        service = Service(settings.screen, clock)
        station = build(settings, rules, stack, clock, Around(service.on_health, service.painted))
        factory = station.panel.health().factory
        if speed != 1 and station.panel.mock is None:
            raise SettingsError(
                f"--speed: found {speed:g}. It is for mock hardware only; this is {factory}. "
                f"Leave it out, or add --hardware mock."
            )
        server = WebServer(station.app, listener)
        stack.callback(server.stop)
        # The server waits for its requests to end, and a stream never ends by itself.
        stack.callback(station.streams.close)
        server.start()
        start_ticker(station.runner)
        service.look_after(station.runner, (station.runner, station.panel, server), stack)
        threading.Thread(target=warm_up, args=(station.app,), name="warm-up", daemon=True).start()
        host = settings.server.host
        service.ready(station.panel.health(), _address(listener, _here(host)))
        address = _address(listener, host if is_loopback(host) else socket.gethostname())
        _log.info("Matside %s on %s hardware is ready: %s", VERSION, factory, address)
        if open_browser:
            _open_browser(address)
        told_to_stop.wait()
        service.stopping()
    _log.info("stopped")


def _check_languages(rules: Rules, languages: dict[str, Words]) -> None:
    for routine in rules.routines.values():
        for language in routine.texts:
            if language not in languages:
                raise SettingsError(
                    f"routine {routine.id}: is in {language!r}, but the station's own words are "
                    f"only in: {', '.join(languages)}."
                )


def _post_edge(runner: Runner, edge: Edge) -> None:
    runner.post(ButtonDown() if edge is Edge.DOWN else ButtonUp())


def _address(listener: socket.socket, name: str) -> str:
    port = listener.getsockname()[1]
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _here(host: str) -> str:
    """What this machine itself reaches a server by that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - from here


def _open_browser(address: str) -> None:
    """Show the page in a browser if there is one and a display for it; go on if not."""
    displayed = (
        sys.platform != "linux" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    )
    if not displayed:
        _log.info("no display here: open %s in a browser", address)
        return

    def show() -> None:
        if not webbrowser.open(address):
            _log.info("no browser found here: open %s in one", address)

    # Some browsers only return when they are closed.
    threading.Thread(target=show, name="browser", daemon=True).start()
