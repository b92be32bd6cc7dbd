"""What a station is started with when the files of its staff are wrong."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.errors import SettingsError
from kiosk.core.moves import attract
from kiosk.core.screen import shown_language
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.shelf import Library
from kiosk.main.rules import library_of, mended, rules_of
from kiosk.main.setup import keep_if_good, set_up, with_problem
from kiosk.settings.fallback import KEPT_FILE, FoundSettings, Origin, find_settings
from kiosk.settings.shapes import Settings, StationSection
from tests.drivers.languages import TWO_LANGUAGES


def forgiven(**station: object) -> FoundSettings:
    """Settings found by a station that comes up by itself."""
    settings = Settings(station=StationSection(**station))  # type: ignore[arg-type] # as given
    return FoundSettings(settings, Origin.FILE, forgiving=True)


def test_with_files_that_are_right_nothing_is_told() -> None:
    setup = set_up(forgiven(side="left", seconds=90))
    assert (setup.health.settings, setup.health.problems) == ("file", ())
    assert setup.rules.defaults.seconds == 90


def test_a_default_routine_that_is_missing_falls_back_to_the_one_that_comes_along() -> None:
    setup = set_up(forgiven(routine="morning", seconds=60))
    assert setup.rules.defaults.routine == "psoas-release"
    assert setup.rules.defaults.seconds == 60
    (problem,) = setup.health.problems
    assert "station.routine: found 'morning'. It must be one of: psoas-release," in problem


def test_a_default_routine_whose_file_is_wrong_is_told_twice_with_both_reasons(
    tmp_path: Path,
) -> None:
    (tmp_path / "morning.toml").write_text("id = 1\n")
    setup = set_up(forgiven(routine="morning", routines=str(tmp_path)))
    assert setup.rules.defaults.routine == "psoas-release"
    assert [problem.split(":")[0] for problem in setup.health.problems] == [
        "station.routine",
        f"{tmp_path}/morning.toml",
    ]


def test_seconds_and_language_that_the_routine_has_not_got_become_its_own() -> None:
    setup = set_up(forgiven(seconds=61, language="tlh"))
    defaults = setup.rules.defaults
    assert (defaults.seconds, defaults.language) == (120, "en")
    assert len(setup.health.problems) == 2


def test_a_routine_in_english_alone_is_shown_in_english_by_a_station_of_another_language(
    tmp_path: Path,
) -> None:
    text = (SHIPPED_ROUTINES / "no-pressure-psoas.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace("no-pressure-psoas", "mine"), encoding="utf-8")
    settings = StationSection(routine="mine", routines=str(tmp_path), language="de")
    library = replace(library_of(Settings(station=settings)), languages=TWO_LANGUAGES)
    rules = rules_of(Settings(station=settings), library)
    assert rules.defaults.language == "de"
    assert shown_language(attract(0, rules), rules) == "en"


def test_all_routines_are_offered_in_the_order_of_the_library_unless_the_settings_say() -> None:
    rules = set_up(forgiven()).rules
    assert rules.offered == tuple(rules.routines)
    assert rules.offered[0] == "psoas-release"


def test_the_default_routine_is_offered_first_if_the_settings_leave_it_out() -> None:
    assert set_up(forgiven(offered=("foot-ball",))).rules.offered == ("psoas-release", "foot-ball")
    named = set_up(forgiven(offered=("foot-ball", "psoas-release")))
    assert named.rules.offered == ("foot-ball", "psoas-release")
    assert set_up(forgiven(offered=())).rules.offered == ("psoas-release",)


@pytest.mark.parametrize(
    ("offered", "told"),
    [
        (
            ("foot-ball", "yoga"),
            "station.offered: found 'yoga'. Each must be one of: psoas-release",
        ),
        (("foot-ball", "foot-ball"), "station.offered: found 'foot-ball' twice. Name it once."),
    ],
)
def test_what_is_wrong_with_the_offer_is_told_and_the_rest_of_it_is_used(
    offered: tuple[str, ...], told: str
) -> None:
    setup = set_up(forgiven(offered=offered))
    assert setup.rules.offered == ("psoas-release", "foot-ball")
    (problem,) = setup.health.problems
    assert told in problem
    typed = FoundSettings(Settings(station=StationSection(offered=offered)), Origin.FILE)
    with pytest.raises(SettingsError, match=r"station\.offered"):
        set_up(typed)


def test_a_language_that_the_routine_has_not_got_cannot_be_offered() -> None:
    setup = set_up(forgiven(offered_languages=("tlh", "en")))
    assert setup.rules.languages == ("en",)
    (problem,) = setup.health.problems
    assert "station.offered_languages: found 'tlh'. Each must be one of: en" in problem


def test_the_default_language_is_always_offered() -> None:
    assert set_up(forgiven(offered_languages=())).rules.languages == ("en",)
    assert set_up(forgiven()).rules.languages == ("en",)
    named = set_up(forgiven(offered_languages=("de", "ar")))
    assert named.rules.languages == ("en", "de", "ar")


def in_languages(codes: tuple[str, ...], settings: Settings) -> Library:
    """The library, with the texts of its default routine in each of `codes`."""
    library = library_of(settings)
    routine = library.routines["psoas-release"]
    in_all = replace(routine, texts=dict.fromkeys(codes, routine.texts["en"]))
    return replace(library, routines={**library.routines, routine.id: in_all})


def test_as_many_languages_can_be_offered_as_have_room_on_their_screen() -> None:
    codes = ("en", *(f"x{letter}" for letter in "abcdefghijklmnop"))
    some, more = (
        Settings(station=StationSection(offered_languages=each)) for each in (codes[:-1], codes[1:])
    )
    library = in_languages(codes, some)
    assert rules_of(some, library).languages == codes[:-1]
    too_many = r"found 17 languages, the station's own among them.*has room for 16: offer fewer"
    with pytest.raises(SettingsError, match=too_many):
        rules_of(more, library)
    settings, told = mended(more, library)
    assert rules_of(settings, library).languages == codes[:-1]
    assert len(told) == 1
    assert "has room for 16" in told[0]


def test_a_language_of_the_gyms_own_that_is_wrong_leaves_the_routines_own_language(
    tmp_path: Path,
) -> None:
    (tmp_path / "tlh.toml").write_text("name = ")
    setup = set_up(forgiven(languages=str(tmp_path), language="tlh"))
    assert setup.rules.defaults.language == "en"
    first, second = setup.health.problems
    assert "station.language: found 'tlh'. It must be one of: ar, de, en" in first
    assert second.startswith(f"{tmp_path}/tlh.toml: is not valid TOML")


def test_what_is_wrong_is_logged_as_an_error(caplog: pytest.LogCaptureFixture) -> None:
    set_up(forgiven(routine="morning"))
    assert [(record.levelno, "morning" in record.message) for record in caplog.records] == [
        (logging.ERROR, True)
    ]


def test_a_person_who_named_the_file_is_refused_instead() -> None:
    typed = FoundSettings(Settings(station=StationSection(seconds=61)), Origin.FILE)
    with pytest.raises(SettingsError, match=r"station\.seconds: found 61"):
        set_up(typed)


def test_settings_are_kept_once_they_have_worked_and_never_when_they_have_not(
    tmp_path: Path,
) -> None:
    file, state = tmp_path / "config.toml", tmp_path / "state"
    file.write_text("[station]\nseconds = 61\n")
    keep_if_good(set_up(find_settings(file, state)))
    assert not state.exists()
    file.write_text("[station]\nseconds = 60\n")
    setup = set_up(find_settings(file, state))
    keep_if_good(with_problem(setup, "server.host: cannot be had"))
    assert not state.exists()
    keep_if_good(with_problem(setup, None))
    assert (state / KEPT_FILE).read_text() == "[station]\nseconds = 60\n"


def test_a_state_directory_that_cannot_be_written_is_told_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    keep_if_good(set_up(find_settings(tmp_path / "config.toml", tmp_path / "file")))
    assert "the settings that work could not be kept" in caplog.text
