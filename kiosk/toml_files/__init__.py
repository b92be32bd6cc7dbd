"""TOML files read into types, with errors for whoever wrote them.

`content` gets the text out of a file, `syntax` the values out of the text, `faults` compares the
values with a type, and `lines` finds where in the text a value is. `reading` does it all.
"""

from kiosk.toml_files.content import read_content
from kiosk.toml_files.faults import explain
from kiosk.toml_files.reading import parse_toml, read_toml

__all__ = ["explain", "parse_toml", "read_content", "read_toml"]
