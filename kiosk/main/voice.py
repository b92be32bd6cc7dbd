"""Puts the voice of a station together, if the settings ask for one."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.errors import VoiceError
from kiosk.core.session import Rules, Status
from kiosk.library.words import Words
from kiosk.main.rules import library_of, mended, rules_of
from kiosk.main.setup import Setup
from kiosk.ports.clock import MonotonicClock
from kiosk.ports.health import StationHealth, VoiceHealth
from kiosk.ports.voice import Voice
from kiosk.runner import Runner
from kiosk.service.night import Night, local_time, quiet_hours_of
from kiosk.settings.loading import data_directory
from kiosk.settings.shapes import Settings

if TYPE_CHECKING:
    from kiosk.voice.clips import Cache
    from kiosk.voice.loudspeaker import Loudspeaker
    from kiosk.voice.script import Script


@dataclass(frozen=True, slots=True)
class StationVoice:
    """The voice as the rest of a station needs it.

    Attributes:
        on_page: What the page plays, None if it plays nothing.
        health: Says how the voice is doing, None if it is off.
    """

    on_page: Voice | None = None
    health: Callable[[], VoiceHealth | None] = lambda: None


def start_voice(
    setup: Setup, runner: Runner, clock: MonotonicClock, stack: contextlib.ExitStack
) -> StationVoice:
    """The voice that the settings ask for; if it is off, none of its room is loaded.

    Args:
        setup: What the station is started with.
        runner: Tells it the changes.
        clock: The clock that sessions run by.
        stack: Is given what ends it.
    """
    settings, rules = setup.settings, setup.rules
    if not settings.voice.is_on:
        return StationVoice()
    from kiosk.voice.rendering import Preparation  # noqa: PLC0415 - only if it is on
    from kiosk.voice.speaker import Speaker  # noqa: PLC0415 - only if it is on

    script, recordings, cache = voice_parts(settings, rules, setup.languages)
    is_quiet = quiet_now(quiet_hours_of(settings.voice))
    speaker = Speaker(script, rules, volume=settings.voice.volume, is_quiet=is_quiet)
    at_rest = runner.state.status is Status.ATTRACT
    preparation = Preparation(speaker, script, recordings, cache, at_rest=at_rest)
    runner.listen(preparation)
    stack.callback(preparation.close)
    preparation.start()
    if settings.voice.output == "page":
        return StationVoice(speaker, preparation.health)
    loudspeaker = _start_loudspeaker(settings.voice.alsa_device, speaker, runner, clock, stack)

    def health() -> VoiceHealth:
        told, problem = preparation.health(), loudspeaker.problem
        return replace(told, problems=(*told.problems, *([] if problem is None else [problem])))

    return StationVoice(None, health)


def _start_loudspeaker(
    device: str, voice: Voice, runner: Runner, clock: MonotonicClock, stack: contextlib.ExitStack
) -> "Loudspeaker":
    from kiosk.voice.loudspeaker import Loudspeaker  # noqa: PLC0415 - only if it plays

    loudspeaker = Loudspeaker(voice, device, clock)
    runner.listen(loudspeaker)
    stack.callback(loudspeaker.close)
    loudspeaker.start(in_session=runner.state.status is not Status.ATTRACT)
    return loudspeaker


def voice_parts(
    settings: Settings, rules: Rules, languages: Mapping[str, Words]
) -> "tuple[Script, Path | None, Cache | None]":
    """What may be said, the folder of recordings, and the rendered clips, as far as there are."""
    from kiosk.voice.clips import Cache  # noqa: PLC0415 - only if it is on
    from kiosk.voice.engines import engine_of  # noqa: PLC0415 - only if it is on
    from kiosk.voice.script import Script  # noqa: PLC0415 - only if it is on

    folder, engine = settings.voice.recordings, engine_of(settings.voice)
    rendered = data_directory(settings.station.data) / "voice"
    return (
        Script(rules, languages),
        None if folder is None else Path(folder).expanduser(),
        None if engine is None else Cache(rendered, engine),
    )


def check_voice(settings: Settings, station: StationHealth | None) -> str:
    """How the voice is doing, of the station that runs or else of one that would be started.

    Raises:
        VoiceError: Something keeps it from being heard; the text says what to do.
    """
    health = _health(settings) if station is None else station.voice
    if health is None:
        raise VoiceError("the running station has no voice yet. Restart it.")
    if health.problems:
        raise VoiceError("\n".join(health.problems))
    text = f"{settings.voice.engine}; {health.ready} of {health.sentences} sentences are ready"
    if health.ready == health.sentences or settings.voice.engine == "none":
        return text
    return f"{text}. The station makes the others while nobody uses it; or: matside voice render"


def _health(settings: Settings) -> VoiceHealth:
    """How the voice of a station with `settings` would be doing."""
    from kiosk.voice.clips import find_recordings  # noqa: PLC0415 - only if it is on
    from kiosk.voice.rendering import split  # noqa: PLC0415 - only if it is on

    library = library_of(settings)
    rules = rules_of(mended(settings, library)[0], library)
    script, folder, cache = voice_parts(settings, rules, library.languages)
    lines, recordings = script.lines(), find_recordings(folder, script)
    ready, problems = len(recordings.clips), list(recordings.problems)
    if cache is not None:
        there, _, wrong = split((each for each in lines if each not in recordings.clips), cache)
        ready += len(there)
        problems += wrong
    if settings.voice.output == "alsa":
        from kiosk.voice.loudspeaker import device_problem  # noqa: PLC0415 - only if it plays

        problem = device_problem(settings.voice.alsa_device)
        problems += [] if problem is None else [problem]
    return VoiceHealth(len(lines), ready, tuple(problems))


def quiet_now(
    hours: Night | None, now: Callable[[], time | None] = local_time
) -> Callable[[], bool]:
    """Tells whether it is within `hours`; it is not if nobody knows the time of day.

    Args:
        hours: The quiet hours, None if there are none.
        now: Gives the time of day, None if nobody knows it.
    """

    def is_quiet() -> bool:
        moment = None if hours is None else now()
        return hours is not None and moment is not None and hours.covers(moment)

    return is_quiet
