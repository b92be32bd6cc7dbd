"""Makes the HTML of a screen from the session's state."""

import re
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s

from jinja2 import Environment
from markupsafe import Markup

from kiosk.core.routine import Side
from kiosk.core.screen import Screen, View, screen_of
from kiosk.core.session import Rules, State
from kiosk.library.words import Words
from web import figures
from web.direction import direction_of

#: A name in braces, for example ``{time}``.
_NAME = re.compile(r"\{(\w+)\}")


#: How many screens are kept: the one that is shown, the one that is foreseen, and, while the button
#: is down, the two before them.
KEPT = 4


@dataclass(frozen=True, slots=True)
class RenderedScreen:
    """A screen as the page gets it.

    Attributes:
        key: Names the HTML: the same for the same HTML, and for no other.
        html: The HTML.
        movements: The style sheets of what moves in its figures, one for each figure that moves.
    """

    key: str
    html: str
    movements: tuple[str, ...]


class Renderer:
    """Renders screens. The latest are kept, so that each is rendered once for all open streams.

    Args:
        templates: Finds the templates, and has been set up for them.
        rules: What sessions run by.
        languages: The station's own words by code of the language.
    """

    def __init__(
        self, templates: Environment, rules: Rules, languages: Mapping[str, Words]
    ) -> None:
        self._templates = templates
        self._rules = rules
        self._languages = languages
        self._lock = threading.Lock()
        self._kept: deque[tuple[Screen, str | None, RenderedScreen]] = deque(maxlen=KEPT)

    def screen(self, state: State, banner_name: str | None) -> RenderedScreen:
        """The screen of `state`; the same one as long as nothing on it changes.

        A screen that was rendered because somebody foresaw it is there when it is to be shown.

        Args:
            state: The state.
            banner_name: Name of the banner's text in `Words`, None if there is no banner.
        """
        screen = screen_of(state, self._rules)
        words = self._languages[screen.language]
        banner = None if banner_name is None else str(getattr(words, banner_name))
        with self._lock:
            for kept_screen, kept_banner, kept in self._kept:
                if kept_banner == banner and kept_screen == screen:
                    return kept
            rendered = self._render(screen, words, banner)
            self._kept.appendleft((screen, banner, rendered))
            return rendered

    def invitation(self, state: State, language: str) -> str | None:
        """What the attract screen of `state` invites with in `language`, as HTML.

        Args:
            state: The state.
            language: Code of the language.

        Returns:
            None if that screen does not invite in it.
        """
        screen = screen_of(state, self._rules)
        if language not in screen.invitations:
            return None
        return self._templates.get_template("screens/_invitation.html").render(
            code=language,
            direction=direction_of(language),
            text=screen.routine.texts[language],
            words=self._languages[language],
            minutes=screen.minutes,
        )

    def _render(self, screen: Screen, words: Words, banner: str | None) -> RenderedScreen:
        template = self._templates.get_template(template_name(screen.view))
        side = None if screen.step is None else screen.step.side
        poses: set[str] = set()

        def figure(pose: str) -> Markup:
            poses.add(pose)
            return figures.figure_html(pose, mirrored=side is Side.LEFT, texts=screen.text.labels)

        html = template.render(
            screen=screen,
            side=side,
            words=words,
            direction=direction_of(screen.language),
            banner=banner,
            figure=figure,
            beats=figures.beat_classes,
            minutes=clock_text,
            languages=self._languages,
        )
        key = blake2s(html.encode(), digest_size=8).hexdigest()
        movements = [figures.movement_css(pose) for pose in sorted(poses)]
        return RenderedScreen(key, html, tuple(filter(None, movements)))


def template_name(view: View) -> str:
    """The name of the template of a screen."""
    return f"screens/{view.value}.html"


def fill(text: str, **values: object) -> str:
    """`text` with each name in braces that is among `values` replaced by its value.

    ``fill("{time} left", time="1:05")`` is ``"1:05 left"``. What a value itself has in braces is
    left as it is.
    """
    return _NAME.sub(lambda found: str(values.get(found[1], found[0])), text)


def clock_text(seconds: float) -> str:
    """`seconds` as minutes and seconds, e.g. ``1:05``; rounded to the nearest second."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
