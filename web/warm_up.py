"""Prepares screens and figures, so that the first press need not wait for that."""

from flask import Flask

from kiosk.core.routine import Routine
from kiosk.core.screen import View
from web import figures
from web.render import template_name


def warm_up(app: Flask, routine: Routine) -> None:
    """Compile every screen's template, and draw every figure of the default routine, once.

    Takes some tenths of a second, so it has a thread of its own. A screen that is asked for before
    it is ready here is prepared by whoever asks. Figures of other routines are drawn when a member
    has chosen one, a step ahead of it: the screen that comes next is rendered before it is shown.
    """
    for view in View:
        app.jinja_env.get_template(template_name(view))
    figures.warm_up(routine.poses)
