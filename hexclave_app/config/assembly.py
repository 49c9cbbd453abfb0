"""Writing an incomplete configuration over the default tree, key by key."""

from dataclasses import dataclass

from pydantic import JsonValue

from hexclave_app.config.overrides import Override
from hexclave_app.config.tree import (
    MISSING,
    ROOT,
    Group,
    JsonObject,
    Missing,
    Node,
    Record,
    Sequence,
    copy_json,
    group_default,
    variants,
)


@dataclass(frozen=True)
class _Place:
    """Where a path leads: `default` is what null means there, `base` what an object is laid over."""

    node: Node
    entry_id: str | None
    base: JsonValue | Missing
    default: JsonValue | Missing


@dataclass(frozen=True)
class Assembler:
    """Fills in defaults and writes flat keys at their paths; total on any JSON object.

    Without `fills_entries` the entries of records hold only what was written, for the check of required fields.
    """

    fills_entries: bool = True

    def assemble(self, incomplete: Override) -> tuple[JsonObject, list[str]]:
        """The nested tree, and the keys that were dropped because nothing is there to hold them."""
        tree = group_default(ROOT, None)
        root = _Place(ROOT, None, group_default(ROOT, None), MISSING)
        dropped: list[str] = []
        for key in sorted(incomplete, key=lambda key: key.count(".")):
            path = key.split(".")
            place = self._locate(root, path)
            if place is None or not _write(tree, path, self._filled(place, incomplete[key])):
                dropped.append(key)
        return tree, dropped

    def _locate(self, root: _Place, path: list[str]) -> _Place | None:
        place: _Place | None = root
        for segment in path:
            place = self._step(place, segment) if place else None
        return place

    def _step(self, place: _Place, segment: str) -> _Place | None:
        for node in variants(place.node):
            if isinstance(node, Group) and segment in node.fields:
                return self._field(node, place, segment)
            if isinstance(node, Record):
                return self._entry(node, segment)
            if isinstance(node, Sequence) and segment in node.indexes:
                return _Place(node.elements[int(segment)], place.entry_id, MISSING, MISSING)
        return None

    def _field(self, group: Group, place: _Place, name: str) -> _Place:
        node = group.fields[name].node
        default: JsonValue | Missing = MISSING
        if isinstance(place.base, dict) and name in place.base:
            default = place.base[name]
        base = default
        if isinstance(node, Group) and isinstance(default, Missing):
            base = self._new_group(node, place.entry_id)
        return _Place(node, place.entry_id, base, default)

    def _entry(self, record: Record, entry_id: str) -> _Place:
        if entry_id in record.builtins:
            return _Place(record.value, entry_id, record.builtins[entry_id], record.builtins[entry_id])
        base = self._new_group(record.value, entry_id) if isinstance(record.value, Group) else MISSING
        return _Place(record.value, entry_id, base, MISSING)

    def _new_group(self, group: Group, entry_id: str | None) -> JsonObject:
        return group_default(group, entry_id, has_leaves=self.fills_entries or entry_id is None)

    def _filled(self, place: _Place, value: JsonValue) -> JsonValue | Missing:
        """Lay the value over what is there by default."""
        if value is None:
            return place.default if isinstance(place.default, Missing) else copy_json(place.default)
        container = next((node for node in variants(place.node) if isinstance(node, Group | Record)), None)
        if container is None or not isinstance(value, dict):
            return value
        result: JsonObject = {}
        if isinstance(container, Record):
            result = {key: copy_json(entry) for key, entry in container.builtins.items()}
        elif isinstance(place.base, dict):
            result = {key: copy_json(child) for key, child in place.base.items()}
        for name, child in value.items():
            filled = self._filled_child(place, name, child)
            if isinstance(filled, Missing):
                result.pop(name, None)
            else:
                result[name] = filled
        return result

    def _filled_child(self, place: _Place, name: str, value: JsonValue) -> JsonValue | Missing:
        if value is not None and not isinstance(value, dict):
            return value  # nothing to lay it over; names that nobody knows are for the reader of the tree to judge
        below = self._step(place, name)
        return self._filled(below, value) if below else MISSING


def _write(tree: JsonObject, path: list[str], value: JsonValue | Missing) -> bool:
    """Put the value at its path (`MISSING` deletes); False when a parent is not there."""
    container: JsonValue = tree
    for segment in path[:-1]:
        container = _child(container, segment)
    last = path[-1]
    if isinstance(container, dict):
        if isinstance(value, Missing):
            container.pop(last, None)
        else:
            container[last] = value
        return True
    if isinstance(container, list) and last in map(str, range(len(container))):
        # an interval that lost an element is no interval, and counts as not given
        container[int(last)] = None if isinstance(value, Missing) else value
        return True
    return False


def _child(container: JsonValue, segment: str) -> JsonValue:
    return container.get(segment) if isinstance(container, dict) else None
