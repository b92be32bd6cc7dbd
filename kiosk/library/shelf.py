"""The library of a station: the routines that come with Matside, and the gym's own beside them.

If a file of the gym's own is wrong, it is left out, and what is wrong is reported: one bad file
must not stop the station. If a file that comes with Matside is wrong, that is an error, since then
Matside itself is broken. Only what a station reads when it runs already is left out then too.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import RoutineError, SettingsError
from kiosk.core.routine import Routine
from kiosk.library.as_asked import RoutinesAsAsked
from kiosk.library.own_languages import add_own_translations
from kiosk.library.places import Places
from kiosk.library.routine_files import (
    SHIPPED_ROUTINES,
    RoutineReader,
    in_order,
    place_in,
    routine_files,
)
from kiosk.library.words import Words

#: The folders of a station whose gym has added nothing to what comes with Matside.
NOTHING_OF_ITS_OWN = Places()


@dataclass(frozen=True, slots=True)
class Library:
    """The routines of a station.

    Attributes:
        routines: The routines by id, in the order in which they are offered.
        names: Their ids in that order, for whoever does not want to read those that nobody has
            asked for yet.
        languages: The station's own words by code of the language.
        files: The file of each routine by id.
        problems: A text for each file that was left out: what is wrong with it, and what to do.
        found_later: Tells the same of what has been read since, because it was asked for.
    """

    routines: Mapping[str, Routine]
    names: tuple[str, ...]
    languages: Mapping[str, Words]
    files: Mapping[str, Path]
    problems: tuple[str, ...] = ()
    found_later: Callable[[], tuple[str, ...]] = tuple


def load_library(
    reader: RoutineReader,
    places: Places = NOTHING_OF_ITS_OWN,
    needed: Collection[str] | None = None,
) -> Library:
    """The routines that come with Matside, and those of the gym's own folder that are right.

    A wrong translation of one of the gym's own is left out too, while the routine itself remains.
    A routine of the gym's own replaces one that comes with Matside if both have the same id; if it
    says no place of its own, it also stands where that one stood.

    Args:
        reader: Reads the files.
        places: The folders.
        needed: Ids of the routines that must be right. They are read at once, with all of the gym's
            own, and with what each has as its alternative; any other is read when it is first asked
            for, and left out if it is wrong. None needs all.

    Raises:
        RoutineError: A file that comes with Matside and is needed is wrong.
    """
    shipped = routine_files(SHIPPED_ROUTINES)
    own: dict[str, Routine] = {}
    problems: list[str] = []
    try:
        files = places.own_routine_files()
    except SettingsError as problem:
        problems.append(str(problem))
        files = []
    for path in files:
        try:
            own[path.stem], wrong = reader.read_what_is_right(path)
            problems += (f"{problem} It is left out until that is mended." for problem in wrong)
        except RoutineError as problem:
            problems.append(f"{problem} It is left out until that is mended.")
    problems += _leave_out_lost(own, shipped, places)
    stands = {name: place_in(path) for name, path in shipped.items()}
    for name, routine in own.items():
        stands[name] = stands.get(name) if routine.place is None else routine.place
    order = in_order(stands)
    have = _read_needed(reader, order if needed is None else needed, own)
    routines = RoutinesAsAsked(
        order, have, lambda name: reader.read_with_translations_later(shipped[name])
    )
    sources = shipped | {path.stem: path for path in files if path.stem in own}
    problems += add_own_translations(routines, sources, places, reader)
    return Library(
        routines,
        tuple(order),
        reader.languages,
        sources,
        tuple(problems),
        lambda: routines.problems,
    )


def _read_needed(
    reader: RoutineReader, needed: Collection[str], own: Mapping[str, Routine]
) -> dict[str, Routine]:
    """The routines `own`, those that are `needed`, and the alternative of each.

    Raises:
        RoutineError: The file of one of them is wrong.
    """
    have, wanted = dict(own), set(needed)
    while True:
        wanted |= {each.alternative for each in have.values() if each.alternative is not None}
        if not (missing := wanted & routine_files(SHIPPED_ROUTINES).keys() - have.keys()):
            return have
        have |= reader.read_folder(SHIPPED_ROUTINES, missing)


def _leave_out_lost(
    own: dict[str, Routine], shipped: Mapping[str, Path], places: Places
) -> Iterator[str]:
    """Leave out of `own` the routines whose alternative does not exist; tell what is wrong.

    One that is left out may be the alternative of another, so this goes on until all fit.
    """
    while lost := [
        routine
        for routine in own.values()
        if routine.alternative is not None and routine.alternative not in {*shipped, *own}
    ]:
        for routine in lost:
            del own[routine.id]
            yield (
                f"{places.own_routines}/{routine.id}.toml: alternative: found "
                f"{routine.alternative!r}. It must be one of: {', '.join([*shipped, *own])}. It is "
                f"left out until that is mended."
            )
