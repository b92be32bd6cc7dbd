"""The alerts and the dashboard that come along, against what a station really tells."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.drivers.prometheus import promtool

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
