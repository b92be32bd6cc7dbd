"""The page's one script and one style sheet, joined from the many files in ``static``.

The files are what a person works on: ES modules and style sheets, each about one thing, that import
each other. A browser could load them as they are, in some thirty requests. The station sends it one
script and one style sheet instead. There is no build step: the files are joined when a page first
asks for them, and kept.

Joining is simple because the files keep to a simple form, which ``tests/web/test_assets.py`` holds:

- An import names files of the same folder or below, and stands on a line of its own:
  ``import { flash } from "./cues.js";`` or ``@import "band.css";``.
- An export stands before what it exports: ``export function flash(cue)``. There is no default
  export and no renaming.
- No two modules have a name in common at their top level, as all of them share one.

Comments stay in the files, but for those behind a line of a module: the browser does without.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from kiosk.settings.shapes import ScreenSection
from kiosk.version import VERSION
from web import figures

STATIC = Path(__file__).parent / "static"

# A comment of a module that has lines of its own, and any comment of a sheet.
_MODULE_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_SHEET_COMMENT = re.compile(r"[ \t]*/\*.*?\*/", re.DOTALL)

_MODULE_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"\./([^"]+)";.*\n', re.MULTILINE)
_SHEET_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |let |(?:async )?function |class )", re.MULTILINE)


@cache
def page_script(*, kiosk: bool, mock_panel: bool, voice: bool) -> str:
    """The script of the page, with the parts for kiosk, mock panel and voice if asked for."""
    entries = ["main.js", *["kiosk.js"] * kiosk, *["mock-panel.js"] * mock_panel]
    entries += ["voice.js"] * voice
    modules = _joined([STATIC / "station" / name for name in entries], _MODULE_IMPORT)
    return _MODULE_COMMENT.sub("", _EXPORT.sub("", modules))


@cache
def page_sheet(screen: ScreenSection, *, mock_panel: bool) -> str:
    """The style sheet of the page for a panel that is `screen`, with the mock panel if asked for.

    After the sheets come the sizes that follow from how far the mat is from the screen, and the
    lines and tones of the figures. What moves in a figure comes with the screen that shows it.
    """
    entries = ["page.css", *["mock-panel.css"] * mock_panel]
    sheets = _joined([STATIC / "css" / name for name in entries], _SHEET_IMPORT)
    # Factors for the least height of letters; both are 1 for a 7-inch screen that is 2 m away.
    distance = screen.viewing_distance_m / 2
    inches = 7 / screen.screen_inches
    sizes = f":root{{--far:{distance:.3f};--small:{inches:.3f}}}\n"
    return _SHEET_COMMENT.sub("", sheets) + sizes + figures.FIGURES_CSS


def page_edition(screen: ScreenSection, *, voice: bool) -> str:
    """Names the script and the sheet of a page: others have another version, `screen` or `voice`.

    A page that stays open while the station gets new settings, or is updated, sees by it that it
    is of yesterday.
    """
    return hashlib.sha256(f"{VERSION} {screen} {voice}".encode()).hexdigest()[:12]


@cache
def staff_sheet() -> str:
    """The style sheet of the staff area. The page that members see has nothing of it."""
    sheets = _joined([STATIC / "css" / "staff" / "staff.css"], _SHEET_IMPORT)
    return _SHEET_COMMENT.sub("", sheets)


#: What a page of each paper says to the printer: its size, and the margin that no ink reaches.
_PAPERS = {"a5": "A5 portrait", "a4": "A4 portrait", "letter": "letter portrait"}


@cache
def card_sheet(size: str) -> str:
    """The style sheet of a printed card on paper of the `size` ``a5``, ``a4`` or ``letter``."""
    sheets = [STATIC / "css" / name for name in ("fonts.css", "card.css")]
    joined = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    # The printed card lies beside its fonts in a folder, so their addresses must not be absolute.
    sheet = _SHEET_COMMENT.sub("", joined).replace('"/static/', '"static/')
    return f"{figures.FIGURES_CSS}{sheet}@page{{size:{_PAPERS[size]};margin:9mm}}\n"


def preview_sheet() -> str:
    """The style sheet of a routine that is being written, without what moves in its figures."""
    sheets = [STATIC / name for name in ("css/fonts.css", "preview/preview.css")]
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets) + figures.FIGURES_CSS


def _joined(entries: list[Path], imports: re.Pattern[str]) -> str:
    """The text of `entries` and of all that they import, each file once.

    A file comes after those that it imports: the order that a browser would run or apply them in.
    """
    texts: dict[Path, str] = {}
    seen: set[Path] = set()

    def visit(file: Path) -> None:
        if file in seen:
            return
        seen.add(file)
        text = file.read_text(encoding="utf-8")
        for name in imports.findall(text):
            visit((file.parent / name).resolve())
        texts[file] = imports.sub("", text)

    for entry in entries:
        visit(entry)
    return "".join(texts.values())
