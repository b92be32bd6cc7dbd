"""A whole session's voice as a loudspeaker is given it, written down and held to its time line.

The session goes by the core's clock, with a pause for weight off and one for "Still there?". What
the feed makes of it is kept chunk by chunk, and then looked at: silent while a cue sounds, every
sentence where the time line has it, and silence from its end to the next.
"""

import array
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.core.moves import attract
from kiosk.core.session import (
    ButtonDown,
    ButtonHeld,
    ButtonUp,
    Event,
    Rules,
    State,
    Status,
    Tick,
)
from kiosk.core.transitions import advance, next_deadline
from kiosk.main.rules import library_of, rules_of
from kiosk.settings.shapes import Settings, StationSection
from kiosk.voice.clips import Cache
from kiosk.voice.engines import Engine
from kiosk.voice.feed import CHUNK, RATE, WAKING, Feed
from kiosk.voice.rendering import render_all
from kiosk.voice.script import Line, Script
from kiosk.voice.sound import check_sound
from kiosk.voice.speaker import Speaker

#: Seconds that the member takes on a step that waits for a press.
SLOWLY = 12.0

#: Samples that are less high than this are silence: a speech engine begins and ends with a little.
SILENT = 100


@dataclass
class Said:
    """One sentence on the time line; times are seconds of the recording.

    Attributes:
        line: The sentence.
        begins: When its clip begins.
        lasts: How long its clip is.
        ends: When it ends, which is sooner than that if something has cut it off.
    """

    line: Line
    begins: float
    lasts: float
    ends: float

    def __str__(self) -> str:
        cut = " cut off" if self.ends < self.begins + self.lasts else ""
        spoken = f"{self.line.name}{cut}  {self.line.text}"
        return f"{self.begins:8.2f} s  {self.ends - self.begins:5.2f} s  {spoken}"


@dataclass
class Recording:
    """A session, and what is heard of it.

    Attributes:
        rules: What it runs by.
        speaker: Says what is heard.
        lines: Every line by the name of its clip.
        now: Clock seconds, from the first press on.
        state: The session.
        samples: What has been heard so far.
        said: The time line.
    """

    rules: Rules
    speaker: Speaker
    lines: dict[str, Line]
    now: float = 0.0
    state: State = field(init=False)
    samples: "array.array[int]" = field(default_factory=lambda: array.array("h"))
    said: list[Said] = field(default_factory=list)
    feed: Feed = field(default_factory=lambda: Feed(100))

    def __post_init__(self) -> None:
        self.state = attract(0, self.rules)
        self.feed.open()

    def post(self, event: Event) -> None:
        """Apply `event` now."""
        before = self.state
        outcome = advance(before, event, self.now, self.rules)
        self.state = outcome.state
        spoken = self.speaker.spoken(before, outcome.state, outcome.cue)
        if spoken.cuts_off:
            self.feed.cut_off()
            for one in self.said:
                one.ends = min(one.ends, max(self.now, one.begins))
        files = [self.speaker.file(clip) for clip in spoken.clips]
        if spoken.clips:
            self.feed.say([file for file in files if file is not None], self.now + spoken.after)
        begins = max(self.now + spoken.after, WAKING)
        for clip, file in zip(spoken.clips, files, strict=True):
            if file is None:
                raise AssertionError(f"{clip} has no file")
            lasts = check_sound(file)
            self.said.append(Said(self.lines[clip], begins, lasts, begins + lasts))
            begins += lasts

    def wait(self, seconds: float) -> None:
        """Let time pass, with a tick at every deadline on the way."""
        end = self.now + seconds
        while (due := next_deadline(self.state, self.rules)) is not None and due <= end:
            self._listen(due)
            self.post(Tick())
        self._listen(end)

    def press(self) -> None:
        """Press shortly."""
        self.post(ButtonDown())
        self.wait(0.1)
        self.post(ButtonUp())

    def _listen(self, until: float) -> None:
        """Write down what is heard until then."""
        while len(self.samples) / RATE < until:
            self.samples.frombytes(self.feed.chunk(len(self.samples) / RATE))
        self.now = until


def record(language: str, engine: Engine, folder: Path) -> Recording:
    """The voice of a session from the first press to the summary.

    Args:
        language: Code of the language.
        engine: Speaks it.
        folder: Is given the clips.

    Raises:
        AssertionError: A sentence cannot be spoken.
    """
    settings = Settings(station=StationSection(language=language))
    library = library_of(settings)
    rules = rules_of(settings, library)
    script = Script(rules, library.languages)
    routine = rules.defaults.routine
    lines = [line for line in script.lines() if line.name.startswith((f"{routine}.", "station."))]
    speaker = Speaker(script, rules, volume=100, is_quiet=lambda: False)

    def take(line: Line, clip: Path) -> None:
        speaker.take({line: clip})

    problems = render_all(lines, Cache(folder, engine), take)
    assert problems == []
    named = {f"{line.language}/{line.name}": line for line in lines}
    recording = Recording(rules, speaker, named)
    recording.press()
    _go_on_until_hold(recording)
    recording.wait(7)
    recording.post(ButtonHeld())  # weight off, and on again
    recording.wait(10)
    recording.press()
    while recording.state.status is not Status.SUMMARY:
        _go_on(recording)
    recording.wait(5)
    return recording


def _go_on_until_hold(recording: Recording) -> None:
    """Come to the first hold; once, nobody presses until "Still there?" is asked."""
    asked = False
    while not recording.state.holding:
        if not asked and recording.state.index > 0:
            recording.wait(recording.rules.timing.asking_after + 5)
            asked = True
        _go_on(recording)


def _go_on(recording: Recording) -> None:
    """Wait for what ends by itself, and press where a press is waited for."""
    step = recording.state.step
    timed = step is not None and step.seconds is not None
    if recording.state.status in (Status.RUNNING, Status.READY) and timed:
        recording.wait(1)
    else:
        recording.wait(SLOWLY)
        recording.press()


def check(recording: Recording) -> None:
    """Raise AssertionError if anything is not heard as the time line has it.

    So there is silence from the end of a sentence, or from what cut it off, over the next cue up to
    the next sentence; and the first one waits until the device is awake.
    """
    samples, said = recording.samples, recording.said
    first = round(said[0].begins * RATE)
    assert first >= round(WAKING * RATE), f"the device sleeps: {said[0]}"
    assert not _loud(samples[:first]), f"something is heard before: {said[0]}"
    for one, following in zip(said, [*said[1:], None], strict=True):
        begins, ends = round(one.begins * RATE), round(one.ends * RATE)
        if ends - begins > RATE // 2:
            told = _loud(samples[begins : begins + RATE // 2])
            assert told, f"nothing is heard within half a second: {one}"
        until = len(samples) if following is None else round(following.begins * RATE)
        # What cuts off a sentence lets the chunk at its moment end.
        rest = samples[ends + round(CHUNK * RATE) : until]
        assert not _loud(rest), f"something is heard after: {one}"
    told_all = {one.line.name.rpartition(".")[2] for one in said}
    missing = {"halfway", "ten-seconds", "still-there", "well-done"} - told_all
    assert not missing, f"never said: {', '.join(sorted(missing))}"


def _loud(samples: "array.array[int]") -> bool:
    return any(abs(sample) > SILENT for sample in samples)
