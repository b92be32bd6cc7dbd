"""Finds what is wrong with a file before it is sent to any station, by the checks of its kind."""

from pathlib import Path

import msgspec

from kiosk.core.errors import FleetError
from kiosk.library.language_report import report_on_language
from kiosk.library.places import routine_of
from kiosk.library.remarks import Remark, faults
from kiosk.library.routine_files import RoutineReader, language_of
from kiosk.library.translation_report import no_words, report_on_translation
from kiosk.main.rules import judge_of, library_of, places_of
from kiosk.settings.loading import parse_settings
from kiosk.settings.shapes import Settings
from web.figures import POSES

#: How many faults are told at once.
TOLD = 10


def check_push(file: Path, kind: str, settings: Settings) -> None:
    """Hold that a station could take `file`.

    Routines and languages of the gym's own are those of `settings`, and for a language those that
    lie beside the file: the words of a routine want those of the station in the same language.

    Args:
        file: The file.
        kind: What it is: ``settings``, ``routine`` or ``language``.
        settings: The settings here.

    Raises:
        MatsideError: It could not; the text has a line for each fault.
    """
    if kind == "settings":
        parse_settings(file.read_bytes(), str(file))
    elif kind == "language":
        station = msgspec.structs.replace(settings.station, languages=str(file.parent))
        _check_language(file, msgspec.structs.replace(settings, station=station))
    elif _is_translation(file):
        original = file.with_name(f"{routine_of(file)}.toml")
        _refuse(file, report_on_translation(file, original, judge_of(settings)))
    else:
        RoutineReader(POSES, settings.station.breath_seconds).read_what_is_right(file)


def _check_language(file: Path, settings: Settings) -> None:
    judge = judge_of(settings)
    code = language_of(file) if _is_translation(file) else file.stem
    remarks = report_on_language(code, library_of(settings), places_of(settings), judge)
    _refuse(file, [remark for remark in remarks if remark.file.name == file.name])
    if code not in judge.languages:
        raise FleetError(f"{file}: {no_words(code, judge.languages)} {code}.toml goes first.")


def _is_translation(file: Path) -> bool:
    return "." in file.stem


def _refuse(file: Path, remarks: list[Remark]) -> None:
    if not (wrong := faults(remarks)):
        return
    lines = [str(remark) for remark in wrong[:TOLD]]
    if more := len(wrong) - len(lines):
        lines.append(f"{file}: {more} more. Mend these first.")
    raise FleetError("\n".join(lines))
