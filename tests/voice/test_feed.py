"""The samples that a loudspeaker is given: when a clip is heard, and how loud."""

import array
from collections.abc import Iterable
from pathlib import Path

import pytest

from kiosk.voice.feed import CHUNK, LATEST, RATE, SAMPLES, WAKING, Feed
from tests.drivers.sounds import write_tone

#: Of the tones; loud enough that halves of it can be told apart.
LOUD = 8000


def heard(feed: Feed, begin: float, seconds: float) -> "array.array[int]":
    """What is heard from `begin` on, in samples."""
    samples = array.array("h")
    for number in range(round(seconds / CHUNK)):
        samples.frombytes(feed.chunk(begin + number * CHUNK))
    return samples


def spans(samples: Iterable[int]) -> list[tuple[float, float]]:
    """From when until when the samples are no silence, in seconds to the millisecond."""
    loud = [0, *(abs(sample) > 0 for sample in samples), 0]
    edges = [at for at in range(1, len(loud)) if loud[at] != loud[at - 1]]
    times = [round((at - 1) / RATE, 3) for at in edges]
    return list(zip(times[0::2], times[1::2], strict=True))


@pytest.fixture
def awake() -> Feed:
    """A feed whose device has been awake for long."""
    feed = Feed(100)
    feed.open()
    heard(feed, -WAKING, WAKING)
    return feed


def test_without_a_clip_there_is_silence_so_that_the_device_stays_awake(awake: Feed) -> None:
    assert len(awake.chunk(0)) == 2 * SAMPLES
    assert spans(heard(awake, 0, 1)) == []


def test_clips_are_heard_one_after_the_other_from_when_they_are_due(
    awake: Feed, tmp_path: Path
) -> None:
    clips = [write_tone(tmp_path / f"{tenths}.wav", tenths / 10) for tenths in (1, 2)]
    awake.say(clips, 0.513)
    assert spans(heard(awake, 0, 2)) == [(0.513, 0.813)]


def test_the_first_half_second_of_a_device_that_wakes_up_is_silent(tmp_path: Path) -> None:
    feed = Feed(100)
    feed.open()
    feed.say([write_tone(tmp_path / "a.wav", 0.1)], 10.06)
    assert spans(heard(feed, 10.4, 1)) == [(WAKING, WAKING + 0.1)]


@pytest.mark.parametrize(("late", "said"), [(LATEST - 0.001, 1), (LATEST + 0.001, 0)])
def test_a_clip_that_would_come_too_late_is_not_said(
    awake: Feed, tmp_path: Path, late: float, said: int
) -> None:
    awake.say([write_tone(tmp_path / "a.wav", 0.1)], 5)
    assert len(spans(heard(awake, 5 + late, 1))) == said


def test_what_is_said_can_be_cut_off_at_once(awake: Feed, tmp_path: Path) -> None:
    awake.say([write_tone(tmp_path / "a.wav", 1)], 0)
    first = heard(awake, 0, 0.2)
    awake.cut_off()
    assert spans(first + heard(awake, 0.2, 1)) == [(0, 0.2)]


def test_a_new_clip_takes_the_place_of_the_old_one(awake: Feed, tmp_path: Path) -> None:
    awake.say([write_tone(tmp_path / "a.wav", 1), tmp_path / "never.wav"], 0)
    heard(awake, 0, 0.2)
    awake.cut_off()
    awake.say([write_tone(tmp_path / "b.wav", 0.3)], 0.3)
    assert spans(heard(awake, 0.2, 1)) == [(0.1, 0.4)]


@pytest.mark.parametrize("rate", [8000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_clip_of_any_rate_lasts_as_long_as_it_should(
    awake: Feed, tmp_path: Path, rate: int, channels: int
) -> None:
    awake.say([write_tone(tmp_path / "a.wav", 0.4, rate, channels, height=LOUD)], 0)
    samples = heard(awake, 0, 1)
    ((begin, end),) = spans(samples)
    assert begin == pytest.approx(0, abs=0.001)
    assert end == pytest.approx(0.4, abs=0.001)
    assert samples[RATE // 5] == pytest.approx(LOUD, abs=1)


@pytest.mark.parametrize(("volume", "part"), [(100, 1), (50, 0.25), (0, 0)])
def test_half_the_volume_is_a_quarter_of_the_height(
    tmp_path: Path, volume: int, part: float
) -> None:
    feed = Feed(volume)
    feed.open()
    heard(feed, -WAKING, WAKING)
    feed.say([write_tone(tmp_path / "a.wav", 0.1, height=LOUD)], 0)
    assert max(heard(feed, 0, 0.2)) == LOUD * part


def test_a_file_that_has_gone_or_is_damaged_is_silent_and_the_next_is_heard(
    awake: Feed, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = tmp_path / "b.wav"
    damaged.write_bytes(b"RIFF")
    awake.say([tmp_path / "gone.wav", damaged, write_tone(tmp_path / "c.wav", 0.1)], 0)
    assert spans(heard(awake, 0, 0.5)) == [(0, 0.1)]
    assert caplog.text.count("cannot be played") == 2
