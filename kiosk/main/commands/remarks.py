"""How commands tell remarks on files: as lines of text, or as JSON."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.main.commands.options import FAILED, Parser

if TYPE_CHECKING:
    from kiosk.library.remarks import Remark

#: How many remarks are printed together; `--json` has them all.
MOST = 50


def add_options(parser: Parser) -> None:
    """Add ``--strict`` and ``--json``."""
    parser.add_argument("--strict", action="store_true", help="let warnings count as faults")
    parser.add_argument("--json", action="store_true", help="as JSON")


def print_remarks(name: object, remarks: "Sequence[Remark]") -> None:
    """Print the remarks on `name`, the first of them, and how many there are."""
    for remark in remarks[:MOST]:
        print(remark)
    if len(remarks) > MOST:
        print(f"{name}: {len(remarks) - MOST} more. Mend these first.")
    faults = sum(remark.kind == "fault" for remark in remarks)
    warnings = len(remarks) - faults
    if faults:
        print(f"{name}: {_count(faults, 'fault')}, {_count(warnings, 'warning')}.")
    else:
        also = f" Think about {_count(warnings, 'warning')}." if warnings else ""
        print(f"{name}: is right.{also}")


def as_json(remarks: "Iterable[Remark]") -> list[dict[str, object]]:
    """The remarks as docs/routines.md has them, without the names of their files."""
    return [
        {
            "kind": remark.kind,
            "line": remark.line,
            "field": remark.field or None,
            "text": remark.text,
        }
        for remark in remarks
    ]


def status_of(remarks: "Iterable[Remark]", *, strict: bool) -> int:
    """The exit status of a command that found `remarks`: 1 if there are faults.

    Args:
        remarks: The remarks.
        strict: Whether warnings count as faults.
    """
    return FAILED if any(strict or remark.kind == "fault" for remark in remarks) else 0


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
