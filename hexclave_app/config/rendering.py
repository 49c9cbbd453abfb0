"""Rendering: from the three overrides to the complete configuration.

Total on any JSON objects: what the schema does not know is left out, and a value of the wrong type counts as not given.
"""

from typing import cast

from pydantic import JsonValue

from hexclave_app.config.assembly import Assembler
from hexclave_app.config.builtins import DEFAULT_THEME_ID
from hexclave_app.config.ordering import compare_key
from hexclave_app.config.overrides import Level, Override, merge, migrate
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.tree import (
    MISSING,
    ROOT,
    Choice,
    Field,
    Group,
    JsonObject,
    Leaf,
    Missing,
    Node,
    Record,
    Sequence,
    copy_json,
    group_default,
    is_segment,
)


def render(project: Override, branch: Override, environment: Override) -> CompleteConfig:
    """The complete configuration of a tenancy."""
    return CompleteConfig.model_validate(render_json(project, branch, environment))


def render_json(project: Override, branch: Override, environment: Override) -> JsonObject:
    """The complete configuration as the JSON of the wire."""
    tree, _ = Assembler().assemble(incomplete_config(project, branch, environment))
    return _sanitised(_conformed_group(ROOT, tree, None))


def incomplete_config(project: Override, branch: Override, environment: Override) -> Override:
    """The three overrides on top of each other, in today's spelling."""
    merged: Override = {}
    for level, override in ((Level.PROJECT, project), (Level.BRANCH, branch), (Level.ENVIRONMENT, environment)):
        merged = merge(merged, migrate(override, level))
    return merged


def _conformed(node: Node, value: JsonValue | Missing, entry_id: str | None) -> JsonValue | Missing:
    """The value as far as the schema knows it; `MISSING` when it has the wrong type."""
    match node:
        case Leaf():
            return _conformed_scalar(value) if not isinstance(value, Missing) and node.accepts(value) else MISSING
        case Choice():
            options = (_conformed(option, value, entry_id) for option in node.options)
            return next((option for option in options if not isinstance(option, Missing)), MISSING)
        case Sequence():
            return _conformed_sequence(node, value)
        case Record():
            return _conformed_record(node, value) if isinstance(value, dict) else MISSING
        case Group():
            return _conformed_group(node, value, entry_id) if isinstance(value, dict) else MISSING


def _conformed_scalar(value: JsonValue) -> JsonValue:
    # JSON has one kind of number: 5.0 is 5
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def _conformed_sequence(node: Sequence, value: JsonValue | Missing) -> JsonValue | Missing:
    if not isinstance(value, list) or len(value) != len(node.elements):
        return MISSING
    elements = [_conformed(element, child, None) for element, child in zip(node.elements, value, strict=True)]
    present = [element for element in elements if not isinstance(element, Missing)]
    return present if len(present) == len(elements) else MISSING


def _conformed_record(node: Record, value: JsonObject) -> JsonObject:
    result: JsonObject = {}
    for entry_id, entry in value.items():
        conformed = _conformed(node.value, entry, entry_id)
        is_allowed = is_segment(entry_id) and (not node.ids.is_strict or node.ids.accepts(entry_id))
        if is_allowed and not isinstance(conformed, Missing):
            result[entry_id] = conformed
        elif entry_id in node.builtins:
            result[entry_id] = copy_json(node.builtins[entry_id])
    return result


def _conformed_group(group: Group, value: JsonObject, entry_id: str | None) -> JsonObject:
    result: JsonObject = {}
    for name, child in group.fields.items():
        conformed = _conformed_field(child, value.get(name), entry_id)
        if not isinstance(conformed, Missing):
            result[name] = conformed
    return result


def _conformed_field(child: Field, value: JsonValue, entry_id: str | None) -> JsonValue | Missing:
    conformed = MISSING if value is None else _conformed(child.node, value, entry_id)
    return child.default(entry_id) if isinstance(conformed, Missing) else conformed


def _sanitised(config: JsonObject) -> JsonObject:
    """Apply the rules that look at more than one value."""
    config["sourceOfTruth"] = {"type": "hosted"}
    auth, emails = _object(config["auth"]), _object(config["emails"])
    _sanitise_auth(auth)
    if emails["selectedThemeId"] not in _object(emails["themes"]):
        emails["selectedThemeId"] = DEFAULT_THEME_ID
    if _object(emails["server"])["isShared"]:
        emails["templates"] = _object(group_default(ROOT, None)["emails"])["templates"]
    for product in _object(_object(config["payments"])["products"]).values():
        bases = _object(product)["isAddOnTo"]
        if isinstance(bases, dict):
            _object(product)["isAddOnTo"] = {key: True for key, is_base in bases.items() if is_base}
    return config


def _sanitise_auth(auth: JsonObject) -> None:
    oauth = _object(auth["oauth"])
    providers = _object(oauth["providers"])
    oauth["providers"] = {key: provider for key, provider in providers.items() if "type" in _object(provider)}
    rules = _object(auth["signUpRules"])
    auth["signUpRules"] = dict(sorted(rules.items(), key=_rule_order))


def _rule_order(entry: tuple[str, JsonValue]) -> tuple[float, tuple[bytes, tuple[int, ...]]]:
    rule_id, rule = entry
    return -cast("float", _object(rule)["priority"]), compare_key(rule_id)


def _object(value: JsonValue) -> JsonObject:
    """A value of which the conformed tree guarantees that it is an object."""
    return cast("JsonObject", value)
