"""The catalogue: every drawing there is, by the name that routine files give it as a pose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from web.figures.drawing import Sketch
from web.figures.labels import Label
from web.figures.poses import BODY_POSES
from web.figures.props import Kit
from web.figures.torso import LABELS, Torso
from web.figures.viewpoint import Frame


class Drawing(Protocol):
    """What a figure is made of."""

    @property
    def frame(self) -> Frame:
        """What the drawing fills of the picture."""

    def markup(self) -> str:
        """What is inside of the picture, but for labels."""

    def movements(self) -> dict[str, str]:
        """The style rules of what moves in it, by their class."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One drawing of the catalogue.

    Attributes:
        draw: Draws it, which takes some milliseconds.
        labels: The labels that can stand beside it.
    """

    draw: Callable[[], Drawing]
    labels: tuple[Label, ...] = ()


CATALOGUE: Mapping[str, Entry] = {
    "kit": Entry(Kit),
    "torso": Entry(Torso, LABELS),
    **{name: Entry(partial(Sketch, name, pose)) for name, pose in BODY_POSES.items()},
}
