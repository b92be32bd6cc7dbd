"""``matside routine list`` and ``matside routine show``: the routines there are, and one."""

import argparse
import sys

from kiosk.core.errors import SettingsError
from kiosk.core.routine import Kind, Routine, RoutineStep, Sides
from kiosk.main.commands.options import FAILED, Commands, add_common, settings_of


def add_to(verbs: Commands) -> None:
    """Add ``list`` and ``show``."""
    listing = verbs.add_parser("list", help="the routines there are")
    add_common(listing)
    listing.set_defaults(command=_list)
    show = verbs.add_parser("show", help="the steps of a routine")
    show.add_argument("name")
    add_common(show)
    show.set_defaults(command=_show)


def _list(options: argparse.Namespace) -> int:
    from kiosk.main.rules import library_of  # noqa: PLC0415 - only these verbs read routines

    library = library_of(settings_of(options))
    for routine in library.routines.values():
        text = next(iter(routine.texts.values()))
        print(f"{routine.id:24}{text.title}, {_lengths(routine)}, in {', '.join(routine.texts)}")
    for problem in library.problems:
        print(f"matside: {problem}", file=sys.stderr)
    return FAILED if library.problems else 0


def _lengths(routine: Routine) -> str:
    """The lengths that `routine` offers, in the unit that it counts in."""
    breaths = [routine.breaths(seconds) for seconds in routine.side_seconds]
    unit = "s" if routine.breath_seconds is None else "breaths"
    lengths = "/".join(map(str, routine.side_seconds if unit == "s" else breaths))
    of_what = "in all" if routine.sides is Sides.BOTH_AT_ONCE else "a side"
    sets = "" if routine.sets == 1 else f" in {routine.sets} sets"
    return f"{lengths} {unit} {of_what}{sets}"


def _show(options: argparse.Namespace) -> int:
    from kiosk.main.rules import library_of  # noqa: PLC0415 - only these verbs read routines

    routines = library_of(settings_of(options)).routines
    routine = routines.get(options.name)
    if routine is None:
        raise SettingsError(
            f"routine: found {options.name!r}. It must be one of: {', '.join(routines)}."
        )
    text = next(iter(routine.texts.values()))
    print(f"{text.title}, {_lengths(routine)}, {routine.sides.value}")
    for section in ("prepare", "each_side", "switch", "finish"):
        steps: tuple[RoutineStep, ...] = getattr(routine, section)
        if steps:
            print(section)
        for step in steps:
            headline = text.steps[step.id].left.headline
            print(f"  {step.id:12} {step.kind.value:7} {_length(step, routine):>9}  {headline}")
    return 0


def _length(step: RoutineStep, routine: Routine) -> str:
    """How long `step` lasts as its file says it, empty if a press alone ends it."""
    if step.seconds is None:
        return ""
    breaths = routine.breaths(step.seconds) if step.kind is Kind.HOLD else None
    return f"{step.seconds} s" if breaths is None else f"{breaths} breaths"
