"""What the web side is given by the composition root."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core.session import Rules
from kiosk.library.words import Words
from kiosk.ports.finding import Finding
from kiosk.ports.health import FleetHealth, MetricsHealth, SetupHealth, StationHealth, VoiceHealth
from kiosk.ports.log_line import LogLine
from kiosk.ports.metrics import Metrics
from kiosk.ports.panel import Panel
from kiosk.ports.restart import Restart
from kiosk.ports.voice import Voice
from kiosk.runner import Runner
from kiosk.settings.shapes import ScreenSection, ServerSection
from kiosk.staff.door import StaffDoor
from kiosk.staff.panel_test.button import ButtonTest
from kiosk.staff.panel_test.results import PanelResults
from web.streams import Streams

if TYPE_CHECKING:
    # Only staff need these, so they are loaded when staff first ask.
    from kiosk.settings.changing import SettingsFile
    from kiosk.statistics.past import Past
    from kiosk.updates.station import Updates


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a route may need.

    Attributes:
        runner: Takes events, and has the session's state.
        rules: What sessions run by: the routines and the defaults.
        panel: Tells its health; on mock hardware it also has the hands at the mock panel.
        saving_problem: Says why sessions are not being saved, None while they are.
        setup: Says what is wrong with the files that staff write.
        streams: The event streams that are open.
        languages: The station's own words by code of the language.
        voice: What is said and its sound files, None if no page plays them.
        voice_health: Says how the voice is doing, None if it is off.
        fleet_health: Says how the link to the gym's broker is, None if it is off.
        server: The settings of the server, with its names.
        screen: The settings of the screen, with its size and distance.
        started: Clock seconds when the station started.
        painted: Called when the kiosk's page says that it has just painted.
        in_use: Called when staff ask for something at the panel.
        restart: Called when staff ask for a restart; None if nobody is there to do it.
        findings: What the checks find now, given the station's health.
        log_lines: The last lines of the log that matter, the newest first.
        door: The door to the staff area.
        settings_file: Opens the settings file for staff to change; None if there is to be none.
        take_anew: Called when staff have changed the settings.
        name: What the gym calls the station, None without a name.
        past: Opens what the station has kept, for statistics.
        updates: What is told and done about updates.
        button_test: The test of the button, which counts its presses and keeps them from sessions.
        test_results: What staff have found out in the panel test.
        metrics: What Prometheus collects, None if it is off or cannot be collected.
        metrics_health: Whether it can be collected, None if it is off.
    """

    runner: Runner
    rules: Rules
    panel: Panel
    saving_problem: Callable[[], str | None]
    setup: Callable[[], SetupHealth]
    streams: Streams
    languages: Mapping[str, Words]
    voice: Voice | None
    voice_health: Callable[[], VoiceHealth | None]
    fleet_health: Callable[[], FleetHealth | None]
    server: ServerSection
    screen: ScreenSection
    started: float
    painted: Callable[[], None]
    in_use: Callable[[], None]
    restart: Callable[[Restart], None] | None
    findings: Callable[[StationHealth], Sequence[Finding]]
    log_lines: Callable[[], Sequence[LogLine]]
    door: StaffDoor
    settings_file: "Callable[[], SettingsFile] | None"
    take_anew: Callable[[], None]
    name: str | None
    past: "Callable[[], Past]"
    updates: "Callable[[], Updates]"
    button_test: ButtonTest
    test_results: PanelResults
    metrics: Metrics | None = None
    metrics_health: MetricsHealth | None = None
