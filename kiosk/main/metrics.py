"""The metrics for Prometheus, put together if the settings want them."""

import logging
from collections.abc import Callable
from pathlib import Path

from kiosk.core.errors import MatsideError, SettingsError
from kiosk.main.fleet import machine_numbers
from kiosk.main.setup import Setup
from kiosk.ports.clock import MonotonicClock
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

_INSTALL_IT = 'metrics: the library is not installed: pip install "matside[metrics]"'


def open_metrics(  # noqa: PLR0913 - each is one part of the station
    setup: Setup,
    runner: Runner,
    panel: Panel,
    clock: MonotonicClock,
    *,
    saving: Callable[[], Saving],
    streams: Callable[[], int],
    started: float,
) -> Metrics | None:
    """The metrics of a station; None, and nothing of them is loaded, if they are off.

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
        return None
    try:
        from web.metrics.collector import Sources  # noqa: PLC0415 - only if they are on
        from web.metrics.meters import Meters  # noqa: PLC0415 - only if they are on
        from web.metrics.page import StationMetrics  # noqa: PLC0415 - only if they are on
    except ImportError:
        _log.error(_INSTALL_IT)
        return None
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
    return StationMetrics(sources, _token_or_none(section))


def check_metrics(section: MetricsSection) -> str:
    """Who may collect the metrics.

    Raises:
        MatsideError: The library is missing, or the token is not right.
    """
    try:
        import prometheus_client  # noqa: F401, PLC0415 - only to see whether it is there
    except ImportError as problem:
        raise MatsideError(_INSTALL_IT) from problem
    token = _token(section)
    return "/metrics, from this machine" + ("" if token is None else " or with the token")


def _token_or_none(section: MetricsSection) -> str | None:
    """The token; with a wrong one, no machine is let in by it, and the log says so."""
    try:
        return _token(section)
    except SettingsError as problem:
        _log.error("%s", problem)
        return None


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
