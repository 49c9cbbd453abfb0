"""The schema as a tree of nodes, read once from the pydantic models.

Validation and rendering walk these nodes; nothing about a key is written down outside the models.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Final, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic import JsonValue
from pydantic_core import to_jsonable_python

from hexclave_app.config.markers import At, Check, DefaultsToId, Ids, Required, Section
from hexclave_app.config.overrides import Level
from hexclave_app.config.schema import CompleteConfig

JsonObject = dict[str, JsonValue]
Marker: TypeAlias = object


class Missing:
    """The type of `MISSING`: a fixed field without a default."""


MISSING: Final = Missing()


@dataclass(frozen=True)
class Leaf:
    """A scalar."""

    expected: str
    accepts: Callable[[JsonValue], bool]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Sequence:
    """An array of fixed length."""

    elements: tuple["Node", ...]

    @property
    def indexes(self) -> list[str]:
        """Path segments of the elements."""
        return [str(index) for index in range(len(self.elements))]


@dataclass(frozen=True)
class Choice:
    """A value of one of several kinds; no two of them take the same JSON value."""

    options: tuple["Node", ...]


@dataclass(frozen=True)
class Record:
    """Entries under ids that the writer chooses; built-in entries are always there."""

    ids: Ids
    value: "Node"
    builtins: Mapping[str, JsonObject]


@dataclass(frozen=True)
class Group:
    """An object with a fixed set of keys."""

    fields: Mapping[str, "Field"]


Node: TypeAlias = Leaf | Sequence | Choice | Record | Group


@dataclass(frozen=True)
class Field:
    """A fixed key: what may stand there, since which level, and its default (`MISSING` for none)."""

    node: Node
    level: Level
    is_final: bool = False
    is_required: bool = False
    is_optional: bool = False
    defaults_to_id: bool = False
    scalar_default: JsonValue | Missing = MISSING

    def is_writable_at(self, level: Level) -> bool:
        """Say whether an override of that level may hold the field."""
        return level is self.level if self.is_final else level.rank >= self.level.rank

    def default(self, entry_id: str | None, *, has_leaves: bool = True) -> JsonValue | Missing:
        """A fresh default value; without leaves only the containers."""
        if isinstance(self.node, Group):
            return MISSING if self.is_optional else group_default(self.node, entry_id, has_leaves=has_leaves)
        if isinstance(self.node, Record):
            return MISSING if self.is_optional else {key: copy_json(entry) for key, entry in self.node.builtins.items()}
        if not has_leaves:
            return MISSING
        return entry_id if self.defaults_to_id else self.scalar_default


def group_default(group: Group, entry_id: str | None, *, has_leaves: bool = True) -> JsonObject:
    """A fresh object with the defaults of all its fields."""
    defaults = ((name, child.default(entry_id, has_leaves=has_leaves)) for name, child in group.fields.items())
    return {name: value for name, value in defaults if not isinstance(value, Missing)}


def copy_json(value: JsonValue) -> JsonValue:
    """Copy the containers of a JSON value."""
    if isinstance(value, dict):
        return {key: copy_json(child) for key, child in value.items()}
    return [copy_json(child) for child in value] if isinstance(value, list) else value


_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SEGMENT = re.compile(r"[A-Za-z0-9_:$][A-Za-z0-9_:$-]*")


def is_segment(text: str) -> bool:
    """Say whether the text may be one segment of a key."""
    return _SEGMENT.fullmatch(text) is not None


def is_text(value: JsonValue) -> bool:
    """Say whether the value is a string every database can store: no NUL, no unpaired surrogate."""
    return isinstance(value, str) and _UNSTORABLE.search(value) is None


def _is_number(value: JsonValue) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer beyond every double
        return False


def _one_of(values: tuple[JsonValue, ...]) -> Leaf:
    expected = " or ".join("false" if value is False else f'"{value}"' for value in values)
    return Leaf(
        expected, lambda value: any(value is option or (is_text(value) and value == option) for option in values)
    )


_STRING = Leaf("a string without NUL and unpaired surrogates", is_text)
_BOOLEAN = Leaf("a boolean", lambda value: isinstance(value, bool))
_NUMBER = Leaf("a finite number", _is_number)


def _unwrapped(annotation: object) -> tuple[object, list[Marker], bool]:
    """Peel `Annotated` and `| None` off: the type, its markers, and whether it may be absent."""
    markers: list[Marker] = []
    is_optional = False
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *found = get_args(annotation)
            markers += found
            continue
        if get_origin(annotation) in {Union, UnionType} and NoneType in get_args(annotation):
            others = tuple(option for option in get_args(annotation) if option is not NoneType)
            annotation, is_optional = Union[others], True  # noqa: UP007 - built at run time
            continue
        return annotation, markers, is_optional


def _node(annotation: object, level: Level, markers: list[Marker], default: object = None) -> Node:
    annotation, inner, _ = _unwrapped(annotation)
    markers = [*markers, *inner]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        if set(arguments) == {int, float}:
            return _leaf(_NUMBER, markers)
        return Choice(tuple(_node(option, level, markers) for option in arguments))
    if origin is Literal:
        return _leaf(_one_of(arguments), markers)
    if origin is tuple:
        return Sequence(tuple(_node(element, level, []) for element in arguments))
    if origin is dict:
        ids = next(marker for marker in markers if isinstance(marker, Ids))
        builtins = to_jsonable_python(default, by_alias=True, exclude_none=True) if default else {}
        return Record(ids, _node(arguments[1], level, []), builtins)
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return _group(annotation, level)
    leaf = {str: _STRING, bool: _BOOLEAN}[annotation]  # type: ignore[index]  # only these two are left
    return _leaf(leaf, markers)


def _leaf(leaf: Leaf, markers: list[Marker]) -> Leaf:
    return Leaf(leaf.expected, leaf.accepts, tuple(marker for marker in markers if isinstance(marker, Check)))


def _group(model: type[Section], level: Level) -> Group:
    hints = get_type_hints(model, include_extras=True)
    return Group(dict(_fields(model, hints, level)))


def _fields(model: type[Section], hints: Mapping[str, object], level: Level) -> Iterator[tuple[str, Field]]:
    for attribute, info in model.model_fields.items():
        annotation, markers, is_optional = _unwrapped(hints[attribute])
        at = next((marker for marker in markers if isinstance(marker, At)), At(level))
        default = info.get_default(call_default_factory=True)
        node = _node(annotation, at.level, markers, default)
        is_container = isinstance(node, Group | Record)
        yield (
            info.alias or attribute,
            Field(
                node=node,
                level=at.level,
                is_final=at.is_final,
                is_required=any(isinstance(marker, Required) for marker in markers),
                is_optional=is_optional,
                defaults_to_id=any(isinstance(marker, DefaultsToId) for marker in markers),
                scalar_default=MISSING if is_container or default is None else default,
            ),
        )


ROOT: Final = _group(CompleteConfig, Level.BRANCH)


def variants(node: Node) -> Iterator[Node]:
    """The kinds of value a node takes."""
    if isinstance(node, Choice):
        for option in node.options:
            yield from variants(option)
    else:
        yield node
