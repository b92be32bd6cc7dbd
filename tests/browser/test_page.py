"""The page in a real browser: what it shows, and what touch and keyboard do."""

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Request, expect

from kiosk.core.routine import Side
from kiosk.core.session import Back, Status
from tests.drivers.chromium import OpenPage
from tests.drivers.processes import live_station
from tests.drivers.screens import until, wait_for_version
from tests.drivers.sessions import go_through
from tests.drivers.stage import Stage


def eventually(stage: Stage, page: Page, step: str | None) -> None:
    """The station comes to `step`, and the page shows it."""
    for _ in range(100):
        if stage.step == step:
            break
        page.wait_for_timeout(20)
    assert stage.step == step
    wait_for_version(page, stage.state.version)


def listen_for_complaints(page: Page, address: str) -> list[str]:
    """What goes wrong on `page` from now on, and every request to another address."""
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def on_request(request: Request) -> None:
        if not request.url.startswith(address):
            complaints.append(request.url)

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", on_request)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"
    )
    return complaints


def test_a_whole_session_by_the_button_ends_in_the_ledger_without_a_complaint(
    tmp_path: Path, open_page: OpenPage
) -> None:
    with live_station(tmp_path, "--speed", "60") as station:
        page = open_page(station.url)
        complaints = listen_for_complaints(page, station.url)
        page.reload()
        go_through(station, lambda: time.sleep(0.3))
        expect(page.locator("#screen h1")).to_have_text("Well done")
        assert page.locator("#screen .totals .time").all_text_contents() == ["2:00", "2:00"]
        assert station.get("/api/session")["ledger"] == {"left": 120.0, "right": 120.0}
        assert complaints == []


def test_the_modules_run_one_by_one_as_they_do_joined(stage: Stage, browser: Browser) -> None:
    modules = [f'import "/static/station/{name}.js";' for name in ("kiosk", "mock-panel")]
    page = browser.new_page()
    complaints = listen_for_complaints(page, stage.url)
    page.route(
        "**/page.js*",
        lambda route: route.fulfill(content_type="text/javascript", body="\n".join(modules)),
    )
    page.goto(stage.url)
    expect(page.locator("#mock-light")).to_have_text("on")
    page.keyboard.press("Space")
    eventually(stage, page, "check")
    page.close()
    assert complaints == []


@pytest.mark.parametrize("key", ["Space", "Enter", "PageDown"])
def test_a_key_is_the_button(key: str, stage: Stage, open_page: OpenPage) -> None:
    page = open_page(stage.url)
    page.keyboard.down(key)
    eventually(stage, page, "check")
    assert stage.state.press is not None
    page.keyboard.up(key)
    for _ in range(100):
        if stage.state.press is None:
            return
        page.wait_for_timeout(20)
    raise AssertionError("the key is still down for the station")


def test_backspace_goes_back(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("lie-down")
    page = open_page(stage.url)
    page.keyboard.press("Backspace")
    eventually(stage, page, "equipment")


def test_a_key_that_repeats_is_one_press(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(stage.url)
    page.keyboard.down("Space")
    eventually(stage, page, "check")
    stage.wait(1)
    for _ in range(5):
        page.keyboard.down("Space")
    page.wait_for_timeout(100)
    assert (stage.step, stage.state.ignored) == ("check", 0)


def test_a_held_key_gives_weight_off_and_takes_its_press_back(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press_until("straighten")
    stage.wait(10)
    page = open_page(stage.url)
    page.keyboard.down("Space")
    eventually(stage, page, "knee-out")
    expect(page.locator("#ring")).to_have_class("on")
    stage.wait(1.3)
    expect(page.locator("#screen h1")).to_have_text("Weight off")
    assert (stage.state.status, stage.step) == (Status.PAUSED, "straighten")
    page.keyboard.up("Space")
    expect(page.locator("#ring")).not_to_have_class("on")


class Finger:
    """One finger on the page's screen."""

    def __init__(self, page: Page) -> None:
        self._devtools: CDPSession = page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        """Touch the screen."""
        self._send("touchStart", [{"x": x, "y": y}])

    def up(self) -> None:
        """Lift the finger."""
        self._send("touchEnd", [])

    def _send(self, kind: str, points: list[dict[str, float]]) -> None:
        self._devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle(page: Page, selector: str) -> tuple[float, float]:
    box: Any = page.locator(f"#screen {selector}").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_touch_presses_on_the_way_down(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(stage.url, has_touch=True)
    finger = Finger(page)
    finger.down(200, 200)
    eventually(stage, page, "check")
    assert stage.state.press is not None
    finger.up()
    for _ in range(200):
        if stage.state.press is None:
            break
        page.wait_for_timeout(20)
    assert stage.state.press is None
    assert stage.step == "check"


def test_a_touch_that_advances_does_not_press_what_appears_under_it(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(stage.url, has_touch=True)
    stage.press()
    expect(page.locator("#screen .other")).to_be_visible()
    spot = middle(page, ".other")
    stage.station.runner.post(Back())
    eventually(stage, page, None)
    stage.wait(1)
    finger = Finger(page)
    finger.down(*spot)
    eventually(stage, page, "check")
    finger.up()
    page.wait_for_timeout(150)
    assert (stage.step, stage.state.choices.routine) == ("check", "psoas-release")


def test_a_click_that_advances_does_not_press_what_appears_under_it(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(stage.url)
    stage.press_until("equipment")
    expect(page.locator("#screen [data-value='left']")).to_be_visible()
    spot = middle(page, "[data-value='left']")
    stage.station.runner.post(Back())
    eventually(stage, page, "check")
    stage.wait(1)
    page.mouse.move(*spot)
    page.mouse.down()
    eventually(stage, page, "equipment")
    page.mouse.up()
    page.wait_for_timeout(150)
    assert (stage.step, stage.state.choices.side) == ("equipment", Side.RIGHT)


def test_a_choice_chooses_and_is_no_press(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("equipment")
    page = open_page(stage.url, has_touch=True)
    page.tap("#screen [data-value='left']")
    expect(page.locator("#screen [data-value='left']")).to_have_attribute("aria-pressed", "true")
    page.tap("#screen [data-value='180']")
    expect(page.locator("#screen [data-value='180']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#screen .view")).to_have_attribute("data-side", "left")
    assert (stage.step, stage.state.choices.seconds) == ("equipment", 180)


def test_a_choice_can_be_made_by_keyboard(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("equipment")
    page = open_page(stage.url)
    page.locator("#screen [data-value='90']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#screen [data-value='90']")).to_have_attribute("aria-pressed", "true")
    assert (stage.step, stage.state.choices.seconds) == ("equipment", 90)


def test_one_of_the_gate_leads_to_the_gentle_routine(stage: Stage, open_page: OpenPage) -> None:
    stage.press()
    page = open_page(stage.url, has_touch=True)
    page.tap("#screen .other")
    expect(page.locator("#screen .band .side")).to_have_text("Gentle psoas")
    assert stage.state.choices.routine == "no-pressure-psoas"


def test_another_routine_is_chosen_from_pictures_by_touch(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press()
    page = open_page(stage.url, has_touch=True)
    page.tap("#screen .another")
    expect(page.locator("#screen .routines button")).to_have_count(4)
    expect(page.locator("#screen [aria-current]")).to_contain_text("Psoas release")
    page.tap("#screen [data-page='2']")
    page.tap("#screen [data-value='foot-ball']")
    expect(page.locator("#screen .band .side")).to_have_text("Foot ball")
    assert (stage.step, stage.state.choices.routine) == ("check", "foot-ball")


def test_a_touch_between_two_pictures_has_missed_and_does_nothing(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press()
    page = open_page(stage.url, has_touch=True)
    page.tap("#screen .another")
    pictures = page.locator("#screen .routines")
    expect(pictures).to_be_visible()
    stage.wait(2)
    box = pictures.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(150)
    assert stage.state.status is Status.CHOOSING
    page.tap("#screen .press")
    expect(page.locator("#screen .view.gate")).to_be_visible()


def test_the_countdown_goes_down_and_the_ledger_up_by_themselves(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press_until("settle")
    page = open_page(stage.url)
    timer, ledger = page.locator("#screen .timer"), page.locator("#screen [data-ledger=right]")
    expect(timer).to_have_text("0:30")
    expect(ledger).to_have_text("0:00")
    expect(timer).to_have_text("0:29", timeout=1300)
    expect(ledger).to_have_text("0:01", timeout=1300)


def test_the_countdown_stands_still_while_the_weight_is_off(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press_until("settle")
    stage.wait(12)
    stage.hold()
    page = open_page(stage.url)
    ledger = page.locator("#screen [data-ledger=right]")
    assert ledger.count() == 0 or ledger.text_content() == "0:13"
    stage.press()
    expect(page.locator("#screen h1")).to_have_text("Get ready")
    stage.press()
    expect(page.locator("#screen .timer")).to_have_text("0:17")


def test_a_cue_is_seen_as_a_flash(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(stage.url)
    stage.press_until("switch")
    wait_for_version(page, stage.state.version)
    cue = page.evaluate(
        """() => {
            const flash = document.getElementById("flash");
            const [running] = flash.getAnimations();
            return [flash.dataset.cue, running.effect.getComputedTiming().duration];
        }"""
    )
    assert cue == ["switch", pytest.approx(1400)]
    lit = "on => getComputedStyle(document.getElementById('flash')).opacity === on"
    until(page, lit, "1")
    until(page, lit, "0")


#: What fills up of a side: the shares of its chosen seconds that it starts and ends with, and ms.
FILLING = """side => {
    const fill = document.querySelector(`#screen [data-fill=${side}]`);
    const share = transform => 1 + parseFloat(transform.replace("translateX(", "")) / 100;
    const [running] = fill.getAnimations();
    if (!running) return [share(fill.style.transform)];
    const frames = running.effect.getKeyframes().map(frame => share(frame.transform));
    return [...frames, running.effect.getComputedTiming().duration];
}"""


def test_a_side_fills_up_towards_its_chosen_seconds(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("straighten")
    stage.wait(15)
    page = open_page(stage.url)
    held = stage.state.ledger.right + 15
    start, end, lasts = page.evaluate(FILLING, "right")
    assert start == pytest.approx(held / 120, abs=0.01)
    assert end == pytest.approx((held + 15) / 120, abs=0.01)
    assert lasts == pytest.approx(15_000, abs=100)
    assert page.evaluate(FILLING, "left") == [0]


def test_the_summary_shows_how_far_each_side_came(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("settle")
    stage.wait(30)
    stage.press_until("stand-up")
    stage.press()
    page = open_page(stage.url)
    for side in Side:
        held = stage.state.ledger.of(side)
        assert page.evaluate(FILLING, side.value) == [pytest.approx(held / 120, abs=0.01)]


def test_the_attract_screen_turns_over_so_that_nothing_burns_in(
    stage: Stage, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 480})
    page.clock.install()
    page.goto(f"{stage.url}/?panel=off")
    until(page, "() => document.querySelector('#screen .facts .on') !== null")
    seen = []
    for _ in range(2):
        seen.append(
            page.evaluate(
                """() => ["h1", ".press", ".need p"].map(selector => {
                    const text = document.createRange();
                    text.selectNodeContents(document.querySelector(`#screen ${selector}`));
                    const { left, top } = text.getBoundingClientRect();
                    return [Math.round(left), Math.round(top)];
                }).concat(getComputedStyle(document.querySelector("#screen .attract"))
                    .getPropertyValue("--side"))"""
            )
        )
        page.clock.run_for(9_600)
    page.close()
    assert all(one != other for one, other in zip(*seen, strict=True))
