"""How templates are read and texts written, the same for screens, staff pages and printed cards."""

from jinja2 import Environment, StrictUndefined

from web.direction import direction_of, with_latin_isolated
from web.render import fill


def set_up_templates(templates: Environment) -> None:
    """Have `templates` do what those in ``web/templates`` rely on.

    A name that nobody has given is an error. Latin words in a text from right to left are isolated.
    Lines that have only a tag in them leave nothing behind. The filter ``fill`` fills names in
    braces in, and ``direction`` tells which way a language is written.
    """
    templates.undefined = StrictUndefined
    templates.finalize = with_latin_isolated
    templates.trim_blocks = templates.lstrip_blocks = True
    templates.filters |= {"fill": fill, "direction": direction_of}
