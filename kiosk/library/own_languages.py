"""The gym's own languages beside those that come with Matside.

One folder has the station's words and those of the routines. What is there also replaces what comes
along. A file that is wrong is left out and told, since it must not darken the station.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.core.errors import RoutineError, SettingsError
from kiosk.library.as_asked import RoutinesAsAsked
from kiosk.library.language_checks import code_problem, word_problems, words_in
from kiosk.library.places import Places, routine_of
from kiosk.library.routine_files import RoutineReader, language_of
from kiosk.library.words import LanguageShape, Words, load_languages, read_english, words_of
from kiosk.toml_files import read_toml

#: How many faults of one file are told at the start: a file that somebody has only begun to
#: translate must not fill the log.
TOLD = 3

_LEFT_OUT = "It is left out until that is mended."


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a station.

    Attributes:
        words: The station's own words by code of the language.
        problems: A text for each file that was left out: what is wrong with it, and what to do.
    """

    words: Mapping[str, Words]
    problems: tuple[str, ...] = ()


def load_all_languages(places: Places) -> Languages:
    """The languages that come with Matside, and those of the gym's own folder that are right.

    Raises:
        SettingsError: A file that comes with Matside is wrong.
    """
    words = load_languages()
    problems: list[str] = []
    try:
        files = places.own_language_files()
    except SettingsError as problem:
        problems.append(str(problem))
        files = []
    for path in files:
        try:
            words[path.stem] = words_of(read_language(path))
        except SettingsError as problem:
            problems.append(_left_out(str(problem), path.stem))
    return Languages(words, tuple(problems))


def read_language(path: Path) -> LanguageShape:
    """The language file `path`.

    Raises:
        SettingsError: It is wrong; the text has a line for each thing that is.
    """
    if (wrong := code_problem(path.stem)) is not None:
        raise SettingsError(f"{path}: the file's name: {wrong}")
    shape = read_toml(path, LanguageShape, SettingsError)
    if problems := list(word_problems(words_in(shape), read_english())):
        raise SettingsError("\n".join(f"{path}: {problem}" for problem in problems))
    return shape


def add_own_translations(
    routines: RoutinesAsAsked, sources: Mapping[str, Path], places: Places, reader: RoutineReader
) -> Iterator[str]:
    """Give `routines` the words that the folder of the gym's own languages has for them.

    Args:
        routines: The routines by id; those with more words are put in the place of the others.
        sources: The file of each routine by its id.
        places: The folders.
        reader: Reads the files.

    Yields:
        A text for each file, or each language, that was left out: what is wrong with it.
    """
    try:
        files = places.own_translations()
    except SettingsError:
        return  # That was told when the languages were read.
    by_routine: dict[str, dict[str, Path]] = defaultdict(dict)
    without_words: dict[str, list[Path]] = defaultdict(list)
    for path in files:
        name, language = routine_of(path), language_of(path)
        if name not in routines:
            yield f"{path}: there is no routine {name!r} to translate. {_LEFT_OUT}"
        elif (wrong := code_problem(language)) is not None:
            yield f"{path}: the file's name: {wrong} {_LEFT_OUT}"
        elif language not in reader.languages:
            without_words[language].append(path)
        else:
            by_routine[name][language] = path
    for language, paths in without_words.items():
        more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
        yield (
            f"{paths[0]}{more}: the station has no words of its own in {language!r}. It is left "
            f"out until there is a {language}.toml beside it that is right."
        )
    for name, translated in by_routine.items():
        try:
            texts, problems = reader.read_translations(sources[name], translated)
        except RoutineError as cause:  # the routine's file has been changed meanwhile
            yield _left_out(str(cause), next(iter(translated)))
            continue
        for language, problem in problems.items():
            yield _left_out(problem, language)
        both = ChainMap(texts, routines[name].texts)  # type: ignore[arg-type] # nobody writes to it
        routines.put(replace(routines[name], texts=both))


def _left_out(problem: str, code: str) -> str:
    """The first lines of `problem`, and that the file is left out."""
    lines = problem.splitlines()
    if more := lines[TOLD:]:
        lines = [*lines[:TOLD], f"{len(more)} more: matside language check {code}."]
    return "\n".join([*lines[:-1], f"{lines[-1]} {_LEFT_OUT}"])
