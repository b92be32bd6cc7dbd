"""Choosing a language on the real page: by touch, and by invitations that take turns."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.core.session import Status
from kiosk.library.words import load_languages
from kiosk.settings.shapes import StationSection
from tests.drivers.chromium import OpenPage
from tests.drivers.screens import until, wait_for_version
from tests.drivers.scripts import SETTLED
from tests.drivers.stage import MOCK, Stage, open_stage

#: How long (ms) a scene of the attract screen lasts.
SCENE = 9_600

#: The invitation that is seen: its language, its direction and its title.
INVITATION = """() => {
    const seen = [...document.querySelectorAll("#screen .say")]
        .filter(say => !say.hidden && !say.classList.contains("unseen"));
    return seen.map(say => [
        say.closest("[lang]").lang, getComputedStyle(say).direction,
        say.querySelector("h1, .title").textContent,
    ]);
}"""

#: The number of the scene that is seen.
SCENE_SHOWN = """() => {
    const { classList, dataset } = document.querySelector("#screen .attract");
    const number = Number(dataset.scene);
    return classList.contains("again") === (number % 2 === 1) ? number : number - 1;
}"""

FAMILIES = "() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.unicodeRange)"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A station that speaks English and offers German and Arabic too."""
    station = StationSection(offered_languages=("en", "de", "ar"))
    with open_stage(tmp_path, msgspec.structs.replace(MOCK, station=station)) as opened:
        yield opened


def at_rest(browser: Browser, stage: Stage, **options: str) -> Page:
    """The attract screen on a page whose time goes on only when told, at its first scene."""
    page = browser.new_page(viewport={"width": 800, "height": 480}, **options)  # type: ignore[arg-type] # passed on
    page.clock.install()
    page.goto(f"{stage.url}/?panel=off")
    until(page, "() => document.querySelector('#screen [data-scene]') !== null")
    return page


def turn(page: Page) -> None:
    """Let the time of a scene pass, until the next one is shown."""
    number = page.evaluate(SCENE_SHOWN) + 1
    page.clock.run_for(SCENE)
    until(page, f"() => ({SCENE_SHOWN})() === {number}")


def test_the_first_step_leads_to_the_names_and_a_touched_one_to_its_language(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press()
    page = open_page(f"{stage.url}/?panel=off", has_touch=True)
    page.tap("#screen [data-languages]")
    names = page.locator("#screen .languages .names button")
    expect(names).to_have_text(["English", "Deutsch", "العربية"])
    expect(names.first).to_have_attribute("aria-pressed", "true")
    page.tap("#screen button[lang='de']")
    expect(page.locator("#screen .gate h1")).to_have_text("Trifft etwas davon zu?")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert stage.step == "check"


def test_a_touch_beside_the_names_has_missed_and_a_press_goes_back(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press()
    page = open_page(f"{stage.url}/?panel=off", has_touch=True)
    page.tap("#screen [data-languages]")
    until(page, "() => document.querySelector('#screen .languages') !== null")
    stage.wait(2)
    page.evaluate(SETTLED)
    box = page.locator("#screen .names button").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] + 4)
    page.wait_for_timeout(150)
    assert stage.state.status is Status.LANGUAGES
    page.tap("#screen .press")
    expect(page.locator("#screen .gate h1")).to_have_text("Is any of this you?")


def test_each_language_stands_on_the_attract_screen_by_its_own_name(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off", has_touch=True)
    names = page.locator("#screen .names button")
    expect(names).to_have_text(["English", "Deutsch", "العربية"])
    names.last.tap()
    expect(page.locator("#screen .attract")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("#screen [data-invitation]")).to_have_count(0)
    stage.press()
    wait_for_version(page, stage.state.version)
    expect(page.locator("#screen .view.gate")).to_have_attribute("lang", "ar")


def test_every_other_scene_invites_in_another_language(browser: Browser, stage: Stage) -> None:
    page = at_rest(browser, stage)
    seen = []
    for _ in range(6):
        seen += page.evaluate(INVITATION)
        turn(page)
    english = ["en", "ltr", "Psoas release"]
    assert seen[::2] == [english] * 3
    german, arabic = (each for each in sorted(seen[1::2][:2], reverse=True))
    assert german == ["de", "ltr", "Psoas lösen"]
    assert arabic == ["ar", "rtl", "تحرير البسواس"]
    page.close()


def test_a_touch_on_the_line_of_an_invitation_chooses_its_language(
    browser: Browser, stage: Stage
) -> None:
    page = at_rest(browser, stage)
    turn(page)
    [[code, _, _]] = page.evaluate(INVITATION)
    here = page.locator(f"#screen .here[lang={code}]")
    page.evaluate(
        "() => document.querySelectorAll('.attract > *').forEach(e => e.style.animation = 'none')"
    )
    here.click()
    expect(page.locator("#screen .attract")).to_have_attribute("lang", code)
    assert (stage.state.status, stage.state.choices.language) == (Status.ATTRACT, code)
    page.close()


def test_scenes_tell_a_screen_reader_nothing_and_leave_nothing_behind(
    browser: Browser, stage: Stage
) -> None:
    page = at_rest(browser, stage)
    page.evaluate(
        """() => {
            window.told = 0;
            new MutationObserver(() => window.told++).observe(document.getElementById("announce"),
                { childList: true, characterData: true, subtree: true });
        }"""
    )
    count = "() => document.querySelectorAll('#screen *').length"
    for _ in range(4):
        turn(page)  # each of both languages has had its turn
    elements = page.evaluate(count)
    for _ in range(9):
        turn(page)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        # What a screen reader finds is the same in every scene.
        expect(page.get_by_role("heading")).to_have_text(["Psoas release"])
        expect(page.get_by_role("button")).to_have_text(["English", "Deutsch", "العربية"])
    assert page.evaluate("() => window.told") == 0
    assert page.evaluate(count) == elements
    page.close()


def test_scenes_take_turns_without_motion_where_motion_is_not_welcome(
    browser: Browser, stage: Stage
) -> None:
    page = at_rest(browser, stage, reduced_motion="reduce")
    turn(page)
    [[code, _, _]] = page.evaluate(INVITATION)
    assert code != "en"
    assert page.evaluate("() => document.getAnimations().length") == 0
    page.close()


def test_the_letters_of_a_language_load_when_its_invitation_comes(
    browser: Browser, tmp_path: Path
) -> None:
    station = StationSection(offered_languages=("en", "pl"))
    settings = msgspec.structs.replace(MOCK, station=station)
    with open_stage(tmp_path / "polish", settings) as stage:
        page = at_rest(browser, stage)
        page.evaluate("() => document.fonts.ready")
        assert len(page.evaluate(FAMILIES)) == 1
        turn(page)
        until(page, f"() => ({FAMILIES})().length === 2")
        page.close()


def test_an_invitation_is_fetched_when_its_turn_comes_and_then_kept(
    browser: Browser, stage: Stage
) -> None:
    asked: list[str] = []
    page = browser.new_page(viewport={"width": 800, "height": 480})
    page.on("request", lambda request: asked.append(request.url.removeprefix(stage.url)))
    page.clock.install()
    page.goto(f"{stage.url}/?panel=off")
    until(page, "() => document.querySelector('#screen [data-scene]') !== null")
    page.evaluate("() => document.fonts.ready")
    assert [each for each in asked if "invitation" in each or "plex" in each] == []
    for _ in range(8):
        turn(page)
    invitations = [each for each in asked if "invitation" in each]
    assert sorted(invitations) == ["/invitation/ar", "/invitation/de"]
    page.close()


def test_without_the_invitation_a_scene_has_the_stations_own_language(
    browser: Browser, stage: Stage
) -> None:
    page = at_rest(browser, stage)
    page.route("**/invitation/**", lambda route: route.abort())
    for _ in range(4):
        turn(page)
        assert page.evaluate(INVITATION) == [["en", "ltr", "Psoas release"]]
    page.close()


def test_the_face_of_the_name_of_arabic_writes_it_as_the_whole_face_does(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    drawn = """async ([family, text]) => {
        const font = `600 100px "${family}"`;
        await document.fonts.load(font, text);
        const canvas = new OffscreenCanvas(600, 200);
        const context = canvas.getContext("2d");
        context.font = font;
        context.direction = "rtl";
        context.fillText(text, 550, 120);
        return [...context.getImageData(0, 0, 600, 200).data].join();
    }"""
    name = load_languages()["ar"].name
    alone, whole = (
        page.evaluate(drawn, [family, name])
        for family in ("Name of Arabic", "IBM Plex Sans Arabic")
    )
    assert alone == whole
    assert any(character in alone for character in "123456789")
