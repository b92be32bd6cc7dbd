"""Wrong files: each error names the file, the field or line, what was found and what is right."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.errors import SettingsError
from kiosk.settings.loading import load_settings
from kiosk.settings.shapes import Settings
from kiosk.toml_files.faults import faults_of, sound
from kiosk.toml_files.syntax import parse


def test_a_file_that_is_no_text_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b'id = "x"\n\xff')
    with pytest.raises(SettingsError, match="line 2 is not UTF-8"):
        load_settings(path)


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"#" * 300_000)
    with pytest.raises(SettingsError, match="larger than 256 KiB"):
        load_settings(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        load_settings(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[server]\nprot = 80", "server.prot is not known here. Did you mean port?"),
        ("[server]\nport = 70000", "server.port: found 70000"),
        ("[server]\nstaff_pin = '0000'", "server.staff_pin"),
        ("[panel]\nbutton_pin = 40", "panel.button_pin: found 40"),
        ("[panel]\nbutton_pin = 27", "must be different pins"),
        ("[panel]\nhardware = 'arduino'", "panel.hardware: found 'arduino'"),
        ("[screen]\nviewing_distance_m = 'far'", "screen.viewing_distance_m: found 'far'"),
        ("[[server]]", "server: found [{}]"),
        ("server = 1", "server: found 1"),
        ("[server", "is not valid TOML"),
    ],
)
def test_wrong_settings_are_explained(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)


def test_a_part_that_is_not_there_is_false(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[panel]\nbuzzer_pin = false\nlight_pin = false")
    assert load_settings(path).panel.buzzer_pin is False


PORT = "It must be a whole number from 0 to 65535. Write it without quotes."


def test_all_that_is_wrong_with_settings_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[station]\nside = "up"\n[server]\nport = "80"\nstaff_pin = "1"\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()] == [
        "station.side: found 'up'. It must be one of: left, right.",
        f"server.port: found '80'. {PORT}",
        "server.staff_pin: found something else. It must be 6 to 12 digits in quotes.",
    ]


#: Values that a file may have, right and wrong ones.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 70_000) | st.sampled_from(["left", "22:00", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["side", "port", "host", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["station", "server", "panel", "screen", "x"]), VALUES, max_size=4
    )
)
def test_a_fault_is_found_if_and_only_if_the_values_do_not_fit(data: dict[str, object]) -> None:
    assert bool(faults_of(data, Settings)) is not sound(data, Settings)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('title = "Hip', "line 2: A quote is not closed"),
        ("title = \u201cHip\u201d", "line 2: \u201c is a typographic quote"),
        ("title = Hip", "line 2: The value is missing, or is a text without quotes"),
        ('title = "My "hip""', 'A quote within a text is written \\". What follows'),
        ("seconds = 30,5", "line 2: What follows the value does not belong there: ,5"),
        (f"seconds = 30 {'x' * 99}", f"does not belong there: {'x' * 39}\u2026"),
        ('facts = ["a" "b"]', "line 2: A list is not closed with ], or a comma is missing"),
        ('facts = ["a"\nid = 1', "line 3: A list that begins above is not closed with ]"),
        ("sided = True", "line 2: Write true or false, in small letters"),
        ('kind: "hold"', "line 2: A line is a name, the sign = and a value. A note"),
        ("[[prepare]", "line 2: A heading in two brackets has two at its end too"),
        ("[my text]", "line 2: A heading in a bracket has one at its end too"),
        ("id = 1", "line 2: The same name stands here twice"),
        ('sound = "\\boom\\x"', "line 2: "),
        ("facts = [", "At the end of the file: a quote or a bracket is not closed"),
    ],
)
def test_a_line_that_is_no_toml_is_explained_in_plain_words(line: str, says: str) -> None:
    data, (fault, *_) = parse(f"id = 0\n{line}\n" if line != "facts = [" else line)
    assert data == {}
    assert says in str(fault)
    assert "column" not in str(fault)


def test_a_list_that_is_not_closed_is_told_once() -> None:
    _, faults = parse('facts = ["a"\n[text]\ntitle = 1\n[more]\n')
    assert len(faults) == 1


def test_a_secret_stands_in_no_message_even_if_its_line_is_no_toml() -> None:
    _, (fault,) = parse('staff_pin = "12" 345678\n')
    assert "345678" not in str(fault)
