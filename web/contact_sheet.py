"""The contact sheet of a routine that is being written: all its steps, of both sides, on one page.

It is for the routine's author, so it is in English around the routine's own words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from kiosk.core.plan import session_minutes
from kiosk.core.routine import Kind, Routine, RoutineStep, RoutineText, Side, Sides
from kiosk.library.remarks import Remark
from kiosk.library.words import Words
from web import figures
from web.assets import preview_sheet
from web.direction import direction_of
from web.render import clock_text

#: What each section of a routine's file is, in words.
SECTIONS = {
    "prepare": "To begin with",
    "each_side": "On each side",
    "switch": "From one side to the other",
    "finish": "At the end",
}

#: The words for each_side if both sides work at once.
_BOTH_AT_ONCE = "Both sides at once"


@dataclass(frozen=True, slots=True)
class DraftRemarks:
    """Remarks of one kind on the file of a draft.

    Attributes:
        shown: The first of them.
        more: How many there are beside these.
    """

    shown: tuple[Remark, ...] = ()
    more: int = 0

    @property
    def total(self) -> int:
        """How many there are in all."""
        return len(self.shown) + self.more


@dataclass(frozen=True, slots=True)
class Draft:
    """What there is of a routine while it is being written.

    Attributes:
        file: The name of its file.
        version: Goes up by one each time that the file is read anew.
        read_at: The time of day when it was read, for people.
        routine: The last one that was right, None if there was none yet.
        faults: What is wrong with the file as it is now.
        warnings: What to think about in it.
    """

    file: str
    version: int
    read_at: str
    routine: Routine | None = None
    faults: DraftRemarks = field(default_factory=DraftRemarks)
    warnings: DraftRemarks = field(default_factory=DraftRemarks)


class Picture(NamedTuple):
    """A step as it is on one side.

    Attributes:
        side: The side, None if it has none.
        side_name: The word for that side, empty without one.
        figure: Its drawing.
        inset: Its second drawing, None if it has none.
        headline: What to do.
        detail: How.
    """

    side: Side | None
    side_name: str
    figure: Markup
    inset: Markup | None
    headline: str
    detail: str


class StepCard(NamedTuple):
    """A step, or weight off, on the contact sheet.

    Attributes:
        about: What the file says of it beside its words: its id, its kind, how long it lasts.
        pictures: How it is on the right side and on the left one, or without a side.
        notes: What else there is to read on it.
    """

    about: tuple[str, ...]
    pictures: tuple[Picture, ...]
    notes: tuple[str, ...]


class SheetSection(NamedTuple):
    """Steps that belong together.

    Attributes:
        key: The name of the section in the file.
        title: What it is, in words.
        cards: Its steps.
    """

    key: str
    title: str
    cards: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True)
class RoutineSheet:
    """The contact sheet of a routine in one language.

    Attributes:
        routine: The routine.
        language: The language.
        direction: HTML's ``dir`` of that language.
        text: The routine's words in it.
        length: How long it takes.
        sections: Its steps, in the order of a session, and weight off.
    """

    routine: Routine
    language: str
    direction: str
    text: RoutineText
    length: str
    sections: tuple[SheetSection, ...]


class ContactSheet:
    """Makes the page of a routine that is being written.

    Args:
        draft: Tells how the routine stands.
        languages: The station's own words by code of the language.
    """

    def __init__(self, draft: Callable[[], Draft], languages: Mapping[str, Words]) -> None:
        self.draft = draft
        self._languages = languages

    def sheet(self, routine: Routine, wanted: str | None) -> RoutineSheet:
        """The contact sheet of `routine`, in the language `wanted` if it has that, else its own."""
        language = routine.language_for(wanted or "")
        text = routine.texts[language]
        draw = _Draw(routine, text, self._languages[language])
        return RoutineSheet(
            routine=routine,
            language=language,
            direction=direction_of(language),
            text=text,
            length=_length_of_all(routine),
            sections=tuple(draw.sections()),
        )

    def css(self, *, every_figure: bool) -> str:
        """The style sheet of the page, with what moves in the routine's figures, or in all."""
        routine = self.draft().routine
        poses = figures.POSES if every_figure else routine.poses if routine else ()
        return preview_sheet() + "".join(figures.movement_css(pose) for pose in sorted(poses))


def every_figure() -> Iterator[tuple[str, Markup]]:
    """Each figure that there is, with its name; the labels in it are their own names."""
    for pose, labels in figures.POSES.items():
        yield (
            pose,
            figures.figure_html(pose, mirrored=False, texts={label: label for label in labels}),
        )


def _length_of_all(routine: Routine) -> str:
    """How long `routine` takes, such as ``about 3 minutes, 30 or 60 s a side``."""
    minutes = session_minutes(routine, routine.default_seconds)
    unit = "s" if routine.breath_seconds is None else "breaths"
    lengths = " or ".join(
        str(seconds if unit == "s" else routine.breaths(seconds))
        for seconds in routine.side_seconds
    )
    a_side = "in all" if routine.sides is Sides.BOTH_AT_ONCE else "a side"
    sets = "" if routine.sets == 1 else f" in {routine.sets} sets"
    about = f"about {minutes} {'minute' if minutes == 1 else 'minutes'}"
    return f"{about}, {lengths} {unit} {a_side}{sets}"


class _Draw:
    """Makes the cards of a routine with the words of one language."""

    def __init__(self, routine: Routine, text: RoutineText, words: Words) -> None:
        self._routine = routine
        self._text = text
        self._words = words

    def sections(self) -> Iterator[SheetSection]:
        together = self._routine.sides is Sides.BOTH_AT_ONCE
        for key, title in SECTIONS.items():
            said = _BOTH_AT_ONCE if together and key == "each_side" else title
            steps: tuple[RoutineStep, ...] = getattr(self._routine, key)
            if steps:
                yield SheetSection(key, said, tuple(map(self._step, steps)))
        yield SheetSection("weight_off", "When the button is held", (self._weight_off(),))

    def _step(self, step: RoutineStep) -> StepCard:
        sides = (Side.RIGHT, Side.LEFT) if step.sided else (None,)
        said = self._text.steps[step.id]
        whys = dict.fromkeys(said.of(side).why for side in sides)
        beat = " / ".join(said.of(sides[0]).beat)
        return StepCard(
            about=(step.id, step.kind.value, *self._facts(step)),
            pictures=tuple(self._picture(step, side) for side in sides),
            notes=tuple(filter(None, (beat, *whys))),
        )

    def _picture(self, step: RoutineStep, side: Side | None) -> Picture:
        said = self._text.steps[step.id].of(side)
        return Picture(
            side=side,
            side_name="" if side is None else self._words.side_name(side),
            figure=self._figure(step.pose, side),
            inset=None if step.inset is None else self._figure(step.inset, side),
            headline=said.headline,
            detail=said.detail,
        )

    def _facts(self, step: RoutineStep) -> Iterator[str]:
        """What the file says of `step` beside its words and figures."""
        if step.seconds is not None:
            breaths = self._routine.breaths(step.seconds) if step.kind is Kind.HOLD else None
            yield clock_text(step.seconds) if breaths is None else f"{breaths} breaths"
        if step.loaded:
            yield "loaded"
        if step.chooses:
            yield f"chooses {', '.join(sorted(each.value for each in step.chooses))}"

    def _weight_off(self) -> StepCard:
        said = self._text.weight_off
        figure = self._figure(self._routine.weight_off_pose, None)
        picture = Picture(None, "", figure, None, said.headline, said.detail)
        return StepCard((), (picture,), (said.press,))

    def _figure(self, pose: str, side: Side | None) -> Markup:
        return figures.figure_html(pose, mirrored=side is Side.LEFT, texts=self._text.labels)
