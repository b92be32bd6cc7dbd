"""The composition root: the one place that makes all parts of a station and joins them."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Flask

from hardware.panel import open_panel
from kiosk.core.screen import asks_for_press
from kiosk.core.session import ButtonDown, ButtonStuck, ButtonUp
from kiosk.main.fleet import start_fleet
from kiosk.main.kept import Kept, open_kept
from kiosk.main.metrics import open_metrics
from kiosk.main.past import open_past, open_store
from kiosk.main.setup import Setup
from kiosk.main.staff import findings, settings_file_of, updates_of
from kiosk.main.voice import start_voice
from kiosk.ports.clock import MonotonicClock
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
from kiosk.runner import Change, Runner
from kiosk.settings.loading import data_directory, panel_settings, time_zone
from kiosk.settings.shapes import Settings
from kiosk.staff.panel_test.button import ButtonTest
from kiosk.staff.panel_test.results import PanelResults
from kiosk.wall_clock import SystemWallClock
from web.app import create_app
from web.context import Context
from web.streams import Streams


@dataclass(frozen=True, slots=True)
class Station:
    """The parts of a station that is up, for the server to serve and for tests to drive."""

    runner: Runner
    panel: Panel
    streams: Streams
    app: Flask
    button_test: ButtonTest


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
    kept: Kept | None = None,
) -> Station:
    """Put a station together. Closing `stack` ends its parts, the one that was made last first.

    Args:
        setup: What it is started with.
        stack: Is given what ends each part.
        clock: The clock that sessions run by.
        observers: Who else wants to be told.
        kept: What stays from one station to the next; None begins anew.

    Raises:
        SettingsError: The panel's settings are wrong.
    """
    settings, rules = setup.settings, setup.rules
    kept = kept or open_kept(stack, clock)
    staff = kept.staff
    streams = Streams()
    stack.callback(streams.close)

    def button() -> ButtonHealth:
        return panel.health().stats

    keeper = _start_keeper(setup, clock, streams, button, kept)
    runner = Runner(keeper.recover(), rules, clock)
    keeping = KeeperThread(keeper)
    stack.callback(keeping.close)
    button_test = ButtonTest(runner, clock, button)
    panel = _start_panel(settings, runner, streams, observers, button_test)
    stack.callback(panel.close)
    settings_file, updates = settings_file_of(setup), updates_of(settings)
    fleet = start_fleet(
        setup,
        runner,
        panel,
        clock,
        stack,
        saving_problem=lambda: keeper.problem,
        restart=observers.restart,
        settings_file=settings_file,
        take_anew=observers.take_anew,
        updates=updates,
    )
    door = staff.door(settings)
    for listener in (_cues_for(panel), streams, keeping, door, button_test):
        runner.listen(listener)
    stack.callback(runner.close)
    voice = start_voice(setup, runner, clock, stack)
    metrics = open_metrics(
        setup,
        runner,
        panel,
        clock,
        saving=lambda: keeper.saving,
        streams=lambda: len(streams),
        started=staff.started,
    )
    context = Context(
        runner=runner,
        rules=rules,
        panel=panel,
        saving_problem=lambda: keeper.problem,
        setup=setup.health_now,
        streams=streams,
        languages=setup.languages,
        voice=voice.on_page,
        voice_health=voice.health,
        fleet_health=fleet,
        server=settings.server,
        screen=settings.screen,
        started=staff.started,
        painted=observers.painted,
        in_use=observers.in_use,
        restart=observers.restart,
        findings=partial(findings, settings),
        log_lines=staff.recent.lines,
        door=door,
        settings_file=settings_file,
        take_anew=observers.take_anew,
        name=settings.station.name,
        past=partial(open_past, settings),
        updates=updates,
        metrics=metrics.opened,
        metrics_health=metrics.health,
        button_test=button_test,
        test_results=PanelResults(data_directory(settings.station.data), _wall_clock(settings)),
    )
    return Station(runner, panel, streams, create_app(context), button_test)


def _start_keeper(
    setup: Setup,
    clock: MonotonicClock,
    streams: Streams,
    button: Callable[[], ButtonHealth],
    kept: Kept,
) -> SessionKeeper:
    """The keeper of sessions. It opens the store itself, at the first time that it needs it."""
    settings = setup.settings
    return SessionKeeper(
        lambda: open_store(settings),
        setup.rules,
        clock,
        wall=_wall_clock(settings),
        unwritten=kept.unwritten(data_directory(settings.station.data)),
        on_health=streams.refresh,
        button=button,
    )


def _wall_clock(settings: Settings) -> SystemWallClock:
    return SystemWallClock(time_zone(settings.station.time_zone))


def _start_panel(
    settings: Settings,
    runner: Runner,
    streams: Streams,
    observers: Observers,
    button_test: ButtonTest,
) -> Panel:
    """The panel. Its button posts to `runner`, and its light is as the first state needs it.

    A press that staff make to test the button is the test's, and not posted.
    """

    def on_button(edge: Edge) -> None:
        if not button_test.takes(edge):
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
