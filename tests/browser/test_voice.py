"""The voice in the page: it is heard after the cue, and a newer cue cuts it off."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, Route

from kiosk.settings.shapes import VoiceSection
from tests.drivers.chromium import OpenPage
from tests.drivers.screens import until, wait_for_version
from tests.drivers.sounds import write_wav
from tests.drivers.stage import MOCK, Stage, open_stage

#: Writes down when each sentence is to begin and to stop, in milliseconds of the page, and with how
#: much of its height it is heard. The page's clock stands at ``clock``, so that nothing comes too
#: late only because the machine is busy.
SPY = """
window.heard = [];
window.clock = performance.now();
performance.now = () => clock;
const connect = AudioBufferSourceNode.prototype.connect;
AudioBufferSourceNode.prototype.connect = function (to) {
  this.through = to;
  return connect.call(this, to);
};
window.decoded = 0;
const decode = AudioContext.prototype.decodeAudioData;
AudioContext.prototype.decodeAudioData = async function (data) {
  const sound = await decode.call(this, data);
  decoded += 1;
  return sound;
};
// What the page has last read of the sound's own clock, which runs on while the page works.
const time = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "currentTime").get;
let read = 0;
Object.defineProperty(BaseAudioContext.prototype, "currentTime", {
  get() { return (read = time.call(this)); },
});
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (at) {
  const begins = performance.now() + (at - read) * 1000;
  const part = this.through.gain.value;
  heard.push({ seconds: this.buffer.duration, at, begins, cutOff: false, part });
  this.said = heard.at(-1);
  return start.call(this, at);
};
const stop = AudioBufferSourceNode.prototype.stop;
AudioBufferSourceNode.prototype.stop = function () {
  this.said.cutOff = true;
  return stop.call(this);
};
"""


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[Stage]:
    """A station at half the volume that has recordings of the first two steps."""
    own = tmp_path / "own" / "en"
    write_wav(own / "psoas-release.check.headline.wav", 1)
    write_wav(own / "psoas-release.check.detail.wav", 2)
    write_wav(own / "psoas-release.equipment.headline.wav", 3)
    voice = VoiceSection(recordings=str(tmp_path / "own"), volume=50)
    with open_stage(tmp_path, msgspec.structs.replace(MOCK, voice=voice)) as opened:
        yield opened


@pytest.fixture
def page(speaking: Stage, open_page: OpenPage) -> Page:
    """The page of that station, with the spy, once it has fetched the first sentences ahead."""
    page = open_page(speaking.url + "/?panel=off")
    page.add_init_script(SPY)
    page.reload()
    until(page, "() => decoded === 2")
    return page


def test_headline_and_detail_follow_the_cue_and_the_next_step_cuts_them_off(
    speaking: Stage, page: Page
) -> None:
    pressed = page.evaluate("performance.now()")
    page.keyboard.press("Space")
    until(page, "() => heard.length === 2")
    first, second = page.evaluate("heard")
    assert [round(one["seconds"]) for one in (first, second)] == [1, 2]
    # The tone of the press takes 60 ms, and a screen that wakes up 500 ms.
    assert first["begins"] - pressed == pytest.approx(500, abs=20)
    assert second["at"] - first["at"] == pytest.approx(1)
    speaking.press()
    until(page, "() => heard.length === 3")
    assert [one["cutOff"] for one in page.evaluate("heard")] == [True, True, False]


def test_a_screen_that_is_awake_speaks_once_the_cue_is_over(speaking: Stage, page: Page) -> None:
    page.keyboard.press("Space")
    until(page, "() => heard.length === 2")
    page.evaluate("clock += 500")
    pressed = page.evaluate("performance.now()")
    speaking.press()
    until(page, "() => heard.length === 3")
    assert page.evaluate("heard[2].begins") - pressed == pytest.approx(60, abs=20)


def test_half_the_volume_is_a_quarter_of_the_height(page: Page) -> None:
    page.keyboard.press("Space")
    until(page, "() => heard.length === 2")
    assert page.evaluate("heard[0].part") == 0.25


def test_a_sentence_that_would_come_too_late_is_not_said(speaking: Stage, page: Page) -> None:
    waiting: list[Route] = []

    def keep_waiting(route: Route) -> None:
        waiting.append(route)

    page.route("**/voice/en/psoas-release.check.*", keep_waiting)
    page.reload()
    until(page, "() => document.body.dataset.version !== undefined")
    version = speaking.state.version
    page.keyboard.press("Space")
    wait_for_version(page, version + 1)  # by then the page has been told what to say
    page.evaluate("clock += 1000")  # 500 ms to wake up, 300 ms that it may be late, and some
    for route in waiting:
        route.continue_()
    until(page, "() => decoded === 2")
    page.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert page.evaluate("heard") == []


def test_a_sound_that_did_not_come_is_asked_for_again_the_next_time(page: Page) -> None:
    sounds = "**/voice/en/psoas-release.check.*"
    page.route(sounds, lambda route: route.abort())
    with (
        page.expect_event("requestfailed", lambda request: "headline" in request.url),
        page.expect_event("requestfailed", lambda request: "detail" in request.url),
    ):
        page.reload()
    page.unroute(sounds)
    page.keyboard.press("Space")
    until(page, "() => heard.length === 2")
