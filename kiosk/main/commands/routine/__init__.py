"""``matside routine``: what can be done with routines, a module for each verb or two."""

from kiosk.main.commands.options import Commands, Parser
from kiosk.main.commands.routine import card, check, listing, new, preview


def add_to(commands: Commands) -> None:
    """Add ``routine`` with its verbs."""
    parser = commands.add_parser(
        "routine", help="list, show, write, check, preview or print routines"
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    for module in (listing, new, check, preview, card):
        module.add_to(verbs)
