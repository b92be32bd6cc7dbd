"""The metrics for Prometheus, put together if the settings want them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import MatsideError, SettingsError
from kiosk.main.fleet import machine_numbers
from kiosk.main.setup import Setup
from kiosk.ports.clock import MonotonicClock
from kiosk.ports.health import MetricsHealth, StationHealth
from kiosk.ports.metrics import Metrics
from kiosk.ports.panel import Panel
from kiosk.ports.saving import Saving
from kiosk.runner import Runner
from kiosk.secret_file import read_secret
from kiosk.settings.loading import data_directory
from kiosk.settings.shapes import MetricsSection

_log = logging.getLogger(__name__)

#: A token has as many characters or more, so that nobody can guess it.
SHORTEST_TOKEN = 20


@dataclass(frozen=True, slots=True)
class OpenedMetrics:
    """The metrics of a station that has been put together.

    Attributes:
        opened: The metrics; None if they are off, or the library for them is not installed.
        health: Whether they can be collected as the settings want it; None if they are off.
    """

    opened: Metrics | None = None
    health: MetricsHealth | None = None


#: What to do where the library is missing.
_INSTALL_IT = 'The library for the metrics is not installed: pip install "matside[metrics]"'


def open_metrics(  # noqa: PLR0913 - each is one part of the station
    setup: Setup,
    runner: Runner,
    panel: Panel,
    clock: MonotonicClock,
    *,
    saving: Callable[[], Saving],
    streams: Callable[[], int],
    started: float,
) -> OpenedMetrics:
    """The metrics of a station. If they are off, there are none, and nothing of them is loaded.

    Call it once all else that listens to the runner does so: it measures how late cues are.

    Args:
        setup: What the station is started with.
        runner: Has the session.
        panel: Tells its health.
        clock: The clock that sessions run by.
        saving: Tells how the saving of sessions goes.
        streams: Gives the number of pages that are connected.
        started: Clock seconds when the station started.
    """
    section = setup.settings.metrics
    if not section.enabled:
        return OpenedMetrics()
    try:
        from web.metrics.collector import Sources  # noqa: PLC0415 - only if they are on
        from web.metrics.meters import Meters  # noqa: PLC0415 - only if they are on
        from web.metrics.page import StationMetrics  # noqa: PLC0415 - only if they are on
    except ImportError:
        _log.error(_INSTALL_IT)
        return OpenedMetrics(health=MetricsHealth(_INSTALL_IT))
    token, problem = _token_or_problem(section)
    meters = Meters(setup.rules, clock.now)
    runner.listen(meters)
    directory = data_directory(setup.settings.station.data)
    sources = Sources(
        name=setup.settings.station.name,
        meters=meters,
        runner=runner,
        panel=panel,
        saving=saving,
        streams=streams,
        machine=lambda: machine_numbers(directory),
        uptime=lambda: clock.now() - started,
    )
    return OpenedMetrics(StationMetrics(sources, token), MetricsHealth(problem))


def check_metrics(section: MetricsSection, station: StationHealth | None = None) -> str:
    """Who may collect the metrics.

    Args:
        section: The settings of the metrics.
        station: The station that runs, if one does.

    Raises:
        MatsideError: The library is missing, the token is not right, or the station that runs has
            found so when it started.
    """
    try:
        import prometheus_client  # noqa: F401, PLC0415 - only to see whether it is there
    except ImportError as problem:
        raise MatsideError(_INSTALL_IT) from problem
    token = _token(section)
    if station is not None:
        if station.metrics is None:
            raise MatsideError("The running station has no metrics yet. Restart it.")
        if station.metrics.problem is not None:
            raise MatsideError(
                f"When the running station started: {station.metrics.problem} That is mended now: "
                f"restart it."
            )
    return "/metrics, from this machine" + ("" if token is None else " or with the token")


def _token_or_problem(section: MetricsSection) -> tuple[str | None, str | None]:
    """The token, and what is wrong with it: then no other machine is let in by it."""
    try:
        return _token(section), None
    except SettingsError as problem:
        _log.error("%s", problem)
        return None, str(problem)


def _token(section: MetricsSection) -> str | None:
    if section.token_file is None:
        return None
    token = read_secret(section.token_file, "metrics.token_file")
    if len(token) < SHORTEST_TOKEN:
        raise SettingsError(
            f"{Path(section.token_file)}: the token has {len(token)} characters; it must have "
            f"{SHORTEST_TOKEN} or more. Make one: openssl rand -hex 20"
        )
    return token
