"""Every screen of every routine as HTML, straight from the core and the templates.

It takes no server and no presses of a page, so that the screens of many languages can be looked at
in the time that a walk through one session takes.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from flask import Flask
from jinja2 import Environment

from kiosk.core.choosing import offered_in, pages_of
from kiosk.core.ledger import Ledger
from kiosk.core.routine import Routine
from kiosk.core.saved import offer, save
from kiosk.core.session import Choices, Rules, State, Status
from kiosk.library.words import Words
from tests.drivers.mat import Mat
from web.render import Renderer
from web.templating import set_up_templates

#: A figure: its frame, and what is drawn in it.
_FIGURE = re.compile(r'(<svg class="figure"[^>]*>).*?</svg>', re.DOTALL)

#: What may differ between screens that are laid out alike: which step is now, what is announced.
_UNLIKE = re.compile(r'<ol class="strip".*?</ol>|data-announce="[^"]*"', re.DOTALL)

#: The banners, by the names of their texts.
BANNERS = ("button_broken", "button_stuck", "no_buzzer", "not_saving", "wrong_setup")

#: Letters for a made-up language from right to left: one for each Latin one, but none for the most
#: frequent vowel, since Arabic leaves out its short ones.
_ARABIC = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwxyz?,;", "ابتد\0فجخيكقلمنوصثرسطشضزذغح؟،؛", strict=True))
    | {"e": None}
)


class ShownScreen(NamedTuple):
    """A screen, and its name: that of the routine first."""

    name: str
    html: str


def templates() -> Environment:
    """The templates of the web application, as it sets them up."""
    app = Flask("web")
    set_up_templates(app.jinja_env)
    return app.jinja_env


def every_screen(
    rules: Rules, languages: Mapping[str, Words], language: str, *, figures: bool = False
) -> Iterator[ShownScreen]:
    """Each screen there is in `language`, once; the banners on the first routine alone.

    Args:
        rules: The rules of the station.
        languages: The station's own words by code of the language.
        language: The code of the language.
        figures: Whether the figures are drawn; else they are frames of the same size, in which
            there are only the words beside the drawing.
    """
    renderer = Renderer(templates(), rules, languages)
    seen: set[str] = set()
    told: tuple[str | None, ...] = (None, *BANNERS)
    for routine in rules.routines.values():
        if language not in routine.texts:
            continue
        for name, state in _states(rules, routine, language):
            banners, told = (told, (None,)) if name == "attract" else ((None,), told)
            for banner in banners:
                shown = renderer.screen(state, banner)
                looks = _UNLIKE.sub("", shown.html)
                if looks not in seen:
                    seen.add(looks)
                    tail = "" if banner is None else f"-{banner}"
                    html = shown.html if figures else _FIGURE.sub(_frame_of, shown.html)
                    if name == "attract":
                        html = _with_invitations(html, renderer, state, rules)
                    yield ShownScreen(f"{routine.id} {name}{tail}", html)


def _with_invitations(html: str, renderer: Renderer, state: State, rules: Rules) -> str:
    """The `html` of an attract screen with all the invitations that a page fetches for it."""
    invitations = (renderer.invitation(state, code) for code in rules.languages)
    for invitation in filter(None, invitations):
        say, button, here = invitation.partition("<button")
        html = html.replace('<div class="show">', f'{say}<div class="show">')
        html = html.replace("</footer>", f"{button}{here}</footer>")
    return html


def _frame_of(figure: re.Match[str]) -> str:
    """The frame of a figure with nothing but its words."""
    return figure[1] + "".join(re.findall(r"<text.*?</text>", figure[0])) + "</svg>"


def _states(rules: Rules, routine: Routine, language: str) -> Iterator[tuple[str, State]]:
    """The states of a session of `routine`, each with a name."""
    side = rules.defaults.side
    choices = Choices(routine.id, side, routine.default_seconds, language)
    mat = Mat(dataclasses.replace(rules, defaults=choices))
    yield "attract", mat.state
    by_button = Mat(dataclasses.replace(mat.rules, choose_by_button=True))
    by_button.press()
    yield "browse", by_button.state
    mat.press()
    for page in range(pages_of(offered_in(language, rules))):
        mat.show_routines(page)
        yield f"choose-{page + 1}", mat.state
    if mat.show_languages().refusal is None:
        yield "languages", mat.state
    if mat.status is not Status.RUNNING:
        mat.press()
    seen: set[tuple[Status, object]] = set()
    while mat.status is Status.RUNNING and mat.state.step is not None:
        step = mat.state.step
        end = "" if step.side is None else f"-{step.side.value}"
        yield f"{step.kind.value}-{step.id}{end}", mat.state
        if step.loaded and step.seconds is None and (Status.ASKING, None) not in seen:
            seen.add((Status.ASKING, None))
            mat.wait(mat.rules.timing.asking_after + 1)
            yield f"asking{end}", mat.state
            mat.press()
        if mat.state.holding and (Status.PAUSED, step.side) not in seen:
            seen.add((Status.PAUSED, step.side))
            saved = save(mat.state, mat.now, mat.rules)
            offered = None if saved is None else offer(saved, mat.now, mat.rules, 1)
            if offered is not None:
                yield f"resume{end}", offered
            mat.hold()
            yield f"paused{end}", mat.state
            mat.press()
            yield f"ready{end}", mat.state
            mat.press()
        mat.press()
    whole = Ledger(routine.default_seconds, routine.default_seconds)
    yield "summary", dataclasses.replace(mat.state, ledger=whole)
    yield "summary-short", dataclasses.replace(mat.state, ledger=Ledger(0, whole.right))
    yield "summary-short-of-both", mat.state


def made_up_arabic(rules: Rules, words: Words) -> tuple[Rules, dict[str, Words]]:
    """`rules` and `words` in which Arabic letters stand for those of the English texts.

    What a person writes is in the Arabic that comes along; this one has the lengths of the English,
    so that places can be compared.
    """
    routines = {
        name: dataclasses.replace(routine, texts={"ar": _in_arabic(routine.texts["en"])})
        for name, routine in rules.routines.items()
    }
    defaults = dataclasses.replace(rules.defaults, language="ar")
    arabic: Words = _in_arabic(words)
    return dataclasses.replace(rules, routines=routines, defaults=defaults), {"ar": arabic}


def _in_arabic(value: Any) -> Any:
    """`value` with every text in it, however deep, in Arabic letters; names in braces stay."""
    if isinstance(value, str):
        pieces = value.split("{")
        later = (piece.partition("}") for piece in pieces[1:])
        return pieces[0].lower().translate(_ARABIC) + "".join(
            f"{{{name}}}{text.lower().translate(_ARABIC)}" for name, _, text in later
        )
    if isinstance(value, tuple):
        return tuple(map(_in_arabic, value))
    if isinstance(value, Mapping):
        return {key: _in_arabic(text) for key, text in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {name: _in_arabic(getattr(value, name)) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            field.name: _in_arabic(getattr(value, field.name))
            for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **fields)
    return value
