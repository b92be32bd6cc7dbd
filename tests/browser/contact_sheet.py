"""Draw the figures of every routine, for both sides, on one picture: ``make figures``."""

import sys
from pathlib import Path

from markupsafe import Markup
from playwright.sync_api import sync_playwright

from kiosk.core.plan import plan_session
from kiosk.core.routine import Routine, Side
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.settings.shapes import Settings
from tests.drivers.chromium import HOW_TO_GET_ONE, launch
from web.assets import page_sheet
from web.figures import POSES, figure_html

#: How many figures stand in a row, and how wide the picture is, in px.
COLUMNS, WIDTH = 8, 1600

SHEET = f"""
html, body {{ display: block; height: auto; overflow: visible; background: #111; }}
body {{ padding: 16px; }}
h2 {{ padding: 10px 0 4px; color: #f5f5f5; font-size: 22px; }}
.row {{ display: grid; grid-template-columns: repeat({COLUMNS}, 1fr); gap: 4px 8px; }}
figure {{ height: 128px; }}
figure .figure {{ height: 106px; }}
figcaption {{ overflow: hidden; color: #c4c4c4; font-size: 14px; white-space: nowrap; }}
"""


FIGURE = Markup('<figure data-side="{}">{}<figcaption>{}</figcaption></figure>')


def figures_of(routine: Routine, side: Side) -> list[tuple[str, Side | None]]:
    """Each pose of `side`, or of no side, once; some are shown only if that side is done first."""
    found: dict[tuple[str, Side | None], None] = {}
    for first in (side, side.other):
        for step in plan_session(routine, first, routine.default_seconds):
            if step.side in (None, side):
                found[step.pose, step.side] = None
                if step.inset is not None:
                    found[step.inset, step.side] = None
    found[routine.weight_off_pose, side] = None
    return list(found)


def sheet_html() -> str:
    """The page with all figures."""
    body = Markup()
    for routine in RoutineReader(POSES).read_folder(SHIPPED_ROUTINES).values():
        text = routine.texts["en"]
        body += Markup("<h2>{}</h2>").format(text.title)
        for which in (Side.RIGHT, Side.LEFT):
            body += Markup('<div class="row">')
            for pose, side in figures_of(routine, which):
                drawing = figure_html(pose, mirrored=side is Side.LEFT, texts=text.labels)
                body += FIGURE.format("" if side is None else side.value, drawing, pose)
            body += Markup("</div>")
    style = f"{page_sheet(Settings().screen, mock_panel=False)}{SHEET}"
    return f"<!doctype html><title>Figures</title><style>{style}</style>{body}"


def main(file: Path) -> int:
    """Write the picture into `file`."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            print(HOW_TO_GET_ONE, file=sys.stderr)
            return 1
        page = browser.new_page(viewport={"width": WIDTH, "height": 800}, reduced_motion="reduce")
        page.set_content(sheet_html())
        page.screenshot(path=file, full_page=True)
        print(f"{file}: {file.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
