"""No comment sends its reader to another comment: each is understood by itself."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: What is read: folders with all that is in them, and files.
READ = (
    ".ci/run",
    "Makefile",
    "bench",
    "hardware",
    "install.sh",
    "kiosk",
    "packaging",
    "pyproject.toml",
    "systemd",
    "tests",
    "web",
)

#: Words by which a comment points to another one.
POINTER = re.compile(r"\b(?:as|see) above\b|\blikewise\b|\bditto\b|\bas in `", re.IGNORECASE)

# What the comments of a file look like.
HASH = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)
STARS_OR_SLASHES = re.compile(r"/\*.*?\*/|//.*?$", re.MULTILINE | re.DOTALL)
IN_TEMPLATES = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)

#: A comment in a file that is not Python's, by how the file's name ends. All other files, such as
#: shell scripts, units, TOML and the Makefile, have theirs after a ``#``.
STYLES = {
    ".js": STARS_OR_SLASHES,
    ".css": STARS_OR_SLASHES,
    ".html": IN_TEMPLATES,
}

#: Files that have no comments, or that others have written.
NO_COMMENTS = (".png", ".pyc", ".svg", ".txt", ".typed", ".woff2")

Comment = tuple[int, str]


def files() -> Iterator[Path]:
    for name in READ:
        place = ROOT / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and path.suffix not in NO_COMMENTS and "results" not in path.parts:
                yield path


def comments(path: Path) -> Iterator[Comment]:
    """The comments of a file, each with the number of its line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _comments_of_python(text)
        yield from _docstrings_of_python(text)
    else:
        for found in STYLES.get(path.suffix, HASH).finditer(text):
            yield text.count("\n", 0, found.start()) + 1, found[0]


def _comments_of_python(text: str) -> Iterator[Comment]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _docstrings_of_python(text: str) -> Iterator[Comment]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring is not None:
                yield node.body[0].lineno, docstring


def pointers(path: Path) -> list[str]:
    """Each comment of a file that points to another, with its place.

    Comments on lines that follow each other are read as one, since a sentence may go over several.
    """
    numbered = sorted(comments(path))
    found = []
    for _, group in groupby(enumerate(numbered), lambda each: each[1][0] - each[0]):
        block = [comment for _, comment in group]
        words = re.sub(r"[\s#:*/]+", " ", " ".join(text for _, text in block))
        if pointer := POINTER.search(words):
            found.append(f"{path}:{block[0][0]}: {pointer[0]}")
    return found


def test_no_comment_points_to_another() -> None:
    assert [line for path in files() for line in pointers(path)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", '"""Likewise."""\n'),
        ("a.py", "def f():\n    '''Opens it, as\n    above.'''\n"),
        ("a.py", "#: The other one; see\n#: above.\nX = 1\n"),
        ("a.py", "x = 1  # as in `Other`\n"),
        ("a.js", "let a = 1; // ditto\n"),
        ("a.css", "a { color: red; } /* as\n   above */\n"),
        ("a.html", "{# Likewise. #}<p></p>\n"),
        ("a.service", "[Service]\n# Likewise.\n"),
        ("a", "#!/bin/sh\nset -eu # as above\n"),
        ("a.toml", "# As\n# above.\na = 1\n"),
    ],
)
def test_a_comment_that_points_to_another_is_found(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert len(pointers(tmp_path / name)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'text = "likewise"\n'),
        ("a.py", "# The line above the figure.\nsee = above = 1\n"),
        ("a.py", "x = 1  # it moves as\ny = 2\nz = 3  # above the mat\n"),
        ("a.js", 'post("as above");\n'),
    ],
)
def test_other_words_are_left_alone(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert pointers(tmp_path / name) == []
