"""The scripts that the tests run within the page."""

from pathlib import Path

#: Where the scripts are, beside the tests that use them.
SCRIPTS = Path(__file__).parents[1] / "browser"


#: What is wrong with the boxes of the screen that is shown, a sentence each.
WRONG_BOXES = (SCRIPTS / "layout.js").read_text(encoding="utf-8")

#: The fonts are there, and the page has fitted its texts to its size.
SETTLED = """() => document.fonts.ready
    .then(() => new Promise(requestAnimationFrame))
    .then(() => new Promise(requestAnimationFrame))"""


def with_colours(name: str) -> str:
    """The function in the script called `name`, with what `colours.js` gives at hand."""
    colours, script = (
        (SCRIPTS / file).read_text(encoding="utf-8") for file in ("colours.js", name)
    )
    return f"(argument) => {{ const colours = ({colours})(); return ({script})(argument); }}"


#: Shows the HTML of a screen, which is the argument.
SHOW_SCREEN = (SCRIPTS / "show_screen.js").read_text(encoding="utf-8")

#: Shows one scene of the attract screen; the argument is its number.
TURN_SCENE = (SCRIPTS / "turn_scene.js").read_text(encoding="utf-8")

#: Tells what the shown screen is like at several sizes; the argument has `sizes` and `letters`.
LAYOUT_AT_SIZES = (
    f"(argument) => ({(SCRIPTS / 'layout_at_sizes.js').read_text(encoding='utf-8')})"
    f"({{ ...argument, look: {WRONG_BOXES} }})"
)

#: Shows screens and tells what is wrong with each; the argument has `screens`, `mat` and `scenes`.
WRONG_SCREENS = (
    f"(argument) => ({(SCRIPTS / 'languages.js').read_text(encoding='utf-8')})"
    f"({{ ...argument, show: {SHOW_SCREEN}, turn: {TURN_SCENE}, look: {WRONG_BOXES} }})"
)
