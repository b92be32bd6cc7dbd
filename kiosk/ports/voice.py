"""The types between the station and its voice, whoever plays what is said."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.core.cues import Cue
from kiosk.core.session import State


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is to be heard at a change of the session.

    Attributes:
        clips: Names of the clips to be played, one after the other, such as ``en/station.halfway``.
        after: Clock seconds from the change to the first of them: until its cue is over.
        cuts_off: Whether what is being said has to end now.
    """

    clips: tuple[str, ...] = ()
    after: float = 0.0
    cuts_off: bool = False


class Voice(Protocol):
    """The clips that are ready to be played. None of them is made while it is asked."""

    @property
    def volume(self) -> int:
        """How loud it is, 0 to 100."""

    def spoken(self, before: State, after: State, cue: Cue | None) -> Spoken:
        """What is to be heard when `before` has become `after`.

        A sentence that has no clip is left out; in quiet hours all are.
        """

    def ahead(self, state: State, foreseen: State) -> tuple[str, ...]:
        """The clips that may be needed next, if the button leads from `state` to `foreseen`."""

    def file(self, clip: str) -> Path | None:
        """The sound file of `clip`; None if it has none."""
