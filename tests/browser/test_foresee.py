"""The screen that the button leads to next is ready beneath the one that is shown, and hidden."""

from playwright.sync_api import Page, expect

from kiosk.core.session import Back, ButtonDown, ButtonHeld, ButtonUp, Choose
from tests.drivers.chromium import OpenPage
from tests.drivers.screens import until, wait_for_version
from tests.drivers.stage import Stage

#: A screen that is foreseen has been made ready; `told` is a part of what it announces.
READY = """told => document
    .querySelector("main > [data-ready]:not(#screen, #screen-before) > .view")
    ?.dataset.announce.includes(told)"""

#: Marks the box of the foreseen screen, so that it can be known again, and notes whatever is seen.
WATCH = """() => {
    document.querySelector("main > :not(#screen)").marked = true;
    window.seen = [];
    window.announced = [];
    const look = () => {
        for (const box of document.querySelectorAll("main > *")) {
            const told = box.querySelector(".view")?.dataset.announce;
            if (getComputedStyle(box).opacity !== "0" && !seen.includes(told)) seen.push(told);
        }
        requestAnimationFrame(look);
    };
    look();
    new MutationObserver(() => announced.push(document.getElementById("announce").textContent))
        .observe(document.getElementById("announce"), { childList: true });
}"""

SHOWN_IS_MARKED = "() => document.getElementById('screen').marked === true"


def foreseen(page: Page, told: str) -> None:
    """Wait until the screen that announces `told` lies ready."""
    until(page, READY, told)


def test_a_press_shows_the_very_screen_that_was_made_ready(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    foreseen(page, "Is any of this you?")
    page.evaluate(WATCH)
    stage.press()
    wait_for_version(page, stage.state.version)
    expect(page.locator("#screen h1")).to_have_text("Is any of this you?")
    assert page.evaluate(SHOWN_IS_MARKED)


def test_weight_off_is_ready_while_the_button_is_down(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("straighten")
    page = open_page(f"{stage.url}/?panel=off")
    stage.wait(1)
    stage.station.runner.post(ButtonDown())
    foreseen(page, "Weight off")
    page.evaluate(WATCH)
    stage.wait(1.2)
    wait_for_version(page, stage.state.version)
    expect(page.locator("#screen h1")).to_have_text("Weight off")
    assert page.evaluate(SHOWN_IS_MARKED)


def test_a_screen_foreseen_wrongly_is_never_shown(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("knee-out")
    page = open_page(f"{stage.url}/?panel=off")
    foreseen(page, "Squeeze")
    page.evaluate(WATCH)
    for event in (Back(), ButtonHeld(), Choose(side=None)):
        stage.wait(1)
        stage.station.runner.post(event)
        wait_for_version(page, stage.state.version)
        foreseen(page, "")
    assert not page.evaluate("() => seen.some(told => told.includes('Squeeze'))")
    assert not page.evaluate("() => announced.some(told => told.includes('Squeeze'))")
    assert page.evaluate("() => seen.some(told => told.includes('Straighten'))")
    expect(page.locator("#screen h1")).to_have_text("Weight off")


def test_a_screen_that_is_foreseen_is_not_told_seen_or_reached(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    foreseen(page, "Is any of this you?")
    hidden = page.locator("main > :not(#screen)")
    expect(hidden).to_have_css("opacity", "0")
    expect(hidden).to_have_attribute("aria-hidden", "true")
    assert "Is any of this you?" not in page.locator("#announce").inner_text()
    assert "Is any of this you?" not in page.locator("main").aria_snapshot()
    for _ in range(5):
        page.keyboard.press("Tab")
        assert not page.evaluate("() => document.activeElement.matches('.other')")
    box = page.locator("main > :not(#screen) .other").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)  # presses what is shown there: the button
    expect(page.locator("#screen h1")).to_have_text("Is any of this you?")
    assert stage.state.choices.routine == "psoas-release"
    stage.station.runner.post(ButtonUp())
    expect(page.locator("#announce")).to_contain_text("Is any of this you?")
    assert "Is any of this you?" in page.locator("main").aria_snapshot()
    page.locator("#screen .other").focus()
    assert page.evaluate("() => document.activeElement.matches('.other')")


def test_a_figure_begins_to_move_when_its_screen_is_shown(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press_until("settle")
    page = open_page(f"{stage.url}/?panel=off")
    foreseen(page, "Straighten")
    motions = """selector => document.querySelector(selector).getAnimations({ subtree: true })
        .map(motion => [motion.playState, motion.currentTime])"""
    before = page.evaluate(motions, "main > :not(#screen) .show")
    assert len(before) > 0
    assert {state for state, _ in before} == {"paused"}
    assert max(at for _, at in before) < 100
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")
    assert page.evaluate(motions, "main > :not(#screen) .show") == before
    stage.press()
    wait_for_version(page, stage.state.version)
    until(
        page,
        """() => document.querySelector("#screen .show").getAnimations({ subtree: true })
            .every(motion => motion.playState === "running")""",
    )
    after = page.evaluate(motions, "#screen .show")
    assert len(after) == len(before)


def test_a_screen_is_still_shown_if_none_was_foreseen_in_time(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    for _ in range(6):  # faster than anything can be made ready
        stage.press()
    wait_for_version(page, stage.state.version)
    headline = page.locator("#screen h1").inner_text()
    foreseen(page, "")
    page.reload()
    expect(page.locator("#screen h1")).to_have_text(headline)
