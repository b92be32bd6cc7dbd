"""Wrong files: each error names the file, the field or line, what was found and what is right."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.errors import SettingsError
from kiosk.settings.loading import load_settings
from kiosk.settings.shapes import Settings
from kiosk.toml_files.faults import faults_of, sound


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
