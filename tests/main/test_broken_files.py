"""A station that comes up by itself, with wrong files: it runs, and says what is wrong."""

import json
import signal
from pathlib import Path

import pytest

from kiosk.library.words import SHIPPED_LANGUAGES
from tests.drivers.processes import LiveStation, live_station, matside

pytestmark = pytest.mark.process

#: What a member sees of it, at rest only.
LINE = "Part of the set-up is not in use: please tell staff"


@pytest.fixture
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file where the station looks for it by itself."""
    monkeypatch.setenv("CONFIGURATION_DIRECTORY", str(tmp_path / "etc"))
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    (tmp_path / "etc").mkdir()
    return tmp_path / "etc" / "config.toml"


def problems(station: LiveStation) -> list[str]:
    found: list[str] = station.get("/healthz")["setup"]["problems"]
    return found


def test_a_wrong_settings_file_leaves_the_last_that_worked_and_is_told_everywhere(
    configuration: Path,
) -> None:
    configuration.write_text('[station]\nside = "left"\n[panel]\nbuzzer_pin = 5\n')
    with live_station(None) as station:
        assert problems(station) == []
        assert LINE not in station.text("/")
        station.process.send_signal(signal.SIGTERM)
        assert station.process.wait(10) == 0
    configuration.write_text('[station]\nside = "left\n')
    with live_station(None) as station:
        (problem,) = problems(station)
        assert f"{configuration}: is not valid TOML" in problem
        assert problem in station.said
        health = station.get("/healthz")
        assert (health["status"], health["setup"]["settings"]) == ("degraded", "kept")
        assert station.get("/api/mock")["buzzer"]["pin"] == 5
        assert station.get("/api/session")["choices"]["side"] == "left"
        assert LINE in station.text("/")
        station.button("press")
        assert LINE not in station.text("/")
    done = matside("check", "--json", "--hardware", "mock")
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert not found["settings"]["ok"]
    assert f"{configuration}: is not valid TOML" in found["settings"]["text"]
    assert found["button"]["ok"]
    assert done.returncode == 1


def test_a_wrong_settings_file_at_the_very_first_start_leaves_the_outputs_alone(
    configuration: Path,
) -> None:
    configuration.write_text('[server]\nhost = "0.0.0.0"\nport = 99999\n')
    with live_station(None) as station:
        assert station.url.startswith("http://127.0.0.1:")
        pins = station.get("/api/mock")
        assert (pins["buzzer"]["pin"], pins["light"]["pin"]) == (None, None)
        assert pins["button"]["pin"] == 17


def test_a_wrong_routine_of_the_gyms_own_is_left_out_and_told(
    configuration: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "routines"
    folder.mkdir()
    (folder / "mine.toml").write_text("id = 'mine'\n")
    configuration.write_text(f'[station]\nroutines = "{folder}"\nroutine = "mine"\n')
    with live_station(None) as station:
        assert any(f"{folder}/mine.toml: language is missing" in each for each in problems(station))
        assert station.get("/api/session")["routine"] == "psoas-release"
        assert LINE in station.text("/")
    listed = matside("routine", "list")
    assert listed.returncode == 1
    assert "psoas-release" in listed.stdout
    assert f"{folder}/mine.toml: language is missing" in listed.stderr


def test_a_wrong_language_of_the_gyms_own_is_left_out_and_told(
    configuration: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "languages"
    folder.mkdir()
    english = (SHIPPED_LANGUAGES / "en.toml").read_text(encoding="utf-8")
    (folder / "sv.toml").write_text(english.replace("{minutes}", "{minuter}"), encoding="utf-8")
    configuration.write_text(f'[station]\nlanguages = "{folder}"\nlanguage = "sv"\n')
    with live_station(None) as station:
        told = problems(station)
        assert any(f"{folder}/sv.toml: takes: found {{minuter}}" in each for each in told)
        assert all(problem in station.said for problem in told)
        assert '<html lang="en"' in station.text("/")
        assert LINE in station.text("/")
    done = matside("check", "--hardware", "mock")
    assert done.returncode == 1
    assert f"{folder}/sv.toml: takes: found {{minuter}}" in done.stdout


def test_the_check_names_the_routines_without_words_in_the_language_of_the_station(
    configuration: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "languages"
    folder.mkdir()
    english = (SHIPPED_LANGUAGES / "en.toml").read_text(encoding="utf-8")
    (folder / "sv.toml").write_text(english, encoding="utf-8")
    configuration.write_text(f'[station]\nlanguages = "{folder}"\nlanguage = "sv"\n')
    done = matside("check", "--json", "--hardware", "mock")
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert found["routines"]["ok"]
    assert "; without words in 'sv': psoas-release, " in found["routines"]["text"]


def test_a_person_who_names_a_wrong_file_is_refused(configuration: Path) -> None:
    configuration.write_text('[station]\nside = "up"\n')
    done = matside("run", "--hardware", "mock", "--config", str(configuration), "--port", "0")
    assert done.returncode == 2
    assert "side: found 'up'" in done.stderr


def test_a_running_station_says_in_the_check_what_it_could_not_use(
    configuration: Path, tmp_path: Path
) -> None:
    configuration.write_text("[station]\nseconds = 61\n")
    with live_station(None) as station:
        typed = tmp_path / "typed.toml"
        typed.write_text(f"[server]\nport = {station.port}\n")
        done = matside("check", "--json", "--hardware", "mock", "--config", str(typed))
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert "station.seconds: found 61" in found["set-up"]["text"]
    assert "sudo systemctl restart matside" in found["set-up"]["text"]
