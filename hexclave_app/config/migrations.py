"""Renames and removals that bring overrides of older clients to today's schema.

Each edit names a path (`*` = any record id) and works on flat dotted keys and inside stored objects alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]


@dataclass(frozen=True)
class _Edit:
    """One change at a path: drop it, rename its last segment, or rewrite its value."""

    path: str
    rename_to: str | None = None
    rewrite: Callable[[JsonValue], JsonValue] | None = None

    @property
    def segments(self) -> list[str]:
        return self.path.split(".")

    @property
    def is_drop(self) -> bool:
        return self.rename_to is None and self.rewrite is None


def _array_to_record(value: JsonValue) -> JsonValue:
    return {str(index): entry for index, entry in enumerate(value)} if isinstance(value, list) else value


def _prices_to_record(value: JsonValue) -> JsonValue:
    return {} if value == "include-by-default" else value


_EDITS = (
    _Edit("workflows"),
    _Edit("emails.theme", rename_to="selectedThemeId"),
    _Edit("emails.themeList"),
    _Edit("emails.templateList"),
    _Edit("domains.trustedDomains", rewrite=_array_to_record),
    _Edit("payments.stripeAccountId"),
    _Edit("payments.stripeAccountSetupComplete"),
    _Edit("payments.items.*.default"),
    _Edit("payments.offers", rename_to="products"),
    _Edit("payments.groups", rename_to="catalogs"),
    _Edit("payments.products.*.groupId", rename_to="catalogId"),
    _Edit("payments.products.*.catalogId", rename_to="productLineId"),
    _Edit("payments.products.*.prices", rewrite=_prices_to_record),
)
_LEGACY_SOURCE_OF_TRUTH = ("sourceOfTruth.connectionString", "sourceOfTruth.connectionStrings")


def migrate_keys(override: JsonObject, *, is_project_level: bool) -> JsonObject:
    """Apply every edit in order; unknown keys and odd values pass through for the validation to judge."""
    result = {key: value for key, value in override.items() if key != "sourceOfTruth"}
    if is_project_level:
        result = {key: value for key, value in result.items() if not _is_legacy_source_of_truth(key, value)}
    for edit in _EDITS:
        result = _apply(edit, result)
    return _catalogs_to_product_lines(result)


def _is_legacy_source_of_truth(key: str, value: JsonValue) -> bool:
    if key == "sourceOfTruth.type":
        return value in {"neon", "postgres"} if isinstance(value, str) else False
    return any(key == legacy or key.startswith(f"{legacy}.") for legacy in _LEGACY_SOURCE_OF_TRUTH)


def _apply(edit: _Edit, override: JsonObject) -> JsonObject:
    pattern = edit.segments
    result: JsonObject = {}
    for key, value in override.items():
        segments = key.split(".") if key.startswith(pattern[0]) else []
        if not segments or not _is_on_path(segments, pattern):
            result[key] = value
        elif len(segments) < len(pattern):
            result[key] = _edit_inside(edit, value, pattern[len(segments) :])
        elif not edit.is_drop:
            renamed = ".".join(_renamed(edit, segments))
            if renamed == key or renamed not in override:
                result[renamed] = _rewritten(edit, value) if len(segments) == len(pattern) else value
    return result


def _edit_inside(edit: _Edit, value: JsonValue, pattern: list[str]) -> JsonValue:
    if not isinstance(value, dict):
        return value
    head, *rest = pattern
    result: JsonObject = {}
    for key, child in value.items():
        if head not in {"*", key}:
            result[key] = child
        elif rest:
            result[key] = _edit_inside(edit, child, rest)
        elif not edit.is_drop:
            renamed = edit.rename_to or key
            if renamed == key or renamed not in value:
                result[renamed] = _rewritten(edit, child)
    return result


def _is_on_path(segments: list[str], pattern: list[str]) -> bool:
    return all(wanted in {"*", segment} for segment, wanted in zip(segments, pattern, strict=False))


def _renamed(edit: _Edit, segments: list[str]) -> list[str]:
    if edit.rename_to is None:
        return segments
    last = len(edit.segments) - 1
    return [*segments[:last], edit.rename_to, *segments[last + 1 :]]


def _rewritten(edit: _Edit, value: JsonValue) -> JsonValue:
    return edit.rewrite(value) if edit.rewrite else value


def _catalogs_to_product_lines(override: JsonObject) -> JsonObject:
    """Turn catalogs into product lines with the customer type of their products; lines without products go."""
    customer_types = dict(_product_line_customer_types(override))
    result: JsonObject = {}
    for key, value in override.items():
        segments = key.split(".")
        if key == "payments" and isinstance(value, dict) and "catalogs" in value:
            others = {name: child for name, child in value.items() if name != "catalogs"}
            result[key] = {"productLines": _product_lines(value["catalogs"], customer_types), **others}
        elif segments[:2] != ["payments", "catalogs"]:
            result[key] = value
        elif (renamed := ".".join(["payments", "productLines", *segments[2:]])) not in override:
            result.update(_product_line_key(renamed, segments[2:], value, customer_types))
    return result


def _product_line_key(key: str, path: list[str], value: JsonValue, customer_types: JsonObject) -> JsonObject:
    if not path:
        return {key: _product_lines(value, customer_types)}
    if len(path) > 1 or not isinstance(value, dict):
        return {key: value}
    line = next(_product_line(path[0], value, customer_types), None)
    return {} if line is None else {key: line}


def _product_lines(catalogs: JsonValue, customer_types: JsonObject) -> JsonValue:
    if not isinstance(catalogs, dict):
        return catalogs
    return {
        line_id: line
        for line_id, catalog in catalogs.items()
        for line in _product_line(line_id, catalog, customer_types)
    }


def _product_line(line_id: str, catalog: JsonValue, customer_types: JsonObject) -> Iterator[JsonValue]:
    """The product line of a catalog, if it has products."""
    if not isinstance(catalog, dict) or catalog.get("customerType") is not None:
        yield catalog
    elif line_id in customer_types:
        yield {**catalog, "customerType": customer_types[line_id]}


def _product_line_customer_types(override: JsonObject) -> Iterator[tuple[str, JsonValue]]:
    for product_id, product in _products(override):
        line_id = override.get(f"payments.products.{product_id}.productLineId", product.get("productLineId"))
        customer = override.get(f"payments.products.{product_id}.customerType", product.get("customerType"))
        if isinstance(line_id, str) and isinstance(customer, str):
            yield line_id, customer


def _products(override: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    payments = override.get("payments")
    records = [payments.get("products") if isinstance(payments, dict) else None, override.get("payments.products")]
    for record in records:
        if isinstance(record, dict):
            yield from ((key, entry) for key, entry in record.items() if isinstance(entry, dict))
    for key, value in override.items():
        segments = key.split(".")
        if segments[:2] == ["payments", "products"] and len(segments) == 3 and isinstance(value, dict):
            yield segments[2], value
