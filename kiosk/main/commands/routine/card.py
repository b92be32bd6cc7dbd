"""``matside routine card``: makes the printed card of a routine, as a PDF file."""

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Any

from kiosk.core.errors import PrintError, SettingsError
from kiosk.main.commands.options import add_common, settings_of

#: The papers that a card is made for.
SIZES = ("a5", "a4", "letter")


def add_to(verbs: Any) -> None:
    """Add ``card`` to the verbs of ``routine``."""
    card = verbs.add_parser("card", help="make a routine's card to print, as PDF")
    card.add_argument("name")
    card.add_argument("--language", metavar="CODE", help="the card's language")
    card.add_argument("--size", choices=SIZES, default="a4", help="the paper (a4)")
    card.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    card.add_argument("--force", action="store_true", help="replace a file that is there")
    add_common(card)
    card.set_defaults(command=_card)


def _card(options: argparse.Namespace) -> int:
    from kiosk.main.print_pdf import print_pdf  # noqa: PLC0415 - only this verb prints

    output: Path = options.output
    if output.exists() and not options.force:
        raise PrintError(f"{output} is there already. Name another file, or add --force.")
    with tempfile.TemporaryDirectory(prefix="matside-card-") as folder:
        page = _write_page(Path(folder), options)
        print_pdf(page, output)
    print(f"{output}: is ready to print.")
    return 0


def _write_page(folder: Path, options: argparse.Namespace) -> Path:
    """Write the card, its sheet and its fonts into `folder`; return the page.

    Raises:
        SettingsError: There is no such routine, or it does not have the language.
    """
    from jinja2 import Environment, PackageLoader  # noqa: PLC0415 - only this verb makes a page

    from kiosk.core.routine import Side  # noqa: PLC0415 - only this verb makes a page
    from kiosk.main.rules import library_of  # noqa: PLC0415 - only this verb makes a page
    from web.assets import STATIC, card_sheet  # noqa: PLC0415 - only this verb makes a page
    from web.cards import CardOptions, PaperSize, card_html  # noqa: PLC0415 - only this verb makes a page
    from web.templating import set_up_templates  # noqa: PLC0415 - only this verb makes a page

    settings = settings_of(options)
    library = library_of(settings)
    routines = library.routines
    if options.name not in routines:
        allowed = ", ".join(routines)
        raise SettingsError(f"routine: found {options.name!r}. It must be one of: {allowed}.")
    routine = routines[options.name]
    language = options.language or settings.station.language
    if language not in routine.texts:
        allowed = ", ".join(routine.texts)
        raise SettingsError(f"language: found {language!r}. {routine.id} has: {allowed}.")
    templates = Environment(loader=PackageLoader("web"), autoescape=True)
    set_up_templates(templates)
    card = CardOptions(language, PaperSize(options.size), Side(settings.station.side), "card.css")
    html = card_html(templates, routine, library.languages[language], card)
    shutil.copytree(STATIC / "fonts", folder / "static" / "fonts")
    (folder / "card.css").write_text(card_sheet(options.size), encoding="utf-8")
    page = folder / "card.html"
    page.write_text(html, encoding="utf-8")
    return page
