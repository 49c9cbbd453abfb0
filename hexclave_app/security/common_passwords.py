"""Passwords that guessers try first, recognised offline.

A list of plain passwords is beaten by adding a digit. So the file has the words that such passwords are built on, and
this module the ways people dress them up: case, look-alike characters, digits and signs around the word, the word
twice; beside them keyboard walks, runs, repetitions and dates. Together they stand for far more than a million
passwords. It is no replacement for a service that knows each breach: what only chance makes weak is not in it.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "common_password_words.txt"
_LOOKALIKES: Final = (
    str.maketrans("0134578@$!|€", "oieastbasiie"),
    str.maketrans("0134578@$!|€", "oleastbaslle"),
)
_WALKS: Final = (
    "1234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz", "147258369", "741852963",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0", "!@#$%^&*()", "1a2b3c4d5e6f7g8h9i0j", "a1b2c3d4e5f6g7h8i9j0", "zaq12wsxcde34rfvbgt56yhn",
)  # fmt: skip
_MIN_WALK: Final = 3
_MAX_PIECES: Final = 3
_MAX_UNIT: Final = 4
_DATE: Final = re.compile(
    r"(?:0[1-9]|[12]\d|3[01])[./-]?(?:0[1-9]|[12]\d|3[01])[./-]?(?:19|20)\d\d|(?:19|20)\d\d[./-]?[01]\d[./-]?[0-3]\d"
)
_DRESSED: Final = re.compile(r"([^a-zà-ÿ]*)(.*?)([^a-zà-ÿ]*)", re.DOTALL)
_PLAIN_AFFIX: Final = re.compile(r"\W{0,2}\d{0,4}\W{0,2}|_{0,2}")


def is_common(password: str) -> bool:
    """Whether a guesser would try the password early."""
    text = password.casefold().strip()
    if _is_repetition(text) or _is_made_of_walks(text) or _DATE.fullmatch(text):
        return True
    return any(_is_dressed_word(variant) for variant in (text, *_undisguised(text)))


@cache
def common_words() -> frozenset[str]:
    """The words of the file."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _undisguised(text: str) -> list[str]:
    """The text with look-alikes read as letters, but not in the digits and signs that end it."""
    core = text.rstrip("0123456789!?.*#_-")
    tail = text[len(core) :]
    return [core.translate(table) + tail for table in _LOOKALIKES]


def _is_dressed_word(text: str) -> bool:
    match = _DRESSED.fullmatch(text)
    if match is None:
        return False
    before, core, after = match.groups()
    if not (_is_plain_affix(before) and _is_plain_affix(after)):
        return False
    half = core[: len(core) // 2]
    return core in common_words() or (half + half == core and half in common_words())


def _is_plain_affix(text: str) -> bool:
    return bool(_PLAIN_AFFIX.fullmatch(text)) or _is_walk(text) or _is_repetition(text)


def _is_repetition(text: str) -> bool:
    """`aaaaaaaa`, `abcabcabc`: a short unit again and again, the last time perhaps not to its end."""
    return any(
        len(text) >= 2 * size and (text[:size] * (len(text) // size + 1))[: len(text)] == text
        for size in range(1, _MAX_UNIT + 1)
    )


def _is_walk(text: str) -> bool:
    if len(text) < _MIN_WALK:
        return False
    return any(text in walk * 2 or text in walk[::-1] * 2 for walk in _WALKS)


def _is_made_of_walks(text: str, pieces: int = _MAX_PIECES) -> bool:
    """`qwertz123`, `asdfqwer1234`: few walks one after the other."""
    if _is_walk(text):
        return True
    if pieces == 1:
        return False
    return any(
        _is_walk(text[:cut]) and _is_made_of_walks(text[cut:], pieces - 1)
        for cut in range(_MIN_WALK, len(text) - _MIN_WALK + 1)
    )
