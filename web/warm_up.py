"""Prepares screens and figures, so that the first press need not wait for that."""

from collections.abc import Iterable

from flask import Flask

from kiosk.core.routine import Routine
from kiosk.core.screen import View
from web import figures
from web.render import template_name


def warm_up(app: Flask, routines: Iterable[Routine]) -> None:
    """Compile every screen's template and draw every figure of `routines` once.

    Takes some tenths of a second, so it has a thread of its own. A screen that is asked for before
    it is ready here is prepared by whoever asks.
    """
    for view in View:
        app.jinja_env.get_template(template_name(view))
    for routine in routines:
        figures.warm_up(routine.poses)
