"""The texts of a screen: what is filled in, and where."""

from kiosk.core.routine import Side
from kiosk.library.words import load_languages
from web.render import clock_text, fill

ENGLISH = load_languages()["en"]


def test_names_in_braces_are_filled_in() -> None:
    assert fill("{side} side, {time} left", side="Left", time="1:12") == "Left side, 1:12 left"


def test_a_number_is_filled_in_as_text() -> None:
    assert fill("Step {number} of {count}", number=3, count=27) == "Step 3 of 27"


def test_a_name_without_a_value_stays_as_it_is() -> None:
    assert fill("{side}, {time}", side="Left") == "Left, {time}"


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert fill("{side} {time}", side="{time}", time="1:12") == "{time} 1:12"


def test_a_side_has_a_name_of_its_own() -> None:
    assert [ENGLISH.side_name(side) for side in Side] == ["Left", "Right"]


def test_seconds_are_told_as_minutes_and_seconds() -> None:
    assert [clock_text(seconds) for seconds in (0, 5.4, 59.6, 120)] == [
        "0:00",
        "0:05",
        "1:00",
        "2:00",
    ]
