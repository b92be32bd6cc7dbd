"""The rules that a station runs by: routines, languages and settings put together."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from kiosk.core.errors import SettingsError
from kiosk.core.routine import Routine, Side
from kiosk.core.session import Choices, Rules
from kiosk.library.legibility import legible
from kiosk.library.own_languages import load_all_languages
from kiosk.library.places import Places
from kiosk.library.remarks import Judge
from kiosk.library.routine_files import RoutineReader
from kiosk.library.shelf import Library, load_library
from kiosk.settings.shapes import Settings, StationSection
from web.figures import POSES

#: So many names of languages have room on a panel of 800 x 480, in targets that a finger hits.
MOST_LANGUAGES = 16


def library_of(settings: Settings, needed: Collection[str] | None = None) -> Library:
    """The routines and languages that come with Matside, and those of the settings' folders.

    Args:
        settings: The settings.
        needed: Ids of the routines that are needed at once; others are read when they are first
            asked for. None needs all.

    Raises:
        RoutineError: A routine that comes with Matside and is needed is wrong.
        SettingsError: A language that comes with Matside is wrong.
    """
    places = places_of(settings)
    languages = load_all_languages(places)
    reader = RoutineReader(POSES, settings.station.breath_seconds, languages.words)
    library = load_library(reader, places, needed)
    return replace(library, problems=(*languages.problems, *library.problems))


def judge_of(settings: Settings) -> Judge:
    """What files are judged by on a station with `settings`."""
    screen, languages = settings.screen, load_all_languages(places_of(settings)).words
    headlines = legible(screen.viewing_distance_m, screen.screen_inches)
    return Judge(POSES, languages, settings.station.breath_seconds, headlines)


def places_of(settings: Settings) -> Places:
    """The folders of the library that the settings name."""
    return Places(_folder(settings.station.routines), _folder(settings.station.languages))


def _folder(name: str | None) -> Path | None:
    return None if name is None else Path(name).expanduser()


def rules_of(settings: Settings, library: Library, speed: float = 1.0) -> Rules:
    """The rules that a station with `settings` runs by.

    Args:
        settings: The settings.
        library: The routines that there are.
        speed: Routine seconds a clock second.

    Raises:
        SettingsError: A session cannot start from what the settings say.
    """
    station = settings.station
    routine = library.routines.get(station.routine)
    if routine is None:
        raise SettingsError(_no_routine(station, library))
    for problem in (
        _wrong_offered(station, library),
        _wrong_seconds(station, routine),
        _wrong_language(station, library),
        _wrong_languages(station, routine),
        _too_many_languages(station),
    ):
        if problem is not None:
            raise SettingsError(problem)
    seconds = routine.default_seconds if station.seconds is None else station.seconds
    choices = Choices(routine.id, Side(station.side), seconds, station.language)
    return Rules(
        library.routines,
        choices,
        speed,
        offered=_offered(station, library),
        languages=_languages(station),
        choose_by_button=station.choose_by_button,
    )


def mended(settings: Settings, library: Library) -> tuple[Settings, list[str]]:
    """The settings, in which names of things that do not exist are replaced.

    A default routine that is missing becomes the one that ships with Matside. Seconds that the
    routine does not have, or a language that the station does not have, become the routine's own.
    Of the offered routines and languages those remain that there are, and of the languages as many
    as have room.

    Returns:
        Settings that `rules_of` takes, and what was wrong with those given, a text each.
    """
    station, problems = settings.station, []
    if station.routine not in library.routines:
        problems.append(_no_routine(station, library))
        station = msgspec.structs.replace(station, routine=StationSection().routine)
    if (problem := _wrong_offered(station, library)) is not None:
        problems.append(problem)
        known = dict.fromkeys(each for each in station.offered or () if each in library.names)
        station = msgspec.structs.replace(station, offered=tuple(known))
    routine = library.routines[station.routine]
    if (problem := _wrong_seconds(station, routine)) is not None:
        problems.append(problem)
        station = msgspec.structs.replace(station, seconds=None)
    if (problem := _wrong_language(station, library)) is not None:
        problems.append(problem)
        station = msgspec.structs.replace(station, language=next(iter(routine.texts)))
    if (problem := _wrong_languages(station, routine)) is not None:
        problems.append(problem)
        known = dict.fromkeys(
            each for each in station.offered_languages or () if each in tuple(routine.texts)
        )
        station = msgspec.structs.replace(station, offered_languages=tuple(known))
    if (problem := _too_many_languages(station)) is not None:
        problems.append(problem)
        station = msgspec.structs.replace(
            station, offered_languages=_languages(station)[:MOST_LANGUAGES]
        )
    told = [f"{problem} Until that is mended, Matside takes its own." for problem in problems]
    return msgspec.structs.replace(settings, station=station), told


def _no_routine(station: StationSection, library: Library) -> str:
    return (
        f"station.routine: found {station.routine!r}. "
        f"It must be one of: {', '.join(library.routines)}."
    )


def _offered(station: StationSection, library: Library) -> tuple[str, ...]:
    """Ids of the routines that members choose from; the default one is always among them."""
    offered = library.names if station.offered is None else station.offered
    return offered if station.routine in offered else (station.routine, *offered)


def _languages(station: StationSection) -> tuple[str, ...]:
    """Codes of the languages that members choose from; the default one is always among them.

    Unless the settings say, it is the default one alone: whether a translation's safety texts are
    good enough for its members is for the gym to decide. A routine that lacks one of the languages
    is not offered while that one is chosen.
    """
    offered = station.offered_languages or ()
    return offered if station.language in offered else (station.language, *offered)


def _wrong_offered(station: StationSection, library: Library) -> str | None:
    return _wrong_list("station.offered", station.offered or (), library.names)


def _wrong_languages(station: StationSection, routine: Routine) -> str | None:
    # Going through the codes reads no translation; one whose file is wrong is told when it is read.
    languages = tuple(routine.texts)
    return _wrong_list("station.offered_languages", station.offered_languages or (), languages)


def _too_many_languages(station: StationSection) -> str | None:
    found = len(_languages(station))
    if found <= MOST_LANGUAGES:
        return None
    return (
        f"station.offered_languages: found {found} languages, the station's own among them. The "
        f"screen of their names has room for {MOST_LANGUAGES}: offer fewer."
    )


def _wrong_list(field: str, found: Sequence[str], allowed: Collection[str]) -> str | None:
    """What is wrong with `found` in the settings: a name that there is not, or one twice."""
    unknown = [each for each in found if each not in allowed]
    if unknown:
        named = ", ".join(map(repr, unknown))
        return f"{field}: found {named}. Each must be one of: {', '.join(allowed)}."
    doubled = [each for each, count in Counter(found).items() if count > 1]
    if doubled:
        return f"{field}: found {', '.join(map(repr, doubled))} twice. Name it once."
    return None


def _wrong_seconds(station: StationSection, routine: Routine) -> str | None:
    if station.seconds is None or station.seconds in routine.side_seconds:
        return None
    return (
        f"station.seconds: found {station.seconds}. For {routine.id} it must be one of: "
        f"{', '.join(map(str, routine.side_seconds))}."
    )


def _wrong_language(station: StationSection, library: Library) -> str | None:
    if station.language in library.languages:
        return None
    return (
        f"station.language: found {station.language!r}. It must be one of: "
        f"{', '.join(library.languages)}."
    )
