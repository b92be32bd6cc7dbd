"""``matside language new``, ``export`` and ``import``: from English to the files of a language."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.errors import SettingsError
from kiosk.library.po import as_po
from tests.drivers.processes import matside

polib = pytest.importorskip("polib", reason="PO files need the extra po")

pytestmark = pytest.mark.process

#: What a headline of the figure four is called in a PO file.
CONTEXT = "figure-four steps.switch.headline.left"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The gym's folder for languages, which is there and empty."""
    made = tmp_path / "languages"
    made.mkdir()
    return made


@pytest.fixture
def config(tmp_path: Path, folder: Path) -> str:
    file = tmp_path / "config.toml"
    file.write_text(f'[station]\nlanguages = "{folder}"\n')
    return str(file)


def run(*words: object) -> "subprocess.CompletedProcess[str]":
    return matside("language", *map(str, words))


def exported(tmp_path: Path, *more: str) -> Any:
    file = tmp_path / "tlh.po"
    assert run("export", "tlh", "-o", file, *more).returncode == 0
    return polib.pofile(str(file))


def translate_all(catalogue: Any) -> None:
    """Say everything in capitals, but for the names in braces."""
    for entry in catalogue:
        words = entry.msgid.split(" ")
        entry.msgstr = " ".join(word if "{" in word else word.upper() for word in words)


def test_a_new_language_has_the_english_beside_what_is_to_be_said(
    folder: Path, config: str
) -> None:
    assert run("new", "sv", "--config", config).returncode == 0
    assert len(list(folder.iterdir())) == 11
    station = (folder / "sv.toml").read_text(encoding="utf-8")
    assert (
        "# left, when it is done on the left side: The left side is {time} short.\n"
        "# right, when it is done on the right side: The right side is {time} short.\n"
        'short = { left = "", right = "" }\n'
    ) in station
    assert 'other, after numbers such as 2, 3, 4, 5: breaths\nbreaths = { one = "",' in station
    routine = (folder / "figure-four.sv.toml").read_text(encoding="utf-8")
    assert 'language = "sv"\nreviewed = "nobody yet"\n' in routine
    assert '    # Replaced hip\n    "",\n' in routine
    done = run("check", "sv", "--config", config)
    assert done.returncode == 1
    assert "sv.toml: line 6: name is empty. Translate it.\n" in done.stdout


def test_a_file_that_is_there_is_left_as_it_is(folder: Path) -> None:
    (folder / "sv.toml").write_text('next = "Sedan"')
    done = run("new", "sv", "--folder", folder)
    assert done.returncode == 0
    assert f"{folder}/sv.toml: is there already, and is left as it is" in done.stdout
    assert (folder / "sv.toml").read_text() == 'next = "Sedan"'
    assert (folder / "figure-four.sv.toml").exists()


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    assert run("new", "sv", "--folder", tmp_path / "my" / "languages").returncode == 0
    assert (tmp_path / "my" / "languages" / "sv.toml").exists()


def test_what_is_exported_comes_back_translated_and_whole(
    tmp_path: Path, folder: Path, config: str
) -> None:
    catalogue = exported(tmp_path)
    assert catalogue.metadata["Language"] == "tlh"
    assert catalogue.translated_entries() == []
    translate_all(catalogue)
    catalogue.save()
    done = run("import", "tlh", tmp_path / "tlh.po", "--config", config)
    assert (done.returncode, done.stderr) == (0, "")
    assert "11 files are written" in done.stdout
    assert run("check", "tlh", "--config", config).returncode == 0
    routine = (folder / "figure-four.tlh.toml").read_text(encoding="utf-8")
    assert 'headline = { left = "SWITCH TO THE LEFT", right = "SWITCH TO THE RIGHT" }' in routine
    again = exported(tmp_path, "--config", config)
    assert [entry.msgstr for entry in again] == [entry.msgstr for entry in catalogue]
    done = run("import", "tlh", tmp_path / "tlh.po", "--config", config)
    assert done.stdout == "Nothing in it is new\n"


def test_a_language_that_comes_along_is_exported_as_it_is(tmp_path: Path) -> None:
    po = tmp_path / "pl.po"
    assert run("export", "pl", "-o", po).returncode == 0
    catalogue = polib.pofile(str(po))
    assert catalogue.untranslated_entries() == []
    forms = {entry.msgctxt: entry.msgstr for entry in catalogue if "breaths." in entry.msgctxt}
    assert forms["station breaths.few"] != forms["station breaths.many"]
    taken = run("import", "pl", po, "--folder", tmp_path / "own")
    assert taken.stdout == "Nothing in it is new\n"
    assert not (tmp_path / "own").exists()


def test_names_in_braces_are_marked_for_the_tools(tmp_path: Path) -> None:
    by_context = {entry.msgctxt: entry for entry in exported(tmp_path)}
    assert by_context["station takes"].flags == ["python-brace-format"]
    assert by_context["station next"].flags == []
    assert by_context[CONTEXT].comment == "when it is done on the left side"


def test_an_import_keeps_the_head_of_a_file_and_what_the_po_file_does_not_say(
    tmp_path: Path, folder: Path, config: str
) -> None:
    (folder / "tlh.toml").write_text('# By Marc.\n\nreviewed = "Marc"\nnext = "veb"\nheld = "x"\n')
    catalogue = exported(tmp_path)
    by_context = {entry.msgctxt: entry for entry in catalogue}
    by_context["station name"].msgstr = "tlhIngan Hol"
    by_context["station held"].msgstr = "y"
    by_context["station held"].flags.append("fuzzy")
    catalogue.save()
    done = run("import", "tlh", tmp_path / "tlh.po", "--config", config)
    assert done.returncode == 0
    assert "tlh.toml: Marc has reviewed it before; ask for another look" in done.stdout
    text = (folder / "tlh.toml").read_text(encoding="utf-8")
    assert text.startswith('# By Marc.\n\nreviewed = "Marc"\n\nname = "tlhIngan Hol"\n')
    assert 'next = "veb"' in text
    assert 'held = "x"' in text


def test_what_is_fuzzy_or_of_another_english_is_not_taken(
    tmp_path: Path, folder: Path, config: str
) -> None:
    catalogue = exported(tmp_path)
    by_context = {entry.msgctxt: entry for entry in catalogue}
    by_context["figure-four text.title"].msgstr = "LOSMAH"
    by_context[CONTEXT].msgstr = "POS"
    by_context[CONTEXT].flags.append("fuzzy")
    by_context["figure-four text.always"].msgstr = "OLD"
    by_context["figure-four text.always"].msgid = "Another sentence."
    catalogue.save()
    done = run("import", "tlh", tmp_path / "tlh.po", "--config", config)
    assert done.returncode == 0
    assert "1 of its texts translate an English that has changed" in done.stderr
    (file,) = folder.iterdir()
    text = file.read_text(encoding="utf-8")
    assert 'title = "LOSMAH"' in text
    assert "POS" not in text
    assert "OLD" not in text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("new", "klingon", "--folder", "."), "CODE: found 'klingon'. It must be the code of a"),
        (("new", "tlh"), "--folder is missing"),
        (("import", "tlh", "nowhere.po", "--folder", "."), "nowhere.po: cannot be read"),
        (("export", "tlh", "-o", "/proc/no/x.po"), "/proc/no/x.po: cannot be written"),
    ],
)
def test_what_cannot_be_done_is_explained(words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert says in done.stderr


def _no_po(path: Path) -> None:
    path.write_text('msgid "He said "hello""\nmsgstr "Hallo"\n')


def _other_language(path: Path) -> None:
    path.write_text('msgid ""\nmsgstr "Language: sv\\n"\n\nmsgid "a"\nmsgstr "b"\n')


def _utf_16(path: Path) -> None:
    path.write_text('msgid "a"\nmsgstr "b"\n', encoding="utf-16")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_no_po, "de.po: is no PO file: Syntax error"),
        (_other_language, "de.po: Language: found 'sv'. It must be 'de'."),
        (Path.touch, "de.po: Language: found ''. It must be 'de'."),
        (_utf_16, "de.po: is saved as UTF-16"),
        (os.mkfifo, "de.po: is no ordinary file, but a named pipe."),
        (Path.mkdir, "de.po: is no ordinary file, but a folder."),
    ],
)
def test_what_is_no_po_file_of_the_language_is_refused(
    tmp_path: Path, folder: Path, make: Callable[[Path], None], says: str
) -> None:
    po = tmp_path / "de.po"
    make(po)
    done = run("import", "de", po, "--folder", folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert list(folder.iterdir()) == []


def test_a_region_is_written_in_the_ways_of_both_kinds_of_files(
    tmp_path: Path, folder: Path
) -> None:
    po = tmp_path / "pt.po"
    assert run("export", "pt-BR", "-o", po).returncode == 0
    catalogue = polib.pofile(str(po))
    assert catalogue.metadata["Language"] == "pt_BR"
    translate_all(catalogue)
    po.write_text(str(catalogue), encoding="utf-8-sig")
    assert run("import", "pt-BR", po, "--folder", folder).returncode == 0
    assert (folder / "foot-ball.pt-BR.toml").exists()


def test_a_language_file_that_is_no_toml_is_not_exported(
    folder: Path, config: str, tmp_path: Path
) -> None:
    (folder / "tlh.toml").write_text("name = ")
    done = run("export", "tlh", "-o", tmp_path / "x.po", "--config", config)
    assert done.returncode == 2
    assert "tlh.toml: is not valid TOML" in done.stderr


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polib", None)
    with pytest.raises(SettingsError, match="pip install polib"):
        as_po("tlh", [])
