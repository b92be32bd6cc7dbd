"""`matside check --by-hand`: a person at the panel, or nobody, and what is wrong in words."""

import io
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hardware.check.by_hand import PATIENCE, Nobody, Terminal, Trials
from hardware.panel import PinSource, StationPanel
from hardware.pins.contract import LineInUseError
from hardware.pins.gpiod_factory import CONSUMER
from hardware.pins.mock import PanelMockFactory
from kiosk.check.running import STOP_IT
from kiosk.main.report import try_all
from kiosk.ports.finding import Finding
from kiosk.ports.panel import Edge
from kiosk.settings.shapes import PanelSection, Settings
from tests.drivers.clocks import FakeClock
from tests.drivers.health import running_station
from tests.drivers.panels import MOCK, Ear, PanelUnderTest, factory_of
from tests.drivers.processes import MATSIDE, matside


class Somebody:
    """Answers as they like, and presses when they are asked to.

    Args:
        panel: The panel they stand at.
        answers: To light and buzzer: yes, no, or None to say nothing.
        presses: How often they press, for a tenth of a second every half second.
    """

    def __init__(
        self, panel: PanelUnderTest, *answers: bool | None, presses: int = 5, down: float = 0.1
    ) -> None:
        self.panel = panel
        self.answers = list(answers)
        self.edges = [Edge.DOWN, Edge.UP] * presses
        self.waits = {Edge.UP: 0.5, Edge.DOWN: down}
        self.said: list[str] = []
        self.seen: list[tuple[bool, bool]] = []
        self.finger = panel.clock.alarm("finger", self.move)

    def say(self, text: str) -> None:
        self.said.append(text)
        if text.startswith("Press the button") and self.edges:
            self.finger.set(self.panel.clock.now() + 1)

    def answer(self, seconds: float) -> bool | None:
        end = self.panel.clock.now() + seconds
        while self.panel.clock.now() < end:
            self.panel.clock.advance(0.1)
            pins = self.panel.mock.pins()
            self.seen.append((pins.buzzer_on, pins.light_on))
        if self.answers[0] is None:
            return None
        # They take their time: a person answers once they have seen it twice.
        return self.answers.pop(0) if len(self.seen) > 40 else None

    def move(self) -> None:
        edge = self.edges.pop(0)
        self.panel.mock.drive(edge)
        if self.edges:
            self.finger.set(self.panel.clock.now() + self.waits[edge])


@pytest.fixture
def panel() -> Iterator[PanelUnderTest]:
    panel = PanelUnderTest()
    yield panel
    panel.panel.close()


def tried(panel: PanelUnderTest, person: Any, **wiring: Any) -> dict[str, Finding]:
    trials = Trials(panel.panel, replace(MOCK, **wiring), person, panel.clock, STOP_IT)
    return {finding.name: finding for finding in trials.try_all()}


def test_a_panel_that_is_right(panel: PanelUnderTest) -> None:
    person = Somebody(panel, True, True)
    found = tried(panel, person)
    assert list(found) == ["light", "buzzer", "button"]
    assert all(finding.ok for finding in found.values())
    assert found["light"].text == "blinks on GPIO22 (pin 15)"
    assert found["buzzer"].text == "sounds on GPIO27 (pin 13)"
    assert found["button"].text == (
        "GPIO17 (pin 11): 5 presses, no bounces, the longest 0.1 s, 0 glitches"
    )
    assert person.said[-5:] == ["  1", "  2", "  3", "  4", "  5"]
    assert {light for _, light in person.seen[:40]} == {True, False}
    assert {buzzer for buzzer, _ in person.seen} == {True, False}
    pins = panel.mock.pins()
    assert not pins.light_on


def test_what_was_not_seen_or_heard_is_explained(panel: PanelUnderTest) -> None:
    found = tried(panel, Somebody(panel, False, False))
    assert "right way round" in found["light"].text
    assert 'set buzzer = "passive"' in found["buzzer"].text
    assert not found["light"].ok
    assert not found["buzzer"].ok


def test_a_station_that_is_quiet_is_told_that_its_buzzer_works(panel: PanelUnderTest) -> None:
    assert "quiet is set" in tried(panel, Somebody(panel, True, True), quiet=True)["buzzer"].text


def test_with_nobody_there_it_ends_by_itself(panel: PanelUnderTest) -> None:
    begun = panel.clock.now()
    found = tried(panel, Somebody(panel, None, None, presses=0))
    assert panel.clock.now() - begun < 3 * PATIENCE + 10
    assert "Nobody answered" in found["light"].text
    assert "Nobody answered" in found["buzzer"].text
    assert "No edge came in 30 s. Is the button between GPIO17 (pin 11)" in found["button"].text
    assert "pin 9" in found["button"].text
    assert not any(finding.ok for finding in found.values())


def test_an_input_that_has_ended_is_nobody(panel: PanelUnderTest) -> None:
    class Gone(Somebody):
        def answer(self, _seconds: float) -> bool | None:
            raise Nobody

    found = tried(panel, Gone(panel))
    assert "Nobody answered" in found["light"].text
    assert found["button"].ok


def press_on_a_normally_closed_contact(panel: PanelUnderTest) -> Somebody:
    contact, factory = panel.panel._contact, factory_of(panel.panel)
    contact.detach()
    pin = factory.pin(17)
    pin._get_pull = lambda: "floating"  # the contact is stronger than the pull-up
    pin._set_pull = lambda _value: None
    pin.drive_low()
    contact.attach(17, factory)
    person = Somebody(panel, True, True)
    person.edges = [Edge.UP, Edge.DOWN] * 5
    return person


def lean_on_it_from_the_start(panel: PanelUnderTest) -> Somebody:
    person = press_on_a_normally_closed_contact(panel)
    person.edges.clear()
    return person


def press_on_a_loose_wire(panel: PanelUnderTest) -> Somebody:
    return Somebody(panel, True, True, presses=5, down=0.001)


def press_too_few_times(panel: PanelUnderTest) -> Somebody:
    return Somebody(panel, True, True, presses=3)


def press_too_often(panel: PanelUnderTest) -> Somebody:
    return Somebody(panel, True, True, presses=7)


def press_and_lean_on_it(panel: PanelUnderTest) -> Somebody:
    person = Somebody(panel, True, True, presses=3)
    person.edges.pop()
    return person


@pytest.mark.parametrize(
    ("press", "says"),
    [
        (press_on_a_normally_closed_contact, "take C and NO, not NC"),
        (lean_on_it_from_the_start, "It is down all the time"),
        (press_on_a_loose_wire, "only pulses shorter than 2 ms"),
        (press_too_few_times, "a plug or a joint is loose"),
        (press_too_often, "chatters for longer than quiet_ms (30)"),
        (press_and_lean_on_it, "it sticks"),
    ],
)
def test_what_is_wrong_with_the_button_is_said_in_words(
    panel: PanelUnderTest, press: Callable[[PanelUnderTest], Somebody], says: str
) -> None:
    found = tried(panel, press(panel))["button"]
    assert not found.ok
    assert says in found.text


def test_a_part_that_is_not_there_is_passed_over() -> None:
    panel = PanelUnderTest(light_pin=None)
    found = tried(panel, Somebody(panel, True), light_pin=None)
    assert found["light"] == Finding("light", True, "switched off in the settings")
    panel.panel.close()


@pytest.mark.parametrize("by_matside", [True, False])
def test_only_for_pins_of_another_matside_it_says_how_to_stop_that(*, by_matside: bool) -> None:
    clock, ear = FakeClock(), Ear()

    class Factory(PanelMockFactory):
        def pin(self, name: Any, **options: Any) -> Any:
            if name == 17:
                raise LineInUseError("Line 17 is busy.", by_matside=by_matside)
            return super().pin(name, **options)

    source = PinSource("gpiod", lambda _lost: Factory(clock), clock, 100, 100)
    panel = StationPanel(MOCK, source, ear.edge, ear.health)

    class Obliging:
        def say(self, text: str) -> None: ...

        def answer(self, seconds: float) -> bool | None:
            clock.advance(seconds)
            return True

    trials = Trials(panel, MOCK, Obliging(), clock, STOP_IT)
    found = {finding.name: finding for finding in trials.try_all()}
    assert not found["button"].ok
    assert "Line 17 is busy." in found["button"].text
    assert ("sudo systemctl stop matside" in found["button"].text) is by_matside
    panel.close()


def test_a_running_station_is_not_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.main.report.find_station", lambda _server: running_station())
    monkeypatch.setattr("signal.signal", lambda *_arguments: None)
    (found,) = try_all(Settings(panel=PanelSection(hardware="gpio")))
    assert not found.ok
    assert "sudo systemctl stop matside" in found.text
    assert CONSUMER in found.text


@pytest.mark.parametrize(
    ("typed", "answer"), [("y\n", True), ("No\n", False), ("hm\n", None), ("\n", None)]
)
def test_a_line_at_the_terminal_is_an_answer(
    typed: str,
    answer: bool | None,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("select.select", lambda *_arguments: ([0], [], []))
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert Terminal().answer(1.0) is answer
    with pytest.raises(Nobody):
        Terminal().answer(1.0)


@pytest.mark.process
def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[server]\nport = 0\n")
    command = [*MATSIDE, "check", "--by-hand", "--hardware", "mock", "--config", str(config)]
    reading, writing = os.pipe()
    with subprocess.Popen(command, stdin=reading, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "mock hardware" in process.stderr.readline()
        process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 1
        assert "Traceback" not in process.stderr.read()
    os.close(reading)
    os.close(writing)


@pytest.mark.process
def test_a_factory_that_there_is_not_is_refused() -> None:
    assert (
        "invalid choice: 'arduino'" in matside("check", "--by-hand", "--hardware", "arduino").stderr
    )
