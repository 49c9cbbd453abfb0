"""Two texts compared, line by line."""

import difflib
from dataclasses import dataclass
from typing import Final

_CONTEXT_LINES: Final = 2


@dataclass(frozen=True)
class DiffLine:
    """A line of a change: `+`, `-`, a blank, or `…` where lines are left out."""

    sign: str
    text: str


def differences(before: str, after: str) -> list[DiffLine]:
    """The lines that differ, with those around them."""
    shown: list[DiffLine] = []
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=_CONTEXT_LINES)
    for number, line in enumerate(lines):
        if number < 2:
            continue  # the names of the files
        if line.startswith("@@"):
            shown += [DiffLine("…", "")] if shown else []
        else:
            shown.append(DiffLine(line[0], line[1:]))
    return shown
