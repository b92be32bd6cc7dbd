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


class WordsShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that belong to the routine as a whole."""

    title: Headline
    invitation: Text
    equipment: Texts
    facts: Texts
    skip_if: Texts
    skip_advice: Text
    emergency: Text
    stop_if: tuple[Text, ...] = ()
    stop_action: str = ""
    always: str = ""


class RoutineShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A routine file."""

    id: Name
    language: LanguageCode
    side_seconds: Annotated[tuple[SideSeconds, ...], Meta(min_length=1, max_length=6)]
    default_seconds: SideSeconds
    text: WordsShape
    prepare: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    each_side: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    switch: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    finish: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    alternative: Name | None = None


class TranslationShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A routine's translation: ``NAME.LANGUAGE.toml`` beside ``NAME.toml``."""

    language: LanguageCode
    text: WordsShape
    steps: dict[str, StepWords]
