"""A whole session's voice, in languages of three kinds, is heard where it should be."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.drivers.recorded_voice import Recording, check, record
from tests.drivers.sounds import SilentEngine, write_tone


class Tone(SilentEngine):
    """An engine that takes as long as somebody who speaks, 15 letters a second."""

    def speak(self, text: str, language: str, into: Path, stop: Callable[[], bool]) -> None:
        """Write a tone."""
        assert language
        assert not stop()
        write_tone(into, len(text) / 15)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_every_sentence_is_heard_after_its_cue_and_until_its_end(
    language: str, tmp_path: Path
) -> None:
    recording = record(language, Tone(), tmp_path)
    check(recording)
    assert {one.line.language for one in recording.said} == {language}
    often = Counter(one.line.name for one in recording.said)
    assert often["station.halfway"] == often["station.ten-seconds"] == 2  # once a side
    assert often["station.still-there"] == often["station.well-done"] == 1
    assert often["psoas-release.weight-off"] == 1
    assert often["psoas-release.settle.headline"] == 3  # both sides, and after weight off
    assert often["psoas-release.settle.detail"] == 1


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return record("en", Tone(), tmp_path_factory.mktemp("voice"))


def spoil(recording: Recording, at: float, seconds: float, sample: int) -> Recording:
    """The recording with another sound, or silence, from `at` on."""
    spoilt = Recording(recording.rules, recording.speaker, recording.lines)
    spoilt.said = recording.said
    spoilt.samples = recording.samples[:]
    for place in range(round(at * 22_050), round((at + seconds) * 22_050)):
        spoilt.samples[place] = sample
    return spoilt


def test_the_check_of_a_recording_notices_what_is_wrong(recording: Recording) -> None:
    switch = next(one for one in recording.said if ".switch.headline" in one.line.name)
    for at, seconds, sample, told in (
        (0.1, 0.2, 9000, "something is heard before"),
        (switch.begins - 0.5, 0.2, 9000, "something is heard after"),
        (switch.begins, 0.5, 0, "nothing is heard"),
        (recording.said[-1].ends + 1, 0.2, 9000, "something is heard after"),
    ):
        with pytest.raises(AssertionError, match=told):
            check(spoil(recording, at, seconds, sample))
