"""The page's script and style sheet: joined from files that follow the rules for joining."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.settings.shapes import ScreenSection
from web.assets import STATIC, page_script, page_sheet

MODULES = sorted((STATIC / "station").glob("*.js"))
SHEETS = sorted((STATIC / "css").rglob("*.css"))
#: The sheets of the page; a printed card and the staff area have their own.
PAGE_SHEETS = [path for path in SHEETS if path.name != "card.css" and path.parent.name != "staff"]

#: What a module declares at its top level, where no line is indented.
DECLARED = re.compile(
    r"^(?:export )?(?:async )?(?:const|let|var|function|class) (\w+)", re.MULTILINE
)
EXPORTED = re.compile(r"^export (?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w-]+\.js)";$', re.MULTILINE)

#: Any line that imports or exports, in whatever form.
IMPORT_OR_EXPORT = re.compile(r"^[ \t]*(?:import|export)\b.*", re.MULTILINE)
ALLOWED = re.compile(
    r'import (?:\{ [\w, ]+ \} from )?"\./[\w-]+\.js";(?: //.*)?'
    r"|export (?:const|let|(?:async )?function|class) \w+.*"
)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code_of(file: Path) -> list[str]:
    """The lines of `file` as they are when joined: no comments, no imports, and no ``export``."""
    text = re.sub(r"[ \t]*/\*.*?\*/", "", read(file), flags=re.DOTALL)
    lines = [line for line in text.splitlines() if line.strip()]
    left_out = ("//", "import ", "@import ")
    return [line.removeprefix("export ") for line in lines if not line.strip().startswith(left_out)]


def without_empty_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def everything() -> tuple[str, str]:
    """The script and the style sheet of a page with every part, the mock panel too."""
    script = page_script(kiosk=True, mock_panel=True, voice=True)
    return script, page_sheet(ScreenSection(), mock_panel=True)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_imports_and_exports_in_the_form_that_joining_knows(module: Path) -> None:
    assert [
        line for line in IMPORT_OR_EXPORT.findall(read(module)) if not ALLOWED.match(line)
    ] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_imports_only_what_the_other_one_exports(module: Path) -> None:
    for names, other in IMPORTED.findall(read(module)):
        assert set(names.split(", ")) <= set(EXPORTED.findall(read(module.parent / other)))


def test_no_two_modules_have_a_name_in_common() -> None:
    names = Counter(name for module in MODULES for name in DECLARED.findall(read(module)))
    assert [name for name, times in names.items() if times > 1] == []


def test_no_import_and_no_export_is_left_where_all_is_joined() -> None:
    script, sheet = everything()
    assert IMPORT_OR_EXPORT.findall(script) == []
    assert "@import" not in sheet


def test_every_module_and_every_sheet_is_in_once() -> None:
    script, sheet = everything()
    for joined, files in ((script, MODULES), (sheet, PAGE_SHEETS)):
        for file in files:
            if code := "\n".join(code_of(file)):
                assert without_empty_lines(joined).count(code) == 1, file.name


def test_a_module_comes_after_those_that_it_imports() -> None:
    script = without_empty_lines(everything()[0])
    for module in MODULES:
        for _, other in IMPORTED.findall(read(module)):
            imported = "\n".join(code_of(module.parent / other))
            assert script.index(imported) < script.index("\n".join(code_of(module)))


def test_comments_stay_in_the_files() -> None:
    script, sheet = everything()
    assert [line for line in script.splitlines() if line.strip().startswith("//")] == []
    assert "/*" not in sheet


def test_the_page_asks_for_one_script_and_one_style_sheet(client: FlaskClient) -> None:
    for address in ("/", "/?panel=off", "/?kiosk"):
        page = client.get(address).text
        assert page.count("<script") == 1
        sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
        assert [sheet.partition("?")[0] for sheet in sheets] == ["/page.css"]
        for asset in [*sheets, *re.findall(r'src="(/page\.[^"]+)"', page)]:
            assert client.get(html.unescape(asset)).status_code == 200


def test_only_a_page_with_the_mock_panel_fetches_what_is_for_it(client: FlaskClient) -> None:
    for address, wanted in (("/", True), ("/?panel=off", False)):
        page = client.get(address).text
        assets = re.findall(r'(?:src|href)="(/page\.[^"]+)"', page)
        assert len(assets) == 2
        for asset in assets:
            assert ("mock-button" in client.get(html.unescape(asset)).text) is wanted


def test_the_sizes_of_the_settings_come_after_those_of_the_sheets() -> None:
    sheet = page_sheet(ScreenSection(viewing_distance_m=2.5, screen_inches=14), mock_panel=False)
    assert re.findall(r"--far: ?([\d.]+)", sheet) == ["1", "1.250"]
    assert re.findall(r"--small: ?([\d.]+)", sheet) == ["1", "0.500"]


@pytest.mark.parametrize("path", [*MODULES, *SHEETS], ids=lambda path: path.name)
def test_no_line_of_script_or_style_is_longer_than_a_screen_is_wide(path: Path) -> None:
    assert [line for line in read(path).splitlines() if len(line) > 110] == []
