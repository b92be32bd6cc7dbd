"""What the first sight of a screen would otherwise have to wait for."""

from flask import Flask

from kiosk.core.screen import View
from web import figures
from web.render import template_name


def warm_up(app: Flask) -> None:
    """Compile every screen's template and draw every figure once.

    Takes some tenths of a second, so it is for a thread beside the server's. A screen that is
    asked for in the meantime makes its own.
    """
    for view in View:
        app.jinja_env.get_template(template_name(view))
    figures.warm_up()
