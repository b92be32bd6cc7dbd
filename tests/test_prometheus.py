"""The alerts and the dashboard that come along, against what a station really tells."""

import contextlib
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families

from kiosk.core.session import Rules
from kiosk.main.station import build
from kiosk.ports.health import MachineNumbers
from kiosk.settings.shapes import MetricsSection
from tests.drivers.clocks import FakeClock
from tests.drivers.prometheus import promtool
from tests.drivers.staff import at_the_panel, in_a_gym

FOLDER = Path(__file__).parent.parent / "packaging" / "prometheus"
COLLECTOR = FOLDER.parent.parent / "web" / "metrics" / "collector.py"
METRIC = re.compile(r"\bmatside_[a-z_]+")
ENDINGS = re.compile(r"_(total|bucket|sum|count)$")


def told() -> set[str]:
    """The names of the metrics that a station has, without the ending of a counter."""
    return set(METRIC.findall(COLLECTOR.read_text()))


def used(text: str) -> set[str]:
    return {ENDINGS.sub("", name) for name in METRIC.findall(text)}


def expressions() -> list[str]:
    """What the dashboard asks."""
    dashboard = json.loads((FOLDER / "dashboard.json").read_text())
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


@pytest.mark.parametrize("file", ["rules.yml", "dashboard.json"])
def test_a_file_uses_only_metrics_that_there_are(file: str) -> None:
    assert used((FOLDER / file).read_text()) <= told()


@pytest.fixture
def series(tmp_path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The labels of each series that a station really tells, by its whole name."""
    numbers = MachineNumbers(1234, 48, low_voltage=False)
    monkeypatch.setattr("kiosk.main.metrics.machine_numbers", lambda _directory: numbers)
    setup = in_a_gym(tmp_path, rules)
    on = msgspec.structs.replace(setup.settings, metrics=MetricsSection(enabled=True))
    with contextlib.ExitStack() as stack:
        station = build(replace(setup, settings=on), stack, FakeClock())
        text = at_the_panel(station).get("/metrics").text
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


#: What Prometheus itself adds to each series, and the labels of its own series of alerts.
ADDED = {"instance", "job"}
OF_ALERTS = {"alertname", "alertstate"}


def chosen_in(expression: str) -> set[str]:
    """The labels by which an expression chooses series."""
    return set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"", expression))


def grouped_in(expression: str) -> set[str]:
    """The labels that remain of the series in an expression; none if it does not group them."""
    return set(re.findall(r"\w+", " ".join(re.findall(r"\bby\s*\(([^)]*)\)", expression))))


def shown_in(legend: str) -> set[str]:
    """The labels that a legend shows."""
    return set(re.findall(r"\{\{\s*(\w+)\s*\}\}", legend))


def test_each_series_that_is_asked_for_is_told_by_a_station_with_those_labels(
    series: dict[str, set[str]],
) -> None:
    dashboard = json.loads((FOLDER / "dashboard.json").read_text())
    targets = [target for panel in dashboard["panels"] for target in panel["targets"]]
    assert len(targets) > 15
    for target in targets:
        asked = METRIC.findall(target["expr"])
        assert asked or "up{" in target["expr"] or "ALERTS{" in target["expr"], target["expr"]
        there = ADDED | (OF_ALERTS if "ALERTS{" in target["expr"] else set())
        for name in asked:
            assert name in series, target["expr"]
            there |= series[name]
        grouped = grouped_in(target["expr"])
        assert chosen_in(target["expr"]) | grouped <= there, target["expr"]
        assert shown_in(target["legendFormat"]) <= (grouped or there), target["expr"]


def test_each_series_of_the_alerts_is_told_by_a_station(series: dict[str, set[str]]) -> None:
    asked = set(METRIC.findall((FOLDER / "rules.yml").read_text()))
    assert asked
    assert asked <= series.keys()


def test_a_variable_of_the_dashboard_is_a_label_that_there_is(series: dict[str, set[str]]) -> None:
    dashboard = json.loads((FOLDER / "dashboard.json").read_text())
    queries = [
        found
        for variable in dashboard["templating"]["list"]
        for found in re.findall(r"label_values\((\w+), *(\w+)\)", json.dumps(variable))
    ]
    assert queries
    for name, label in queries:
        assert label in series[name] | ADDED


def test_the_guide_explains_every_metric() -> None:
    guide = (FOLDER.parent.parent / "docs" / "metrics.md").read_text()
    assert used(guide) == told()


def test_every_alert_has_a_test() -> None:
    alerts = set(re.findall(r"alert: (\w+)", (FOLDER / "rules.yml").read_text()))
    tested = set(re.findall(r"alertname: (\w+)\n", (FOLDER / "rules_test.yml").read_text()))
    assert alerts == tested


def test_the_alerts_come_when_they_should_and_not_before() -> None:
    done = subprocess.run(
        [promtool(), "test", "rules", "rules_test.yml"],
        cwd=FOLDER,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_dashboard_asks_is_the_language_of_prometheus(tmp_path: Path) -> None:
    rules = [
        {"record": f"dashboard:{number}", "expr": text.replace("$station", ".*")}
        for number, text in enumerate(expressions())
    ]
    # A file in JSON is one in YAML, too.
    file = tmp_path / "rules.yml"
    file.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
    done = subprocess.run([promtool(), "check", "rules", file], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
