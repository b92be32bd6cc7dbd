"""The voice of a running station: which clip says which sentence, and whether it may be heard."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kiosk.core.cues import Cue
from kiosk.core.screen import shown_language
from kiosk.core.session import Rules, State
from kiosk.core.voice import Saying, Sentence, sentences_for, speech_for
from kiosk.ports.voice import Spoken
from kiosk.voice.script import Line, Script

#: What the clock may bring before the button is pressed.
_TIMED = (Saying.HALFWAY, Saying.TEN_SECONDS, Saying.STILL_THERE)


class Speaker:
    """Implements `kiosk.ports.voice.Voice` with the clips that it has been given so far.

    Args:
        script: The sentences and the names of their files.
        rules: What sessions run by.
        volume: How loud it is, 0 to 100.
        is_quiet: Whether nothing may be heard now, since it is night.
    """

    def __init__(
        self, script: Script, rules: Rules, *, volume: int, is_quiet: Callable[[], bool]
    ) -> None:
        self._script = script
        self._rules = rules
        self._is_quiet = is_quiet
        self._files: dict[str, Path] = {}
        self.volume = volume

    def take(self, files: Mapping[Line, Path]) -> None:
        """Have `files` say their lines from now on. Any thread may call it."""
        self._files |= {_clip(line): path for line, path in files.items()}

    def spoken(self, before: State, after: State, cue: Cue | None) -> Spoken:
        """What is to be heard when `before` has become `after`; no clip in quiet hours."""
        speech = speech_for(before, after, cue, self._rules)
        said = speech.sentences
        clips = () if not said or self._is_quiet() else self._clips(said)
        return Spoken(clips, speech.after, speech.cuts_off)

    def ahead(self, state: State, foreseen: State) -> tuple[str, ...]:
        """The clips of what `foreseen` would say, and of what the clock may bring before it."""
        language = shown_language(state, self._rules)
        timed = [Sentence(saying, language) for saying in _TIMED]
        return self._clips((*sentences_for(state, foreseen, self._rules), *timed))

    def file(self, clip: str) -> Path | None:
        """The sound file of `clip`. Only files that it has been given can be had."""
        return self._files.get(clip)

    def _clips(self, sentences: Iterable[Sentence]) -> tuple[str, ...]:
        """The clips that say `sentences`, without those that are not there."""
        clips = (_clip(self._script.line(sentence)) for sentence in sentences)
        return tuple(clip for clip in clips if clip in self._files)


def _clip(line: Line) -> str:
    return f"{line.language}/{line.name}"
