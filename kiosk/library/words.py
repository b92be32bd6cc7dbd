"""The station's own words, in one file for each language; a routine's words are in its own file."""

from pathlib import Path

import msgspec

from kiosk.core.errors import SettingsError
from kiosk.core.routine import Side
from kiosk.toml_files import read_toml

#: The folder of the languages that come with Matside.
SHIPPED_LANGUAGES = Path(__file__).parent / "languages"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every text on the screen that does not belong to a routine.

    A name in braces, such as ``{time}``, is replaced when a template shows the text.
    """

    name: str
    left: str
    right: str
    left_side: str
    right_side: str
    press_to_start: str
    press_to_go_on: str
    press_if_none: str
    press_when_in_place: str
    press_to_make_up: str
    press_to_make_up_side: str
    press_when_done: str
    hold_to_leave: str
    hold_to_end: str
    next: str
    skip_if: str
    stop_signs: str
    you_need: str
    takes: str
    first_side: str
    seconds_a_side: str
    breaths_a_side: str
    seconds_in_all: str
    breaths_in_all: str
    not_for_me: str
    stop_at_signs: str
    get_ready: str
    still_there: str
    still_there_detail: str
    well_done: str
    even: str
    whole_time: str
    short: str
    short_in_all: str
    held: str
    resume: str
    resume_detail: str
    resume_detail_in_all: str
    button_broken: str
    button_stuck: str
    connecting: str
    no_buzzer: str
    not_saving: str
    wrong_setup: str
    step_of: str
    set_of: str
    breaths: str

    def side_word(self, side: Side) -> str:
        """The word for `side` within a sentence, such as ``left``."""
        return self.left if side is Side.LEFT else self.right

    def side_name(self, side: Side) -> str:
        """The word for `side` where it stands alone or begins a sentence, such as ``Left``."""
        return self.left_side if side is Side.LEFT else self.right_side


def load_languages(folder: Path = SHIPPED_LANGUAGES) -> dict[str, Words]:
    """All languages of `folder` by their codes, in the order of their file names.

    Raises:
        SettingsError: A file is wrong, or the folder has none.
    """
    languages = {
        path.stem: read_toml(path, Words, SettingsError) for path in sorted(folder.glob("*.toml"))
    }
    if not languages:
        raise SettingsError(f"{folder}: there is no language file (CODE.toml) in it.")
    return languages
