"""From a state to the HTML of its screen."""

import threading
from collections.abc import Callable, Mapping

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from kiosk.core.routine import Side
from kiosk.core.screen import Screen, View, screen_of
from kiosk.core.session import Rules, State
from kiosk.library.words import Words
from kiosk.ports.panel import PanelHealth

#: Draws the figure of a pose, mirrored or not, with the texts of its labels.
FigureMaker = Callable[[str, bool, Mapping[str, str]], Markup]

#: The classes that keep two words in time with the figure of a pose, None if it has no rhythm.
BeatMaker = Callable[[str], tuple[str, str] | None]


class Renderer:
    """Renders screens; each version once, however many streams ask for it."""

    def __init__(  # noqa: PLR0913 - each is one thing that rendering needs
        self,
        *,
        templates: Environment,
        rules: Rules,
        languages: Mapping[str, Words],
        figure: FigureMaker,
        beats: BeatMaker,
        banner: Callable[[State, PanelHealth], str | None],
    ) -> None:
        self._templates = templates
        self._rules = rules
        self._languages = languages
        self._figure = figure
        self._beats = beats
        self._banner = banner
        self._lock = threading.Lock()
        self._latest: tuple[tuple[object, ...], str] | None = None

    def screen(self, state: State, health: PanelHealth) -> str:
        """The HTML of the screen of `state`; the same text as long as nothing on it changes."""
        words = self._languages[state.choices.language]
        name = self._banner(state, health)
        banner = None if name is None else str(getattr(words, name))
        key = (state.version, banner)
        with self._lock:
            if self._latest is None or self._latest[0] != key:
                html = self._render(screen_of(state, self._rules), words, banner)
                self._latest = (key, html)
            return self._latest[1]

    def _render(self, screen: Screen, words: Words, banner: str | None) -> str:
        template = self._templates.get_template(template_name(screen.view))
        side = None if screen.step is None else screen.step.side

        labels = msgspec.structs.asdict(words.labels)

        def filled(text: str, of: Side | None = side) -> str:
            return headline(text, of, words)

        def figure(pose: str) -> Markup:
            return self._figure(pose, side is Side.LEFT, labels)

        return template.render(
            screen=screen,
            routines=self._rules.routines,
            side=side,
            words=words,
            banner=banner,
            speed=self._rules.speed,
            filled=filled,
            figure=figure,
            beats=self._beats,
            minutes=clock_text,
            sides=(Side.LEFT, Side.RIGHT),
        )


def template_name(view: View) -> str:
    """The template of a screen."""
    return f"screens/{view.value}.html"


def headline(text: str, side: Side | None, words: Words) -> str:
    """`text` with the words for the sides filled in and its first letter a capital."""
    if side is not None:
        names = {Side.LEFT: words.left, Side.RIGHT: words.right}
        text = text.replace("{side}", names[side]).replace("{other}", names[side.other])
    return text[:1].upper() + text[1:]


def clock_text(seconds: float) -> str:
    """`seconds` as minutes and seconds, e.g. ``1:05``; rounded to the nearest second."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
