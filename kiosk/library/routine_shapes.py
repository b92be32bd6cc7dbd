"""What a routine file and a translation may hold: their fields, with the type of each."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, Meta(min_length=1, max_length=240)]
Headline = Annotated[str, Meta(min_length=1, max_length=48)]
Seconds = Annotated[int, Meta(ge=1, le=600)]
SideSeconds = Annotated[int, Meta(ge=20, le=900)]
LanguageCode = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Label = Annotated[str, Meta(min_length=1, max_length=22)]  # two lines beside a drawing
Texts = Annotated[tuple[Text, ...], Meta(min_length=1, max_length=20)]


class StepWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a step, as a translation has them."""

    headline: Headline
    detail: Text
    why: str = ""
    beat: tuple[Text, Text] | None = None


class StepShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step as a routine file has it."""

    id: Name
    kind: Literal["gate", "setup", "hold", "switch", "finish"]
    pose: Name
    headline: Headline
    detail: Text
    why: str = ""
    beat: tuple[Text, Text] | None = None
    inset: Name | None = None
    sided: bool = False
    loaded: bool = False
    seconds: Seconds | None = None
    chooses: tuple[Literal["side", "seconds"], ...] | None = None


class WeightOffWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of weight off, as a translation has them."""

    headline: Headline
    detail: Text
    press: Headline


class WeightOffShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weight off as a routine file has it."""

    pose: Name
    headline: Headline
    detail: Text
    press: Headline


class WordsShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that belong to the routine as a whole.

    `stop_action` is only known so that a file for an earlier Matside is told where it belongs now.
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

    `weight_off` has to be there; what is missing without it is told by `RoutineCheck`.
    """

    id: Name
    language: LanguageCode
    side_seconds: Annotated[tuple[SideSeconds, ...], Meta(min_length=1, max_length=6)]
    default_seconds: SideSeconds
    text: WordsShape
    prepare: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    each_side: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    switch: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    finish: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    weight_off: WeightOffShape | None = None
    poster: Name | None = None
    alternative: Name | None = None


class TranslationShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A routine's translation: ``NAME.LANGUAGE.toml`` beside ``NAME.toml``."""

    language: LanguageCode
    text: WordsShape
    steps: dict[str, StepWords]
    weight_off: WeightOffWords | None = None
