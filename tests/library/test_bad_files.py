"""Whatever lies in a file called x.toml: an error that its author understands, at once."""

import os
import re
import socket
import time
from pathlib import Path

import pytest

from kiosk.core.errors import RoutineError
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.library.words import load_languages
from web.figures import POSES

READER = RoutineReader(POSES, languages=load_languages())
ROUTINE = (SHIPPED_ROUTINES / "glute-ball.toml").read_text(encoding="utf-8")

#: The number of the line with the title.
TITLE = ROUTINE.splitlines().index('title = "Glute ball"') + 1

ONE = "There can be only one: write its heading in one bracket, like [this]."
KINDS = "It must be one of: finish, gate, hold, setup, switch."
TWO = "It must be a list of 2, each a text in quotes, 240 characters at most."
SECONDS = "It must be a whole number from 1 to 600. Write it without quotes."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "glute-ball.toml"


def refused(path: Path) -> str:
    """What the error says about `path`; it comes within seconds, whatever is there."""
    begun = time.monotonic()
    with pytest.raises(RoutineError) as caught:
        READER.read(path)
    assert time.monotonic() - begun < 5
    message = str(caught.value)
    assert all(line.startswith(f"{path}: ") for line in message.splitlines())
    return message


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + ROUTINE.encode(),
        ROUTINE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + ROUTINE.replace("\n", "\r\n").encode(),
        ROUTINE.replace("id = ", "\tid\t=\t").encode(),
    ],
    ids=["byte order mark", "CRLF", "as Notepad saves it", "tabs"],
)
def test_a_file_from_another_editor_is_read_all_the_same(path: Path, content: bytes) -> None:
    path.write_text(ROUTINE, encoding="utf-8")
    plain = READER.read(path)
    path.write_bytes(content)
    assert READER.read(path) == plain


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_file_in_another_encoding_says_how_to_save_it(path: Path, encoding: str) -> None:
    path.write_bytes(ROUTINE.encode(encoding))
    assert re.search(r"UTF-16.* Save it as UTF-8: in Notepad", refused(path))


def test_latin_letters_of_an_old_editor_name_their_line(path: Path) -> None:
    path.write_bytes(ROUTINE.replace("Glute ball", "Gesäß").encode("latin-1"))
    assert f"line {TITLE} is not UTF-8 text. Save it as UTF-8" in refused(path)


def test_a_nul_byte_names_its_line(path: Path) -> None:
    path.write_text(ROUTINE.replace("Glute ball", "Glute\0ball"))
    assert f"line {TITLE} has a NUL byte, which no text has" in refused(path)


def test_a_typographic_quote_is_named(path: Path) -> None:
    path.write_text(ROUTINE.replace('"Glute ball"', "“Glute ball”"), encoding="utf-8")
    assert f"line {TITLE}" in refused(path)
    assert '“ is a typographic quote. Write straight quotes: ".' in refused(path)


def test_a_sign_that_nobody_sees_is_named(path: Path) -> None:
    path.write_text(ROUTINE.replace("title =", "title\u200b ="), encoding="utf-8")
    assert "zero width space" in refused(path)


def test_typographic_quotes_within_a_text_are_a_text(path: Path) -> None:
    path.write_text(ROUTINE.replace("Glute ball", "The “glute” ball"), encoding="utf-8")
    assert RoutineReader(POSES).read(path).texts["en"].title == "The “glute” ball"


def test_all_lines_that_are_no_toml_are_told_at_once(path: Path) -> None:
    text = ROUTINE.replace('"Glute ball"', '"Glute ball').replace("seconds = 15", "seconds = ")
    path.write_text(text)
    first, second = refused(path).splitlines()
    assert f"line {TITLE}" in first
    assert "A quote is not closed" in first
    assert f"line {text.splitlines().index('seconds = ') + 1}" in second


def test_a_heading_that_is_never_closed_is_one_fault(path: Path) -> None:
    path.write_text(ROUTINE.replace("[weight_off]", "[weight_off"))
    assert len(refused(path).splitlines()) == 1


@pytest.mark.parametrize("kind", ["folder", "named pipe", "socket", "device"])
def test_what_is_no_file_is_called_what_it_is(
    path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "named pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        monkeypatch.chdir(path.parent)  # a socket's path must be short
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    assert f"is no ordinary file, but a {kind}. Put a text file in its place." in refused(path)


def test_links_in_a_circle_are_told(path: Path) -> None:
    path.symlink_to(path)
    assert "Links lead round in a circle" in refused(path)


def test_a_file_that_may_not_be_read_says_what_to_do(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(ROUTINE)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert "cannot be read: Permission denied. Give its reader the right to" in refused(path)


def test_a_file_of_100_mb_is_refused_without_being_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "is larger than 256 KiB" in refused(path)


def changing(path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Have somebody write into `path` during each of the first `times` reads."""
    left = [times]
    real = os.read

    def read(descriptor: int, size: int) -> bytes:
        first = os.lseek(descriptor, 0, os.SEEK_CUR) == 0
        part = real(descriptor, size)
        if left[0] and first:
            left[0] -= 1
            path.write_text(f"{path.read_text()}\n# {left[0]}\n")
        return part

    monkeypatch.setattr(os, "read", read)


def test_a_file_that_changes_while_it_is_read_is_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(ROUTINE)
    changing(path, monkeypatch, times=1)
    assert RoutineReader(POSES).read(path).id == "glute-ball"


def test_a_file_that_never_stops_changing_is_given_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(ROUTINE)
    changing(path, monkeypatch, times=99)
    assert "was changed while it was read. Try again once it is saved." in refused(path)


def test_ten_thousand_steps_are_refused_at_once(path: Path) -> None:
    head, finish = ROUTINE.split("[[finish]]", 1)
    path.write_text(f"finish = [{'{},' * 10_000}]\n{head}")
    assert "finish: found 10000 entries. It must be a list of 1 to 60" in refused(path)
    path.write_text(head + "[[finish]]".join(["", *[finish] * 10_000]))
    assert "is larger than 256 KiB" in refused(path)


def test_brackets_that_are_nested_too_deeply_are_told(path: Path) -> None:
    path.write_text(f"id = {'[' * 50_000}{']' * 50_000}\n{ROUTINE}")
    assert "nested too deeply" in refused(path)
    path.write_text(ROUTINE.replace('id = "glute-ball"', f"id = {'[' * 90}{']' * 90}"))
    assert "id: found a list with 1 in it. It must be small letters" in refused(path)


def test_a_control_character_is_told_by_its_number(path: Path) -> None:
    path.write_text(ROUTINE.replace("Glute ball", r"Glute\u0000\u001bball"))
    assert "text.title: found the control character U+0000" in refused(path)


def test_a_long_value_is_told_in_short(path: Path) -> None:
    path.write_text(ROUTINE.replace("Glute ball", "ball " * 9000))
    message = refused(path)
    assert "48 characters at most. This one has 45000." in message
    assert len(message) < 300


def test_an_id_that_is_there_twice_is_told(path: Path) -> None:
    path.write_text(ROUTINE.replace('id = "roll"', 'id = "settle"'))
    assert 'each_side["settle"].id: found twice' in refused(path)


def test_every_value_of_a_wrong_type_is_told_at_once(path: Path) -> None:
    text = ROUTINE
    for old, new in (
        ("seconds = 15", 'seconds = "15"'),
        ('kind = "gate"', 'kind = "door"'),
        ("loaded = true", 'loaded = "yes"'),
        ('always = "', 'allways = "'),
        ('title = "Glute ball"\n', ""),
        ("place = 70", "place = 0"),
        ('beat = ["One way", "And back"]', 'beat = ["One way"]'),
        ("[weight_off]", "[[weight_off]]"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)
    assert [line.removeprefix(f"{path}: ") for line in refused(path).splitlines()] == [
        "place: found 0. It must be a whole number from 1 to 999.",
        "text.allways is not known here. Did you mean always?",
        "text.title is missing. Add it.",
        f"weight_off: found a list with 1 in it. {ONE}",
        f"prepare[\"check\"].kind: found 'door'. {KINDS}",
        "each_side[\"sit\"].loaded: found 'yes'. It must be true or false.",
        f'each_side["roll"].beat: found 1 entries. {TWO}',
        f"finish[\"off\"].seconds: found '15'. {SECONDS}",
    ]
