"""The rules that a station runs by: routines, languages and settings put together."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kiosk.core.errors import SettingsError
from kiosk.core.routine import Routine, Side
from kiosk.core.session import Choices, Rules
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.library.words import Words
from kiosk.settings.shapes import Settings, StationSection
from web.figures import POSES


def routines_of(settings: Settings) -> dict[str, Routine]:
    """The routines that ship with Matside, and those of the folder in the settings.

    Raises:
        RoutineError: One of them is wrong.
    """
    reader = RoutineReader(POSES)
    routines = reader.read_folder(SHIPPED_ROUTINES)
    if settings.station.routines is not None:
        routines |= reader.read_folder(Path(settings.station.routines).expanduser())
    return routines


def rules_of(settings: Settings, speed: float = 1.0) -> Rules:
    """The rules that a station with `settings` runs by.

    Raises:
        RoutineError: A routine is wrong.
        SettingsError: The defaults of the settings are not among what there is.
    """
    routines = routines_of(settings)
    anything = Choices(settings.station.routine, Side.RIGHT, 0, settings.station.language)
    rules = Rules(routines, anything, speed)
    return replace(rules, defaults=default_choices(settings.station, rules))


def default_choices(station: StationSection, rules: Rules) -> Choices:
    """The choices that every session starts from.

    Raises:
        SettingsError: Routine, seconds or language are not among what `rules` has.
    """
    routine = rules.routines.get(station.routine)
    if routine is None:
        raise SettingsError(
            f"station.routine: found {station.routine!r}. "
            f"It must be one of: {', '.join(rules.routines)}."
        )
    seconds = routine.default_seconds if station.seconds is None else station.seconds
    if seconds not in routine.side_seconds:
        raise SettingsError(
            f"station.seconds: found {seconds}. For {routine.id} it must be one of: "
            f"{', '.join(map(str, routine.side_seconds))}."
        )
    if station.language not in routine.texts:
        raise SettingsError(
            f"station.language: found {station.language!r}. {routine.id} has: "
            f"{', '.join(routine.texts)}."
        )
    return Choices(routine.id, Side(station.side), seconds, station.language)


def check_languages(rules: Rules, languages: Mapping[str, Words]) -> None:
    """See that the station's own words are there in every language that a routine is in.

    Raises:
        SettingsError: A language is missing.
    """
    for routine in rules.routines.values():
        for language in routine.texts:
            if language not in languages:
                raise SettingsError(
                    f"routine {routine.id}: is in {language!r}, but the station's own words are "
                    f"only in: {', '.join(languages)}."
                )
