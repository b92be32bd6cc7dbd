"""A made-up routine, to see that nothing knows the routines that come with Matside."""

import shutil
from pathlib import Path

from kiosk.core.routine import Side
from kiosk.core.session import Choices, Rules
from kiosk.library.routine_files import RoutineReader
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from tests.drivers.languages import TWO_LANGUAGES
from web.figures import POSES

#: The folder of the made-up routine: a sandbag on the thigh, in English and German.
MADE_UP_ROUTINES = Path(__file__).parent / "routines"

#: Words of the routines that come with Matside, which no screen of another routine may say.
OF_OTHER_ROUTINES = ("kettlebell", "bell", "ball", "psoas", "kit", "handle", "belly")


def made_up_rules(language: str = "en") -> Rules:
    """The rules of a station that has nothing but the made-up routine."""
    routines = RoutineReader(POSES, languages=TWO_LANGUAGES).read_folder(MADE_UP_ROUTINES)
    return Rules(routines, Choices("sandbag-hips", Side.LEFT, 200, language))


def made_up_settings(folder: Path) -> Settings:
    """Settings of a station that starts with the made-up routine, in English alone.

    Args:
        folder: An empty folder, for the routine's file and for the data.
    """
    routines = folder / "routines"
    routines.mkdir()
    shutil.copy(MADE_UP_ROUTINES / "sandbag-hips.toml", routines)
    station = StationSection(
        data=str(folder / "data"), routines=str(routines), routine="sandbag-hips", side="left"
    )
    return Settings(station=station, panel=PanelSection(hardware="mock", filter_ms=0))
