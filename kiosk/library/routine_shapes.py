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
Extra = Annotated[str, Meta(max_length=240)]  # may be empty
SidedHeadline = Headline | SideTable[Headline]
SidedText = Text | SideTable[Text]
SidedExtra = Extra | SideTable[Text]


class StepWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a step in a translation.

    Attributes:
        headline: What to do, verb first, in at most about six words: it is read from the mat.
        detail: One short sentence that says how.
        why: One fact to read meanwhile, for whoever stands near.
        beat: Two short words for the two halves of the movement that a figure makes in a hold, such
            as breathe in, breathe out.
    """

    headline: SidedHeadline
    detail: SidedText
    why: SidedExtra = ""
    beat: tuple[Text, Text] | None = None


class StepShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step in a routine file: what is done in it, and its words.

    Attributes:
        id: Its name, which no other step of the file has. Translations find the step by it.
        kind: What makes it go on: a press (gate, setup, switch), or its seconds or a press (hold,
            finish). In prepare it is gate or setup, in each_side setup or hold, in switch and
            finish what they are called.
        pose: The figure that shows it.
        headline: What to do, verb first, in at most about six words: it is read from the mat.
        detail: One short sentence that says how.
        why: One fact to read meanwhile, for whoever stands near.
        beat: Two short words for the two halves of the movement that a figure makes in a hold, such
            as breathe in, breathe out.
        inset: A second, small figure.
        sided: Whether it is done on one side of the body, so that its texts may have {side} and
            {other} in them. The steps of each_side always are, unless both sides work at once.
        loaded: Whether a load, such as a kettlebell or the body on a ball, may be on the member.
            The signs to stop at are shown then.
        seconds: How long a hold or a finish lasts. If lengths are offered, a hold gets its share of
            them.
        breaths: How long a hold lasts, in breaths in place of seconds; then all holds of the file
            do.
        chooses: What a member can choose on it by touch: the first side, the length. Only on a
            setup step of prepare, before the first loaded step.
    """

    id: Name
    kind: Literal["gate", "setup", "hold", "switch", "finish"]
    pose: Name
    headline: SidedHeadline
    detail: SidedText
    why: SidedExtra = ""
    beat: tuple[Text, Text] | None = None
    inset: Name | None = None
    sided: bool = False
    loaded: bool = False
    seconds: Seconds | None = None
    breaths: Breaths | None = None
    chooses: tuple[Literal["side", "seconds"], ...] | None = None


Steps = Annotated[tuple[StepShape, ...], Meta(min_length=1, max_length=MOST_STEPS)]


class WeightOffWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of weight off in a translation.

    Attributes:
        headline: What has happened, in at most about six words.
        detail: What to do now, in one short sentence.
        press: What a press does now.
    """

    headline: Headline
    detail: Text
    press: Headline


class WeightOffShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weight off in a routine file: its figure and its words.

    Attributes:
        pose: The figure that shows what to do.
        headline: What has happened, in at most about six words.
        detail: What to do now, in one short sentence.
        press: What a press does now.
    """

    pose: Name
    headline: Headline
    detail: Text
    press: Headline


class WordsShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that belong to the routine as a whole.

    Nothing uses `stop_action` any more. It is known here so that an older file gets an error that
    says where its text belongs now.

    Attributes:
        title: The name that members read.
        invitation: One line for somebody who stands at the station.
        equipment: The things that it needs.
        facts: Sentences on why it may help; never a promise.
        skip_if: Reasons to skip it, a few words each. The gate shows them.
        skip_advice: What to do when not sure.
        emergency: What to do when something severe happens.
        stop_if: The signs to stop at, a few words each; a loaded step needs them.
        stop_action: Not used any more: write it into weight_off.detail.
        always: Advice that counts all the time; a loaded step needs it.
        labels: The words beside drawings that have labels, by the names that the drawings have for
            them.
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
    always: Extra = ""
    labels: dict[str, Label] = {}


class RoutineShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A routine file.

    `weight_off` may be left out as far as its type goes, but `RoutineCheck` does not allow it: it
    can explain better what has to be added. It also knows when `switch` is needed, and which of
    the lengths. `sources` says where doses and exclusions were looked up. It is for whoever reads
    the file; no screen shows it.

    Attributes:
        id: The name of the file without .toml.
        language: The language of its texts, such as en.
        text: The words of the routine as a whole.
        prepare: The steps before the first side.
        each_side: The steps that each side does, at least one of them a hold.
        finish: The steps after both sides.
        switch: The steps from one side to the other; none if both work at once.
        sides: How the sides take their turns.
        sets: How often each side does its steps. A setup step among them is the rest between two
            sets.
        side_seconds: The lengths of a side that are offered, ascending: of all its holds in all its
            sets together. Without them a side is as long as its holds.
        default_seconds: The one of them that is taken unless a member chooses.
        side_breaths: The lengths that are offered, in breaths.
        default_breaths: The one of them that is taken unless a member chooses.
        weight_off: What is shown when the button is held to stop everything. It is needed.
        poster: The figure that invites to it; without it, that of the first hold.
        alternative: The id of a routine for those who should skip this one.
        place: Where it stands among the routines, from 1; without it, behind those that have one.
        sources: Where doses and exclusions were looked up; no screen shows it.
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

    Attributes:
        language: The code of the language, the one in the file's name.
        text: The words of the routine as a whole.
        steps: The words of each step, by its id: [steps.check].
        reviewed: The native speaker who has read it, or "nobody yet"; no screen shows it.
        weight_off: The words of weight off. They are needed.
    """

    language: LanguageCode
    text: WordsShape
    steps: dict[str, StepWords]
    reviewed: str = "nobody yet"
    weight_off: WeightOffWords | None = None
