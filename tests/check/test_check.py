"""`matside check`: says "ok" or what to do, for a machine, a panel and a station of the test's."""

import contextlib
import http.server
import json
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("gpiod")

from hardware.check.panel import check_panel, press_report
from hardware.pins.gpiod_factory import CONSUMER
from kiosk.check.machine import Machine, browser, clock, disk, display, power, run_tool, temperature
from kiosk.check.running import find_station
from kiosk.check.software import address, database, packages
from kiosk.core.errors import MatsideError, SettingsError
from kiosk.main.report import check_all
from kiosk.ports.finding import Finding, run_check, span
from kiosk.ports.panel import ButtonHealth, PanelSettings
from kiosk.records.store import Store
from kiosk.settings.fallback import FoundSettings, Origin
from kiosk.settings.shapes import PanelSection, ServerSection, Settings, StationSection
from tests.drivers.fake_kernel import FakeKernel
from tests.drivers.health import running_station
from tests.drivers.processes import live_station, matside

GPIO = PanelSettings(hardware="gpio")
MOCK = PanelSettings(hardware="mock")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n")


@pytest.fixture
def pi(tmp_path: Path) -> Machine:
    """A Raspberry Pi with no file and no program on it yet."""
    return Machine(True, tmp_path, lambda *_command: None, lambda _name: None)


@pytest.fixture
def pc(pi: Machine) -> Machine:
    return replace(pi, is_pi=False)


def by_name(findings: Iterator[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


# --- the machine ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("alarm", "ok"), [("0", True), ("1", False)])
def test_the_kernel_tells_a_low_voltage(pi: Machine, alarm: str, ok: bool) -> None:  # noqa: FBT001
    write(pi.root / "sys/class/hwmon/hwmon0/name", "cpu_thermal")
    write(pi.root / "sys/class/hwmon/hwmon3/name", "rpi_volt")
    write(pi.root / "sys/class/hwmon/hwmon3/in0_lcrit_alarm", alarm)
    found = run_check("power", lambda: power(pi))
    assert found.ok is ok
    assert ("power supply" in found.text) is not ok


@pytest.mark.parametrize(
    ("said", "finds"),
    [
        ("throttled=0x0", "has been since boot"),
        ("throttled=0x50000", "has been too low since boot"),
        ("throttled=0x50005", "too low right now"),
        ("VCHI initialization failed", "cannot be told"),
        (None, "cannot be told"),
    ],
)
def test_the_firmware_remembers_a_low_voltage(pi: Machine, said: str | None, finds: str) -> None:
    found = run_check("power", lambda: power(replace(pi, run=lambda *_command: said)))
    assert finds in found.text


def test_a_pc_has_no_such_flags(pc: Machine) -> None:
    assert power(pc) == "not a Raspberry Pi: cannot be told"


def test_a_pi_that_is_too_hot_is_told_where_it_begins_to_slow_down(pi: Machine) -> None:
    assert temperature(pi) == "cannot be told here"
    zone = pi.root / "sys/class/thermal/thermal_zone0"
    write(zone / "type", "cpu-thermal")
    write(zone / "temp", "54321")
    assert temperature(pi) == "54 °C"
    write(zone / "temp", "80500")
    with pytest.raises(MatsideError, match="from 80 °C on"):
        temperature(pi)


def test_a_clock_that_nobody_sets_is_only_a_note(pi: Machine) -> None:
    assert "dates of sessions may be wrong" in clock(pi)
    assert clock(replace(pi, run=lambda *_command: "yes")) == "set by the network"
    write(pi.root / "run/systemd/timesync/synchronized", "")
    assert clock(pi) == "set by the network"


def test_displays_are_named_and_a_pi_without_one_is_told(pi: Machine, pc: Machine) -> None:
    assert "any browser" in display(pc)
    write(pi.root / "sys/class/drm/card1-HDMI-A-1/status", "disconnected")
    with pytest.raises(MatsideError, match="cable"):
        display(pi)
    write(pi.root / "sys/class/drm/card1-DSI-1/status", "connected")
    write(pi.root / "sys/class/drm/card1-DSI-1/modes", "720x1280\n640x480")
    assert display(pi) == "DSI-1 720x1280"


def test_a_pi_needs_browser_and_compositor_and_a_pc_neither(pi: Machine, pc: Machine) -> None:
    assert "any browser" in browser(pc)
    with pytest.raises(MatsideError, match="sudo apt install chromium cage"):
        browser(pi)
    with pytest.raises(MatsideError, match="install cage"):
        browser(replace(pi, which={"chromium": "/usr/bin/chromium"}.get))
    assert browser(replace(pi, which=lambda name: f"/usr/bin/{name}")) == "/usr/bin/chromium"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(tmp_path) in disk(tmp_path / "not" / "yet")
    monkeypatch.setattr("kiosk.check.machine.ENOUGH_DISK", 1 << 60)
    with pytest.raises(MatsideError, match="Make room"):
        disk(tmp_path)


def test_a_program_that_is_missing_or_fails_says_nothing() -> None:
    assert run_tool("matside-no-such-program") is None
    assert run_tool("false") is None
    assert run_tool("echo", "yes") == "yes"


# --- what is installed and set up -----------------------------------------------------------------


def test_the_empty_lgpio_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.check.software.metadata.version", lambda _name: "0.0.0.2")
    assert "lgpio 0.0.0.2 (an empty package; not needed)" in packages("gpio")
    with pytest.raises(MatsideError, match="python3-lgpio"):
        packages("lgpio")


def test_a_database_is_read_and_not_changed(tmp_path: Path) -> None:
    assert "the first start makes it" in database(tmp_path / "new")
    assert not (tmp_path / "new").exists()
    store = Store(tmp_path)
    assert database(tmp_path).startswith("0 sessions")
    store.close()
    assert database(tmp_path).startswith("0 sessions")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"not a database at all" * 100, "is damaged"), (None, "from a newer Matside")],
)
def test_a_database_that_is_no_use_stays_where_it_is(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "matside.sqlite3"
    if content is None:
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(MatsideError, match=says):
        database(tmp_path)
    assert path.read_bytes() == before


def test_a_data_directory_that_is_not_ours_says_whom_to_check_as(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_arguments: False)
    with pytest.raises(MatsideError, match="Check with sudo"):
        database(tmp_path)

    def forbidden(_path: Path) -> bool:
        raise PermissionError

    Store(tmp_path).close()
    with pytest.raises(MatsideError, match="Check with sudo"):
        database(tmp_path)
    monkeypatch.setattr(Path, "exists", forbidden)
    with pytest.raises(MatsideError, match="Check with sudo"):
        database(tmp_path)


@pytest.mark.process
def test_an_address_is_free_or_the_running_stations_or_somebody_elses(tmp_path: Path) -> None:
    with live_station(tmp_path) as live:
        settings = Settings(server=ServerSection(port=live.port))
        found = find_station(settings.server)
        assert found is not None
        assert "in use by the running station (Matside" in address(settings, found)
        with pytest.raises(MatsideError, match="something else is listening"):
            address(settings, None)
    assert find_station(settings.server) is None
    assert "is free" in address(settings, None)


@contextlib.contextmanager
def answering(body: bytes) -> Iterator[int]:
    """A server that answers with `body`; gives its port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_station_that_listens_everywhere_is_asked_here_where_nobody_signs_in() -> None:
    with answering(msgspec.json.encode(running_station())) as port:
        assert find_station(ServerSection(host="0.0.0.0", port=port)) == running_station()


@pytest.mark.parametrize("body", [b"<h1>It works</h1>", b'{"status": "ok"}', b""])
def test_whatever_else_answers_there_is_no_station(body: bytes) -> None:
    with answering(body) as port:
        assert find_station(ServerSection(host="localhost", port=port)) is None


def test_a_station_on_a_port_of_its_own_choice_cannot_be_asked() -> None:
    assert find_station(ServerSection(port=0)) is None


# --- the panel ------------------------------------------------------------------------------------


def test_each_part_is_told_with_its_pin(kernel: FakeKernel) -> None:
    found = by_name(check_panel(replace(GPIO, light_pin=None), None))
    assert all(finding.ok for finding in found.values())
    assert found["gpio"].text == "/dev/gpiochip0, read by gpiod"
    assert found["button"].text == "GPIO17 (pin 11)"
    assert found["light"].text == "switched off in the settings"
    assert not any(line.consumer for line in kernel.chips["/dev/gpiochip0"].lines)


def test_without_a_chip_no_part_is_looked_at(kernel: FakeKernel) -> None:
    kernel.chips.clear()
    found = by_name(check_panel(GPIO, None))
    assert "No GPIO chip" in found["gpio"].text
    assert found["button"] == Finding("button", False, "not looked at: see gpio")


def test_a_user_outside_the_group_is_told(kernel: FakeKernel) -> None:
    kernel.chips["/dev/gpiochip0"].forbidden = True
    assert "group gpio" in by_name(check_panel(GPIO, None))["gpio"].text


def test_a_contact_that_is_closed_is_told(kernel: FakeKernel) -> None:
    kernel.chips["/dev/gpiochip0"].lines[17].wire = False
    found = by_name(check_panel(GPIO, None))["button"]
    assert not found.ok
    assert "NO, not NC" in found.text


def test_a_line_of_another_program_is_told(kernel: FakeKernel) -> None:
    kernel.chips["/dev/gpiochip0"].lines[27].consumer = "fan"
    found = by_name(check_panel(GPIO, None))
    assert found["button"].ok
    assert "busy: used by 'fan'" in found["buzzer"].text


def test_the_panel_of_a_running_station_is_told_and_left_alone(kernel: FakeKernel) -> None:
    line = kernel.chips["/dev/gpiochip0"].lines[17]
    line.consumer = CONSUMER
    found = by_name(check_panel(replace(GPIO, light_pin=None), running_station(light="absent")))
    assert found["button"].ok
    assert "in use by the running station: 12 presses (3 ignored)" in found["button"].text
    assert "up to 2 bounces a press, mostly 0" in found["button"].text
    assert found["light"].text == "switched off in the settings"


def test_what_is_wrong_with_a_running_station_is_told(kernel: FakeKernel) -> None:
    told = running_station(button="stuck", problem="The button is held down, or stuck. Free it.")
    found = by_name(check_panel(GPIO, told))
    assert found["button"] == Finding(
        "button", False, "The button is held down, or stuck. Free it."
    )
    assert found["buzzer"].ok
    assert not kernel.chips["/dev/gpiochip0"].lines[27].consumer


def test_a_mock_station_beside_does_not_keep_the_pins_from_being_looked_at(
    kernel: FakeKernel,
) -> None:
    kernel.chips["/dev/gpiochip0"].lines[17].wire = False
    found = by_name(check_panel(GPIO, running_station(factory="mock")))
    assert not found["button"].ok


def test_a_button_that_was_never_pressed_has_a_short_report() -> None:
    assert press_report(ButtonHealth()) == "0 presses, 0 glitches"


# --- all of it ------------------------------------------------------------------------------------


def test_settings_that_are_wrong_leave_the_machine_to_be_checked(pc: Machine) -> None:
    def broken() -> FoundSettings:
        raise SettingsError("station.side: found 'up'.")

    found = by_name(check_all(broken, Path("config.toml"), pc))
    assert found["settings"] == Finding("settings", False, "station.side: found 'up'.")
    assert found["display"].ok


def test_everything_is_checked_on_a_pc_with_mock_hardware(tmp_path: Path, pc: Machine) -> None:
    settings = Settings(
        station=StationSection(data=str(tmp_path)),
        server=ServerSection(port=0),
        panel=PanelSection(hardware="mock"),
    )
    found = by_name(
        check_all(lambda: FoundSettings(settings, Origin.FILE), tmp_path / "none.toml", pc)
    )
    assert [finding for finding in found.values() if not finding.ok] == []
    assert "the defaults" in found["settings"].text
    assert found["gpio"].text.startswith("mock hardware")
    names = """settings python packages address PIN routines database disk gpio button buzzer light
        power temperature clock network display browser"""
    assert list(found) == names.split()


@pytest.mark.process
def test_a_check_beside_a_running_station_is_all_right_and_changes_nothing(tmp_path: Path) -> None:
    with live_station(tmp_path) as live:
        live.press()
        config = tmp_path / "config.toml"
        config.write_text(f'[server]\nport = {live.port}\n[panel]\nhardware = "mock"\n')
        done = matside("check", "--json", "--config", str(config), "--data", str(tmp_path))
        found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 0, done.stdout
    assert "in use by the running station" in found["address"]["text"]
    assert "in use by the running station" in found["light"]["text"]
    assert found["settings"]["text"] == str(config)


@pytest.mark.process
def test_what_needs_a_hand_makes_the_exit_status_1(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[station]\nside = 'up'\n")
    done = matside("check", "--config", str(config))
    assert done.returncode == 1
    assert done.stdout.startswith("LOOK  settings")


def test_a_check_that_breaks_is_a_finding() -> None:
    found = run_check("x", lambda: str(1 // 0))
    assert (found.ok, "report" in found.text) == (False, True)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, "5 s"), (119, "119 s"), (600, "10 min"), (9000, "2 h"), (1e6, "12 days")],
)
def test_spans_are_said_in_the_unit_that_fits(seconds: float, said: str) -> None:
    assert span(seconds) == said
