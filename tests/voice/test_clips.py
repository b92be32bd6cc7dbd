"""The clips of the voice: recordings that are right, and what is rendered of the rest."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.errors import VoiceError
from kiosk.core.session import Rules
from kiosk.library.words import load_languages
from kiosk.voice.clips import LEAST_FREE, Cache, Recordings, find_recordings
from kiosk.voice.rendering import render_all, split
from kiosk.voice.script import Line, Script
from kiosk.voice.sound import LARGEST, check_sound
from tests.drivers.sounds import SilentEngine, write_wav

LINES = [
    Line("station.halfway", "en", "Halfway"),
    Line("station.well-done", "en", "Well done"),
    Line("station.halfway", "de", "Halbzeit"),
]


def problem_of(path: Path) -> str:
    with pytest.raises(VoiceError) as caught:
        check_sound(path)
    return str(caught.value)


@pytest.mark.parametrize("rate", [8000, 22050, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_sound_of_16_bit_is_taken_at_usual_rates(
    tmp_path: Path, rate: int, channels: int
) -> None:
    path = write_wav(tmp_path / "a.wav", 0.5, rate, channels)
    assert check_sound(path) == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize(
    ("rate", "channels", "width"), [(96000, 1, 2), (4000, 1, 2), (16000, 3, 2), (16000, 1, 1)]
)
def test_a_sound_of_another_form_is_refused_with_what_it_has(
    tmp_path: Path, rate: int, channels: int, width: int
) -> None:
    said = problem_of(write_wav(tmp_path / "a.wav", 0.1, rate, channels, width))
    assert f"has {8 * width} bit, {channels} channels, {rate} Hz. Save it as WAV" in said


@pytest.mark.parametrize("content", [b"", b"RIFF", b"ID3 an MP3", b"RIFF\xff\xff\xff\xffWAVEfmt "])
def test_a_file_that_is_no_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    assert "is no WAV file" in problem_of(path)


def test_a_header_that_promises_more_than_there_is_counts_what_is_there(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", 0.1)
    path.write_bytes(path.read_bytes()[:-1600])
    assert check_sound(path) == pytest.approx(0.05)
    assert "has no sound in it" in problem_of(write_wav(tmp_path / "b.wav", 0))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert "has 4 MiB" in problem_of(path)


def test_a_pipe_in_the_place_of_a_sound_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.wav")
    assert "is no ordinary file" in problem_of(tmp_path / "a.wav")


HALFWAY = Line("station.halfway", "en", "Halfway")


@pytest.fixture
def script(rules: Rules) -> Script:
    return Script(rules, load_languages())


def test_recordings_are_found_by_language_and_name(tmp_path: Path, script: Script) -> None:
    path = write_wav(tmp_path / "en" / "station.halfway.wav")
    (tmp_path / "README.txt").write_text("ours")
    found = find_recordings(tmp_path, script)
    assert found.clips == {HALFWAY: path}
    assert found.problems == ()


def test_a_wrong_recording_is_left_out_and_told_and_the_others_are_taken(
    tmp_path: Path, script: Script
) -> None:
    write_wav(tmp_path / "en" / "station.well-done.wav", rate=96000)
    write_wav(tmp_path / "en" / "station.half-way.wav")
    write_wav(tmp_path / "station.halfway.wav")
    (tmp_path / "en" / "station.ten-seconds.mp3").write_bytes(b"ID3")
    (tmp_path / "en" / "station.still-there.wav").mkdir()
    right = write_wav(tmp_path / "en" / "station.halfway.wav")
    found = find_recordings(tmp_path, script)
    assert found.clips == {HALFWAY: right}
    assert len(found.problems) == 5
    assert all("left out" in problem for problem in found.problems)


def test_a_recording_for_what_is_not_offered_is_passed_over(tmp_path: Path, script: Script) -> None:
    write_wav(tmp_path / "de" / "station.halfway.wav")
    assert find_recordings(tmp_path, script) == Recordings({})


def test_a_link_that_leads_out_of_the_folder_is_left_out(tmp_path: Path, script: Script) -> None:
    outside = write_wav(tmp_path / "outside.wav")
    (tmp_path / "voices" / "en").mkdir(parents=True)
    (tmp_path / "voices" / "en" / "station.halfway.wav").symlink_to(outside)
    (tmp_path / "voices" / "en" / "station.well-done.wav").symlink_to("station.well-done.wav")
    found = find_recordings(tmp_path / "voices", script)
    assert found.clips == {}
    assert "leads out of the folder" in found.problems[0]
    assert "cannot be read" in found.problems[1]


def test_a_language_folder_that_leads_elsewhere_is_left_out(tmp_path: Path, script: Script) -> None:
    write_wav(tmp_path / "elsewhere" / "station.halfway.wav")
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en").symlink_to(tmp_path / "elsewhere")
    found = find_recordings(tmp_path / "voices", script)
    assert found.clips == {}
    assert "leads out of the folder" in found.problems[0]


@pytest.mark.parametrize("name", ["none", "file"])
def test_a_folder_that_is_none_is_told(tmp_path: Path, script: Script, name: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert find_recordings(None, script).problems == ()
    assert "cannot be read" in find_recordings(tmp_path / name, script).problems[0]


def render(folder: Path, engine: SilentEngine, lines: list[Line] = LINES) -> list[str]:
    """Render what is missing of `lines`; the names of what was rendered."""
    cache = Cache(folder, engine)
    made: list[Path] = []
    _, missing, _ = split(lines, cache)
    assert render_all(missing, cache, lambda _line, path: made.append(path)) == []
    cache.tidy(lines)
    return sorted(str(path.relative_to(folder)) for path in made)


def test_only_what_is_missing_or_has_changed_is_rendered(tmp_path: Path) -> None:
    engine = SilentEngine()
    names = render(tmp_path, engine)
    assert [re.sub(r"\.[0-9a-f]{16}\.wav$", "", name) for name in names] == [
        "de/station.halfway",
        "en/station.halfway",
        "en/station.well-done",
    ]
    assert render(tmp_path, engine) == []
    changed = [Line("station.halfway", "en", "Half of it"), *LINES[1:]]
    assert len(render(tmp_path, engine, changed)) == 1
    assert engine.spoken[-1] == "Half of it"
    assert len(render(tmp_path, SilentEngine("another voice"), changed)) == 3
    assert len(list(tmp_path.rglob("*.wav*"))) == 3


class Broken(SilentEngine):
    """An engine that leaves half a file for one language."""

    def speak(self, text: str, language: str, into: Path, stop: Callable[[], bool]) -> None:
        """Write something that is no sound, unless it is German."""
        if language == "de":
            super().speak(text, language, into, stop)
        else:
            into.write_bytes(b"RIFF")


def test_a_language_that_cannot_be_spoken_leaves_no_clip_and_the_others_go_on(
    tmp_path: Path,
) -> None:
    made: list[Line] = []
    problems = render_all(LINES, Cache(tmp_path, Broken()), lambda line, _path: made.append(line))
    assert made == [LINES[2]]
    assert len(problems) == 1
    assert "is no WAV file" in problems[0]
    assert len(list(tmp_path.rglob("*.wav*"))) == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "voice").write_text("a file")
    cache = Cache(tmp_path / "voice", SilentEngine())
    with pytest.raises(VoiceError, match="cannot be written"):
        cache.render(HALFWAY)


def test_the_last_room_on_the_disk_is_left_to_the_sessions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(tmp_path)._replace(free=LEAST_FREE - 1)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: full)
    with pytest.raises(VoiceError, match="Make room"):
        Cache(tmp_path, SilentEngine()).render(HALFWAY)
    assert list(tmp_path.rglob("*.wav")) == []
