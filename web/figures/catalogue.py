"""The catalogue: every drawing that there is, by the name that routine files give as a pose."""

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
    """A figure that has been drawn."""

    @property
    def frame(self) -> Frame:
        """The part of the picture that the drawing fills."""

    def markup(self) -> str:
        """The SVG elements inside of the picture, without the labels."""

    def movements(self) -> dict[str, str]:
        """The style rules for whatever moves in the drawing, by their CSS class."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One drawing of the catalogue.

    Attributes:
        draw: Makes the drawing, which takes some milliseconds.
        labels: The labels that can stand beside the drawing.
    """

    draw: Callable[[], Drawing]
    labels: tuple[Label, ...] = ()


CATALOGUE: Mapping[str, Entry] = {
    "kit": Entry(Kit),
    "torso": Entry(Torso, LABELS),
    **{name: Entry(partial(Sketch, name, pose)) for name, pose in BODY_POSES.items()},
}
