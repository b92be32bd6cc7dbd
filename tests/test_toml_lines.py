"""The line of each value in a TOML file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.toml_files.faults import Way
from kiosk.toml_files.lines import lines_of


def ways(data: object, way: Way = ()) -> Iterator[Way]:
    """Where each field, table and entry of a list is."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)  # type: ignore[arg-type]
    for step, value in inner:
        yield (*way, step)
        if isinstance(value, dict | list):
            yield from ways(value, (*way, step))


def test_each_kind_of_value_has_its_line() -> None:
    text = '''# one
a = 1 # a = 2
b.c = """
x = 1
"""
"d e" = [ # [
  "]", '"',
  [1, 2],
]
[f]
g = { h = "}", i = [1] }
[[j]]
k = 1
[[j]]
k = """a""""
[[j.l]]
m = 1
[j.n]
o = 2026-01-01
'''
    assert lines_of(text) == {
        ("a",): 2,
        ("b",): 3,
        ("b", "c"): 3,
        ("d e",): 6,
        ("d e", 0): 7,
        ("d e", 1): 7,
        ("d e", 2): 8,
        ("d e", 2, 0): 8,
        ("d e", 2, 1): 8,
        ("f",): 10,
        ("f", "g"): 11,
        ("f", "g", "h"): 11,
        ("f", "g", "i"): 11,
        ("f", "g", "i", 0): 11,
        ("j",): 12,
        ("j", 0): 12,
        ("j", 0, "k"): 13,
        ("j", 1): 14,
        ("j", 1, "k"): 15,
        ("j", 1, "l"): 16,
        ("j", 1, "l", 0): 16,
        ("j", 1, "l", 0, "m"): 17,
        ("j", 1, "n"): 18,
        ("j", 1, "n", "o"): 19,
    }


@pytest.mark.parametrize(
    "path",
    [*SHIPPED_ROUTINES.glob("*.toml"), Path(__file__).parent.parent / "pyproject.toml"],
    ids=lambda path: path.stem,
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_value_of_a_file_has_a_line_that_names_it(path: Path, end: str) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", end)
    found, rows = lines_of(text), text.split(end)
    assert {*ways(tomllib.loads(text))} <= found.keys()
    for way, line in found.items():
        if isinstance(way[-1], str):
            assert way[-1] in rows[line - 1]


VALUES = st.recursive(
    st.sampled_from(["1", '"x"', "'#'", '"""\n]"""', "true", "1979-05-27", '"\\""']),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: f"[\n{', '.join(each)}]")
        | st.lists(inner, max_size=3).map(
            lambda each: "{" + ", ".join(f"k{n} = {one}" for n, one in enumerate(each)) + "}"
        )
    ),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=5), st.lists(VALUES, max_size=5))
def test_whatever_is_toml_is_gone_through_to_its_end(above: list[str], below: list[str]) -> None:
    text = "".join(f"a{number} = {value}\n" for number, value in enumerate(above))
    for number, value in enumerate(below):
        text += f"[[t]]\n\nb{number} = {value}\n"
    assert lines_of(text).keys() == {*ways(tomllib.loads(text))}
