"""Checking overrides: errors that refuse a write, and warnings that only inform."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from hexclave_app.config.assembly import Assembler
from hexclave_app.config.cross_checks import cross_problems
from hexclave_app.config.overrides import Level, Override, migrate
from hexclave_app.config.rendering import incomplete_config, render
from hexclave_app.config.tree import (
    ROOT,
    Choice,
    Group,
    Leaf,
    Node,
    Record,
    Sequence,
    is_segment,
    variants,
)

MAX_OVERRIDE_LENGTH: Final = 5_000_000  # characters of its JSON text


class OverrideError(ValueError):
    """The override cannot be stored; the message names the key."""


def check_override(override: object, level: Level) -> Override:
    """The override in today's spelling, or an `OverrideError` for what no other level could put right."""
    if not isinstance(override, dict) or not all(isinstance(key, str) for key in override):
        raise OverrideError("The config override must be an object.")
    migrated = migrate(override, level)
    checker = _Checker(level)
    for key, value in migrated.items():
        for problem in checker.key_problems(key, value):
            raise OverrideError(problem)
    if len(json.dumps(migrated, ensure_ascii=False)) > MAX_OVERRIDE_LENGTH:
        raise OverrideError(f"The config override is longer than {MAX_OVERRIDE_LENGTH} characters.")
    return migrated


def find_warnings(project: Override, branch: Override, environment: Override) -> list[str]:
    """What the full schema has against the overrides taken together."""
    tree, dropped = Assembler(fills_entries=False).assemble(incomplete_config(project, branch, environment))
    config = render(project, branch, environment)
    warnings = [f'"{key}" is ignored, because nothing is there to hold it.' for key in dropped]
    warnings += _Checker(None).value_problems(ROOT, tree, "")
    warnings += cross_problems(config)
    emails = tree["emails"]
    if isinstance(emails, dict) and emails["selectedThemeId"] != config.emails.selected_theme_id:
        warnings.append('"emails.selectedThemeId" names no theme.')
    return warnings


@dataclass(frozen=True)
class _Checker:
    """Walks values along the schema; with a level for errors, without one for warnings (the full schema)."""

    level: Level | None

    def key_problems(self, key: str, value: JsonValue) -> Iterator[str]:
        """Problems of a flat key and its value."""
        node: Node = ROOT
        path = ""
        for segment in key.split("."):
            path = f"{path}.{segment}" if path else segment
            if not is_segment(segment):
                yield f'"{key}" is not a valid key.'
                return
            below = self._below(node, segment)
            if below is None:
                yield f'"{key}" is not a known key: the schema of this level has no "{path}".'
                return
            node = below
        yield from self.value_problems(node, value, key)

    def _below(self, node: Node, segment: str) -> Node | None:
        for variant in variants(node):
            if isinstance(variant, Group) and self._has(variant, segment):
                return variant.fields[segment].node
            if isinstance(variant, Record) and variant.ids.accepts(segment):
                return variant.value
            if isinstance(variant, Sequence) and segment in variant.indexes:
                return variant.elements[int(segment)]
        return None

    def _has(self, group: Group, name: str) -> bool:
        child = group.fields.get(name)
        return child is not None and (self.level is None or child.is_writable_at(self.level))

    def value_problems(self, node: Node, value: JsonValue, path: str) -> Iterator[str]:
        """Problems of a value below a path; null is always allowed."""
        if value is None:
            return
        match node:
            case Leaf():
                yield from self._leaf_problems(node, value, path)
            case Choice():
                yield from self._choice_problems(node, value, path)
            case Sequence():
                yield from self._sequence_problems(node, value, path)
            case Record():
                yield from self._record_problems(node, value, path)
            case Group():
                yield from self._group_problems(node, value, path)

    def _leaf_problems(self, node: Leaf, value: JsonValue, path: str) -> Iterator[str]:
        if not node.accepts(value):
            yield f'"{path}" must be {node.expected}.'
        elif self.level is None:
            problems = (check.problem(value) for check in node.checks)
            yield from (f'"{path}" {problem}.' for problem in problems if problem is not None)

    def _choice_problems(self, node: Choice, value: JsonValue, path: str) -> Iterator[str]:
        found = [list(self.value_problems(option, value, path)) for option in node.options]
        containers = (Group, Record) if isinstance(value, dict) else (Sequence,) if isinstance(value, list) else (Leaf,)
        fitting = [
            problems for option, problems in zip(node.options, found, strict=True) if isinstance(option, containers)
        ]
        if not fitting:
            yield f'"{path}" has a value of the wrong type.'
        elif all(fitting):
            yield from fitting[0]

    def _sequence_problems(self, node: Sequence, value: JsonValue, path: str) -> Iterator[str]:
        if not isinstance(value, list) or len(value) != len(node.elements):
            yield f'"{path}" must be an array of {len(node.elements)} elements.'
            return
        for index, (element, child) in enumerate(zip(node.elements, value, strict=True)):
            if child is None:
                yield f'"{path}.{index}" must not be null inside an array.'
            yield from self.value_problems(element, child, f"{path}.{index}")

    def _record_problems(self, node: Record, value: JsonValue, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f'"{path}" must be an object.'
            return
        for record_id, entry in value.items():
            below = _joined(path, record_id)
            if not is_segment(record_id):
                yield f'"{below}" is not a valid key inside an object.'
            elif (self.level is None or node.ids.is_strict) and not node.ids.accepts(record_id):
                yield f'"{below}" is not a valid id.'
            yield from self.value_problems(node.value, entry, below)

    def _group_problems(self, node: Group, value: JsonValue, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f'"{path}" must be an object.'
            return
        for name, entry in value.items():
            below = _joined(path, name)
            if self._has(node, name):
                yield from self.value_problems(node.fields[name].node, entry, below)
            elif is_segment(name):
                yield f'"{below}" is not a known key: the schema of this level does not have it.'
            else:
                yield f'"{below}" is not a valid key inside an object.'
        if self.level is None:
            missing = (name for name, child in node.fields.items() if child.is_required and value.get(name) is None)
            yield from (f'"{_joined(path, name)}" is required.' for name in missing)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
