"""What keeps a page from being read by everyone: axe's findings, and texts that are too faint."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.drivers.scripts import with_colours

#: WCAG 2 AAA 1.4.6, for text of any size.
TEXT = 7.0

_CONTRAST = with_colours("contrast.js")


def findings(page: Page) -> list[str]:
    """What axe finds wrong with `page`, and its texts that are too faint."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    results = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
    faint: list[str] = page.evaluate(_CONTRAST, TEXT)
    return faint + [
        f"{violation['id']}: {violation['help']}: {[node['html'] for node in violation['nodes']]}"
        for violation in results["violations"]
    ]
