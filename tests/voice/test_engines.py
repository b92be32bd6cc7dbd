"""The speech engines: what they say if something is missing, and that espeak-ng speaks."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from kiosk.core.errors import VoiceError
from kiosk.settings.shapes import VoiceSection
from kiosk.voice.engines import Piper, StoppedError, engine_of
from kiosk.voice.sound import check_sound

#: What the command of piper-tts 1.8 promises: ``piper -m VOICE.onnx -f OUT.wav`` speaks its
#: standard input, and tells an error in the last line that it writes on its standard error.
PROGRAM = """#!/bin/sh
[ "$1 $3 $#" = "-m -f 4" ] || { echo "unknown option" >&2; exit 2; }
[ -e "$2" ] || { printf 'Traceback\\nValueError: Unable to find voice: %s\\n' "$2" >&2; exit 1; }
[ "$PYTHONUTF8" = 1 ] || exit 3
cat >"$4"
"""

SLOW = """#!/bin/sh
exec sleep 60
"""


def never() -> bool:
    """No reason to stop an engine."""
    return False


def test_a_missing_engine_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    engine = engine_of(VoiceSection(engine="espeak-ng"))
    assert engine is not None
    with pytest.raises(VoiceError, match="sudo apt install espeak-ng"):
        engine.voice("en")


def test_without_an_engine_there_is_none() -> None:
    assert engine_of(VoiceSection()) is None


@pytest.fixture
def piper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for voices, on a machine with a program that copies its text into the file."""
    program = tmp_path / "bin" / "piper"
    program.parent.mkdir()
    program.write_text(PROGRAM)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return tmp_path


def test_piper_takes_the_first_voice_of_the_language(piper: Path) -> None:
    for name in ("de_DE-b.onnx", "de_DE-a.onnx", "en_GB-c.onnx"):
        (piper / name).write_bytes(b"voice")
    engine = engine_of(VoiceSection(engine="piper", piper_voices=str(piper)))
    assert engine is not None
    assert engine.voice("de") == "piper de_DE-a.onnx 5"
    engine.speak("Halbzeit", "de", piper / "out.wav", never)
    assert (piper / "out.wav").read_text() == "Halbzeit"


def test_piper_takes_the_voice_of_the_region_that_the_language_names(piper: Path) -> None:
    (piper / "pt_PT-a.onnx").write_bytes(b"voice")
    with pytest.raises(VoiceError, match=r"'pt-BR' there. Put one into it: pt_BR-NAME-QUALITY"):
        Piper(piper).voice("pt-BR")
    (piper / "pt_BR-b.onnx").write_bytes(b"voice")
    assert Piper(piper).voice("pt-BR") == "piper pt_BR-b.onnx 5"
    assert Piper(piper).voice("pt") == "piper pt_BR-b.onnx 5"


def test_piper_without_a_voice_of_the_language_says_what_to_do(piper: Path) -> None:
    with pytest.raises(VoiceError, match="piper has no voice for 'de' there"):
        Piper(piper).voice("de")
    with pytest.raises(VoiceError, match="piper_voices is missing"):
        Piper(None).voice("de")


def test_piper_beside_this_python_comes_first(piper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (piper / "de_DE-a.onnx").touch()
    beside = piper / "env" / "piper"
    beside.parent.mkdir()
    beside.write_text("#!/bin/sh\ncat >/dev/null; echo beside >&2; exit 1\n")
    beside.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(beside.with_name("python")))
    with pytest.raises(VoiceError, match="failed: beside"):
        Piper(piper).speak("Halbzeit", "de", piper / "out.wav", never)


def test_a_missing_piper_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(VoiceError, match="pip install piper-tts"):
        Piper(Path("voices")).voice("de")


def test_an_engine_is_ended_at_its_work_when_it_has_to_stop(piper: Path) -> None:
    (piper / "de_DE-a.onnx").touch()
    (piper / "bin" / "piper").write_text(SLOW)
    asked: list[str] = []

    def at_the_second_time() -> bool:
        asked.append("stop?")
        return len(asked) == 2

    with pytest.raises(StoppedError):
        Piper(piper).speak("Halbzeit", "de", piper / "out.wav", at_the_second_time)


def test_an_engine_that_takes_too_long_is_ended(
    piper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.voice.engines.PATIENCE", 0.2)
    (piper / "de_DE-a.onnx").touch()
    (piper / "bin" / "piper").write_text(SLOW)
    with pytest.raises(VoiceError, match="took longer"):
        Piper(piper).speak("Halbzeit", "de", piper / "out.wav", never)


def test_an_engine_that_cannot_be_run_says_why(piper: Path) -> None:
    (piper / "de_DE-a.onnx").touch()
    (piper / "bin" / "piper").write_text("#!/no/such/shell\n")
    with pytest.raises(VoiceError, match="No such file"):
        Piper(piper).speak("Halbzeit", "de", piper / "out.wav", never)


@pytest.mark.skipif(not hasattr(os, "setpriority"), reason="Windows has no such priorities")
def test_an_engine_gives_way_to_everything_else(piper: Path) -> None:
    (piper / "de_DE-a.onnx").touch()
    (piper / "bin" / "piper").write_text("#!/bin/sh\nsleep 0.2; nice >&2; exit 1\n")
    with pytest.raises(VoiceError, match="failed: 19"):
        Piper(piper).speak("Halbzeit", "de", piper / "out.wav", never)


def test_an_engine_that_fails_says_why(piper: Path) -> None:
    (piper / "de_DE-a.onnx").touch()
    with pytest.raises(VoiceError, match="failed"):
        Piper(piper).speak("Halbzeit", "de", piper / "no" / "out.wav", never)


def test_espeak_ng_speaks(tmp_path: Path) -> None:
    if shutil.which("espeak-ng") is None:
        if os.environ.get("MATSIDE_VOICE_REQUIRED"):
            pytest.fail("no espeak-ng: apt-get install espeak-ng")
        pytest.skip("no espeak-ng: apt-get install espeak-ng")
    engine = engine_of(VoiceSection(engine="espeak-ng"))
    assert engine is not None
    for language, text in (("en", "Halfway"), ("de", "Halbzeit"), ("ar", "منتصف الوقت")):
        engine.speak(text, language, tmp_path / "out.wav", never)
        assert 0.4 < check_sound(tmp_path / "out.wav") < 4
    with pytest.raises(VoiceError, match="failed"):
        engine.speak("Halfway", "qqq", tmp_path / "out.wav", never)
