"""The scripts that the tests run within the page."""

from pathlib import Path

HERE = Path(__file__).parent


def with_colours(name: str) -> str:
    """The function in a script of this folder, with what `colours.js` gives at hand."""
    colours, script = ((HERE / file).read_text(encoding="utf-8") for file in ("colours.js", name))
    return f"(argument) => {{ const colours = ({colours})(); return ({script})(argument); }}"
