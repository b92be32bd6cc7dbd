"""Languages as gettext's PO files, which Weblate and Crowdin take.

Each text has its place as its context, ``psoas-release steps.check.headline``, so that the same
words in two places can be translated in two ways. Each side and each plural form is a text of its
own: gettext has plural forms too, but every tool has other ideas of how many there are.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.core.errors import SettingsError
from kiosk.library.language_files import LanguageFile
from kiosk.library.language_texts import SourceText
from kiosk.toml_files import read_content
from kiosk.toml_files.content import to_text

#: A PO file larger than this, in bytes, is none of ours: all texts of a language have 100 KiB.
LARGEST = 4 * 1024 * 1024


class PoTexts(NamedTuple):
    """What a PO file says.

    Attributes:
        of_files: The translated texts of each file, by key.
        strange: How many translated texts belong to none of ours: the original has changed.
    """

    of_files: dict[LanguageFile, dict[str, str]]
    strange: int


def as_po(code: str, files: Sequence[LanguageFile]) -> str:
    """The language `code` as one PO file.

    Args:
        code: Code of the language.
        files: Its files.

    Raises:
        SettingsError: The library for PO files is not installed.
    """
    polib = _polib()
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "matside",
        "Language": code.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for file in files:
        said = file.said
        for source in file.sources:
            catalogue.append(
                polib.POEntry(
                    msgctxt=_context(file, source),
                    msgid=source.text,
                    msgstr=said.get(source.key, ""),
                    comment=source.note,
                    occurrences=[(file.name, "")],
                    # With this flag the tools look whether the names in braces are all there.
                    flags=["python-brace-format"] if "{" in source.text else [],
                )
            )
    return f"{catalogue}\n"


def from_po(path: Path, code: str, files: Sequence[LanguageFile]) -> PoTexts:
    """What the PO file `path` says for the files of the language `code`.

    What is not translated, or marked as fuzzy since the original has changed, is left out.

    Raises:
        SettingsError: The file is no PO file, or of another language, or the library for PO files
            is not installed.
    """
    polib = _polib()
    # The library would wait for a named pipe, and say little of a file that is no text.
    to_text(read_content(path, SettingsError, LARGEST), str(path), SettingsError)
    try:
        catalogue = polib.pofile(str(path), encoding="utf-8-sig")
    except OSError as cause:
        raise SettingsError(f"{path}: is no PO file: {cause}.") from cause
    found = catalogue.metadata.get("Language", "")
    if found.replace("_", "-").partition("-")[0] != code.partition("-")[0]:
        raise SettingsError(f"{path}: Language: found {found!r}. It must be {code!r}.")
    said = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalogue.translated_entries()}
    of_files = {
        file: {
            source.key: said[name]
            for source in file.sources
            if (name := (_context(file, source), source.text)) in said
        }
        for file in files
    }
    return PoTexts(of_files, len(said) - sum(map(len, of_files.values())))


def _context(file: LanguageFile, source: SourceText) -> str:
    """What a text is called in a PO file."""
    return f"{file.routine or 'station'} {source.key}"


def _polib() -> Any:
    """The library for PO files, which has no types.

    Raises:
        SettingsError: It is not installed.
    """
    try:
        import polib  # noqa: PLC0415 - an extra
    except ImportError as cause:
        raise SettingsError(
            "PO files need the library polib. Install it with: pip install polib"
        ) from cause
    return polib
