"""Numbers as words, for the sentences under the pictures."""


def counted(number: int, what: str, plural: str = "s") -> str:
    """How many there are, such as ``3 sessions``."""
    return f"{number} {what}{'' if number == 1 else plural}"


def often(number: int) -> str:
    """How often, such as ``once`` or ``3 times``."""
    return "once" if number == 1 else f"{number} times"


def percent(part: int, whole: int) -> str:
    """A share in whole per cent; a small one that is not nothing with a decimal."""
    share = 100 * part / whole if whole else 0.0
    number = f"{share:.1f}" if 0 < share < 1 else f"{share:.0f}"
    return f"{number}\N{NO-BREAK SPACE}%"
