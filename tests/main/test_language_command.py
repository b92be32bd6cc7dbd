"""``matside language list`` and ``check`` as a translator, or a CI, meets them."""

import json
from pathlib import Path

import pytest

from kiosk.library.words import SHIPPED_LANGUAGES
from tests.drivers.processes import matside

pytestmark = pytest.mark.process

ENGLISH = (SHIPPED_LANGUAGES / "en.toml").read_text(encoding="utf-8")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings that name a folder with the language ``tlh``, which no routine has words in."""
    folder = tmp_path / "languages"
    folder.mkdir()
    text = ENGLISH.replace('name = "English"', 'name = "tlhIngan Hol"')
    (folder / "tlh.toml").write_text(text, encoding="utf-8")
    file = tmp_path / "config.toml"
    file.write_text(f'[station]\nlanguages = "{folder}"\n')
    return file


def test_the_languages_are_listed_with_how_much_is_translated(config: Path) -> None:
    done = matside("language", "list", "--config", str(config))
    assert done.returncode == 0
    assert "en      English, 10 of 10 routines\n" in done.stdout
    assert "tlh     tlhIngan Hol, 0 of 10 routines\n" in done.stdout


def test_a_wrong_file_is_told_after_the_list(config: Path) -> None:
    (config.parent / "languages" / "tlh.toml").write_text("name = ")
    done = matside("language", "list", "--config", str(config))
    assert done.returncode == 1
    assert "tlhIngan" not in done.stdout
    assert "tlh.toml: is not valid TOML" in done.stderr


def test_a_check_of_a_whole_language_ends_well() -> None:
    done = matside("language", "check", "--strict", "en", "ar")
    assert (done.returncode, done.stdout) == (0, "en: is right.\nar: is right.\n")


def test_a_check_of_all_finds_what_is_missing_in_one_and_says_so_by_its_status(
    config: Path,
) -> None:
    done = matside("language", "check", "--config", str(config))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert "en: is right." in lines
    assert lines[-1] == "tlh: 10 faults, 1 warning."
    folder = config.parent / "languages"
    assert f"{folder}/foot-ball.tlh.toml: There is no such file: foot-ball has no words in" in (
        done.stdout
    )


def test_the_check_as_json_has_file_line_and_field_of_each_remark(config: Path) -> None:
    file = config.parent / "languages" / "tlh.toml"
    file.write_text(ENGLISH.replace('next = "Next"', "next = 3"), encoding="utf-8")
    done = matside("language", "check", "--json", "--config", str(config), "en", "tlh")
    assert done.returncode == 1
    english, klingon = json.loads(done.stdout)
    assert english == {"language": "en", "ok": True, "remarks": []}
    assert (klingon["language"], klingon["ok"]) == ("tlh", False)
    assert klingon["remarks"][0] == {
        "file": str(file),
        "kind": "fault",
        "line": ENGLISH[: ENGLISH.index('next = "Next"')].count("\n") + 1,
        "field": "next",
        "text": "found 3. It must be a text in quotes.",
    }


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[station]\nlanguages = "{tmp_path}/nowhere"\n')
    done = matside("language", "check", "--config", str(config))
    assert done.returncode == 2
    assert f"station.languages: {tmp_path}/nowhere cannot be read" in done.stderr
