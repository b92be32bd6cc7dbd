"""``matside voice``: the list of sentences, and what is rendered of them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.errors import VoiceError
from kiosk.main.cli import main
from kiosk.main.commands.options import FAILED, USAGE
from kiosk.main.voice import check_voice
from kiosk.ports.health import VoiceHealth
from kiosk.settings.shapes import Settings, StationSection, VoiceSection
from tests.drivers.health import running_station
from tests.drivers.sounds import SilentEngine, write_wav


def settings(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "config.toml"
    file.write_text(f"[voice]\n{text}\n")
    return ["--config", str(file), "--data", str(tmp_path / "data")]


def test_the_list_marks_what_is_recorded_and_tells_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_wav(tmp_path / "own" / "en" / "station.halfway.wav")
    options = settings(tmp_path, f'recordings = "{tmp_path / "own"}"')
    assert main(["voice", "list", *options]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "* en/station.halfway.wav  Halfway" in told
    assert "  en/psoas-release.switch.headline.left.wav  Switch to the left" in told
    write_wav(tmp_path / "own" / "en" / "what.wav")
    assert main(["voice", "list", *options]) == FAILED
    assert "no sentence has this name" in capsys.readouterr().err


def test_all_but_what_is_recorded_is_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = SilentEngine()
    monkeypatch.setattr("kiosk.voice.engines.engine_of", lambda _voice: engine)
    write_wav(tmp_path / "own" / "en" / "station.halfway.wav")
    options = settings(tmp_path, f'engine = "espeak-ng"\nrecordings = "{tmp_path / "own"}"')
    assert main(["voice", "render", *options]) == 0
    assert "Halfway" not in engine.spoken
    assert "Well done" in engine.spoken
    made = list((tmp_path / "data" / "voice" / "en").glob("*.wav"))
    assert len(made) == len(engine.spoken) > 100
    assert " sentences rendered in " in capsys.readouterr().out


def test_without_an_engine_nothing_can_be_rendered(tmp_path: Path) -> None:
    assert main(["voice", "render", *settings(tmp_path, "")]) == FAILED


def test_quiet_hours_need_both_ends(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert main(["voice", "list", *settings(tmp_path, 'quiet_from = "22:00"')]) == USAGE
    assert "quiet_from and quiet_until go together" in caplog.text


def test_a_check_tells_what_is_ready_and_how_to_make_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.voice.engines.engine_of", lambda _voice: SilentEngine())
    options = settings(tmp_path, 'engine = "espeak-ng"')
    station = StationSection(data=str(tmp_path / "data"))
    speaking = Settings(station=station, voice=VoiceSection(engine="espeak-ng"))
    assert re.fullmatch(
        r"espeak-ng; 0 of \d+ sentences are ready\. The station makes .* matside voice render",
        check_voice(speaking, None),
    )
    assert main(["voice", "render", *options]) == 0
    assert re.fullmatch(r"espeak-ng; (\d+) of \1 sentences are ready", check_voice(speaking, None))


def test_a_check_says_what_keeps_the_voice_from_being_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    station = StationSection(data=str(tmp_path / "data"))
    with pytest.raises(VoiceError, match="sudo apt install espeak-ng"):
        check_voice(Settings(station=station, voice=VoiceSection(engine="espeak-ng")), None)


def test_a_check_asks_the_station_that_runs(tmp_path: Path) -> None:
    speaking = Settings(
        station=StationSection(data=str(tmp_path)), voice=VoiceSection(recordings=str(tmp_path))
    )
    silent = running_station()
    with pytest.raises(VoiceError, match="Restart it"):
        check_voice(speaking, silent)
    assert "3 of 5" in check_voice(speaking, replace(silent, voice=VoiceHealth(5, 3)))
    with pytest.raises(VoiceError, match="install it"):
        check_voice(speaking, replace(silent, voice=VoiceHealth(5, 0, ("install it",))))


def test_a_check_tries_the_loudspeaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "own").mkdir()
    voice = VoiceSection(recordings=str(tmp_path / "own"), output="alsa")
    speaking = Settings(station=StationSection(data=str(tmp_path)), voice=voice)
    with pytest.raises(VoiceError, match="sudo apt install alsa-utils"):
        check_voice(speaking, None)
