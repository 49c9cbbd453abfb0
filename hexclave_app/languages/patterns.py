"""What one message consists of, read from Project Fluent: texts, arguments, choices by number or word. Nothing else.

Patterns are plain JSON, so that the browser gets exactly what the server has; `components/ui/language.js` formats them
by the same rules as `text_of` here.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, TypedDict, final

from babel import Locale
from fluent.syntax import FluentParser, ast

from hexclave_app.languages.supported import Language

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"


@final
class Argument(TypedDict):
    """A place for a value."""

    name: str


@final
class Choice(TypedDict):
    """Variants of a text; the key is a plural category, a number or a word."""

    by: str
    variants: "dict[str, Pattern]"
    default: str


Piece = str | Argument | Choice
Pattern = str | list[Piece]
Value = str | int


class MessageError(ValueError):
    """A message file that says what we do not understand."""


def read(source: str, *, where: str) -> dict[str, Pattern]:
    """The messages of a file by key; raises MessageError."""
    messages: dict[str, Pattern] = {}
    for entry in FluentParser(with_spans=False).parse(source).body:
        if isinstance(entry, ast.Junk):
            raise MessageError(f"{where}: cannot read {(entry.content or '').strip()[:80]!r}")
        if isinstance(entry, ast.BaseComment):
            continue
        if not isinstance(entry, ast.Message) or entry.value is None or entry.attributes:
            raise MessageError(f"{where}: only plain messages are allowed, no terms and no attributes")
        key = entry.id.name
        if key in messages:
            raise MessageError(f"{where}: {key} is there twice")
        messages[key] = _pattern(entry.value, f"{where}: {key}")
    return messages


def arguments_of(pattern: Pattern) -> frozenset[str]:
    """Names of the values that a message needs."""
    return frozenset(_names(pattern))


def text_of(pattern: Pattern, arguments: Mapping[str, Value], language: Language) -> str:
    """The text of a message; values within right-to-left text are isolated, so that they cannot turn it around."""
    if isinstance(pattern, str):
        return pattern
    return "".join(_piece_text(piece, arguments, language) for piece in pattern)


def _piece_text(piece: Piece, arguments: Mapping[str, Value], language: Language) -> str:
    if isinstance(piece, str):
        return piece
    if "variants" in piece:
        variants = piece["variants"]
        chosen = _variant(arguments[piece["by"]], variants, language)
        return text_of(variants[piece["default"] if chosen is None else chosen], arguments, language)
    value = str(arguments[piece["name"]])
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if language.direction == "rtl" else value


def _variant(value: Value, variants: Mapping[str, Pattern], language: Language) -> str | None:
    if str(value) in variants:
        return str(value)
    category = _plurals(language.code).plural_form(value) if isinstance(value, int) else None
    return category if category in variants else None


@lru_cache
def _plurals(code: str) -> Locale:
    return Locale.parse(code)


def _pattern(source: ast.Pattern, where: str) -> Pattern:
    pieces = [_piece(element, where) for element in source.elements]
    if all(isinstance(piece, str) for piece in pieces):
        return "".join(str(piece) for piece in pieces)
    return pieces


def _piece(element: ast.TextElement | ast.Placeable, where: str) -> Piece:
    if isinstance(element, ast.TextElement):
        return element.value
    inside = element.expression
    if isinstance(inside, ast.StringLiteral):
        return str(inside.parse()["value"])
    if isinstance(inside, ast.VariableReference):
        return Argument(name=inside.id.name)
    if isinstance(inside, ast.SelectExpression) and isinstance(inside.selector, ast.VariableReference):
        return _choice(inside, inside.selector.id.name, where)
    raise MessageError(f"{where}: only arguments and choices by an argument are allowed between braces")


def _choice(expression: ast.SelectExpression, by: str, where: str) -> Choice:
    variants = {_key(variant): _pattern(variant.value, where) for variant in expression.variants}
    return Choice(by=by, variants=variants, default=next(_key(one) for one in expression.variants if one.default))


def _key(variant: ast.Variant) -> str:
    return variant.key.value if isinstance(variant.key, ast.NumberLiteral) else variant.key.name


def _names(pattern: Pattern) -> Iterator[str]:
    for piece in [] if isinstance(pattern, str) else pattern:
        if isinstance(piece, str):
            continue
        if "variants" in piece:
            yield piece["by"]
            for variant in piece["variants"].values():
                yield from _names(variant)
        else:
            yield piece["name"]
