"""The preview of a routine: follows its file, keeps the last good one, and keeps nothing else."""

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from werkzeug.test import Client

from kiosk.core.errors import RoutineError
from kiosk.library.legibility import legible
from kiosk.library.new_routine import write_new_routine
from kiosk.library.remarks import Judge
from kiosk.library.words import load_languages
from kiosk.main.preview import MOST, Previewer, preview
from kiosk.settings.shapes import Settings
from web.figures import POSES

#: A request from this machine itself.
HERE = {"REMOTE_ADDR": "127.0.0.1"}

JUDGE = Judge(POSES, load_languages(), 6, legible(2.0, 7.0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_new_routine("hip-opener", tmp_path)


@pytest.fixture
def previewer(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Previewer]:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "real"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    with contextlib.closing(Previewer(path, Settings(), JUDGE)) as previewer:
        yield previewer


def save(path: Path, old: str, new: str) -> None:
    """Change the file, at a moment that its time stamp tells."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    stamp = path.stat().st_mtime_ns + 1_000_000
    os.utime(path, ns=(stamp, stamp))


def page(previewer: Previewer, address: str = "/preview") -> str:
    answer = Client(previewer).get(address, environ_base=HERE)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def start_of_session(previewer: Previewer) -> str:
    """The screen after the first press, as a station shows it."""
    client, headers = Client(previewer), {"Origin": "http://localhost"}
    answer = client.post(
        "/api/button", json={"action": "press"}, headers=headers, environ_base=HERE
    )
    assert answer.status_code == 200
    return page(previewer, "/")


def test_all_steps_are_on_one_page_on_both_sides(previewer: Previewer) -> None:
    assert previewer.look()
    html = page(previewer)
    for words in ("Is any of this you?", "Hug the right knee", "Hug the left knee", "Let go and"):
        assert words in html
    assert html.count('data-side="left"') == html.count('data-side="right"') == 3
    assert "sources</code>" in html
    assert "about 2 minutes, 30 s a side" in html
    assert "Hip opener" in page(previewer, "/")
    assert "Hip opener" in page(previewer, "/card/hip-opener")
    assert ".figure" in page(previewer, "/preview.css")


def test_every_figure_is_on_a_page_with_its_name(previewer: Previewer) -> None:
    html = page(previewer, "/preview/figures")
    assert all(f"<code>{pose}</code>" in html for pose in POSES)
    assert len(page(previewer, "/preview.css?figures")) > len(page(previewer, "/preview.css"))


def test_a_save_is_shown_and_a_look_without_one_does_nothing(
    previewer: Previewer, path: Path
) -> None:
    assert previewer.look()
    assert not previewer.look()
    save(path, "Hug the {other} knee", "Draw the {other} knee up")
    save(path, "Hip opener", "Hip closer")
    assert previewer.look()
    assert "Draw the left knee up" in page(previewer)
    assert "Hip closer" in page(previewer, "/")
    assert msgspec.json.decode(page(previewer, "/preview/version")) == {"version": 2}


def test_a_broken_save_is_told_and_the_last_good_one_stays(
    previewer: Previewer, path: Path
) -> None:
    previewer.look()
    save(path, "seconds = 30", 'seconds = "<b>30"')
    assert previewer.look()
    html = page(previewer)
    assert "1 fault in what you have saved" in html
    assert "Below is the last version without any" in html
    assert "<pre>seconds = &#34;&lt;b&gt;30&#34;</pre>" in html
    assert "It must be a whole number from 1 to 600" in html
    assert "Hug the right knee" in html
    assert "Hip opener" in page(previewer, "/")
    save(path, 'seconds = "<b>30"', "seconds = 31")
    previewer.look()
    assert "fault" not in page(previewer).partition("<body")[2]


def test_a_session_under_way_goes_on_through_a_broken_save(
    previewer: Previewer, path: Path
) -> None:
    previewer.look()
    assert "Is any of this you?" in start_of_session(previewer)
    save(path, "seconds = 30", "seconds = 0")
    previewer.look()
    assert "Is any of this you?" in page(previewer, "/")


def test_a_file_that_is_wrong_from_the_start_is_told_and_shown_once_it_is_mended(
    previewer: Previewer, path: Path
) -> None:
    save(path, 'language = "en"', "language =")
    previewer.look()
    html = page(previewer)
    assert "The steps appear here once nothing is wrong any more" in html
    assert "The value is missing" in html
    assert "Try it on the station" not in html
    save(path, "language =", 'language = "en"')
    previewer.look()
    assert "Hug the right knee" in page(previewer)


def vanish(path: Path) -> None:
    path.unlink()


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def become_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def become_empty(path: Path) -> None:
    path.write_bytes(b"")


def become_utf_16(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def become_ten_thousand_steps(path: Path) -> None:
    path.write_text('each_side = [{id="a"}' + ',{id="a"}' * 9_999 + "]\n" + path.read_text())


def become_huge(path: Path) -> None:
    path.write_text(path.read_text() + "# more\n" * 100_000)


@pytest.mark.parametrize(
    ("become", "says"),
    [
        (vanish, "cannot be read: No such file or directory"),
        (become_a_folder, "is no ordinary file, but a folder"),
        (become_a_pipe, "is no ordinary file, but a named pipe"),
        (become_empty, "The file is empty"),
        (become_utf_16, "is saved as UTF-16"),
        (become_ten_thousand_steps, "each_side"),
        (become_huge, "is larger than 256 KiB"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_whatever_the_file_becomes_is_told_and_the_last_good_one_stays(
    previewer: Previewer, path: Path, become: object, says: str
) -> None:
    previewer.look()
    text = path.read_text(encoding="utf-8")
    assert callable(become)
    become(path)
    assert previewer.look()
    html = page(previewer)
    assert says in html
    assert "Hug the right knee" in html
    assert len(html) < 500_000
    if path.is_dir():
        path.rmdir()
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")
    assert previewer.look()
    assert 'class="faults"' not in page(previewer)


def test_no_more_than_a_screenful_of_faults_is_shown(previewer: Previewer, path: Path) -> None:
    path.write_text("\n".join(f"key-{number} = 1" for number in range(1_000)))
    previewer.look()
    assert len(previewer.draft.faults.shown) == MOST
    assert f"and {previewer.draft.faults.more} more: mend these first" in page(previewer)


def test_markup_in_texts_is_shown_as_it_stands(previewer: Previewer, path: Path) -> None:
    save(path, "Hug the {other} knee", "<script>x</script> {side}")
    previewer.look()
    html = page(previewer)
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


ARABIC = """language = "ar"
[text]
title = "عنوان"
invitation = "دعوة"
equipment = ["سجادة"]
facts = ["حقيقة"]
skip_if = ["ألم", "جراحة"]
skip_advice = "نصيحة"
stop_if = ["ألم حاد", "خدر", "دوخة"]
emergency = "طوارئ"
[weight_off]
headline = "استراحة"
detail = "القدمان على الأرض"
press = "اضغط"
"""


def test_a_translation_is_followed_too_and_laid_out_in_its_direction(
    previewer: Previewer, path: Path
) -> None:
    previewer.look()
    translation = path.with_suffix(".ar.toml")
    translation.write_text('language = "ar"', encoding="utf-8")
    assert previewer.look()
    assert "hip-opener.ar.toml" in page(previewer)
    steps = ("check", "lie-down", "hug", "switch", "stand-up")
    words = "".join(f'[steps.{step}]\nheadline = "رأس"\ndetail = "تفصيل"\n' for step in steps)
    translation.write_text(ARABIC + words, encoding="utf-8")
    assert previewer.look()
    assert previewer.draft.faults.shown == ()
    html = page(previewer, "/preview?language=ar")
    assert "عنوان" in html
    assert 'lang="ar" dir="rtl"' in html
    assert "Hip opener" in page(previewer, "/preview?language=xx")


def test_the_alternative_may_lie_beside_the_file(previewer: Previewer, path: Path) -> None:
    softer = write_new_routine("softer", path.parent)
    save(path, 'language = "en"', 'language = "en"\nalternative = "softer"')
    previewer.look()
    assert previewer.draft.faults.shown == ()
    assert 'data-value="softer"' in start_of_session(previewer)
    save(softer, 'id = "softer"', "id = 1")
    save(path, "Hip opener", "Hip closer")
    previewer.look()
    gate = start_of_session(previewer)
    assert "Is any of this you?" in gate
    assert 'data-value="softer"' not in gate


def test_a_station_that_is_replaced_leaves_no_threads_and_no_files(
    previewer: Previewer, path: Path, tmp_path: Path
) -> None:
    previewer.look()
    start_of_session(previewer)
    threads = threading.active_count()
    for number in range(3):
        save(path, "30" if number == 0 else f"3{number}", f"3{number + 1}")
        previewer.look()
        start_of_session(previewer)
    assert threading.active_count() == threads
    assert len([*(tmp_path / "temporary").iterdir()]) == 1
    previewer.close()
    assert [*(tmp_path / "temporary").iterdir()] == []
    assert not (tmp_path / "real").exists()


def test_a_file_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match="To write one: matside routine new none"):
        preview(tmp_path / "none.toml", Settings(), 1.0, open_browser=False)
