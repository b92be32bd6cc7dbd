"""The station's own words, in one file for each language; a routine's words are in its own file."""

from pathlib import Path

import msgspec

from kiosk.core.errors import SettingsError
from kiosk.core.routine import BySide, Side
from kiosk.library.plurals import plural_category
from kiosk.library.sides import SideTable, by_side
from kiosk.toml_files import read_toml

#: The folder of the languages that come with Matside.
SHIPPED_LANGUAGES = Path(__file__).parent / "languages"


class PluralForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The forms of a word after a number, by the plural category of the number.

    The categories are those of CLDR (Unicode, "Language Plural Rules"). Each language has some of
    them, and every language has `other`.
    """

    other: str
    zero: str | None = None
    one: str | None = None
    two: str | None = None
    few: str | None = None
    many: str | None = None

    def after(self, number: int, language: str) -> str:
        """The form after `number`; `other` if that of its category is not there.

        Args:
            number: A whole number, 0 or more.
            language: Code of the language that the forms are in.
        """
        form: str | None = getattr(self, plural_category(number, language))
        return self.other if form is None else form

    @property
    def there(self) -> dict[str, str]:
        """The forms that there are, by their categories."""
        forms = msgspec.structs.asdict(self)
        return {category: form for category, form in forms.items() if form is not None}


class _CommonWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words that are on the screen just as they are in the file.

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
    another_routine: str
    choose_routine: str
    press_for_routine: str
    language: str
    choose_language: str
    press_for_language: str
    touch_for_language: str
    page_before: str
    page_after: str
    page_of: str
    press_for_next: str
    wait_for_this: str
    routine_of: str
    stop_at_signs: str
    get_ready: str
    still_there: str
    still_there_detail: str
    well_done: str
    even: str
    whole_time: str
    short_in_all: str
    held: str
    resume: str
    resume_detail_in_all: str
    button_broken: str
    button_stuck: str
    connecting: str
    no_buzzer: str
    not_saving: str
    wrong_setup: str
    no_such_card: str
    cards_there_are: str
    step_of: str
    set_of: str
    say_halfway: str
    say_ten_seconds: str


class LanguageShape(_CommonWords, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A language file: the station's own words in one language.

    `reviewed` says which native speaker has looked at it; no screen shows it.
    """

    press_to_make_up_side: SideTable[str] | str
    short: SideTable[str] | str
    resume_detail: SideTable[str] | str
    breaths: PluralForms | str
    reviewed: str = "nobody yet"


class Words(_CommonWords, frozen=True, kw_only=True):
    """Every text on the screen that does not belong to a routine.

    `breaths` is the unit beside a number that counts down.
    """

    press_to_make_up_side: BySide[str]
    short: BySide[str]
    resume_detail: BySide[str]
    breaths: PluralForms

    @property
    def side_words(self) -> BySide[str]:
        """The word for each side within a sentence, such as ``left``."""
        return BySide(self.left, self.right)

    def side_name(self, side: Side) -> str:
        """The word for `side` where it stands alone or begins a sentence, such as ``Left``."""
        return self.left_side if side is Side.LEFT else self.right_side


def words_of(shape: LanguageShape) -> Words:
    """The words of a language file, with a whole sentence for each side."""
    sides = BySide(shape.left, shape.right)
    breaths = shape.breaths
    common = {field: getattr(shape, field) for field in _CommonWords.__struct_fields__}
    return Words(
        **common,
        press_to_make_up_side=by_side(shape.press_to_make_up_side, sides),
        short=by_side(shape.short, sides),
        resume_detail=by_side(shape.resume_detail, sides),
        breaths=PluralForms(other=breaths) if isinstance(breaths, str) else breaths,
    )


def read_english() -> LanguageShape:
    """The English file, which says what every language has to say.

    Raises:
        SettingsError: It is wrong.
    """
    return read_toml(SHIPPED_LANGUAGES / "en.toml", LanguageShape, SettingsError)


def load_languages(folder: Path = SHIPPED_LANGUAGES) -> dict[str, Words]:
    """All languages of `folder` by their codes, in the order of their file names.

    Raises:
        SettingsError: A file is wrong, or the folder has none.
    """
    languages = {
        path.stem: words_of(read_toml(path, LanguageShape, SettingsError))
        for path in sorted(folder.glob("*.toml"))
    }
    if not languages:
        raise SettingsError(f"{folder}: there is no language file (CODE.toml) in it.")
    return languages
