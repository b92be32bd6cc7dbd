"""Station's words in a second language, whichever languages Matside comes with."""

import msgspec

from kiosk.library.words import load_languages

ENGLISH = load_languages()["en"]

#: English, but for the words that a routine in German takes from the station.
GERMAN = msgspec.structs.replace(
    ENGLISH, name="Deutsch", left="links", right="rechts", left_side="Links", right_side="Rechts"
)

#: A station that speaks both.
TWO_LANGUAGES = {"en": ENGLISH, "de": GERMAN}
