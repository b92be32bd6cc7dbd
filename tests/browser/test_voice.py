"""The voice in the page: it is heard after the cue, and a newer cue cuts it off."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.settings.shapes import VoiceSection
from tests.drivers.chromium import OpenPage
from tests.drivers.screens import until
from tests.drivers.sounds import write_wav
from tests.drivers.stage import MOCK, Stage, open_stage

#: Writes down when each sentence is to begin and to stop, in milliseconds of the page.
SPY = """
window.heard = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (at) {
  const inMs = (at - this.context.currentTime) * 1000;
  heard.push({ seconds: this.buffer.duration, begins: performance.now() + inMs, cutOff: false });
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
    """A station that has recordings of the first two steps."""
    own = tmp_path / "own" / "en"
    write_wav(own / "psoas-release.check.headline.wav", 1)
    write_wav(own / "psoas-release.check.detail.wav", 2)
    write_wav(own / "psoas-release.equipment.headline.wav", 3)
    voice = VoiceSection(recordings=str(tmp_path / "own"))
    with open_stage(tmp_path, msgspec.structs.replace(MOCK, voice=voice)) as opened:
        yield opened


def test_headline_and_detail_follow_the_cue_and_the_next_step_cuts_them_off(
    speaking: Stage, open_page: OpenPage
) -> None:
    page = open_page(speaking.url + "/?panel=off")
    page.add_init_script(SPY)
    page.reload()
    until(page, "() => document.body.dataset.version !== undefined")
    pressed = page.evaluate("performance.now()")
    page.keyboard.press("Space")
    until(page, "() => heard.length === 2")
    first, second = page.evaluate("heard")
    assert [round(one["seconds"]) for one in (first, second)] == [1, 2]
    # The tone of the press takes 60 ms, and a screen that wakes up 500 ms.
    assert 500 <= first["begins"] - pressed < 800
    assert abs(second["begins"] - first["begins"] - 1000) < 5
    speaking.press()
    until(page, "() => heard.length === 3")
    assert [one["cutOff"] for one in page.evaluate("heard")] == [True, True, False]
