"""What Prometheus is told, put together when it asks, from what the station counts anyway."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from kiosk.core.session import Status
from kiosk.ports.health import MachineNumbers
from kiosk.ports.panel import Panel, PanelHealth, PartStatus
from kiosk.ports.saving import Saving
from kiosk.runner import Runner
from kiosk.version import VERSION
from web.metrics.histogram import cumulative
from web.metrics.meters import Meters


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the numbers are.

    Attributes:
        name: What the gym calls the station, None without a name.
        meters: What is counted for the metrics alone.
        runner: Has the session.
        panel: Tells its health.
        saving: Tells how the saving of sessions goes.
        streams: Gives the number of pages that are connected.
        machine: Tells how the machine is.
        uptime: Gives the seconds since the station started.
    """

    name: str | None
    meters: Meters
    runner: Runner
    panel: Panel
    saving: Callable[[], Saving]
    streams: Callable[[], int]
    machine: Callable[[], MachineNumbers]
    uptime: Callable[[], float]


class StationCollector(Collector):
    """Gives the metrics of one station. Those of counts begin at 0 when the station starts.

    Args:
        sources: Where the numbers are.
    """

    def __init__(self, sources: Sources) -> None:
        self._from = sources

    def collect(self) -> Iterator[Metric]:
        """All metrics, as they are now."""
        health = self._from.panel.health()
        yield from self._station()
        yield from self._sessions()
        yield from self._button(health)
        yield _parts(health)
        yield from self._times()
        yield from self._saving()
        yield from self._machine()

    def _station(self) -> Iterator[Metric]:
        labels = ("version", "name")
        build = GaugeMetricFamily("matside_build_info", "Matside, always 1.", labels=labels)
        build.add_metric((VERSION, self._from.name or ""), 1)
        yield build
        yield _gauge("matside_uptime_seconds", "Since the station started.", self._from.uptime())
        in_use = self._from.runner.state.status is not Status.ATTRACT
        yield _gauge("matside_in_use", "1 while somebody uses the station.", in_use)
        yield _gauge("matside_streams", "Pages that are connected.", self._from.streams())

    def _sessions(self) -> Iterator[Metric]:
        meters = self._from.meters
        sessions = CounterMetricFamily(
            "matside_sessions", "Sessions that have ended.", labels=("routine", "ending")
        )
        for labels, count in meters.sessions.items():
            sessions.add_metric(labels, count)
        yield sessions
        weight_offs = CounterMetricFamily(
            "matside_weight_offs", "Calls of weight off in ended sessions.", labels=("routine",)
        )
        for routine, count in meters.weight_offs.items():
            weight_offs.add_metric((routine,), count)
        yield weight_offs

    def _button(self, health: PanelHealth) -> Iterator[Metric]:
        ignored = self._from.runner.state.ignored
        yield _counter(
            "matside_button_ignored_presses", "Presses and touches that came too soon.", ignored
        )
        stats = health.stats
        if not stats.bounces:
            # There is no button, or its pin is lost. A count of 0 would look like a new start, and
            # all presses would count again once the pin is back.
            return
        yield _counter("matside_button_presses", "Presses of the button.", stats.presses)
        yield _counter("matside_button_glitches", "Pulses too short for a press.", stats.glitches)
        # The last index of the panel's counts stands for that many bounces or more.
        bounds = (*map(str, range(len(stats.bounces) - 1)), "+Inf")
        extra = sum(index * presses for index, presses in enumerate(stats.bounces))
        yield HistogramMetricFamily(
            "matside_button_bounces",
            "Presses by how often the contact bounced.",
            buckets=cumulative(list(stats.bounces), bounds),
            sum_value=extra,
        )

    def _times(self) -> Iterator[Metric]:
        meters = self._from.meters
        for name, text, histogram in (
            ("matside_cue_lateness_seconds", "How late timed cues were.", meters.lateness),
            (
                "matside_press_to_event_seconds",
                "From a press until its event is ready to be sent to a page.",
                meters.press_to_event,
            ),
        ):
            buckets, total = histogram.buckets()
            yield HistogramMetricFamily(name, text, buckets=buckets, sum_value=total)

    def _saving(self) -> Iterator[Metric]:
        saving = self._from.saving()
        yield _counter("matside_store_writes", "Times that all was saved.", saving.writes)
        yield _counter("matside_store_failures", "Times that saving failed.", saving.failures)
        yield _gauge("matside_store_saving", "1 while saving works.", saving.problem is None)
        yield _gauge(
            "matside_store_waiting_sessions", "Ended sessions that are not saved.", saving.waiting
        )

    def _machine(self) -> Iterator[Metric]:
        machine = self._from.machine()
        for name, text, value in (
            ("matside_disk_free_bytes", "Free on the disk of the data.", machine.disk_free),
            ("matside_temperature_celsius", "Of the processor.", machine.temperature),
            ("matside_low_voltage", "1 if the supply gives too little.", machine.low_voltage),
        ):
            if value is not None:
                yield _gauge(name, text, value * 2**20 if name.endswith("bytes") else value)


def _parts(health: PanelHealth) -> Metric:
    """Each part of the panel with each status it may have: 1 for the one that it has."""
    parts = GaugeMetricFamily(
        "matside_part_status", "1 for the status that a part has.", labels=("part", "status")
    )
    for part, has in (
        ("button", health.button),
        ("buzzer", health.buzzer),
        ("light", health.light),
    ):
        for status in PartStatus:
            parts.add_metric((part, status.value), status is has)
    return parts


def _counter(name: str, text: str, value: float) -> Metric:
    return CounterMetricFamily(name, text, value=value)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)
