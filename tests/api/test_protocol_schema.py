"""Coercion and the texts of schema errors (contract 01, sections 6.3 and 13.1)."""

from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from hexclave_app.api.protocol import fields
from hexclave_app.api.protocol.fields import Rule, Schema, number, number_text, one_of, printed, text
from hexclave_app.api.protocol.schema_errors import messages_of, path_text, schema_error

Number = Annotated[float, Rule(number(minimum=1, maximum=1_000_000, integer=True))]


class Inner(Schema):
    """A nested object."""

    x: fields.Text
    n: Number = 1


class Outer(Schema):
    """An object with everything."""

    items: list[Inner] = Field(default_factory=list)
    name: fields.Text
    flag: fields.Boolean = False


def messages(schema: Any, value: object) -> list[str]:
    try:
        TypeAdapter(schema).validate_python(value)
    except ValidationError as error:
        return messages_of(error, "body")
    return []


def converted(schema: Any, value: object) -> object:
    return TypeAdapter(schema).validate_python(value)


@pytest.mark.parametrize(
    ("schema", "value", "result"),
    [
        (fields.Text, 123, "123"),
        (fields.Text, 1.0, "1"),
        (fields.Text, 0.1, "0.1"),
        (fields.Text, 1e21, "1e+21"),
        (fields.Text, 1e-7, "1e-7"),
        (fields.Text, True, "true"),
        (fields.Text, False, "false"),
        (fields.Number, " 1 2.5\n", 12.5),
        (fields.Number, "1e3", 1000),
        (fields.Number, "-0.5", -0.5),
        (fields.Number, 7, 7),
        (fields.Boolean, "TRUE", True),
        (fields.Boolean, "0", False),
        (fields.Boolean, 1, True),
        (fields.Boolean, 1.0, True),
        (fields.Boolean, 0, False),
        (fields.NullableText, None, None),
    ],
)
def test_values_are_converted_before_they_are_checked(schema: Any, value: object, result: object) -> None:
    assert converted(schema, value) == result
    assert isinstance(converted(schema, value), bool) == isinstance(result, bool)


TEXT = "body must be a `{}` type, but the final value was: `{}`"


@pytest.mark.parametrize(
    ("schema", "value", "message"),
    [
        (fields.Text, [1, "x", None], TEXT.format("string", '[\n  "1",\n  "\\"x\\"",\n  "null"\n]') + "."),
        (fields.Text, {"a": {"b": True}}, TEXT.format("string", '{\n  "a": {\n    "b": "true"\n  }\n}') + "."),
        (fields.Text, {}, TEXT.format("string", "{}") + "."),
        (fields.Text, None, "body cannot be null"),
        (fields.Text, "a\x00b", "body is invalid"),
        (fields.Number, "", TEXT.format("number", "NaN") + ' (cast from the value `""`).'),
        (fields.Number, "ten", TEXT.format("number", "NaN") + ' (cast from the value `"ten"`).'),
        (fields.Number, "1_000", TEXT.format("number", "NaN") + ' (cast from the value `"1_000"`).'),
        (fields.Number, "١٢", TEXT.format("number", "NaN") + ' (cast from the value `"١٢"`).'),
        (fields.Number, "nan", TEXT.format("number", "NaN") + ' (cast from the value `"nan"`).'),
        (fields.Number, True, TEXT.format("number", "true") + "."),
        (fields.Number, None, "body cannot be null"),
        (fields.Boolean, "yes", TEXT.format("boolean", '"yes"') + "."),
        (fields.Boolean, "1.0", TEXT.format("boolean", '"1.0"') + "."),
        (fields.Boolean, 2, TEXT.format("boolean", "2") + "."),
        (fields.Boolean, None, "body cannot be null"),
        (Outer, "x", TEXT.format("object", '"x"') + "."),
        (Outer, b"x", TEXT.format("object", "{}") + "."),
        (Outer, [1.5], TEXT.format("object", '[\n  "1.5"\n]') + "."),
        (Outer, None, "body cannot be null"),
        (list[fields.Text], "[]", TEXT.format("array", '"[]"') + "."),
        (Annotated[str, Rule(one_of(("a", "b")))], "c", "body must be one of the following values: a, b"),
        (Annotated[str, Rule(text(max_length=3))], "abcd", "body must be at most 3 characters"),
        (Annotated[str, Rule(text(min_length=3))], "ab", "body must be at least 3 characters"),
        (Annotated[str, Rule(text(fields.not_empty))], "", "body must not be empty"),
        (Annotated[str, Rule(text(fields.matches("^a+$")))], "b", 'body must match the following: "/^a+$/"'),
        (Annotated[str, Rule(text(fields.matches("^a+$", "{path} is odd")))], "a\n", "body is odd"),
        (fields.Email, "ada", "body must be a valid email"),
        (fields.Email, "ada@example.org\n", "body must be a valid email"),
        (fields.StrictEmail, "", "body must be a valid email"),
        (fields.StrictEmail, "a..b@example.org", "body must be a valid email"),
        (fields.StrictEmail, "ada@example", "body must be a valid email"),
        (fields.StrictEmail, "ada@example.o", "body must be a valid email"),
        (fields.Uuid, "me", "body must be a valid UUID"),
        (fields.Uuid, "00000000-0000-0000-0000-000000000001", "body must be a valid UUID"),
        (fields.Uuid, "{11111111-1111-4111-8111-111111111111}", "body must be a valid UUID"),
        (fields.Uuid, "11111111-1111-4111-8111-111111111111\n", "body must be a valid UUID"),
        (fields.Url, "http://a b", "body contains spaces"),
        (fields.Url, "example.org", "body is not a valid URL"),
        (fields.Url, "", "body is not a valid URL"),
        (fields.Url, "http://", "body is not a valid URL"),
        (fields.Url, "http://a:99999/", "body is not a valid URL"),
        (fields.Url, "http://a:b/", "body is not a valid URL"),
        (fields.Url, "https://:80/", "body is not a valid URL"),
        (fields.Url, "https://a%b/", "body is not a valid URL"),
        (Number, 0, "body must be greater than or equal to 1"),
        (Number, 2_000_000, "body must be less than or equal to 1000000"),
        (Number, 1.5, "body must be an integer"),
    ],
)
def test_each_violation_has_its_text(schema: Any, value: object, message: str) -> None:
    assert messages(schema, value) == [message]


@pytest.mark.parametrize(
    "value", ["http://localhost", "https://a:8080/x?y#z", "data:text/plain,x", "acme://x", "http://[::1]:80/"]
)
def test_urls_of_any_scheme_are_accepted(value: str) -> None:
    assert messages(fields.Url, value) == []


@pytest.mark.parametrize("value", ["", "ada@example.org", "a.b+c@localhost", "!#$%&'*+/=?^_`{|}~-@x.y"])
def test_emails_as_browsers_accept_them(value: str) -> None:
    assert messages(fields.Email, value) == []


@pytest.mark.parametrize("version", ["1", "2", "3", "4", "5"])
def test_uuids_of_versions_one_to_five_in_any_case(version: str) -> None:
    value = f"aaaaaaaa-bbbb-{version}ccc-8ddd-eeeeeeeeeeee"
    assert str(converted(fields.Uuid, value.upper())) == value
    assert str(converted(fields.Uuid, "00000000-0000-0000-0000-000000000000")) == "00000000-0000-0000-0000-000000000000"


def test_lengths_count_utf16_code_units() -> None:
    three = Annotated[str, Rule(text(max_length=3))]
    assert messages(three, "äöü") == []
    assert messages(three, "😀x") == []
    assert messages(three, "😀😀") == ["body must be at most 3 characters"]


def test_every_violation_is_listed_with_its_path() -> None:
    value = {"items": [{"x": "a"}, {"x": None, "n": "0.5", "y": 1}, 3], "flag": "maybe", "b.c": 1, "a": 2}
    assert messages(Outer, value) == [
        "body.items[1].x cannot be null",
        "body.items[1].n must be greater than or equal to 1",
        "body.items[1].n must be an integer",
        "body.items[2] must be a `object` type, but the final value was: `3`.",
        "body.name must be defined",
        'body.flag must be a `boolean` type, but the final value was: `"maybe"`.',
        "body.items[1] contains unknown properties: y",
        "body contains unknown properties: b.c, a",
    ]


def test_paths_quote_what_is_no_identifier() -> None:
    assert path_text("body", ("a", 0, "key.with.dot", "$x_1", "ö", "")) == 'body.a[0]["key.with.dot"].$x_1["ö"][""]'


def test_further_lines_of_a_message_are_indented() -> None:
    error = schema_error("POST", "/api/v1/x", ["first\nsecond", "third"])
    assert error.message == "Request validation failed on POST /api/v1/x:\n  - first\n  second\n  - third"
    assert error.details == {"message": error.message}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.5e300, "1.5e+300"),
        (123456789012345680000.0, "123456789012345680000"),
        (-1234.5, "-1234.5"),
        (0.000001, "0.000001"),
        (10**20, "100000000000000000000"),
    ],
)
def test_numbers_print_as_in_javascript(value: float, shown: str) -> None:
    assert number_text(value) == printed(value) == shown
