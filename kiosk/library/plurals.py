"""The plural category of a whole number: which form of a word stands after it in a language.

The rules are those of CLDR (Unicode, "Language Plural Rules") for whole numbers below a million.
A test compares them with CLDR's own data. The station has no library for them, since one that knows
CLDR takes a third of the station's memory once more, for this alone.
"""

from collections.abc import Callable, Mapping

#: Says the category of a whole number from 0.
Rule = Callable[[int], str]


def _same(_number: int) -> str:
    return "other"


def _one(number: int) -> str:
    return "one" if number == 1 else "other"


def _none_or_one(number: int) -> str:
    return "one" if number <= 1 else "other"


def _polish(number: int) -> str:
    if number == 1:
        return "one"
    return "few" if _ends_in_2_to_4(number) else "many"


def _east_slavic(number: int) -> str:
    if number % 100 in {1, 21, 31, 41, 51, 61, 71, 81, 91}:
        return "one"
    return "few" if _ends_in_2_to_4(number) else "many"


def _czech(number: int) -> str:
    if number == 1:
        return "one"
    return "few" if number in range(2, 5) else "other"


def _arabic(number: int) -> str:
    named = {0: "zero", 1: "one", 2: "two"}
    if number in named:
        return named[number]
    end = number % 100
    if end in range(3, 11):
        return "few"
    return "many" if end in range(11, 100) else "other"


def _ends_in_2_to_4(number: int) -> bool:
    return number % 10 in range(2, 5) and number % 100 not in range(12, 15)


_RULES: Mapping[Rule, str] = {
    _same: "id ja ko ms th zh",
    _one: "bg ca da de el en es et eu fi gl hu it nb nl nn no sv tr",
    _none_or_one: "fr hy pt vi",
    _polish: "pl",
    _east_slavic: "ru uk",
    _czech: "cs sk",
    _arabic: "ar",
}

#: The rule of each language whose rule is known, by the code of the language.
RULES: Mapping[str, Rule] = {
    language: rule for rule, languages in _RULES.items() for language in languages.split()
}

#: A step's breaths, and any other number that is counted down, are at most this many.
MOST = 999


def plural_category(number: int, language: str) -> str:
    """The category of `number`, 0 or more, such as ``one``; ``other`` if no rule is known.

    Args:
        number: The number.
        language: Code of the language; of ``pt-BR`` its first part decides.
    """
    return RULES.get(language.partition("-")[0], _same)(number)


def categories(language: str) -> frozenset[str]:
    """The categories that numbers from 1 have in `language`; nothing counts down to be read at 0.

    Args:
        language: Code of the language.
    """
    return frozenset(plural_category(number, language) for number in range(1, MOST + 1))
