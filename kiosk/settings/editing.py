"""Changes values in the text of a settings file, and leaves all the rest of it as it is.

The file has been written by people: its comments, its order and its blank lines are theirs. A
value that is set takes the place of its commented example, if there is one, so that it stands
beside its explanation. A value that is taken back becomes such an example again.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import tomlkit

from kiosk.core.errors import SettingsError
from kiosk.settings.fields import Place, Value
from kiosk.toml_files.lines import lines_of


def edited(text: str, changes: Mapping[Place, Value]) -> str:
    """`text` with the values of `changes`, and otherwise as it was.

    Args:
        text: What the settings file has in it; it must be right.
        changes: The settings to change.

    Raises:
        SettingsError: The file is written in a way that cannot be changed without harm.
    """
    windows = "\r\n" in text
    text = text.replace("\r\n", "\n")
    for place, value in changes.items():
        text = _without(text, place) if value is None else _with(text, place, value)
    return text.replace("\n", "\r\n") if windows else text


def _with(text: str, place: Place, value: Value) -> str:
    section, name = place
    wanted = _values(text)
    before = wanted.get(section, {}).get(name)
    plain = list(value) if isinstance(value, tuple) else value
    if before == plain and type(before) is type(plain):
        return text
    wanted.setdefault(section, {})[name] = plain
    if before is None:
        text = _woken(text, place)
    document = tomlkit.parse(text)
    if section not in document:
        document[section] = tomlkit.table()
    document[section][name] = plain
    return _checked(tomlkit.dumps(document), wanted, place)


def _without(text: str, place: Place) -> str:
    section, name = place
    wanted = _values(text)
    if name not in wanted.get(section, {}):
        return text
    del wanted[section][name]
    asleep = _with_line(text, lines_of(text)[place], lambda line: f"#{line}")
    if _says(asleep, wanted):
        return asleep
    document = tomlkit.parse(text)
    del document[section][name]
    return _checked(tomlkit.dumps(document), wanted, place)


def _woken(text: str, place: Place) -> str:
    """`text`, in which the commented example of a setting is one no more, if there is one."""
    section, name = place
    lines = lines_of(text)
    if (section,) not in lines:
        return text
    begin = lines[section,]
    end = min((line for way, line in lines.items() if len(way) == 1 and line > begin), default=0)
    example = re.compile(rf"#[ \t]*{re.escape(name)}[ \t]*=")
    wanted = _values(text)
    for number, line in enumerate(text.split("\n"), start=1):
        if number <= begin or (end and number >= end) or not example.match(line):
            continue
        woken = _with_line(text, number, lambda found: found.lstrip("# \t"))
        values = _values_or_none(woken)
        # A comment that only looks like an example stays one.
        if values and values[section].pop(name, None) is not None and values == wanted:
            return woken
    return text


def _with_line(text: str, number: int, change: Callable[[str], str]) -> str:
    """`text` with its line `number`, from 1, as `change` makes it."""
    lines = text.split("\n")
    lines[number - 1] = change(lines[number - 1])
    return "\n".join(lines)


def _values(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _values_or_none(text: str) -> dict[str, Any] | None:
    try:
        return _values(text)
    except tomllib.TOMLDecodeError:
        return None


def _says(text: str, wanted: dict[str, Any]) -> bool:
    """Whether the values in `text` are those wanted; a section without any says nothing."""
    values = _values_or_none(text)
    return values is not None and _filled(values) == _filled(wanted)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {section: table for section, table in values.items() if table != {}}


def _checked(text: str, wanted: dict[str, Any], place: Place) -> str:
    """`text` if it says what is wanted and no more.

    Raises:
        SettingsError: It does not.
    """
    if not _says(text, wanted):
        raise SettingsError(
            f"{'.'.join(place)} cannot be changed without changing something else in the file, "
            f"because of how it is written there. Change it with an editor."
        )
    return text
