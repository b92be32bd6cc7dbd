"""The fields that a routine file and a translation of it may have, with the type of each.

A routine file looks like this; each section of steps may have several, one after the other::

    id = "hip-opener"
    language = "en"
    side_seconds = [60, 90]       # the lengths of a side that are offered
    default_seconds = 60
    sets = 2                      # how often each side does its steps
    sides = "alternating"         # how the sides take their turns

    [text]                        # the words of the routine as a whole
    title = "Hip opener"
    ...

    [weight_off]                  # what is shown when the button is held to stop everything
    pose = "lie-down"
    ...

    [[prepare]]                   # a step before the first side
    id = "check"
    kind = "gate"
    pose = "lie-down"
    headline = "Is any of this you?"
    detail = "Press only if none of it is."

    [[each_side]]                 # a step done on one side, and then on the other
    ...

    [[switch]]                    # a step between the sides
    ...

    [[finish]]                    # a step after both sides
    ...

A translation has the words alone, and finds its steps by their ids: ``[steps.check]``. Where a text
of a step names a side, it may be a table with a whole sentence for each (`kiosk/library/sides.py`).
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.library.sides import SideTable, Text

#: A section of a routine has no more steps than this; those that come along have eight at most.
MOST_STEPS = 60

Name = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        max_length=40,
        description="small letters and digits in quotes, with hyphens between words",
    ),
]
Headline = Annotated[str, Meta(min_length=1, max_length=48)]
Seconds = Annotated[int, Meta(ge=1, le=600)]
SideSeconds = Annotated[int, Meta(ge=20, le=900)]
Breaths = Annotated[int, Meta(ge=1, le=60)]
LanguageCode = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$",
        description='the code of a language in quotes, such as "en"',
    ),
]
Label = Annotated[str, Meta(min_length=1, max_length=22)]  # as much as two lines beside a drawing
Texts = Annotated[tuple[Text, ...], Meta(min_length=1, max_length=20)]
SidedHeadline = SideTable[Headline] | Headline
SidedText = SideTable[Text] | Text


class StepWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a step in a translation."""

    headline: SidedHeadline
    detail: SidedText
    why: SideTable[Text] | str = ""
    beat: tuple[Text, Text] | None = None


class StepShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step in a routine file: what is done in it, and its words."""

    id: Name
    kind: Literal["gate", "setup", "hold", "switch", "finish"]
    pose: Name
    headline: SidedHeadline
    detail: SidedText
    why: SideTable[Text] | str = ""
    beat: tuple[Text, Text] | None = None
    inset: Name | None = None
    sided: bool = False
    loaded: bool = False
    seconds: Seconds | None = None
    breaths: Breaths | None = None
    chooses: tuple[Literal["side", "seconds"], ...] | None = None


Steps = Annotated[tuple[StepShape, ...], Meta(min_length=1, max_length=MOST_STEPS)]


class WeightOffWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of weight off in a translation."""

    headline: Headline
    detail: Text
    press: Headline


class WeightOffShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weight off in a routine file: its figure and its words."""

    pose: Name
    headline: Headline
    detail: Text
    press: Headline


class WordsShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that belong to the routine as a whole.

    Nothing uses `stop_action` any more. It is known here so that an older file gets an error that
    says where its text belongs now.
    """

    title: Headline
    invitation: Text
    equipment: Texts
    facts: Texts
    skip_if: Texts
    skip_advice: Text
    emergency: Text
    stop_if: tuple[Text, ...] = ()
    stop_action: str | None = None
    always: str = ""
    labels: dict[str, Label] = {}


class RoutineShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A routine file.

    `weight_off` may be left out as far as its type goes, but `RoutineCheck` does not allow it: it
    can explain better what has to be added. It also knows when `switch` is needed, and which of
    the lengths. `sources` says where doses and exclusions were looked up. It is for whoever reads
    the file; no screen shows it.
    """

    id: Name
    language: LanguageCode
    text: WordsShape
    prepare: Steps
    each_side: Steps
    finish: Steps
    switch: Annotated[tuple[StepShape, ...], Meta(max_length=MOST_STEPS)] = ()
    sides: Literal["one-after-the-other", "alternating", "both-at-once"] = "one-after-the-other"
    sets: Annotated[int, Meta(ge=1, le=10)] = 1
    side_seconds: Annotated[tuple[SideSeconds, ...], Meta(min_length=1, max_length=6)] | None = None
    default_seconds: SideSeconds | None = None
    side_breaths: Annotated[tuple[Breaths, ...], Meta(min_length=1, max_length=6)] | None = None
    default_breaths: Breaths | None = None
    weight_off: WeightOffShape | None = None
    poster: Name | None = None
    alternative: Name | None = None
    place: Annotated[int, Meta(ge=1, le=999)] | None = None
    sources: tuple[Text, ...] = ()


class TranslationShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A translation of the routine ``NAME.toml``: the file ``NAME.LANGUAGE.toml`` beside it.

    `reviewed` says which native speaker has looked at it; no screen shows it.
    """

    language: LanguageCode
    text: WordsShape
    steps: dict[str, StepWords]
    reviewed: str = "nobody yet"
    weight_off: WeightOffWords | None = None
