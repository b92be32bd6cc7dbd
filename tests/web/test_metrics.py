"""The metrics: who may collect them, what they say, and that nothing of them is there while off."""

import contextlib
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import TestResponse

from kiosk.core.errors import MatsideError
from kiosk.core.ledger import Ledger
from kiosk.core.plan import Step
from kiosk.core.routine import Kind
from kiosk.core.session import End, Ending, Rules
from kiosk.core.story import Story
from kiosk.main.metrics import check_metrics
from kiosk.main.setup import Setup
from kiosk.main.station import Station, build
from kiosk.ports.health import MetricsHealth
from kiosk.runner import Change
from kiosk.settings.shapes import MetricsSection, PanelSection
from tests.drivers.clocks import FakeClock
from tests.drivers.health import running_station
from tests.drivers.mat import Mat
from tests.drivers.prometheus import promtool
from tests.drivers.staff import at_the_panel, in_a_gym, in_the_network, keep_pin
from web.metrics.histogram import Histogram
from web.metrics.meters import Meters

TOKEN = "0123456789abcdef" * 3


def measured(
    directory: Path, rules: Rules, token_file: str | None = None, name: str | None = "Mat 1"
) -> Setup:
    """A station in a gym, with its metrics on."""
    setup = in_a_gym(directory, rules)
    settings = msgspec.structs.replace(
        setup.settings,
        metrics=MetricsSection(enabled=True, token_file=token_file),
        station=msgspec.structs.replace(setup.settings.station, name=name),
    )
    return replace(setup, settings=settings)


@pytest.fixture
def token_file(tmp_path: Path) -> str:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    return str(file)


@pytest.fixture
def station(tmp_path: Path, rules: Rules, clock: FakeClock, token_file: str) -> Iterator[Station]:
    with contextlib.ExitStack() as stack:
        yield build(measured(tmp_path, rules, token_file), stack, clock)


def numbers(station: Station) -> dict[str, float]:
    """Every number of the metrics, by its name with its labels in order."""
    text = at_the_panel(station).get("/metrics").text
    return {
        one.name
        + "".join(f" {key}={value}" for key, value in sorted(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def tap(station: Station) -> None:
    client = at_the_panel(station)
    for action in ("down", "up"):
        client.post("/api/button", json={"action": action})


def test_this_machine_needs_no_token(station: Station) -> None:
    answer = at_the_panel(station).get("/metrics")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert "version=0.0.4" in answer.content_type


def ask(station: Station, path: str = "/metrics", shown: str | None = None) -> TestResponse:
    """What a program on another machine is answered, which shows `shown` to be let in."""
    headers = {"Accept": "text/plain;version=0.0.4,*/*;q=0.1"}
    if shown is not None:
        headers["Authorization"] = shown
    return in_the_network(station).get(path, headers=headers)


def test_another_machine_needs_the_token(station: Station, tmp_path: Path) -> None:
    keep_pin(tmp_path)
    for wrong in (None, f"Bearer {TOKEN[:-1]}", "Bearer ", f"Basic {TOKEN}", "Bearer é", TOKEN):
        assert ask(station, shown=wrong).status_code == 401, wrong
    answer = ask(station, shown=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    assert "matside_build_info" in answer.text


def test_the_token_opens_nothing_else(station: Station, tmp_path: Path) -> None:
    others = ("/", "/healthz", "/events", "/staff/area", "/api/session", "/metrics/", "/nothing")
    shown = f"Bearer {TOKEN}"
    assert ask(station, shown=shown).status_code == 200, "also while there is no PIN"
    assert {ask(station, path, shown).status_code for path in others} == {403}
    keep_pin(tmp_path)
    assert {ask(station, path, shown).status_code for path in others} == {401}


def test_without_a_token_file_no_token_opens_them(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    keep_pin(tmp_path)
    with contextlib.ExitStack() as stack:
        station = build(measured(tmp_path, rules), stack, clock)
        for shown in ("Bearer None", "Bearer ", "Bearer"):
            assert ask(station, shown=shown).status_code == 401


@pytest.mark.parametrize("content", [None, b"short", b"\xff" * 40])
def test_a_token_that_is_not_right_lets_nobody_in_and_the_station_runs(
    tmp_path: Path,
    rules: Rules,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
    content: bytes | None,
) -> None:
    keep_pin(tmp_path)
    file = tmp_path / "wrong"
    if content is not None:
        file.write_bytes(content)
    setup = measured(tmp_path, rules, str(file))
    with contextlib.ExitStack() as stack, caplog.at_level(logging.ERROR):
        station = build(setup, stack, clock)
        assert at_the_panel(station).get("/metrics").status_code == 200
        assert ask(station).status_code == 401
        health = at_the_panel(station).get("/healthz").json
        assert health is not None
        assert str(file) in health["metrics"]["problem"]
    assert str(file) in caplog.text
    with pytest.raises(MatsideError, match=str(file)):
        check_metrics(setup.settings.metrics)


def test_the_check_says_who_is_let_in_and_never_the_token(
    token_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_metrics(MetricsSection(enabled=True)) == "/metrics, from this machine"
    told = check_metrics(MetricsSection(enabled=True, token_file=token_file))
    assert told == "/metrics, from this machine or with the token"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert check_metrics(MetricsSection(enabled=True, token_file=Path(token_file).name)) == told


def test_the_check_says_how_the_running_station_has_found_it() -> None:
    section = MetricsSection(enabled=True)
    station = running_station(factory="mock")
    with pytest.raises(MatsideError, match=r"has no metrics yet\. Restart it"):
        check_metrics(section, station)
    with pytest.raises(MatsideError, match=r"No token\. That is mended now: restart it"):
        check_metrics(section, replace(station, metrics=MetricsHealth("No token.")))
    well = replace(station, metrics=MetricsHealth(None))
    assert check_metrics(section, well) == "/metrics, from this machine"


def test_healthz_says_that_the_metrics_are_well_or_off(
    station: Station, tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    told = at_the_panel(station).get("/healthz").json
    assert told is not None
    assert told["metrics"] == {"problem": None}
    with contextlib.ExitStack() as stack:
        off = build(in_a_gym(tmp_path / "off", rules), stack, clock)
        told = at_the_panel(off).get("/healthz").json
        assert told is not None
        assert told["metrics"] is None


def test_without_the_library_the_station_runs_and_says_what_is_missing(
    tmp_path: Path,
    rules: Rules,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("prometheus_client", "web.metrics"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with contextlib.ExitStack() as stack:
        station = build(measured(tmp_path, rules), stack, clock)
        panel = at_the_panel(station)
        assert panel.get("/metrics").status_code == 404
        health = panel.get("/healthz").json
        assert health is not None
        assert health["status"] == "ok", "members need not tell anybody"
        assert 'pip install "matside[metrics]"' in health["metrics"]["problem"]
    assert "matside[metrics]" in caplog.text
    with pytest.raises(MatsideError, match=r"matside\[metrics\]"):
        check_metrics(MetricsSection(enabled=True))


#: Puts a station together without the metrics, and prints what it has loaded of them.
OFF = """
import contextlib, sys
from kiosk.main.rules import library_of, rules_of
from kiosk.main.setup import Setup
from kiosk.main.station import build
from kiosk.ports.clock import SystemClock
from kiosk.settings.shapes import PanelSection, Settings, StationSection

settings = Settings(
    station=StationSection(data=sys.argv[1]), panel=PanelSection(hardware="mock")
)
with contextlib.ExitStack() as stack:
    setup = Setup(settings, rules_of(settings, library_of(settings)))
    station = build(setup, stack, SystemClock())
    print(station.app.test_client().get("/metrics").status_code)
    print([name for name in sys.modules if "prometheus" in name or "web.metrics" in name])
"""


def test_nothing_of_them_is_loaded_while_they_are_off(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OFF, tmp_path], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[-3:] == ["404", "[]", ""]


def test_sessions_are_counted_by_routine_and_ending(station: Station, clock: FakeClock) -> None:
    before = numbers(station)
    finished = "matside_sessions_total ending=finished routine=psoas-release"
    stopped = "matside_sessions_total ending=stopped routine=psoas-release"
    assert (before[finished], before[stopped], before["matside_in_use"]) == (0, 0, 0)
    tap(station)
    clock.advance(1)
    tap(station)
    assert numbers(station)["matside_in_use"] == 1
    hold(station, clock)
    hold(station, clock)
    after = numbers(station)
    assert (after[finished], after[stopped], after["matside_in_use"]) == (0, 1, 0)
    assert after["matside_weight_offs_total routine=psoas-release"] == 1


def hold(station: Station, clock: FakeClock) -> None:
    clock.advance(1)
    client = at_the_panel(station)
    client.post("/api/button", json={"action": "down"})
    clock.advance(1.3)
    station.runner.tick()
    client.post("/api/button", json={"action": "up"})


def test_the_lateness_of_a_cue_that_comes_by_the_clock_is_measured(
    station: Station, clock: FakeClock
) -> None:
    tap(station)
    clock.advance(1)
    tap(station)
    assert numbers(station)["matside_cue_lateness_seconds_count"] == 0, "presses have no moment"
    due = station.runner.next_deadline()
    assert due is not None
    clock.advance(due - clock.now() + 0.03)
    station.runner.tick()
    after = numbers(station)
    assert after["matside_cue_lateness_seconds_count"] == 1
    assert after["matside_cue_lateness_seconds_sum"] == pytest.approx(0.03)
    assert after["matside_cue_lateness_seconds_bucket le=0.025"] == 0
    assert after["matside_cue_lateness_seconds_bucket le=0.05"] == 1


def test_the_time_from_a_press_to_its_event_is_measured(station: Station, clock: FakeClock) -> None:
    with at_the_panel(station).get("/events", buffered=False) as stream:
        messages = stream.iter_encoded()
        next(messages), next(messages)
        client = at_the_panel(station)
        client.post("/api/button", json={"action": "down"})
        clock.advance(0.04)
        next(messages)
        client.post("/api/button", json={"action": "up"})
        next(messages)
        after = numbers(station)
    assert after["matside_press_to_event_seconds_count"] == 1, "the way up is no press"
    assert after["matside_press_to_event_seconds_sum"] == pytest.approx(0.04)
    assert after["matside_streams"] == 1


def test_what_the_panel_counts_is_told_as_it_is(station: Station) -> None:
    told, health = numbers(station), station.panel.health()
    assert told["matside_button_presses_total"] == health.stats.presses
    assert told["matside_button_bounces_bucket le=+Inf"] == sum(health.stats.bounces)
    assert told["matside_part_status part=button status=ok"] == 1
    assert told["matside_part_status part=button status=stuck"] == 0
    assert told["matside_store_saving"] == 1
    assert told["matside_disk_free_bytes"] > 0


def test_a_session_that_makes_up_seconds_at_its_end_is_counted_once(rules: Rules) -> None:
    mat = Mat(rules)
    meters = Meters(rules, lambda: mat.now)
    step = Step(
        id="settle", kind=Kind.HOLD, side=None, seconds=None, pose="", inset=None, loaded=True
    )
    choices = mat.state.choices
    story = Story(weight_offs=("settle",))
    ending = Ending(End.FINISHED, 3, choices, step, Ledger(), story)
    later = replace(ending, end=End.STOPPED, story=Story(weight_offs=("settle", "settle")))
    for each in (ending, later, replace(ending, session=4)):
        meters(Change(mat.state, mat.state, 0.0, None, each))
    assert meters.sessions["psoas-release", "finished"] == 2
    assert meters.sessions["psoas-release", "stopped"] == 0
    assert meters.weight_offs["psoas-release"] == 3


def test_without_a_button_there_are_no_counts_of_it(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    setup = measured(tmp_path, rules)
    panel = PanelSection(hardware="mock", button_pin=False)
    setup = replace(setup, settings=msgspec.structs.replace(setup.settings, panel=panel))
    with contextlib.ExitStack() as stack:
        told = numbers(build(setup, stack, clock))
    assert told["matside_part_status part=button status=absent"] == 1
    assert not [name for name in told if name.startswith("matside_button_presses")]
    assert not [name for name in told if name.startswith("matside_button_bounces")]


def test_the_name_of_a_station_may_have_any_character(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    name = 'Matte "1" \\ für\nalle'
    with contextlib.ExitStack() as stack:
        station = build(measured(tmp_path, rules, name=name), stack, clock)
        assert any(f"name={name}" in each for each in numbers(station))


def test_the_tool_of_prometheus_finds_nothing_wrong(station: Station) -> None:
    tap(station)
    text = at_the_panel(station).get("/metrics").data
    told = subprocess.run(
        [promtool(), "check", "metrics"], input=text, capture_output=True, check=False
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, b"", b"")


def test_a_histogram_puts_each_time_where_it_belongs() -> None:
    histogram = Histogram((0.1, 0.2))
    for seconds in (0.05, 0.1, 0.15, 5.0):
        histogram.put(seconds)
    buckets, total = histogram.buckets()
    assert buckets == [("0.1", 2), ("0.2", 3), ("+Inf", 4)]
    assert total == pytest.approx(5.3)
