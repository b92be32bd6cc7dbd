"""The voice of a running station: which clips it has, and when it is quiet."""

from datetime import time
from pathlib import Path

import pytest

from kiosk.core.session import Rules
from kiosk.library.words import load_languages
from kiosk.main.voice import quiet_now
from kiosk.service.night import quiet_hours_of
from kiosk.settings.shapes import VoiceSection
from kiosk.voice.script import Line, Script
from kiosk.voice.speaker import Speaker
from tests.drivers.mat import Mat

HEADLINE = "en/psoas-release.check.headline"
DETAIL = "en/psoas-release.check.detail"


def speaker_of(rules: Rules, *, quiet: bool = False) -> Speaker:
    """A speaker that has a clip of every sentence; none of the files is opened here."""
    script = Script(rules, load_languages())
    speaker = Speaker(script, rules, volume=50, is_quiet=lambda: quiet)
    speaker.take({line: Path(f"{line.name}.wav") for line in script.lines()})
    return speaker


def test_a_press_is_answered_by_the_clips_of_the_step(rules: Rules, mat: Mat) -> None:
    before = mat.state
    mat.down()
    spoken = speaker_of(rules).spoken(before, mat.state, mat.heard()[-1])
    assert spoken.clips == (HEADLINE, DETAIL)
    assert (spoken.after, spoken.cuts_off) == (0.06, True)


def test_a_sentence_without_a_file_is_not_said(rules: Rules, mat: Mat) -> None:
    speaker = Speaker(Script(rules, load_languages()), rules, volume=50, is_quiet=lambda: False)
    speaker.take({Line("psoas-release.check.detail", "en", ""): Path("a.wav")})
    before = mat.state
    mat.down()
    assert speaker.spoken(before, mat.state, None).clips == (DETAIL,)
    assert speaker.file(DETAIL) == Path("a.wav")
    assert speaker.file(HEADLINE) is None


def test_in_quiet_hours_nothing_is_said_but_what_was_begun_is_cut_off(
    rules: Rules, mat: Mat
) -> None:
    before = mat.state
    mat.down()
    spoken = speaker_of(rules, quiet=True).spoken(before, mat.state, None)
    assert (spoken.clips, spoken.cuts_off) == ((), True)


def test_ahead_are_what_the_button_leads_to_and_what_the_clock_may_bring(
    rules: Rules, mat: Mat
) -> None:
    before = mat.state
    mat.down()
    assert speaker_of(rules).ahead(before, mat.state) == (
        HEADLINE,
        DETAIL,
        "en/station.halfway",
        "en/station.ten-seconds",
        "en/station.still-there",
    )


@pytest.mark.parametrize(
    ("now", "quiet"), [(time(23), True), (time(5, 59), True), (time(12), False), (None, False)]
)
def test_the_quiet_hours_go_past_midnight(now: time | None, *, quiet: bool) -> None:
    hours = quiet_hours_of(VoiceSection(quiet_from="22:00", quiet_until="06:00"))
    assert quiet_now(hours, lambda: now)() is quiet


def test_without_quiet_hours_it_is_never_quiet() -> None:
    assert quiet_now(quiet_hours_of(VoiceSection()), lambda: time(0))() is False
