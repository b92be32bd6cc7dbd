"""``matside language``: what can be done with languages, a module for each verb or two."""

from kiosk.main.commands.language import check, listing, new, po
from kiosk.main.commands.options import Commands, Parser


def add_to(commands: Commands) -> None:
    """Add ``language`` with its verbs."""
    parser = commands.add_parser("language", help="list, check, begin, export or import languages")
    verbs = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    for module in (listing, check, new, po):
        module.add_to(verbs)
