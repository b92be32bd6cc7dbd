"""What a station is started with, whether or not its files are right.

A person who names a settings file is told what is wrong with it, and nothing starts. A station
that comes up by itself has nobody to tell: it runs on what is right, and says what is not in the
log, on ``/healthz``, in `matside check` and in a line on its attract screen.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.core.session import Rules
from kiosk.library.words import Words, load_languages
from kiosk.main.rules import library_of, mended, rules_of
from kiosk.ports.health import SetupHealth
from kiosk.settings.fallback import FoundSettings, keep_settings
from kiosk.settings.shapes import Settings, StationSection

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a station is started with.

    Attributes:
        settings: The settings in force.
        rules: What its sessions run by.
        languages: The station's own words by code of the language.
        health: What is wrong with the files of settings and routines, and what is used instead.
        kept_if_good: The settings as they were found. Once the station is up, they are kept for a
            day when the file is wrong. None if something was wrong with them already.
        forgiving: Whether the station is to start whatever is wrong, since nobody is there to
            read an error.
        file: The settings file, for staff to change; None if there is to be none.
        found_later: Tells what is wrong with files that were read when the station was up already.
    """

    settings: Settings
    rules: Rules
    languages: Mapping[str, Words] = field(default_factory=load_languages)
    health: SetupHealth = field(default_factory=SetupHealth)
    kept_if_good: FoundSettings | None = None
    forgiving: bool = False
    file: Path | None = None
    found_later: Callable[[], tuple[str, ...]] = tuple

    def health_now(self) -> SetupHealth:
        """What is wrong with the files, with what was found since the station is up."""
        return replace(self.health, problems=(*self.health.problems, *self.found_later()))


def set_up(found: FoundSettings, speed: float = 1.0) -> Setup:
    """Put together what a station is started with, and log what is wrong.

    Args:
        found: The settings that were found.
        speed: Routine seconds a clock second.

    Raises:
        RoutineError: A routine that ships with Matside is wrong.
        SettingsError: The settings are wrong, and a person is there to be told.
    """
    settings = found.settings
    library = library_of(settings, {settings.station.routine, StationSection().routine})
    of_settings = [] if found.problem is None else [found.problem]
    if found.forgiving:
        settings, problems = mended(settings, library)
        of_settings += problems
    rules = rules_of(settings, library, speed)
    health = SetupHealth(found.origin.value, (*of_settings, *library.problems))
    for problem in health.problems:
        _log.error("%s", problem)
    return Setup(
        settings,
        rules,
        library.languages,
        health,
        None if of_settings else found,
        found.forgiving,
        found.file,
        library.found_later,
    )


def with_problem(setup: Setup, problem: str | None) -> Setup:
    """`setup` with one more thing that is wrong with the settings, if there is one; logs it."""
    if problem is None:
        return setup
    _log.error("%s", problem)
    health = replace(setup.health, problems=(*setup.health.problems, problem))
    return replace(setup, health=health, kept_if_good=None)


def keep_if_good(setup: Setup) -> None:
    """Keep the settings that the station has come up with, for a day when the file is wrong."""
    if setup.kept_if_good is None:
        return
    try:
        keep_settings(setup.kept_if_good)
    except OSError as problem:
        # The station works. Only if the file is wrong some day, there will be no copy to use.
        _log.warning("the settings that work could not be kept: %s", problem)
