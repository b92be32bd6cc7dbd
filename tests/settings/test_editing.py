"""Values in a settings file are changed, and all the rest of it stays as people wrote it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.errors import SettingsError
from kiosk.settings.editing import edited
from kiosk.settings.fields import Place, Value
from kiosk.settings.loading import parse_settings

SHIPPED = (Path(__file__).parents[2] / "packaging/config.toml").read_text()

OWN = """\
# Ours, since 2024.
[screen]   # the small one
rotation = 90 # hangs on its side

[station]
side = 'left'
offered = [
    "psoas-release",  # the one that all know
    "foot-ball",
]
"""

#: Values that the settings allow together, whichever of them are set.
VALUES: dict[Place, st.SearchStrategy[Value]] = {
    ("station", "side"): st.sampled_from(["left", "right"]),
    ("station", "breath_seconds"): st.integers(4, 8),
    ("station", "offered"): st.lists(st.text("ab-é\"\\'", max_size=4), max_size=3).map(tuple),
    ("screen", "viewing_distance_m"): st.floats(0.5, 5, allow_nan=False),
    ("screen", "rotation"): st.sampled_from([0, 90, 180, 270]),
    ("panel", "quiet"): st.booleans(),
    ("server", "port"): st.integers(0, 65535),
}


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    return [
        (old, new)
        for old, new in zip(before.split("\n"), after.split("\n"), strict=True)
        if old != new
    ]


def test_a_value_takes_the_place_of_its_example() -> None:
    after = edited(SHIPPED, {("station", "side"): "left", ("panel", "quiet"): True})
    assert changed_lines(SHIPPED, after) == [
        ('#side = "right"', 'side = "left"'),
        ("#quiet = false", "quiet = true"),
    ]


def test_a_value_that_is_taken_back_is_an_example_again() -> None:
    there = edited(SHIPPED, {("station", "seconds"): 90})
    back = edited(there, {("station", "seconds"): None})
    assert changed_lines(SHIPPED, back) == [("#seconds = 120", "#seconds = 90")]


def test_comments_quotes_and_order_stay_as_they_were() -> None:
    after = edited(OWN, {("screen", "rotation"): 180, ("station", "side"): "right"})
    assert changed_lines(OWN, after) == [
        ("rotation = 90 # hangs on its side", "rotation = 180 # hangs on its side"),
        ("side = 'left'", 'side = "right"'),
    ]


def test_a_value_without_an_example_comes_into_its_section() -> None:
    after = edited(OWN, {("screen", "screen_inches"): 10.1})
    assert tomllib.loads(after)["screen"] == {"rotation": 90, "screen_inches": 10.1}
    assert after.index("screen_inches") < after.index("[station]")


def test_a_section_that_is_not_there_is_begun() -> None:
    after = edited(OWN, {("panel", "quiet"): True})
    assert after.startswith(OWN)
    assert tomllib.loads(after)["panel"] == {"quiet": True}


def test_an_empty_file_takes_values() -> None:
    assert tomllib.loads(edited("", {("panel", "quiet"): True})) == {"panel": {"quiet": True}}


def test_a_list_over_several_lines_is_taken_back_whole() -> None:
    assert tomllib.loads(edited(OWN, {("station", "offered"): None}))["station"] == {"side": "left"}


@pytest.mark.parametrize(
    "text",
    [
        'station = { side = "left" }\n',
        'station.side = "left"\n',
        '"station".\'side\' = "left"\n',
        '[station]\r\nside = "left"\r\n# end\r\n',
    ],
    ids=["an inline table", "a dotted name", "names in quotes", "line ends of Windows"],
)
def test_whatever_way_it_is_written(text: str) -> None:
    after = edited(text, {("station", "side"): "right", ("station", "language"): "de"})
    assert tomllib.loads(after) == {"station": {"side": "right", "language": "de"}}
    assert after.count("\n") == after.count("\r\n") or "\r" not in text


def test_a_comment_that_only_looks_like_an_example_stays_one() -> None:
    text = "[station]\n# side = is that of the window\n"
    after = edited(text, {("station", "side"): "left"})
    assert "# side = is that of the window\n" in after
    assert tomllib.loads(after) == {"station": {"side": "left"}}


def test_an_example_of_another_section_is_not_taken() -> None:
    text = "[panel]\n#quiet = false\n[screen]\n"
    assert "#quiet = false" in edited(text, {("screen", "quiet"): True})


def test_a_change_that_would_change_something_else_too_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tomlkit.dumps", lambda _document: "[station]\nside = 'right'\n")
    with pytest.raises(SettingsError, match="with an editor"):
        edited(OWN, {("station", "side"): "right"})


@settings(deadline=None)
@given(
    st.sampled_from(["", OWN, SHIPPED]),
    st.lists(
        st.sampled_from(sorted(VALUES)).flatmap(
            lambda place: st.tuples(st.just(place), st.none() | VALUES[place])
        ),
        max_size=6,
    ),
)
def test_the_file_says_what_was_set_last_and_nothing_else_changes(
    text: str, changes: list[tuple[Place, Value]]
) -> None:
    wanted = tomllib.loads(text)
    for (section, name), value in changes:
        text = edited(text, {(section, name): value})
        wanted.setdefault(section, {}).pop(name, None)
        if value is not None:
            wanted[section][name] = list(value) if isinstance(value, tuple) else value
    assert without_empty(tomllib.loads(text)) == without_empty(wanted)
    parse_settings(text.encode(), "config.toml")


def without_empty(values: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    return {section: table for section, table in values.items() if table}
