"""Every drawing that means something stands out from what it is drawn on, on every screen."""

from playwright.sync_api import Browser, Page

from tests.drivers.screens import walk
from tests.drivers.scripts import with_colours

CONTRASTS = with_colours("graphics.js")

#: WCAG 2 AA 1.4.11, for graphics.
GRAPHICS = 3.0

FIGURE = "#screen .figure"
PLAIN = ":not(.ghost *)"

#: What is drawn: its name, where it is, the property that colours it, and what it is seen against;
#: without one that is the ground behind it.
MARKS = [
    ("body's line", f"{FIGURE} :is(.line-line, .line-rim)", "stroke", ""),
    ("body's line on skin", f"{FIGURE} .line-rim", "stroke", ".figure .skin"),
    ("body's line on the shirt", f"{FIGURE} .line-rim", "stroke", ".figure .shirt"),
    ("kettlebell's line", f"{FIGURE} .iron{PLAIN}", "stroke", f".figure .iron{PLAIN}"),
    ("lines of face and hands", f"{FIGURE} .detail", "stroke", ".figure .skin"),
    ("far limbs' line", f"{FIGURE} :is(.far-line, .far-rim)", "stroke", ""),
    ("far limbs' line on them", f"{FIGURE} :is(.far-line, .far-rim)", "stroke", ".figure .far"),
    ("working leg's line", f"{FIGURE} .side-rim", "stroke", ""),
    ("working leg's line on the trousers", f"{FIGURE} .side-rim", "stroke", ".figure .pants"),
    ("ball", f"{FIGURE} .ball", "fill", ""),
    ("ball on the shirt", f"{FIGURE} .ball", "fill", ".figure .shirt"),
    ("ball's seam", f"{FIGURE} .seam", "stroke", ".figure .ball"),
    ("mat's edge", f"{FIGURE} .edge", "fill", ""),
    ("arrow", f"{FIGURE} .arrow", "stroke", ""),
    ("other position", f"{FIGURE} .ghost", "fill", ""),
    ("other position on the mat", f"{FIGURE} .ghost", "fill", ".figure .mat"),
    ("spot", f"{FIGURE} .spot", "fill", ".figure .skin"),
    ("psoas", f"{FIGURE} .muscle", "stroke", ".figure .skin"),
    ("spine", f"{FIGURE} .bone", "fill", ".figure .skin"),
    ("ribs and abdominals", f"{FIGURE} .faint", "stroke", ".figure .skin"),
    ("hip bone and navel", f"{FIGURE} .crest", "stroke", ".figure .skin"),
    ("label's leader", f"{FIGURE} .leader", "stroke", ""),
    ("step done", ".strip .done", "background-color", ""),
    ("step to do", ".strip .todo", "border-top-color", ""),
    ("step now", ".strip .now", "border-top-color", ""),
    ("bar", ".bar i", "background-color", ""),
    ("side's seconds", ".fill i", "background-color", ""),
    ("side's chosen seconds", ".fill", "border-top-color", ""),
    ("side's shape", "#screen .shape", "fill", ""),
    ("ring that means the button", ".press::before", "border-top-color", ""),
    ("touch target", "#screen button", "border-top-color", ""),
    ("ring of the held button", "#ring .fill", "stroke", "#ring .track"),
]


def test_the_contrast_of_every_graphic_on_every_screen(browser: Browser) -> None:
    seen: set[str] = set()
    faint: set[str] = set()

    def check(page: Page, screen: str) -> None:
        for name, ratio in page.evaluate(CONTRASTS, MARKS):
            seen.add(name)
            if ratio < GRAPHICS:
                faint.add(f"{screen}: {name}: {ratio:.1f}:1")

    page = browser.new_page(viewport={"width": 800, "height": 480}, reduced_motion="reduce")
    walk(page, check)
    page.close()
    assert not faint, "\n".join(sorted(faint))
    assert seen == {mark[0] for mark in MARKS}
