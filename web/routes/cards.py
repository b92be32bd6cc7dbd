"""The printed cards: a page for each routine, and its style sheet."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import NoReturn

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for

from kiosk.core.session import Rules
from web.assets import card_sheet
from web.cards import CardOptions, PaperSize, card_html
from web.context import Context
from web.direction import direction_of


def blueprint(context: Context) -> Blueprint:
    """``GET /card/NAME`` and ``GET /card.css``; both take ``?size=``, the card ``?language=`` too.

    Nothing is drawn and no template is read before somebody asks for a card.
    """
    routes = Blueprint("cards", __name__)
    rules = context.rules

    @routes.get("/card/<name>")
    def card(name: str) -> str | tuple[str, HTTPStatus]:
        size = _size()
        routine = rules.routines.get(name)
        if routine is None:
            return _no_card(name, size, context), HTTPStatus.NOT_FOUND
        language = request.args.get("language") or _usual_language(rules, routine.texts)
        if language not in routine.texts:
            allowed = ", ".join(routine.texts)
            _refuse(f"language: found {language!r}. It must be one of: {allowed}.")
        sheet = url_for("cards.sheet", size=size.value)
        options = CardOptions(language, size, rules.defaults.side, sheet)
        words = context.languages[language]
        return card_html(current_app.jinja_env, routine, words, options)

    @routes.get("/card.css")
    def sheet() -> Response:
        return Response(card_sheet(_size().value), mimetype="text/css")

    return routes


def _size() -> PaperSize:
    """The paper that the request asks for, A4 if it does not say."""
    found = request.args.get("size", PaperSize.A4.value)
    names = [size.value for size in PaperSize]
    if found not in names:
        _refuse(f"size: found {found!r}. It must be one of: {', '.join(names)}.")
    return PaperSize(found)


def _no_card(name: str, size: PaperSize, context: Context) -> str:
    """The page that says, in the station's language, that `name` has no card, and what has."""
    language = context.rules.defaults.language
    return render_template(
        "no_card.html",
        name=name,
        titles=_titles(context.rules),
        size=size.value,
        language=language,
        direction=direction_of(language),
        words=context.languages[language],
    )


def _refuse(why: str) -> NoReturn:
    abort(HTTPStatus.BAD_REQUEST, why)


def _usual_language(rules: Rules, texts: Mapping[str, object]) -> str:
    """The station's language if the routine has it, else the routine's own."""
    usual = rules.defaults.language
    return usual if usual in texts else next(iter(texts))


def _titles(rules: Rules) -> dict[str, str]:
    """The title of each routine by its id."""
    return {
        routine.id: routine.texts[_usual_language(rules, routine.texts)].title
        for routine in rules.routines.values()
    }
