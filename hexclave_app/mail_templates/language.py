"""The header of a source and what it declares.

A source begins with lines between two `---`: `subject: …`, `category: …`, `language: de` (what it is written in),
`variable: name type preview` (a `?` after the type makes it optional, a dotted name nests, the preview is JSON),
`variables: any` to pass everything through, `preview: name value` in themes, and `kind: html` for a body that is plain
HTML and has no placeholders at all.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import JsonValue

MAX_SOURCE_LENGTH: Final = 200_000  # characters
_FENCE: Final = "---"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*\Z")
_TYPES: Final = ("string", "number", "boolean")
_TSX: Final = re.compile(r"^\s*(import\s.+from\s|export\s+(default\s+)?(function|const)\b)", re.MULTILINE)

_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(-[A-Za-z0-9]{2,8})*\Z")
_RIGHT_TO_LEFT: Final = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}

VariableType = Literal["string", "number", "boolean"]


class TemplateError(ValueError):
    """A source that cannot be rendered; the message is for its author."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared variable; a dotted name is a place in nested objects."""

    name: str
    type: VariableType
    is_optional: bool
    preview: JsonValue


@dataclass(frozen=True, slots=True)
class Source:
    """A source taken apart."""

    body: str
    body_start: int
    """Where the body begins in the source, in characters."""
    is_html: bool = False
    subject: str | None = None
    category: str | None = None
    language: str | None = None
    variables: tuple[Variable, ...] = ()
    takes_any_variables: bool = False
    preview: Mapping[str, JsonValue] | None = None


def parse(text: str) -> Source:
    """Take a source apart; raises TemplateError."""
    if len(text) > MAX_SOURCE_LENGTH:
        raise TemplateError(f"The source is longer than {MAX_SOURCE_LENGTH} characters.")
    head, body_start = _split(text)
    if not head and _TSX.search(text):
        raise TemplateError("The source is TSX. This platform renders MJML with Jinja placeholders below a header.")
    found: dict[str, str] = {}
    variables: list[Variable] = []
    preview: dict[str, JsonValue] = {}
    for line in head:
        key, separator, value = (part.strip() for part in line.partition(":"))
        if not separator:
            raise TemplateError(f"The header line {line.strip()!r} is not of the form `key: value`.")
        if key == "variable":
            variables.append(_variable(value))
        elif key == "preview":
            name, _, literal = value.partition(" ")
            preview[name] = _json(literal, f"preview of {name!r}")
        elif key not in ("subject", "category", "language", "variables", "kind"):
            raise TemplateError(f"The header has an unknown key {key!r}.")
        elif key in found:
            raise TemplateError(f"The header has more than one {key!r}.")
        else:
            found[key] = value
    _check_values(found)
    return Source(
        body=text[body_start:],
        body_start=body_start,
        is_html=found.get("kind") == "html",
        subject=found.get("subject"),
        category=found.get("category") or None,
        language=found.get("language") or None,
        variables=tuple(variables),
        takes_any_variables=found.get("variables") == "any",
        preview=preview,
    )


def direction_of(language: str | None) -> Literal["ltr", "rtl"]:
    """Which way a language is written."""
    found = _LANGUAGE.match(language or "")
    return "rtl" if found and found[1].lower() in _RIGHT_TO_LEFT else "ltr"


def html_source(html: str) -> str:
    """The source of a mail that is somebody's own HTML."""
    return f"{_FENCE}\nkind: html\n{_FENCE}\n{html}"


def checked_variables(source: Source, given: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The declared variables out of the given ones; raises TemplateError for missing and ill-typed ones."""
    if source.takes_any_variables:
        return dict(given)
    result: dict[str, JsonValue] = {}
    problems: list[str] = []
    for variable in source.variables:
        value = _lookup(given, variable.name)
        if value is None:
            if not variable.is_optional:
                problems.append(f"{variable.name} is missing")
        elif not _has_type(value, variable.type):
            problems.append(f"{variable.name} must be a {variable.type}")
        _place(result, variable.name, value)
    if problems:
        raise TemplateError(f"The variables do not fit the template: {'; '.join(problems)}.")
    return result


def preview_variables(source: Source) -> dict[str, JsonValue]:
    """The sample values that stand beside the declarations."""
    result: dict[str, JsonValue] = {}
    for variable in source.variables:
        _place(result, variable.name, variable.preview)
    return result


def _split(text: str) -> tuple[Sequence[str], int]:
    lines = text.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not lines or lines[start].strip() != _FENCE:
        return [], 0
    for number in range(start + 1, len(lines)):
        if lines[number].strip() == _FENCE:
            head = [line for line in lines[start + 1 : number] if line.strip()]
            return head, sum(map(len, lines[: number + 1]))
    raise TemplateError("The header has no closing `---` line.")


def _check_values(found: Mapping[str, str]) -> None:
    if found.get("variables", "any") != "any":
        raise TemplateError("`variables` can only be `any`; declare single ones with `variable: name type preview`.")
    if found.get("kind", "mjml") not in ("mjml", "html"):
        raise TemplateError("`kind` must be `mjml` or `html`.")
    if not _LANGUAGE.match(found.get("language") or "en"):
        raise TemplateError("`language` must be a tag such as `de` or `pt-BR`.")


def _variable(text: str) -> Variable:
    parts = text.split(None, 2)
    if len(parts) < 2 or not _NAME.match(parts[0]):
        raise TemplateError(f"The variable {text!r} is not of the form `name type preview`.")
    kind = parts[1].removesuffix("?")
    for known in _TYPES:
        if kind == known:
            preview = _json(parts[2], f"preview of {parts[0]!r}") if len(parts) > 2 else None
            return Variable(parts[0], known, parts[1].endswith("?"), preview)
    raise TemplateError(f"The variable {parts[0]!r} has the unknown type {kind!r}; known are {', '.join(_TYPES)}.")


def _json(text: str, what: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        raise TemplateError(f"The {what} is not JSON; texts need quotes.") from None
    return value


def _lookup(given: Mapping[str, JsonValue], name: str) -> JsonValue:
    value: object = given
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value  # type: ignore[return-value]  # it came out of JSON


def _place(result: dict[str, JsonValue], name: str, value: JsonValue) -> None:
    *parents, last = name.split(".")
    for part in parents:
        inner = result.setdefault(part, {})
        if not isinstance(inner, dict):
            raise TemplateError(f"The variable {name!r} lies within another one that is no object.")
        result = inner
    result[last] = value


def _has_type(value: JsonValue, type: VariableType) -> bool:
    if type == "boolean":
        return isinstance(value, bool)
    if type == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)
