"""Case-insensitive search in names, the same on both databases."""

import re
import uuid
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, false, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

_UUID4 = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
MAX_SEARCH_CHARS = 1_000  # no name or address is longer; SQLite refuses very long patterns


class _UnicodeLower(GenericFunction[str]):
    """Lower case of all letters; SQLite's own function knows ASCII only, so `db.py` adds this one."""

    name = "unicode_lower"
    inherit_cache = True
    type = Text()


@compiles(_UnicodeLower, "postgresql")
def _unicode_lower_postgresql(element: _UnicodeLower, compiler: object, **options: object) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"  # type: ignore[attr-defined]  # a compiler


def contains(column: SQLColumnExpression[Any], search: str) -> ColumnElement[bool]:
    """Whether a text column contains the search text, whatever the case of its letters."""
    if len(search) > MAX_SEARCH_CHARS:
        return false()
    lower = func.lower if search.isascii() else func.unicode_lower
    return lower(column).like(pattern(search), escape="\\")


def pattern(search: str) -> str:
    """The LIKE pattern of a text anywhere in a lower-cased one; backslash is the escape character."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", search.strip().lower()) + "%"


def searched_id(search: str) -> uuid.UUID | None:
    """The version 4 UUID that a search text amounts to once everything but `A-Z a-z 0-9 _ . -` is taken away."""
    stripped = re.sub(r"[^A-Za-z0-9_.-]", "", search).lower()
    return uuid.UUID(stripped) if _UUID4.match(stripped) else None
