"""A voice that is switched off costs nothing."""

import subprocess
import sys
from pathlib import Path

#: Puts a station together, and prints which modules of the voice that has loaded.
SCRIPT = """
import contextlib, sys
from kiosk.main.rules import library_of, rules_of
from kiosk.main.setup import Setup
from kiosk.main.station import build
from kiosk.ports.clock import SystemClock
from kiosk.settings.shapes import PanelSection, Settings, StationSection, VoiceSection

settings = Settings(
    station=StationSection(data=sys.argv[1]),
    panel=PanelSection(hardware="mock"),
    voice=VoiceSection(recordings=sys.argv[2] if len(sys.argv) > 2 else None),
)
with contextlib.ExitStack() as stack:
    build(Setup(settings, rules_of(settings, library_of(settings))), stack, SystemClock())
    print("LOADED", *sorted(name for name in sys.modules if name.startswith("kiosk.voice")))
"""


def loaded(*arguments: str) -> list[str]:
    """The modules of the voice that a station loads."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].split()[1:]


def test_a_station_without_a_voice_loads_nothing_of_it(tmp_path: Path) -> None:
    assert loaded(str(tmp_path)) == []


def test_a_station_whose_page_speaks_loads_nothing_of_alsa(tmp_path: Path) -> None:
    modules = loaded(str(tmp_path), str(tmp_path))
    assert "kiosk.voice.speaker" in modules
    assert "kiosk.voice.loudspeaker" not in modules
