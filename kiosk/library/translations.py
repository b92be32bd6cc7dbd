"""The words of a routine in several languages, of which each is read when it is first needed.

A station with ten routines in nine languages shows one language nearly all the time. Reading the
rest at the start would cost time and memory, so a translation is read when it is first asked for.
If its file is wrong then, the log says so once, and the routine is shown in its own language.
"""

import logging
from collections.abc import Callable, Iterator, Mapping

from kiosk.core.errors import RoutineError
from kiosk.core.routine import RoutineText

_log = logging.getLogger(__name__)

#: Reads the words of a routine in one language; raises RoutineError if the file is wrong.
ReadText = Callable[[], RoutineText]


class Translations(Mapping[str, RoutineText]):
    """The words of one routine by code of the language, its own language first.

    A language is in it if its words can be had: asking for that reads them. Going through all codes
    reads nothing.

    Args:
        language: Code of the routine's own language.
        text: Its words in that language.
        files: What reads each translation, by code of its language.
    """

    def __init__(self, language: str, text: RoutineText, files: Mapping[str, ReadText]) -> None:
        self._texts = {language: text}
        self._files = {language: lambda: text, **files}

    def __getitem__(self, language: str) -> RoutineText:
        """The words in `language`; KeyError if there are none, or if their file is wrong."""
        if language not in self._texts:
            try:
                self._texts[language] = self._files[language]()
            except RoutineError as problem:
                _log.error("%s The routine is shown in its own language.", problem)
                self._files.pop(language, None)
                raise KeyError(language) from problem
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._files))

    def __len__(self) -> int:
        return len(self._files)
