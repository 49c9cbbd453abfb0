"""The schema against the contract's table of configuration leaves, row by row and back."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import JsonValue

from hexclave_app.config.overrides import Level, Override
from hexclave_app.config.rendering import render_json
from hexclave_app.config.tree import ROOT, Choice, Field, Group, Leaf, Node, Record, Sequence
from hexclave_app.config.validation import OverrideError, check_override

CSV_FILE = Path(__file__).parents[2] / "docs" / "contract" / "config-schema.csv"
ROWS = [row for row in csv.DictReader(CSV_FILE.open(encoding="utf-8")) if "legacy only" not in row["constraints"]]
RECORD_IDS = {
    "<themeId>": "11111111-2222-4333-8444-555555555555",
    "<templateId>": "11111111-2222-4333-8444-555555555555",
    "<dashboardId>": "11111111-2222-4333-8444-555555555555",
    "<appId>": "payments",
}
SAMPLES: dict[str, JsonValue] = {
    "boolean": True,
    "number": 1,
    "string": "text",
    "string (money)": "1.00",
    "literal true": True,
    "record": {},
    "false or record": False,
    "string|false": False,
    "tuple [integer>=0, day|week|month|year]": [1, "day"],
    'tuple [integer>=0, day|week|month|year] or "never"': [1, "day"],
}
ENUM_ROWS = [row for row in ROWS if row["type"] == "string enum"]
GIVEN_IN_PROSE = ("built-ins", "source of", "7 built-ins", "error placeholder", "placeholder name")


def path_of(row: dict[str, str]) -> str:
    segments = (RECORD_IDS.get(part, "one" if part.startswith("<") else part) for part in row["key"].split("."))
    return ".".join(segments)


def options_of(row: dict[str, str]) -> list[str]:
    if row["key"] == "sourceOfTruth.type":
        return ["hosted"]
    return row["constraints"].split(";")[0].split("|")


def sample_of(row: dict[str, str]) -> JsonValue:
    return options_of(row)[0] if row["type"] == "string enum" else SAMPLES[row["type"]]


def node_at(path: str) -> tuple[Node, Field | None]:
    node: Node = ROOT
    field: Field | None = None
    for segment in path.split("."):
        if isinstance(node, Choice):
            node = next(option for option in node.options if isinstance(option, Record))
        if isinstance(node, Group):
            field = node.fields[segment]
            node = field.node
        else:
            assert isinstance(node, Record)
            node, field = node.value, None
    return node, field


def leaf_paths(node: Node, path: str) -> Iterator[str]:
    if isinstance(node, Group):
        for name, child in node.fields.items():
            yield from leaf_paths(child.node, f"{path}.{name}" if path else name)
    elif isinstance(node, Record):
        yield from leaf_paths(node.value, f"{path}.*")
    elif isinstance(node, Choice):
        for option in node.options:
            yield from leaf_paths(option, path)
    else:
        assert isinstance(node, Leaf | Sequence)
        yield path


def default_of(row: dict[str, str]) -> JsonValue:
    """The default that rendering gives to a key whose record entries were created empty."""
    override: Override = {}
    segments = path_of(row).split(".")
    names = row["key"].split(".")
    for length, name in enumerate(names, start=1):
        if name.startswith("<") and name != "<appId>" and length < len(names):
            override[".".join(segments[:length])] = {}
    if row["key"].startswith("emails.templates"):
        override["emails.server.isShared"] = False
    if row["key"].startswith("auth.oauth.providers") and not row["key"].endswith(".type"):
        override["auth.oauth.providers.one.type"] = "google"
    value: JsonValue = render_json({}, {}, override)
    for segment in segments:
        value = value.get(segment) if isinstance(value, dict) else None
    return value


def expected_default(row: dict[str, str]) -> JsonValue:
    text = row["default"]
    words: dict[str, JsonValue] = {
        "": None,
        "{}": {},
        "empty string": "",
        "the product id": "one",
        "the item id": "one",
    }
    if text in words:
        return words[text]
    word = text.split(" ")[0]
    if word in {"true", "false"}:
        return word == "true"
    return int(text) if text.isdecimal() else text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_leaf_is_accepted_at_its_level_and_refused_below(row: dict[str, str]) -> None:
    override: Override = {path_of(row): sample_of(row)}
    assert check_override(override, Level(row["level"])) == override
    for level in Level:
        if level.rank < Level(row["level"]).rank:
            with pytest.raises(OverrideError, match="not a known key"):
                check_override(override, level)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_leaf_is_accepted_at_every_later_level_unless_it_is_final(row: dict[str, str]) -> None:
    override: Override = {path_of(row): sample_of(row)}
    if row["level"] == "project":
        with pytest.raises(OverrideError):
            check_override(override, Level.BRANCH)
        with pytest.raises(OverrideError):
            check_override(override, Level.ENVIRONMENT)
    else:
        assert check_override(override, Level.ENVIRONMENT) == override


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_leaf_refuses_another_type(row: dict[str, str]) -> None:
    wrong: JsonValue = 5 if row["type"] != "number" else "5"
    with pytest.raises(OverrideError, match=r"must be|wrong type"):
        check_override({path_of(row): wrong}, Level(row["level"]))


@pytest.mark.parametrize("row", ENUM_ROWS, ids=lambda row: row["key"])
def test_enum_takes_exactly_its_options(row: dict[str, str]) -> None:
    node, _ = node_at(path_of(row))
    assert isinstance(node, Leaf)
    assert all(node.accepts(option) for option in options_of(row))
    assert node.expected == " or ".join(f'"{option}"' for option in options_of(row))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_leaf_has_the_default_of_the_table(row: dict[str, str]) -> None:
    if row["default"].startswith(GIVEN_IN_PROSE):
        assert isinstance(default_of(row), str)
        assert default_of(row)
    else:
        assert default_of(row) == expected_default(row)


def test_the_schema_has_no_leaf_that_the_table_lacks() -> None:
    known = {".".join("*" if part.startswith("<") else part for part in row["key"].split(".")) for row in ROWS}
    assert set(leaf_paths(ROOT, "")) - known == set()
