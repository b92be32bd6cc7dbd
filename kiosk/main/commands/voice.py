"""``matside voice``: lists the sentences that the voice says, and renders them beforehand."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.errors import VoiceError
from kiosk.main.commands.options import FAILED, Commands, Parser, add_common, settings_of
from kiosk.settings.shapes import Settings

if TYPE_CHECKING:
    from kiosk.voice.clips import Cache
    from kiosk.voice.script import Line, Script


def add_to(commands: Commands) -> None:
    """Add ``voice`` with its verbs."""
    parser = commands.add_parser("voice", help="list or render what the voice says")
    verbs = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    listing = verbs.add_parser("list", help="each sentence, and the name of its recording")
    add_common(listing)
    listing.set_defaults(command=_list)
    render = verbs.add_parser("render", help="have the engine speak all sentences into files")
    add_common(render)
    render.set_defaults(command=_render)


def _list(options: argparse.Namespace) -> int:
    from kiosk.voice.clips import find_recordings  # noqa: PLC0415 - only these verbs speak

    script, folder, _ = _parts(settings_of(options))
    recordings = find_recordings(folder, script)
    for line in script.lines():
        mark = "*" if line in recordings.clips else " "
        print(f"{mark} {line.language}/{line.name}.wav  {line.text}")
    return _tell(recordings.problems)


def _render(options: argparse.Namespace) -> int:
    from kiosk.voice.clips import find_recordings  # noqa: PLC0415 - only these verbs speak
    from kiosk.voice.rendering import render_all, split  # noqa: PLC0415 - only this verb renders

    script, folder, cache = _parts(settings_of(options))
    if cache is None:
        raise VoiceError('voice.engine is "none". Set it to "espeak-ng" in the settings file.')
    recordings = find_recordings(folder, script)
    rest = [line for line in script.lines() if line not in recordings.clips]
    began, made = time.monotonic(), list[Path]()

    def note(_line: "Line", clip: Path) -> None:
        made.append(clip)
        print(clip, flush=True)

    there, missing, problems = split(rest, cache)
    problems += render_all(missing, cache, note)
    if not problems:
        cache.tidy(rest)
    took = time.monotonic() - began
    print(f"{len(made)} of {len(rest)} sentences rendered in {took:.1f} s; {len(there)} were there")
    return _tell([*recordings.problems, *problems])


def _parts(settings: Settings) -> "tuple[Script, Path | None, Cache | None]":
    """What may be said by a station with `settings`, the recordings' folder, and the clips."""
    from kiosk.main.rules import library_of, rules_of  # noqa: PLC0415 - only these verbs speak
    from kiosk.main.voice import voice_parts  # noqa: PLC0415 - only these verbs speak

    library = library_of(settings)
    return voice_parts(settings, rules_of(settings, library), library.languages)


def _tell(problems: "tuple[str, ...] | list[str]") -> int:
    for problem in problems:
        print(f"matside: {problem}", file=sys.stderr)
    return FAILED if problems else 0
